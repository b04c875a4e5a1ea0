"""What each verb says to a person and to a machine, from the made-up town to its fact sheet, as it would be typed.

The fixture `village` is a small made-up town on which the demo was run once for all tests.
"""

import json
import re
from datetime import date
from importlib import resources
from pathlib import Path

import polars as pl
import pytest

from noaber import cli
from noaber.records import is_citizen_number


def said(capsys, *arguments):
    """Run a verb for a machine; return the exit code and what it answered."""
    code = cli.main([*arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_demo_ends_with_a_fact_sheet_in_two_languages_and_on_paper(village):
    names = sorted(path.name for path in (village / "factsheet").iterdir())
    assert names == [f"sociaal-domein-in-beeld-2025-{end}" for end in ("en.html", "en.pdf", "nl.html", "nl.pdf")]


def test_taking_in_again_changes_nothing(village, capsys):
    _, first = said(capsys, "take-in")
    code, second = said(capsys, "take-in")
    assert code == 0
    assert first["snapshot"] == second["snapshot"]
    assert all(item["in"] == item["kept"] + item["refused"] for item in second["deliveries"])


def test_checking_says_what_would_be_refused_and_keeps_nothing(village, capsys):
    before = sorted((village / "store").rglob("*"))
    code, answer = said(capsys, "check", str(village / "deliveries" / "backoffice" / "voorzieningen_2020-12-31.csv"))
    assert code == 3
    assert answer["deliveries"][0]["refused"] > 0
    assert sorted((village / "store").rglob("*")) == before


def test_every_refused_row_stands_on_the_receipt_of_its_delivery(village):
    lines = (village / "receipts" / "voorzieningen_2020-12-31.csv.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "oordeel;regel;plaats;code;retourcode;reden"
    assert any(line.startswith("geweigerd;") for line in lines[1:])


def test_indicators_are_shown_through_the_gate(village, capsys):
    code, answer = said(capsys, "indicators", "residents_with_support", "--by", "law,district", "--every", "year")
    cells = answer["residents_with_support"]["cells"]
    assert code == 0
    assert {cell["hidden"] for cell in cells} >= {None, "small"}
    assert all(cell["value"] % 5 == 0 for cell in cells if cell["value"] is not None)


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["indicators", "no_such_indicator"], "N-502", 5),
        (["indicators", "waiting", "--by", "shoe_size"], "N-502", 5),
        (["take-in", "somewhere/else.csv"], "N-209", 2),
        (["doctor", "--make-key"], "N-301", 4),
        (["factsheet", "--year", "1999"], "N-601", 5),
        (["publish", "--municipality", "nowhere.toml"], "N-102", 2),
    ],
)
def test_a_wrong_question_gets_a_code_and_a_way_out(village, capsys, arguments, code, exit_code):
    got, answer = said(capsys, *arguments)
    assert (got, answer["error"]) == (exit_code, code)
    assert answer["now"]


def test_publishing_again_writes_nothing_new(village, capsys):
    code, answer = said(capsys, "publish")
    assert code == 0
    assert answer["written"] == []


def test_the_doctor_finds_everything_in_order(village, capsys):
    code, answer = said(capsys, "doctor")
    assert code == 0
    assert {item["subject"] for item in answer["checks"]} == {"key", "deliveries", "store", "schemas", "published"}


def test_the_demo_does_not_write_over_what_is_there_unless_asked(village, capsys):
    code, answer = said(capsys, "demo", "--folder", str(village), "--scale", "0.02", "--until", str(date(2026, 6, 30)))
    assert (code, answer["error"]) == (2, "N-801")


def test_no_citizen_number_is_in_anything_that_was_written(village):
    """The made-up numbers all begin with 9999; only the deliveries of suppliers may hold one."""
    written = [path for path in village.rglob("*") if path.is_file() and path.parts[len(village.parts)] != "deliveries"]
    assert len(written) > 500
    assert not [path.name for path in written if citizen_numbers(path)]


def test_the_test_for_citizen_numbers_finds_them_where_they_are(village):
    assert citizen_numbers(village / "deliveries" / "backoffice" / "voorzieningen_2023-12-31.csv")


def citizen_numbers(path):
    """Return every citizen number of the test range in a file, also within the columns of a Parquet file."""
    if path.suffix == ".parquet":
        texts = [column.cast(pl.String).str.join("|").item() or "" for column in pl.read_parquet(path)]
        content = "|".join(texts)
    else:
        content = path.read_bytes().decode("utf-8", errors="replace")
    found = re.findall(r"(?<![0-9A-Za-z])9999[0-9]{5}(?![0-9A-Za-z])", content)
    return [number for number in found if is_citizen_number(number)]


def test_a_real_town_with_documents_only_gets_its_fact_sheet_with_what_does_not_add_up(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("NOABER_KEYS", str(tmp_path / "keys"))
    _, answer = said(capsys, "example", "hengelo", "--folder", str(tmp_path / "hengelo"))
    monkeypatch.setenv("NOABER_MUNICIPALITY", answer["municipality"])
    assert said(capsys, "take-in")[1]["unread"] == []
    assert said(capsys, "publish")[0] == 0
    page = said(capsys, "factsheet", "--year", "2018")[1]["html"]
    text = re.sub(r"\s+", " ", Path(page).read_text(encoding="utf-8"))
    assert "Sociaal domein in beeld" in text
    assert "2.108" in text, "the document's own number, not a rounded one"
    assert "vermeld is -3.713.000 euro, inkomsten min uitgaven is -3.712.000" in text


def test_a_plan_that_does_not_add_up_is_told_line_by_line(capsys):
    folder = Path(str(resources.files("noaber.examples") / "hengelo" / "plans"))
    code, answer = said(capsys, "plan", "check", str(folder))
    assert code == 7
    assert len(answer["findings"]) == 15
    assert {item["file"] for item in answer["worth_knowing"]} == {"programme-2018.toml"}


def test_a_forecast_goes_both_ways_and_says_which(village, capsys):
    code, answer = said(capsys, "forecast", "--until", "2028")
    assert code == 0
    assert {"forecast_spending_tables", "forecast_balance", "forecast_population"} <= set(answer["results"])
    assert {"forecast_clients", "forecast_spending_flows"} <= set(answer["results"])
    for name in ("forecast_clients", "forecast_spending_flows", "forecast_spending_tables"):
        assert max(cell["period"] for cell in answer["results"][name]["cells"]) == "2028"
    assert any("In de band" in note for note in answer["results"]["forecast_clients"]["notes"])
    assert not answer["missed"]


def test_a_forecast_that_cannot_be_reached_says_what_to_ask_for(village, capsys):
    code, answer = said(capsys, "forecast", "--until", "2020", "--way", "flows")
    assert (code, answer["error"]) == (5, "N-733")
    assert "a year after" in answer["now"]
