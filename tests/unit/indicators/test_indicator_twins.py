"""Each indicator and its slow twin agree on any small town, as known on any day, by any choice of dimensions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_tables import TABLES

from noaber.indicators import INDICATORS, Question, calculate
from noaber.municipality import ReferralAgreement
from people import connect, fill, town
from unit.twins import TWINS
from unit.twins.ground import Cell

DAYS = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 3, 15), date(2025, 6, 30))


@pytest.fixture(scope="module")
def connection():
    with connect() as made:
        yield made


def test_every_indicator_has_a_twin():
    assert set(TWINS) == set(INDICATORS)


def cells_of(result) -> dict[tuple[str, ...], Cell]:
    names = ("period", *result.dimensions)
    return {
        tuple(row[name] for name in names): Cell(
            row["value"], row["count"], row.get("numerator"), row.get("denominator")
        )
        for row in result.cells.iter_rows(named=True)
    }


def close(cell: Cell) -> list[object]:
    numbers = (cell.value, cell.count, cell.numerator, cell.denominator)
    return [None if number is None else pytest.approx(number, rel=1e-9, abs=1e-9) for number in numbers]


@pytest.mark.parametrize("indicator", INDICATORS.values(), ids=INDICATORS)
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_an_indicator_and_its_twin_agree(indicator, connection, data):
    tables = {name: data.draw(TABLES[name], label=name) for name in indicator.tables}
    here = town(
        figures_from=data.draw(st.sampled_from([date(2023, 1, 1), date(2023, 5, 1)]), label="figures_from"),
        referral_agreement=ReferralAgreement(baseline_year=2023, reduction_percent=20),
    )
    known_on = data.draw(st.sampled_from(DAYS), label="known_on")
    frequency = data.draw(st.sampled_from(indicator.frequencies), label="frequency")
    chosen = data.draw(st.sets(st.sampled_from(indicator.dimensions)) if indicator.dimensions else st.just(set()))
    fill(connection, tables)
    ask = Question(
        town=here,
        known_on=known_on,
        frequency=frequency,
        dimensions=tuple(name for name in indicator.dimensions if name in chosen),
    )
    result = calculate(
        indicator.id,
        connection,
        town=here,
        known_on=known_on,
        snapshot_hash="0" * 16,
        frequency=frequency,
        dimensions=tuple(chosen),
    )
    found, wanted = cells_of(result), TWINS[indicator.id](tables, ask)
    assert found.keys() == wanted.keys()
    for key, cell in wanted.items():
        got = found[key]
        assert [got.value, got.count, got.numerator, got.denominator] == close(cell), key
