"""A plan for every municipality: fetched once from CBS, read with a receipt, and costed at once.

The server of the tests speaks both interfaces of CBS over real HTTP; its municipalities are made up.
"""

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cbs_server import Cbs, age_table, municipality_table, serving
from noaber import cli
from noaber.connections import cbs
from noaber.records import Receipt
from noaber.scenarios import Municipalities, NationalTableError, processes, read_municipalities, run_national
from noaber.sources.cbs import CbsFileError
from noaber.sources.delimited import UnreadableFileError
from scenario_town import baseline, measure, plan

TODAY = date(2026, 11, 24)
BASE = baseline()
TABLES = {table.table: table for table in (municipality_table(), age_table())}


@pytest.fixture
def at_cbs(monkeypatch):
    """Whoever asks CBS asks the server of the tests."""
    with serving(Cbs(TABLES)) as server:
        client = cbs.Client(v4=f"{server.address}/v4", v3=f"{server.address}/v3", seconds_between=0)
        monkeypatch.setattr("noaber.connections.cbs.client.Client", lambda: client)
        yield server


def fetched(folder, api, table="99985NED"):
    """Fetch a table over HTTP as `noaber fetch --others` does, and read it."""
    with serving(Cbs(TABLES)) as server:
        client = cbs.Client(v4=f"{server.address}/v4", v3=f"{server.address}/v3", seconds_between=0)
        return cbs.fetch(table, folder, areas=["GM"], on=TODAY, api=api, cbs=client)


@pytest.mark.parametrize("api", ["v4", "v3"])
def test_key_figures_of_every_municipality_are_read_as_they_were_fetched(tmp_path, api):
    found = read_municipalities(fetched(tmp_path, api), TODAY)
    assert dict(zip(found.codes, found.names, strict=True)) == {"GM9901": "Noaberstad", "GM9902": "Buurstad"}
    assert found.ages == ((0, 14), (15, 24), (25, 44), (45, 64), (65, 999))
    assert found.counts.tolist() == [[240, 180, 400, 510, 330], [480, 360, 800, 1020, 660]]


def test_the_receipt_says_which_municipality_cannot_be_counted_with_and_why(tmp_path):
    receipt = read_municipalities(fetched(tmp_path, "v4"), TODAY).receipt
    assert (receipt.rows_in, receipt.rows_kept, receipt.known_on) == (3, 2, TODAY)
    [refusal] = receipt.refusals
    assert (refusal.rule, refusal.place) == ("secret", "GM9903")
    assert "houdt het geheim" in refusal.reason


def test_of_a_table_by_age_the_last_year_and_the_finest_ages_count(tmp_path):
    found = read_municipalities(fetched(tmp_path, "v4", "99944NED"), TODAY)
    assert found.codes == ("GM9901",)
    assert found.ages == ((0, 4), (5, 19), (20, 999))
    assert found.counts.tolist() == [[11, 21, 61]]
    assert [item.place for item in found.receipt.refusals] == ["GM9904"]
    assert "2026JJ00" in found.receipt.remarks[0].text


def test_within_an_age_of_the_table_residents_are_divided_as_in_the_town():
    ages = ((0, 9), (10, 94), (95, 999))
    here = np.array([30.0, 10.0, 40.0])
    receipt = Receipt(delivery="0" * 16, source="municipalities", name="x", known_on=TODAY, rows_in=1, rows_kept=1)
    found = Municipalities(
        codes=("GM0001",), names=("A",), ages=ages, counts=np.array([[100.0, 50.0, 2.0]]), receipt=receipt
    )
    assert found.residents(((0, 4), (5, 9), (10, 104)), here).tolist() == [[75, 25, 52]]


WRONG = {
    "an area that is no municipality": ("WK016400;Wijk;5;5", "area", "geen code van een gemeente"),
    "a code that nobody has": ("GM12;Kort;5;5", "area", "geen code van een gemeente"),
    "a municipality that is there twice": ("0001;Een;5;5", "duplicate", "staat er al"),
    "no number of residents": ("GM0002;Twee;5;veel", "number", "een heel aantal"),
    "a line that ends too soon": ("GM0002;Twee;5", "number", "een heel aantal"),
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_a_line_that_cannot_be_used_is_refused_by_itself(tmp_path, line):
    text, rule, said = line
    file = tmp_path / "mine.csv"
    file.write_text(f"code;name;0-17;18+\nGM0001;Een;1.000;3 000\n{text}\n", encoding="utf-8")
    found = read_municipalities(file, TODAY)
    assert found.counts.tolist() == [[1000, 3000]]
    [refusal] = found.receipt.refusals
    assert (refusal.rule, refusal.line) == (rule, 3)
    assert said in refusal.reason


TABLES_THAT_LACK = {
    "a column": ("code;0-17;18+\n1;2;3", NationalTableError, "lacks a column name"),
    "ages": ("code;name\n0001;A", NationalTableError, "lacks residents by age"),
    "an age": ("code;name;0-17;65+\n0001;A;5;5", NationalTableError, "from 18 years old on"),
    "municipalities": ("code;name;0-17;18+\n", NationalTableError, "no municipality"),
    "a single good line": ("code;name;0-17;18+\n0001;A;x;y", NationalTableError, "no municipality"),
    "everything": ("", UnreadableFileError, "leeg"),
    "a table of CBS": ('{"value": 3}', CbsFileError, "opgehaald"),
}


@pytest.mark.parametrize("table", TABLES_THAT_LACK.values(), ids=TABLES_THAT_LACK)
def test_a_table_says_what_it_lacks(tmp_path, table):
    text, error, said = table
    file = tmp_path / "mine.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=said):
        read_municipalities(file, TODAY)


def test_workers_do_not_change_a_bit_of_a_national_run(tmp_path):
    known, text = read_municipalities(fetched(tmp_path, "v4"), TODAY), plan(measure(low=-0.2, high=0.0))
    alone = run_national(BASE, text, known, ["m"], draws=32)
    told = []
    with processes(2) as pool:
        together = run_national(BASE, text, known, ["m"], draws=32, executor=pool, tell=lambda *said: told.append(said))
    assert alone.csv() == together.csv()
    assert (alone.low == together.low).all()
    assert [share for _, share in told] == [0.25, 0.5, 0.75, 1.0]


def test_from_fetching_to_what_every_municipality_saves_at_the_command_line(village, at_cbs, tmp_path, capsys):
    assert cli.main(["fetch", "99985NED", "--others", "--folder", str(tmp_path), "--json"]) == 0
    file = json.loads(capsys.readouterr().out)["file"]
    assert "startswith(WijkenEnBuurten,'GM')" in next(asked for asked in at_cbs.asked if "Observations" in asked)
    (tmp_path / "plan.toml").write_text(
        'source = "test"\nunit = "eur"\n' + measure().replace("2024-01-01", "2028-01-01"), encoding="utf-8"
    )
    asked = ["compare", "m", "--plan", str(tmp_path / "plan.toml"), "--municipalities", file, "--draws", "16"]
    assert cli.main([*asked, "--workers", "1", "--until", "2029", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert "3 municipalities in = 2 kept + 1 refused" in answer["headline"]
    table, receipt = (Path(path).read_text(encoding="utf-8").splitlines() for path in answer["files"])
    assert [line.split(",")[0] for line in table] == ["code", "GM9901", "GM9902", "ALLE"]
    assert "GM9903" in receipt[1]
