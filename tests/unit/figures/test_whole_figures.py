"""Every figure of a whole town: a finding, words for who cannot see it, a table, a source, and a download."""

import csv
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from noaber.figures import FigureError, Table, View, chart, factsheet
from noaber.figures.drawings import tiles
from noaber.figures.figure import harmless
from protected import DISTRICTS, MESSAGES, OPENED, TOWN, documents_only, safe, whole_town, years

SVG = "{http://www.w3.org/2000/svg}"
PLACES = {code: tile for code, (_, tile) in DISTRICTS.items()}


@pytest.fixture(scope="module", params=["nl", "en"])
def figures(request):
    sheets = [(whole_town(), 2025), (documents_only(), 2018)]
    found = [
        factsheet.content(factsheet.compose(results, town=TOWN, year=year), request.param) for results, year in sheets
    ]
    return [figure for content in found for figure in content.figures]


def test_each_has_a_finding_of_one_sentence(figures):
    for figure in figures:
        assert figure.title.endswith(".")
        assert figure.title[0].isupper()
        assert not re.search(r"\. [A-Z]", figure.title), figure.title


def test_each_says_what_it_shows_to_who_cannot_see_it(figures):
    for figure in figures:
        assert len(figure.sentence.split()) > 8
        if figure.svg:
            root = ET.fromstring(figure.svg)
            assert root.get("role") == "img"
            names = {child.get("id"): child.text for child in root if child.tag in {f"{SVG}title", f"{SVG}desc"}}
            assert names[root.get("aria-labelledby")] == figure.title
            assert names[root.get("aria-describedby")] == figure.sentence


def test_each_has_a_table_with_headings(figures):
    for figure in figures:
        table = ET.fromstring(figure.table_html)
        heads = [cell.get("scope") for cell in table.findall("./thead/tr/th")]
        assert set(heads) == {"col"}
        rows = table.findall("./tbody/tr")
        assert rows
        assert all(len(row) == len(heads) and row[0].get("scope") == "row" for row in rows)


def test_each_says_where_it_comes_from(figures):
    for figure in figures:
        assert "5f0c2a91d4e7b836" in figure.foot
        assert figure.definition
        assert re.search(r"Voorlopig|Verwacht|Definitieve|Provisional|Expected|Final", figure.foot)
        assert re.search(r"verborgen|hidden", figure.foot)


def test_names_are_unique_and_fit_an_address(figures):
    names = [figure.name for figure in figures if figure.language == "nl"]
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in names)


def test_nothing_sticks_out_to_the_left_or_the_right(figures):
    for figure in figures:
        for node in ET.fromstring(figure.svg).iter(f"{SVG}rect") if figure.svg else ():
            if float(node.get("x", 0)) < -0.1 or float(node.get("x", 0)) + float(node.get("width")) > 336.2:
                pytest.fail(f"{figure.name}: {ET.tostring(node)}")


def test_the_download_holds_plain_numbers(figures):
    for figure in figures:
        rows = list(csv.DictReader(io.StringIO(figure.csv)))
        assert rows
        for row in rows:
            assert row["value"] or row["hidden"]
            float(row["value"] or 0)


