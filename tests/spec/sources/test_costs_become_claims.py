"""A cost line of the back office is a claim: for whom, for which provision, over which days and how much."""

from datetime import date
from pathlib import Path

import pytest

from noaber.records import Batch
from noaber.sources import backoffice
from office import ANNA, BRAM, KEY, MAPPING, desk, export, provision

HEADINGS = "Regel;Wet;Client;BSN;Nummer;AGB;Product;Van;Tot;Bedrag\n"


def take(tmp_path: Path, *lines: str) -> Batch:
    return desk(tmp_path).take(backoffice, "kosten_2024-12-31.csv", HEADINGS + "\n".join(lines), MAPPING)


def test_a_cost_line_is_a_claim_in_whole_cents(tmp_path: Path) -> None:
    batch = take(tmp_path, f"1;Wmo;17;{ANNA};4001;99010001;01A05;01-01-2024;31-01-2024;1.280,60")
    (claim,) = batch.rows["claim"].to_dicts()
    assert (claim["person"], claim["amount_cents"], claim["care_form"]) == (KEY.person(ANNA), 128_060, "HO")
    assert (claim["period_from"], claim["period_until"]) == (date(2024, 1, 1), date(2024, 1, 31))


def test_a_credit_is_negative(tmp_path: Path) -> None:
    batch = take(tmp_path, f"1;Wmo;17;{ANNA};4001;99010001;01A05;01-01-2024;31-01-2024;-280,60")
    assert batch.rows["claim"]["amount_cents"].to_list() == [-28_060]


def test_without_an_invoice_number_the_export_is_the_invoice(tmp_path: Path) -> None:
    batch = take(tmp_path, f"1;Wmo;17;{ANNA};4001;99010001;01A05;01-01-2024;31-01-2024;280,60")
    assert batch.rows["claim"]["claim_number"].to_list() == [batch.receipt.delivery]


def test_costs_and_provisions_of_one_back_office_meet_in_the_same_client(tmp_path: Path) -> None:
    at = desk(tmp_path)
    given = at.take(backoffice, "voorzieningen.csv", export(provision(BSN="")), MAPPING)
    paid = take(tmp_path, "1;Wmo;17;;4001;99010001;01A05;01-01-2024;31-01-2024;280,60")
    assert given.rows["allocation"]["person"].to_list() == paid.rows["claim"]["person"].to_list()


def test_another_back_office_has_clients_of_its_own(tmp_path: Path) -> None:
    at, content = desk(tmp_path), export(provision(BSN=""))
    here = at.take(backoffice, "voorzieningen.csv", content, 'system = "west"\n' + MAPPING)
    there = at.take(backoffice, "voorzieningen.csv", content, 'system = "oost"\n' + MAPPING)
    assert here.rows["allocation"]["person"].to_list() != there.rows["allocation"]["person"].to_list()


def test_a_client_with_a_number_on_some_lines_only_is_said_to_count_twice(tmp_path: Path) -> None:
    line = "Wmo;17;{};4001;99010001;01A05;01-01-2024;31-01-2024;280,60"
    batch = take(tmp_path, "1;" + line.format(ANNA), "2;" + line.format(""))
    assert batch.rows["claim"]["person"].n_unique() == 2
    assert [remark.code for remark in batch.receipt.remarks] == ["client"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (f"1;Wmo;17;{BRAM};4001;99010001;01A05;31-01-2024;01-01-2024;280,60", "runs_backwards"),
        (f"1;Wmo;17;{BRAM};4001;99010001;01A05;01-01-2024;31-01-2024;280.60", "number"),
        (f"1;Wmo;17;{BRAM};4001;99010001;01A05;01-01-2024;31-01-2024;", "required"),
        (f"{ANNA};Wmo;17;{ANNA};4001;99010001;01A05;01-01-2024;31-01-2024;1,00", "citizen_number"),
        (f"1;Wmo;18;{BRAM};{ANNA};99010001;01A05;01-01-2024;31-01-2024;1,00", "citizen_number"),
        (f"=1+1;Wmo;17;{ANNA};4001;99010001;01A05;01-01-2024;31-01-2024;1,00", "formula"),
        (f"0;Wmo;17;{ANNA};4001;99010001;01A05;01-01-2024;31-01-2024;1,00", "duplicate"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, line: str, rule: str) -> None:
    batch = take(tmp_path, f"0;Wmo;17;{ANNA};4000;99010001;01A05;01-01-2024;31-01-2024;1,00", line)
    assert [(refusal.line, refusal.rule) for refusal in batch.receipt.refusals] == [(3, rule)]
    assert ANNA not in str(batch.receipt)
