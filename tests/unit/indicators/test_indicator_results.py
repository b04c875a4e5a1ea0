"""What a result carries beside its cells: breaks, provisional periods, words, provenance; and what cannot be asked."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from small_tables import TABLES

from noaber import indicators
from noaber.indicators import INDICATORS, IndicatorError, calculate, version_on
from noaber.indicators.declaration import in_force
from noaber.municipality import Event
from noaber.records import TABLES as RECORDS
from noaber.records import Law, Text
from people import EAST, TOWN, connect, cost, figure, figures, fill, support, town

PEOPLE = [support("Ann", "2023-01-01"), support("Bob", "2023-01-01", care_form="OZL1", district=EAST)]
SPEC = Path(__file__).parents[2] / "spec" / "indicators"


def event(on: str = "2025-01-01", **more: object) -> Event:
    plain = {"kind": "real", "comparable": False, "text": Text("Een verandering.", "A change.")}
    return Event(on=date.fromisoformat(on), **(plain | more))


def breaks(indicator: str, happened: Event, *by: str, **tables: object) -> list[tuple[object, ...]]:
    result = figures(indicator, by=by, here=town(events=(happened,)), **(tables or {"support": PEOPLE}))
    return [item.touches for item in result.breaks]


def test_every_indicator_has_a_specification_that_reads_as_a_manual():
    assert {folder.name for folder in SPEC.iterdir() if list(folder.glob("test_*.py"))} == set(INDICATORS)


def test_every_indicator_rests_on_tables_that_exist():
    assert all(set(indicator.tables) <= set(RECORDS) for indicator in INDICATORS.values())


def test_the_care_forms_of_an_event_are_the_ones_that_break():
    found = breaks("support_stock", event(care_forms=("OZL1",)), "care_form")
    assert found == [(("care_form", ("OZL1",)),)]


def test_an_event_of_care_forms_is_one_of_their_law():
    assert breaks("support_stock", event(care_forms=("OZL1",)), "law") == [(("law", ("wmo",)),)]
    assert breaks("certified_institutions", event(care_forms=("OZL1",))) == []


def test_a_result_that_does_not_show_care_forms_breaks_as_a_whole():
    assert breaks("residents_with_support", event(care_forms=("OZL1",)), "district") == [()]


def test_a_break_of_another_law_leaves_a_result_alone():
    assert breaks("certified_institutions", event(laws=(Law.WMO,))) == []


def test_a_new_way_of_registering_does_not_break_a_document():
    amounts = [{"year": 2024, "law": "wmo", "budget_line": "a", "version": "primitive", "amount_cents": 1}]
    assert breaks("budget_realisation", event(kind="measured"), budget=amounts) == []
    assert breaks("budget_realisation", event(kind="real"), budget=amounts) == [()]


def test_an_event_of_the_law_does_not_break_the_population():
    assert breaks("population_by_age", event(), population=[]) == []


def test_an_event_may_name_its_indicators():
    assert breaks("population_by_age", event(indicators=("population_by_age",)), population=[]) == [()]
    assert breaks("support_stock", event(indicators=("population_by_age",))) == []


def test_the_last_months_are_provisional_because_stops_come_late():
    months = figures("support_stock", known_on="2025-12-31", frequency="month", support=PEOPLE)
    assert months.provisional_from == "2025-09", "three whole months before the month of knowledge, and that month"
    assert months.cells["period"].max() == "2025-12"


def test_a_document_is_final_until_its_source_says_otherwise():
    line = {"year": 2024, "law": "wmo", "budget_line": "a", "amount_cents": 1, "status": "final"}
    assert figures("budget_realisation", realisation=[line]).provisional_from is None
    line["status"] = "provisional"
    assert figures("budget_realisation", realisation=[line]).provisional_from == "2024"


def test_every_code_has_words():
    result = figures("support_stock", by=("law", "care_form", "district"), support=PEOPLE)
    for name in result.dimensions:
        assert set(result.labels[name]) == set(result.cells[name])
    assert result.labels["care_form"]["HO"].nl == "Hulp"
    assert result.labels["district"][EAST].en == "Oost"


def test_providers_are_called_by_the_name_in_the_register():
    register = [{"year": 2024, "provider": "00000001", "name": "De Linde", "kind": "provider"}]
    claims = [cost("Ann", "2024-01", 5)]
    result = figures("provider_spend", by=("provider",), cost=claims, provider_register=register)
    assert result.labels["provider"]["00000001"].nl == "De Linde"


def test_provenance_says_which_snapshot_day_and_version():
    found = figures("support_stock", known_on="2025-12-31", support=PEOPLE).provenance
    assert (found.snapshot, found.known_on, found.indicator, found.version) == (
        "0" * 16,
        date(2025, 12, 31),
        "support_stock",
        1,
    )


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ({"indicator": "happiness"}, "no indicator happiness"),
        ({"indicator": "spending", "frequency": "month"}, "not made per month"),
        ({"indicator": "spending", "dimensions": ("district",)}, "cannot be shown by district"),
    ],
)
def test_what_is_not_offered_is_refused_in_words(asked, what):
    with connect() as connection, pytest.raises(IndicatorError, match=what):
        calculate(
            **{"connection": connection, "town": TOWN, "known_on": date(2025, 1, 1), "snapshot_hash": "0"} | asked
        )


def test_an_old_report_is_made_again_with_the_definition_of_its_day():
    new = version_on("support_stock")
    old = replace(new, defined_on=date(2020, 1, 1), version=0, definition=Text("Eerst.", "First."))
    assert in_force([old, new], date(2024, 1, 1)) is old
    assert in_force([old, new], new.defined_on) is new
    with pytest.raises(IndicatorError, match="no definition on 2019"):
        in_force([old, new], date(2019, 1, 1))
    with connect({"support": PEOPLE}) as connection:
        result = calculate(old, connection, town=TOWN, known_on=date(2025, 12, 31), snapshot_hash="0")
    assert (result.definition.en, result.provenance.version) == ("First.", 0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_reference_page_defines_every_indicator(language):
    page = indicators.reference(language)
    for indicator in INDICATORS.values():
        assert f"## {indicator.name(language)} {{ #{indicator.id} }}" in page
        assert indicator.definition(language) in page


@pytest.fixture(scope="module")
def connection():
    with connect() as made:
        yield made


@settings(max_examples=40, deadline=None)
@given(people=TABLES["support"])
def test_start_plus_inflow_minus_outflow_is_the_end(connection, people):
    fill(connection, {"support": people})

    def cells(indicator: str) -> dict[tuple[str, str, str], float]:
        result = calculate(
            indicator,
            connection,
            town=town(figures_from=date(2023, 1, 1)),
            known_on=date(2025, 6, 30),
            snapshot_hash="0",
            frequency="quarter",
            dimensions=("law", "district"),
        )
        return {(row[1], row[2], row[0]): row[3] for row in result.cells.iter_rows()}

    stock, inflow, outflow = (
        cells(f"{name}") for name in ("residents_with_support", "support_inflow", "support_outflow")
    )
    assert stock.keys() == inflow.keys() == outflow.keys()
    keys = sorted(stock)
    for before, now in itertools.pairwise(keys):
        if before[:2] == now[:2]:
            assert stock[before] + inflow[now] - outflow[now] == stock[now]


@settings(max_examples=40, deadline=None)
@given(people=TABLES["support"])
def test_parts_add_up_where_they_are_said_to(connection, people):
    fill(connection, {"support": people})
    result = calculate(
        "support_stock",
        connection,
        town=town(figures_from=date(2023, 1, 1)),
        known_on=date(2025, 6, 30),
        snapshot_hash="0",
        dimensions=("law", "care_form", "district"),
    )
    for name in result.additive_over:
        others = [item for item in ("period", *result.dimensions) if item != name]
        parts: dict[tuple[str, ...], float] = {}
        totals: dict[tuple[str, ...], float] = {}
        for row in result.cells.iter_rows(named=True):
            key = tuple(row[item] for item in others)
            if row[name] == "_T":
                totals[key] = row["value"]
            else:
                parts[key] = parts.get(key, 0) + row["value"]
        assert parts == totals


def test_the_figures_begin_where_registration_begins():
    people = [support("Ann", "2010-05-01"), support("Bob", "2012-01-01", "2013-12-31")]
    result = figures("residents_with_support", support=people)
    assert result.cells["period"].min() == "2015"
    assert figure("residents_with_support", "2015", support=people) == 1
