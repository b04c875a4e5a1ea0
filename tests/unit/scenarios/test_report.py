"""The report: through the gate, complete, and harmless in a spreadsheet."""

import io
import re
import zipfile
from datetime import date

import pytest

from noaber import disclosure, scenarios
from noaber.figures import costing
from noaber.municipality import Disclosure, District, Municipality
from noaber.plans import Leaflet
from noaber.records import Text
from scenario_town import baseline, measure, plan

BASE = baseline()
DISTRICTS = (
    District(code="WK990100", name="Oale Markt", tile=(0, 0)),
    District(code="WK990101", name="Hooge Esch", tile=(1, 0)),
)
TOWN = Municipality(code="9901", name="Noaberstad", districts=DISTRICTS, care_forms=(), made_up=True)


PLAN = plan(
    measure("fewer", low=-0.2, high=0.0, head="investments = { 2024 = 200000 }")
    + measure("shorter", lever="duration", size=-0.1, low=-0.15, high=-0.05)
    + measure("cheaper", lever="price", law="jeugdwet", size=-0.05, head="investments = { 2024 = 90000000 }")
)
CODE = "fewer+shorter+cheaper"


@pytest.fixture(scope="module")
def report():
    found = scenarios.compare(BASE, PLAN, [CODE], draws=16)
    study = scenarios.study(found, PLAN)
    results = [*scenarios.tables(found), *scenarios.study_tables(study)]
    safe = disclosure.protect_together(results, Disclosure())
    return costing.Costing(
        town=TOWN,
        results={item.indicator: item for item in safe},
        assumptions=(
            costing.Assumption(measure=Text("=1+1", "=1+1"), number=-0.1, low=-0.2, high=0.0, because="a test"),
        ),
        uncosted=("Iets",),
        start=BASE.start,
        known_on=date(2022, 12, 31),
    )


def test_the_page_says_what_is_saved_and_asks_nothing_of_anyone(report):
    page = costing.html(report, "nl")
    assert "In 2026 bespaart ‘fewer + shorter + cheaper’" in page
    assert "Iets" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


ORDER = {
    "nl": (
        "bespaart in 2026 acht van de tien keer tussen",
        "bespaart in 2026 naar schatting",
        "draagt in 2026 het meest bij",
        "Per inwoner bespaart het in 2026 het meest in",
        "bespaart als enige",
        "Het meest overlappen",
        "Het meest hangt af van",
        "aan investeringen",
        "verdien",
        "De uitgaven veranderen het meest bij",
        "Het aantal cliënten verandert het meest bij",
        "de samenleving",
        "Zonder plan geeft de gemeente in 2026",
        "Met een grens op",
    ),
    "en": (
        "between",
        "saves an estimated",
        "adds most in 2026",
        "Per resident it saves most in",
        "as the last in line",
        "overlap most",
        "Most depends on",
        "of investments",
        "earned back",
        "Spending changes most for",
        "The number of clients changes most for",
        "society",
        "Without a plan the municipality spends",
        "With a limit on",
    ),
}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_goes_from_the_answer_to_what_it_hangs_on_and_who_feels_it(report, language):
    titles = [figure.title for figure in costing.figures(report, language)]
    assert len(titles) == len(ORDER[language])
    assert not [pair for pair in zip(ORDER[language], titles, strict=True) if pair[0] not in pair[1]]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_figure_has_a_finding_a_unit_a_table_words_and_a_source(report, language):
    made = costing.figures(report, language)
    assert len({figure.name for figure in made}) == len(made)
    for figure in made:
        assert figure.title.endswith(".")
        assert "2026" in figure.about
        assert figure.table.rows
        assert figure.sentence
        assert "2022" in figure.short_foot, "as known on which day"
        assert figure.svg
        assert figure.definition


STATED = """
[[scenarios]]
code = "{code}"
name = "{code}"
philosophy = "-"
measures = ["{measure}"]
rows = [{{ name = "Wmo", law = "wmo", amounts = {{ 2026 = {amount} }} }}]
"""


def told(language, *amounts):
    """Return the answer and the title of the first figure for scenarios that state these amounts."""
    parts = [STATED.format(code=f"s{n}", measure=f"m{n}", amount=amount) for n, amount in enumerate(amounts)]
    text = plan("".join(parts) + "".join(measure(f"m{n}") for n, _ in enumerate(amounts)))
    found = scenarios.compare(BASE, text, [], draws=2)
    safe = disclosure.protect_together(scenarios.tables(found), Disclosure())
    stated = {item.code.removesuffix(scenarios.STATED): item.code for item in found.variants if item.claims}
    report = costing.Costing(
        town=TOWN,
        results={item.indicator: item for item in safe},
        stated=stated,
        start=BASE.start,
        known_on=BASE.known_on,
    )
    return costing.answers(report, language)[1], costing.figures(report, language)[0].title


def test_the_answer_says_how_much_of_what_plans_state_is_reached():
    assert told("nl", 2000, 3000)[1] == "2 van de 2 scenario's komen aan wat het plan voor 2026 noemt."
    assert told("en", 2000, 900000)[1] == "1 of the 2 scenarios comes to what its plan states for 2026."
    share, title = told("nl", 900000)
    assert re.fullmatch(r"Dat is \d+% van wat het plan zelf noemt\.", share)
    assert title == "‘s0’ komt niet aan wat het plan voor 2026 noemt."
    assert told("en", 900000, 800000)[1] == "None of the 2 scenarios comes to what its plan states for 2026."


def test_what_never_earns_itself_back_says_so(report):
    [found] = [figure for figure in costing.figures(report, "nl") if "break-even" in figure.name]
    by_measure = {row[0]: row[1:] for row in found.table.rows}
    assert by_measure["cheaper"][1:] == ("niet in deze jaren",) * 2
    assert re.fullmatch(r"\w+ 202\d", by_measure["fewer"][2])


def test_the_assumption_in_front_moves_the_answer_most(report):
    [found] = [figure for figure in costing.figures(report, "nl") if "tornado" in figure.name]
    cells = [[float(cell.replace(".", "")) for cell in row[1:]] for row in found.table.rows]
    widths = [abs(high - low) for low, high in cells]
    assert widths == sorted(widths, reverse=True)
    assert found.table.rows[0][0] == "fewer: instroom, Wmo"


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


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_saving_is_drawn_with_its_band(report, language):
    fan = costing.figures(report, language)[1]
    assert 'class="band"' in fan.svg
    assert len(fan.table.columns) == 4


def test_a_plan_without_anything_to_show_still_makes_a_page():
    empty = costing.Costing(town=TOWN, results={}, known_on=date(2022, 12, 31))
    assert costing.figures(empty, "nl") == []
    assert costing.headline(empty, "nl") == ""
    assert "Doorrekening" in costing.html(empty, "nl")
