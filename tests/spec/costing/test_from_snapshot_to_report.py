"""The costing of a plan, from a snapshot to what a council reads: a page, paper, a spreadsheet and leaflets."""

import io
import re
import shutil
import zipfile
from datetime import date

import page
import pytest

from noaber import jobs, municipality
from noaber.disclosure import REASONS
from noaber.scenarios import UnknownTargetError

MISCOUNTED = "PDFA2A-STREAM-LENGTH-001"
"""The validator takes a last byte 13 of compressed data for the end of a line, and then miscounts."""
PLAN = """
source = "test"
unit = "eur"

[[scenarios]]
code = "dichtbij"
name = "Dichtbij"
philosophy = "Eerst de buurt."
measures = ["minder", "korter", "wens"]
rows = [{ name = "Wmo", law = "wmo", amounts = { 2028 = 20000 } }]
[scenarios.leaflet]
title = "Hulp dichtbij"
lead = "Kom langs."
offers = ["Koffie."]

[[measures]]
code = "minder"
name = "Eerst de buurt"
investments = { 2027 = 5000 }
[[measures.effects]]
lever = "inflow"
law = "wmo"
size = { value = -0.3, low = -0.5, high = -0.1, because = "Een proef in de wijk." }
from = 2027-01-01

[[measures]]
code = "korter"
name = "Korter waar het kan"
[[measures.effects]]
lever = "duration"
law = "wmo"
size = { value = -0.2, low = -0.3, high = -0.1, because = "Wat zorgaanbieders zelf zeggen." }
from = 2027-01-01

[[measures]]
code = "wens"
name = "Meer samenwerken"
"""


@pytest.fixture
def costed(village, tmp_path):
    """Cost the plan on a copy of what the village has in store."""
    shutil.copy(village / "municipality.toml", tmp_path)
    shutil.copytree(village / "store", tmp_path / "store")
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "plan.toml").write_text(PLAN, encoding="utf-8")
    town = municipality.read(tmp_path / "municipality.toml")
    outset = jobs.Outset(plan=tmp_path / "plans", until=2028)
    return town, outset, jobs.compare(town, outset, draws=8, workers=1)


def test_a_plan_becomes_a_page_paper_a_spreadsheet_and_a_leaflet(costed):
    _, _, done = costed
    made = {path.name: path.read_bytes() for path in done.files}
    reports = {f"{name}.{kind}" for name in ("doorrekening", "costing") for kind in ("html", "pdf", "xlsx")}
    assert set(made) == reports | {"folder-dichtbij.html"}
    written = made["doorrekening.html"].decode()
    assert "Eerst de buurt" in written, "each assumption stands with its measure"
    assert "Een proef in de wijk." in written
    assert "Meer samenwerken" in written, "and so does what could not be costed"
    assert "Er is niets besloten" in made["folder-dichtbij.html"].decode()
    assert len(zipfile.ZipFile(io.BytesIO(made["doorrekening.xlsx"])).namelist()) > len(done.results)


def test_titles_say_what_was_found_beside_what_the_plan_states(costed):
    _, _, done = costed
    written = next(path for path in done.files if path.suffix == ".html").read_text(encoding="utf-8")
    titles = re.findall(r"<h3 id[^>]*>([^<]+)</h3>", written)
    [saving] = [title for title in titles if "naar schatting" in title]
    euros = r"€ [\d.]+"
    assert re.fullmatch(
        rf"‘Dichtbij’ bespaart in 2028 naar schatting {euros} \({euros} tot {euros}\); het plan noemt € 20.000.",
        saving.replace("\xa0", " "),
    )
    assert [title for title in titles if "aan investeringen en" in title and "€ 5.000" in title.replace("\xa0", " ")]


def test_nothing_small_is_shown(costed):
    _, _, done = costed
    clients = done.results["scenario_clients"]
    assert not clients.cells.filter(clients.cells["value"] <= clients.rule.hide_up_to).height
    hidden = {reason for item in done.results.values() for reason in item.cells["hidden"].drop_nulls()}
    assert "small" in hidden, "a village has forms with few clients"
    assert hidden <= set(REASONS)
    written = next(path for path in done.files if path.suffix == ".html").read_text(encoding="utf-8")
    assert ">verborgen<" in written


def test_the_paper_is_for_everyone(costed):
    _, _, done = costed
    papers = [path.read_bytes() for path in done.files if path.suffix == ".pdf"]
    assert len(papers) == 2, "in Dutch and in English"
    for paper in papers:
        failures = page.validate_pdf_bytes(paper, profile=page.ValidationProfile.PDF_UA_1).failures
        assert not [(item.rule_id, item.message) for item in failures if item.rule_id != MISCOUNTED]


def test_the_shares_of_the_measures_add_up_to_the_saving_of_the_scenario(costed):
    town, outset, _ = costed
    done = jobs.attribute(town, outset, "dichtbij", workers=1)
    cells = done.results["scenario_shares"].cells
    shares = {row["measure"]: row["value"] for row in cells.iter_rows(named=True) if row["statistic"] == "share"}
    assert shares.keys() == {"minder", "korter", "_T"}
    rounding = 3 * town.disclosure.round_cents_to / 2
    assert shares["minder"] + shares["korter"] == pytest.approx(shares["_T"], abs=rounding)
    assert shares["minder"] > 0
    assert re.search("draagt in 2028 het meest bij: € .* van € ", done.headline.replace("\xa0", " "))
    dutch, english = (path.read_text(encoding="utf-8") for path in done.files)
    assert done.headline in dutch
    assert "adds most in 2028" in english


def test_a_plan_is_costed_with_the_knowledge_it_was_made_with(costed):
    town, outset, _ = costed
    file = outset.plan / "plan.toml"
    file.write_text(f"known_on = 2026-06-30\n{PLAN}", encoding="utf-8")
    done = jobs.compare(town, jobs.Outset(plan=outset.plan, until=2028, divide=False), draws=2, workers=1)
    assert {item.provenance.known_on for item in done.results.values()} == {date(2026, 6, 30)}
    assert "scenario_shares" not in done.results, "which takes longest, and was not asked"
    english = next(path for path in done.files if path.name == "costing.html").read_text(encoding="utf-8")
    assert "30 June 2026" in english


def test_a_limit_on_a_care_form_that_is_not_there_is_refused_before_anything_is_counted(costed):
    town, outset, _ = costed
    told = []
    limited = jobs.Outset(plan=outset.plan, until=2028, limits={"NERGENS": 10.0})
    with pytest.raises(UnknownTargetError, match="NERGENS"):
        jobs.compare(town, limited, draws=2, workers=1, tell=lambda doing, share: told.append(doing))
    assert told == []