@pytest.mark.parametrize("cell", ["=1+1", "+31", "-a", "@x", "\tx"])
def test_a_spreadsheet_runs_nothing(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-12.5", "12", "Wmo", ""])
def test_plain_cells_stay_as_they_are(cell):
    assert harmless(cell) == cell


def test_a_break_is_announced_in_words_and_drawn_as_a_rule():
    figure = chart.line(View(result=safe(years([10, 20, 30]) + years([5], 2025), breaks=(OPENED,))))
    assert any("2025" in words and "niet te vergelijken" in words for words in figure.breaks)
    root = ET.fromstring(figure.svg)
    assert [node for node in root.iter(f"{SVG}line") if node.get("class") == "rule"]
    assert "vrij toegankelijk" in " ".join(node.text or "" for node in root.iter(f"{SVG}text"))
    assert all(words in figure.sentence for words in figure.breaks)


def test_what_is_provisional_is_dashed_and_open():
    root = ET.fromstring(chart.line(View(result=safe(years([10, 20, 30]), provisional_from="2023"))).svg)
    lines = [node.get("class") for node in root.iter(f"{SVG}line") if node.get("class").startswith("line")]
    assert [("dashed" in name) for name in lines] == [False, True]
    assert [node for node in root.iter(f"{SVG}circle") if "hollow" in node.get("class", "")]


def test_what_is_hidden_says_so_in_the_table_and_the_foot():
    figure = chart.line(View(result=safe(years([10, "small", 30]))))
    assert ("2022", "verborgen") in figure.table.rows
    assert "Verborgen cijfers: 1 (rust op te weinig inwoners)." in figure.foot
    assert "1 verborgen" in figure.short_foot


def compared(**changes):
    """A result of two districts in two years, with a break between them that may or may not be crossed."""
    cells = [("2024", "a", 100), ("2025", "a", 60), ("2024", "b", 50), ("2025", "b", 40)]
    return View(result=safe(cells, ("district",), **changes), along="district")


def test_what_stands_beside_over_a_break_is_not_joined_and_says_why():
    broken, whole = compared(breaks=(OPENED, replace(MESSAGES, on=OPENED.on))), compared()
    for draw in (chart.dot, chart.bar):
        assert draw(whole).remarks == ()
        assert len(draw(broken).remarks) == 1
        assert "niet te vergelijken" in draw(broken).remarks[0]
        assert all(row[-1] == "niet te vergelijken" for row in draw(broken).table.rows)
    steps = [chart.dot(view).svg.count('class="step"') for view in (whole, broken)]
    assert steps == [2, 0]


def test_what_stands_beside_of_the_same_period_needs_no_break():
    cells = [("2025", "realised", 5e8), ("2025", "revised", 4e8)]
    result = safe(cells, ("version",), indicator="budget_realisation", breaks=(OPENED,))
    figure = chart.bar(View(result=result, fixed={"version": "realised"}), beside=("version", "revised"))
    assert figure.remarks == ()
    assert figure.table.rows[0][-1] == "+25,0%"


def test_a_period_that_may_change_says_so_in_the_table():
    figure = chart.line(View(result=safe(years([10, 20]), provisional_from="2022")))
    assert [row[0] for row in figure.table.rows] == ["2021", "2022 (voorlopig)"]


def test_tiles_are_shaded_in_four_steps_of_equal_width():
    values = [0, 24, 25, 49, 50, 75, 100]
    assert [tiles.step_of(value, tiles.bounds_of(values)) for value in values] == [1, 1, 2, 2, 3, 4, 4]
    assert tiles.bounds_of([5, 5]) == [5]


def test_a_hidden_class_is_a_dotted_rest_that_is_named():
    cells = [("2025", "01_up_to_60", 60), ("2025", "02_61_to_120", "small"), ("2025", "_T", 65)]
    result = safe(cells, ("intensity",), indicator="intensity_individual")
    figure = chart.stacked(View(result=result, along="intensity"))
    assert figure.remarks == ("Gestippeld: verborgen.",)
    dotted = [node for node in ET.fromstring(figure.svg).iter(f"{SVG}rect") if node.get("class") == "missing"]
    assert len(dotted) == 1


def test_a_source_is_named_as_a_council_member_knows_it():
    result = safe(years([10]))
    sources = ("support (backoffice, messages)", "population (nothing came in)", "own table")
    told = chart.line(View(result=replace(result, provenance=replace(result.provenance, sources=sources))))
    assert told.foot.startswith(
        "Bron: toewijzingen, starts en stops (backoffice, berichtenverkeer), bevolkingscijfers, own table."
    )
    assert told.short_foot.startswith("Bron: toewijzingen, starts en stops, bevolkingscijfers, own table ·")


def test_a_single_period_can_be_drawn():
    assert chart.line(View(result=safe(years([10])))).svg
    assert chart.line(View(result=safe(years([0])))).svg


def test_everything_hidden_can_still_be_shown():
    result = safe([("2025", "a", "small"), ("2025", "b", "small")], ("district",))
    view = View(result=result, along="district")
    assert "verborgen" in chart.dot(view).title
    assert "verborgen" in chart.tiles(view, {"a": (0, 0), "b": (1, 0)}).title
    assert "verborgen" in chart.bar(View(result=safe(years(["small"])))).title


def test_a_bar_that_is_hidden_or_nothing_stays_in_the_table():
    cells = [("2025", "a", "small"), ("2025", "b", 0), ("2025", "c", 30), ("2025", "_U", 15)]
    figure = chart.bar(View(result=safe(cells, ("care_form",)), along="care_form"))
    assert [row[0] for row in figure.table.rows] == ["c", "b", "a", "Onbekend"]
    assert ("a", "verborgen") in figure.table.rows


def test_tiles_need_places():
    view = View(result=whole_town()["residents_per_1000"], along="district")
    assert chart.tiles(view, PLACES).svg
    with pytest.raises(FigureError, match="place on the tile map"):
        chart.tiles(view, {})


def test_a_negative_bar_lies_left_of_zero():
    cells = [("2025", "wmo", -3e8), ("2025", "jeugdwet", 1e8)]
    root = ET.fromstring(chart.bar(View(result=safe(cells, ("law",), indicator="spending"), along="law")).svg)
    bars = [node for node in root.iter(f"{SVG}rect") if node.get("class") == "bar" and node.get("height") == "15"]
    positive, negative = (float(node.get("x")) for node in bars)
    assert negative < positive


def test_more_lines_than_can_be_told_apart_go_to_the_table():
    cells = [("2025", f"c{number}", 10.0 * number) for number in range(9)]
    figure = chart.line(View(result=safe(cells, ("care_form",)), along="care_form"))
    assert figure.remarks
    assert len(figure.table.columns) == 10


def test_words_in_a_table_are_escaped():
    table = Table(caption="<b>", columns=("&",), rows=(("<i>",),))
    assert "<b>" not in table.html()
    assert "<i>" not in table.html()
