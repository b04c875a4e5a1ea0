"""A fan: counted as a line, expected dotted, the band around it, and the words that say all three."""

import re
import xml.etree.ElementTree as ET

import polars as pl
import pytest

from noaber.figures import FigureError, View, chart
from noaber.figures.findings import Subject
from protected import safe

KINDS = ("law", "kind")


def forecast(*, band=True, hidden=False):
    cells = [(str(year), "wmo", "observed", 2000.0 + 50 * (year - 2020)) for year in range(2020, 2026)]
    cells += [(str(year), "wmo", "forecast", 2250.0 + 60 * (year - 2025)) for year in range(2026, 2030)]
    if hidden:
        cells[-1] = (*cells[-1][:-1], "small")
    made = safe(cells, KINDS)
    if not band:
        return made
    wide = [None if row[2] == "observed" or row[3] == "small" else 40.0 * (int(row[0]) - 2025) for row in cells]
    widths = dict(zip(((row[0], row[2]) for row in cells), wide, strict=True))
    rows = made.cells.iter_rows(named=True)
    values = [(row["value"], widths[row["period"], row["kind"]]) for row in rows]
    low, high = ([None if w is None else v + sign * w for v, w in values] for sign in (-1, 1))
    frame = made.cells.with_columns(pl.Series("low", low, pl.Float64()), pl.Series("high", high, pl.Float64()))
    return type(made)(**{name: getattr(made, name) for name in made.__dataclass_fields__} | {"cells": frame})


def fan(result, language="nl", **more):
    view = View(
        result=result, language=language, fixed={"law": "wmo", "kind": "observed"}, otherwise={"kind": "forecast"}
    )
    return chart.fan(view, subject=Subject("Het aantal cliënten", "The number of clients"), **more)


def test_the_title_says_from_where_to_where_and_between_what():
    assert fan(forecast()).title == (
        "Het aantal cliënten gaat naar verwachting van 2.250 in 2025 naar 2.490 in 2029; acht van de tien keer tussen "
        "2.330 en 2.650."
    )
    assert "is expected to go from 2,250 in 2025 to 2,490 in 2029" in fan(forecast(), "en").title


def test_the_band_is_drawn_and_opens_from_the_last_count():
    root = ET.fromstring(fan(forecast()).svg)
    [band] = [node for node in root.iter() if node.get("class") == "band"]
    corners = [tuple(map(float, pair.split(","))) for pair in band.get("points").split()]
    assert len(corners) == 10
    assert corners[0] == corners[-1]
    assert "hatch" in band.get("fill")


def test_the_expected_part_is_dotted_and_the_counted_part_is_not():
    lines = [
        node.get("class") for node in ET.fromstring(fan(forecast()).svg).iter() if "line " in (node.get("class") or "")
    ]
    assert sum("dashed" in item for item in lines) == 4
    assert sum("dashed" not in item for item in lines) == 5


def test_the_table_has_the_band_beside_the_figure():
    table = fan(forecast()).table
    assert table.columns == ("Periode", "Cijfer", "Laag", "Hoog")
    assert table.rows[0][2:] == ("", "")
    assert table.rows[-1] == ("2029 (verwacht)", "2.490", "2.330", "2.650")


def test_without_a_band_there_is_a_line_and_no_range():
    made = fan(forecast(band=False))
    assert "band" not in made.svg.replace("Lijngrafiek met een band", "")
    assert "acht van de tien" not in made.title


def test_a_hidden_end_says_so():
    assert re.search("niet te tonen|verborgen|te klein|te weinig", fan(forecast(hidden=True)).title)


def test_a_fan_shows_one_line():
    with pytest.raises(FigureError, match="more than one line"):
        chart.fan(View(result=forecast(), along="law", fixed={"kind": "observed"}))
