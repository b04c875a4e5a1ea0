"""What happens if we change nothing is one number: that of the forecast is the baseline of every scenario."""

from datetime import date

import numpy as np
import pytest
from numpy.testing import assert_allclose

import steady as village
from noaber import scenarios
from noaber.flows import draws
from noaber.forecasts import Origin, by_flows
from people import TOWN, connect
from scenario_town import measure, plan

UNTIL = 2028
ELSEWHERE = """
[[elsewhere]]
code = "BUURT"
name = "De buurt"
law = "jeugdwet"
users = 30
euros = { value = 50, low = 40, high = 60, because = "a test" }
months = { value = 6, low = 4, high = 9, because = "a test" }
"""


@pytest.fixture(scope="module")
def tables():
    """A village that ages and grows, with two Wmo forms, youth, small forms, and prices that rise."""
    rows = [
        *(row for month, row in enumerate(village.spells(8)) if month % 8 < 4 + month // 250),
        *village.spells(2, care_form="OZL1", referrer="02"),
        *village.spells(3, care_form="J_OZL1", law="jeugdwet"),
        *village.spells(1, care_form="TIJDELIJK", law="jeugdwet")[::9],
        *village.spells(1, care_form="SPOED", law="jeugdwet")[::8],
    ]
    prices = [row | {"change": 3.0} for row in village.prices()]
    filled = {"support": rows, "cost": village.costs(rows), "population": village.residents(growing=0.01)}
    with connect(filled | {"price_index": prices}) as connection:
        yield connection


@pytest.fixture(scope="module")
def forecast(tables):
    return by_flows.unchanged(tables, TOWN, known_on=village.KNOWN_ON, until=UNTIL, tried=False)


def prepared(tables, text=None):
    return scenarios.prepare(
        tables,
        TOWN,
        until=UNTIL,
        known_on=village.KNOWN_ON,
        snapshot="0" * 16,
        elsewhere=() if text is None else text.elsewhere,
    )


@pytest.fixture(scope="module")
def base(tables):
    return prepared(tables)


def test_the_unchanged_line_of_a_comparison_is_the_forecast_to_the_cent(forecast, base):
    told = by_flows.spending(forecast, Origin(town=TOWN, snapshot="0" * 16, known_on=village.KNOWN_ON)).cells
    expected = {
        (int(row["period"]), row["law"]): row["value"]
        for row in told.filter((told["kind"] == "forecast") & (told["care_form"] == "_T")).iter_rows(named=True)
    }
    text = plan(measure(size=-0.2, low=-0.3, high=-0.1).replace("2024", "2026"))
    compared = scenarios.tables(scenarios.compare(base, text, ["m"], draws=16))[0].cells
    middle = compared.filter((compared["scenario"] == "ongewijzigd") & (compared["statistic"] == "middle"))
    assert len(middle) == 3 * len(base.years) == 9
    for row in middle.iter_rows(named=True):
        assert round(row["value"]) == expected[int(row["period"]), row["law"]]


def test_a_slider_says_what_the_comparison_says(base):
    text = plan(measure(size=-0.2, low=-0.3, high=-0.1).replace("2024", "2026"))
    found = scenarios.compare(base, text, ["m"], draws=16).saving(0).mean(axis=0).sum(axis=(1, 2))
    told = scenarios.answer(scenarios.prepare_answers(base), text.measures).saving.sum(axis=1)
    assert_allclose(found, told, rtol=0.01)


def test_it_holds_residents_trend_prices_and_contributions(base):
    rates = base.town.rates
    assert base.town.demography.newcomers[-12:].sum() > 0
    assert (rates.inflow[-1] > rates.inflow[0])[:, base.forms.index("HO")].any()
    assert rates.price[-1] / rates.price[0] == pytest.approx(1.03**3)
    assert (rates.contribution > 0).any(axis=0).tolist() == [law == "wmo" for law in base.laws]


def test_small_forms_of_a_law_count_together_and_are_named(base):
    assert base.pooled == {"TIJDELIJK": "OVERIG_JEUGDWET", "SPOED": "OVERIG_JEUGDWET"}
    assert base.names[base.forms.index("OVERIG_JEUGDWET")].en == "Other small forms"


def test_what_a_plan_says_of_elsewhere_changes_nothing_of_what_was_seen(base, tables):
    text = plan(ELSEWHERE)
    more = prepared(tables, text)
    own, other = (scenarios.prepare_answers(item) for item in (base, more))
    assert_allclose(other.net[..., : len(base.forms)], own.net)
    assert other.clients[..., -1].sum(axis=1) == pytest.approx(30, rel=0.1)
    assert scenarios.compare(more, plan(measure().replace("2024", "2026")), ["m"], draws=16).draws == 16


def test_referrers_are_those_of_the_spells(base):
    assert base.referrers["02"][base.forms.index("OZL1")] == 1
    assert base.referrers["02"].sum() == 1


def test_the_trend_and_prices_are_less_sure_the_further_away(base):
    drawn = base.doubt(draws(base.parameters, 64, 1))
    assert drawn.inflow.shape == (64, base.months, len(base.forms))
    spread = np.log(drawn.inflow).std(axis=0)
    assert (spread[-1] > spread[0]).all()
    assert base.start == date(2025, 4, 1)
