"""However a file is garbled: the receipt closes, or an error says what is wrong. Never a crash, never a number told."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cbs_server import district_table, without_secrets
from noaber.records import DELIVERED, NoaberError
from noaber.sources import backoffice, cbs, indications, tables
from office import ANNA, BRAM, MAPPING, desk, export, provision

FUNDING = (
    "year,law,item,kind,amount_cents,source\n"
    "2018,wmo,Rijk,state_grant,100,x\n2018,wmo,Uit,expense,300,x\n2018,wmo,Saldo,balance,-200,\n"
)
DOCUMENT = "Wet;Regel;2018;2019;Groei\nWmo;Lonen;1.200;1.300;8%\nWmo;Rest;-5;;\nWmo;Totaal;1.195;1.300;\n"
SHEET = """
[[sheets]]
files = "*"
columns = { law = "Wet", budget_line = "Regel" }
total = { heading = "Regel", word = "Totaal", per = ["Wet"] }
growths = [{ heading = "Groei", first = "2018", last = "2019" }]
notes = [{ heading = "Regel", word = "Rest", text = "een rest." }]
[[sheets.figures]]
table = "budget"
columns = { amount_cents = "2018" }
fixed = { year = "2018", version = "primitive" }
[[sheets.figures]]
table = "budget"
columns = { amount_cents = "2019" }
fixed = { year = "2019", version = "primitive" }
[values.law]
Wmo = "wmo"
"""
COSTS = (
    "Regel;Wet;Client;BSN;Nummer;AGB;Product;Van;Tot;Bedrag\n"
    f"1;Wmo;17;{ANNA};4001;99010001;01A05;01-01-2024;31-01-2024;280,60\n"
    f"2;Wmo;18;{BRAM};4002;99010001;01A05;01-01-2024;31-01-2024;-1.280,60\n"
)
PROVISIONS = export(provision(), provision(Nummer="4002", Einde="01-12-2024", Reden="19", BSN=BRAM, Client="18"))
FILES: dict[str, tuple[Any, str, str, str | None]] = {
    "provisions": (backoffice, "voorzieningen.csv", PROVISIONS, MAPPING),
    "costs": (backoffice, "kosten.csv", COSTS, MAPPING),
    "tables": (tables, "funding.csv", FUNDING, None),
    "cbs": (cbs, "99984NED.json", msgspec.json.encode(without_secrets(district_table())).decode(), None),
    "documents": (indications, "begroting.csv", DOCUMENT, SHEET),
}
ODD = st.sampled_from([*";,\n\r\t\0=€é-' ", '"', "9" * 20, "1E+09", "2018", "Totaal", ANNA, "\ufeff"])


def garble(content: str, edits: list[tuple[int, int, str]]) -> str:
    for place, length, new in edits:
        at = place % (len(content) + 1)
        content = content[:at] + new + content[at + length :]
    return content


@pytest.mark.parametrize("kind", list(FILES))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 12), ODD), min_size=1, max_size=6),
    encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]),
)
def test_the_receipt_closes_or_an_error_says_why(
    kind: str, tmp_path: Path, edits: list[tuple[int, int, str]], encoding: str
) -> None:
    door, name, content, mapping = FILES[kind]
    garbled = garble(content, edits).encode(encoding, errors="replace")
    try:
        batch = desk(tmp_path).take(door, name, garbled, mapping)
    except NoaberError as error:
        told = str(error)
    else:
        receipt = batch.receipt
        assert receipt.rows_in == receipt.rows_kept + len(receipt.refusals)
        assert len({refusal.line for refusal in receipt.refusals}) == len(receipt.refusals)
        told = "".join(refusal.reason for refusal in receipt.refusals) + "".join(
            remark.text for remark in receipt.remarks if remark.code != "unread"
        )
        for table, frame in batch.rows.items():
            assert DELIVERED[table].problems(frame).is_empty()
            assert not set(frame["line"]) & {refusal.line for refusal in receipt.refusals}
        kept = "".join(frame.write_csv() for frame in batch.rows.values())
        assert ANNA not in kept or kind not in ("provisions", "costs")
    assert ANNA not in told
    assert BRAM not in told


@given(content=st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_an_error_or_a_receipt(tmp_path: Path, content: bytes) -> None:
    for door, name, _, mapping in FILES.values():
        try:
            batch = desk(tmp_path).take(door, name, content, mapping)
        except NoaberError:
            continue
        assert batch.receipt.rows_in == batch.receipt.rows_kept + len(batch.receipt.refusals)


def test_rows_may_come_in_any_order(tmp_path: Path) -> None:
    rows = [provision(Nummer=str(4000 + number), Client=str(number), BSN="") for number in range(30)]
    plain = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(*rows), MAPPING)
    random.Random(1).shuffle(rows)
    shuffled = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(*rows), MAPPING)
    without_lineage: Callable[[Any], Any] = lambda frame: frame.drop("line", "delivery").sort("allocation_number")  # noqa: E731
    assert without_lineage(plain.rows["allocation"]).equals(without_lineage(shuffled.rows["allocation"]))


def test_the_files_are_good_before_they_are_garbled(tmp_path: Path) -> None:
    for door, name, content, mapping in FILES.values():
        receipt = desk(tmp_path).take(door, name, content, mapping).receipt
        assert {refusal.rule for refusal in receipt.refusals} <= {"area"}  # the neighbour in the table of CBS
        assert receipt.known_on == date(2025, 1, 15)
