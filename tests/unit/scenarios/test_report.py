"""The report: through the gate, complete, and harmless in a spreadsheet."""

import io
import re
import zipfile
from datetime import date

import pytest

from noaber import disclosure, scenarios
from noaber.figures import costing
from noaber.municipality import Disclosure, Municipality
from noaber.plans import Leaflet
from scenario_town import baseline, measure, plan

BASE = baseline()
TOWN = Municipality(code="9901", name="Noaberstad", districts=(), care_forms=(), made_up=True)


@pytest.fixture(scope="module")
def report():
    found = scenarios.compare(BASE, plan(measure(low=-0.2, high=0.0)), ["m"], draws=16)
    safe = disclosure.protect_together(scenarios.tables(found), Disclosure())
    return costing.Costing(
        town=TOWN,
        results={item.indicator: item for item in safe},
        assumptions=(costing.Assumption(measure="=1+1", number=-0.1, low=-0.2, high=0.0, because="a test"),),
        uncosted=("Iets",),
        known_on=date(2022, 12, 31),
    )


def test_the_page_says_what_is_saved_and_asks_nothing_of_anyone(report):
    page = costing.html(report, "nl")
    assert "Besparing in 2026" in page
    assert "Iets" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


def test_nothing_in_the_spreadsheet_runs(report):
    book = zipfile.ZipFile(io.BytesIO(costing.workbook(report, "nl")))
    sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
    assert len(sheets) == len(report.results) + 1
    assert not [sheet for sheet in sheets if "<f>" in sheet]
    assert "'=1+1" in book.read("xl/sharedStrings.xml").decode()


def test_the_paper_is_made_for_who_cannot_see_it(report):
    made = costing.pdf(report, "nl")
    assert made.startswith(b"%PDF")
    assert b"pdfuaid" in made


def test_a_leaflet_speaks_to_residents():
    page = costing.leaflet(TOWN, "S", Leaflet(title="Hulp dichtbij", lead="Kom langs.", offers=("Koffie.",)), "nl")
    assert "Hulp dichtbij" in page
    assert "Er is niets besloten" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", r"‘m’ bespaart in 2026 naar schatting €.* tot €"),
        ("en", r"‘m’ saves an estimated €.* in 2026 \(€.* to €"),
    ],
)
def test_the_saving_is_drawn_with_its_band_and_told_in_the_title(report, language, said):
    [fan] = [figure for figure in costing.figures(report, language) if re.match(said, figure.title)]
    assert 'class="band"' in fan.svg
    assert len(fan.table.columns) == 4
