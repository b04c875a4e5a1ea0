"""Unchanged policy by way of flows, on a village where nothing changes: all can be worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from numpy.testing import assert_allclose

import steady as village
from noaber.flows import evaluate
from noaber.forecasts import HorizonError, NoBasisError, Origin, TooShortError, baseline, by_flows, estimates
from noaber.forecasts.backtest import METHODS, Trial, covered
from noaber.forecasts.bands import limits
from noaber.municipality import Event
from noaber.records import Text
from people import TOWN, connect, town

PER_MONTH, LASTS = 4, village.MONTHS_OF_SUPPORT
CLIENTS = PER_MONTH * (LASTS - 1)
"""Of the last twelve starts, those of eleven months ago are in their last month."""
ORIGIN = Origin(town=TOWN, snapshot="0" * 16, known_on=village.KNOWN_ON)


def tables(rows=None, **more):
    rows = village.spells(PER_MONTH) if rows is None else rows
    filled = {"population": village.residents(), "support": rows, "cost": village.costs(rows)}
    return connect(filled | {"price_index": village.prices()} | more)


def unchanged(connection, here=TOWN, *, until=2028, tried=False):
    return by_flows.unchanged(connection, here, known_on=village.KNOWN_ON, until=until, tried=tried)


@pytest.fixture(scope="module")
def steady():
    with tables() as connection:
        return unchanged(connection, tried=True)


def test_where_nothing_changes_nothing_changes(steady):
    outcome = evaluate(steady.base.town)
    clients = (outcome.clients - outcome.ends)[0].sum(axis=(1, 2))
    assert_allclose(clients, CLIENTS, rtol=0.01)
    assert_allclose(outcome.gross[0].sum(axis=(1, 2)), PER_MONTH * LASTS * village.CENTS_PER_MONTH / 100, rtol=0.01)


def test_the_forecast_begins_half_a_year_back_with_a_quarter(steady):
    assert steady.base.opens == date(2025, 4, 1)


def test_the_first_year_holds_what_was_claimed_before(steady):
    cells = by_flows.spending(steady, ORIGIN).cells
    years = dict(
        cells.filter((cells["care_form"] == "HO") & (cells["kind"] == "forecast")).select("period", "value").rows()
    )
    assert set(years) == {"2025", "2026", "2027", "2028"}
    own_contribution = 2100
    cents = village.CENTS_PER_MONTH - own_contribution
    assert_allclose(list(years.values()), 12 * PER_MONTH * LASTS * cents, rtol=0.01)


def test_forms_add_up_to_laws_and_laws_to_all(steady):
    cells = by_flows.spending(steady, ORIGIN).cells
    for (_, _), part in cells.group_by("period", "kind"):
        value = {(row["law"], row["care_form"]): row["value"] for row in part.iter_rows(named=True)}
        laws = {law for law, form in value if law != "_T"}
        assert value["_T", "_T"] == pytest.approx(sum(value[law, "_T"] for law in laws))


def test_counted_clients_stand_before_the_expected_ones(steady):
    cells = by_flows.clients(steady, ORIGIN).cells
    kinds = dict(cells.select("period", "kind").rows())
    assert kinds["2024"] == "observed"
    assert kinds["2025"] == "forecast"
    assert cells.filter(cells["period"] == "2024")["value"].to_list() == [CLIENTS]


def test_every_band_holds_what_is_expected_and_says_what_is_in_it(steady):
    for made in (by_flows.clients(steady, ORIGIN), by_flows.spending(steady, ORIGIN)):
        cells = made.cells.drop_nulls("low")
        assert (cells["low"] <= cells["value"]).all()
        assert (cells["value"] <= cells["high"]).all()
        assert any("In de band" in note.nl and "Niet in de band" in note.nl for note in made.notes)


def test_by_month_there_are_months(steady):
    cells = by_flows.clients(steady, ORIGIN, frequency="month").cells
    assert {len(period) for period in cells["period"]} == {7}
    assert cells.filter(cells["kind"] == "forecast").height == 45


def test_a_forecast_no_better_than_nothing_changes_says_so(steady):
    """Here nothing changes, so nothing can do better."""
    notes = " ".join(note.en for note in by_flows.notes(steady, TOWN))
    assert "no better than taking nothing to change" in notes
    assert "No better for: Help" in notes


def test_trials_show_errors_beside_the_simple_ones(steady):
    made = by_flows.trials(steady, ORIGIN)
    measures = set(made.cells["measure"])
    assert measures == {"error", "bias", "inside", "error_naive", "error_constant_rates"}
    error = made.cells.filter((made.cells["measure"] == "error") & (made.cells["care_form"] == "_T"))
    assert error["value"].max() < 3


def test_trials_go_by_what_was_known_on_the_day():
    """In a village whose messages came in a year late, nobody knew of the last year; a trial begins earlier then."""
    rows = village.spells(PER_MONTH)
    asked = []

    def earlier(day):
        asked.append(day)
        known = [row for row in rows if row["began_on"] <= day - timedelta(days=366)]
        return connect({"population": village.residents(), "support": known, "cost": village.costs(known)})

    with tables(rows) as connection:
        at_once = by_flows.unchanged(connection, TOWN, known_on=village.KNOWN_ON, until=2028)
        late = by_flows.unchanged(connection, TOWN, known_on=village.KNOWN_ON, until=2028, earlier=earlier)
    assert [day.month for day in asked] == [12] * len(asked)
    assert at_once.trial.origins[-1] == date(2024, 4, 1)
    assert late.trial.origins[-1] == date(2023, 4, 1)
    assert "only what was known on that day" in by_flows.trials(late, ORIGIN).notes[-1].en
    assert "counted already" in by_flows.trials(at_once, ORIGIN).notes[-1].en


def test_more_residents_of_an_age_means_more_starts():
    with tables(population=village.residents(growing=0.05)) as connection:
        found = unchanged(connection, until=2030)
    starts = evaluate(found.base.town).starts[0].sum(axis=(1, 2))
    assert starts[-12:].sum() > 1.08 * starts[:12].sum()


def test_growth_of_the_inflow_goes_on_damped():
    rows = [row for month, row in enumerate(village.spells(8)) if month % 8 < 2 + month // 200]
    with tables(rows) as connection:
        found = unchanged(connection)
    assert found.base.trend.slope[0] > 0.02
    level = found.base.doubt({"slope of HO": np.zeros(1)})
    assert evaluate(found.base.town).starts.sum() > evaluate(found.base.town, doubt=level).starts.sum()


def test_the_town_by_age_has_the_same_clients(steady):
    whole, ages = evaluate(steady.base.town), evaluate(baseline.by_age(steady.base.town))
    assert_allclose(ages.clients.sum(axis=2), whole.clients.sum(axis=2), rtol=1e-3)


def test_what_was_seen_before_a_change_does_not_count():
    event = Event(
        on=date(2024, 1, 1), kind="real", comparable=False, text=Text("Anders.", "Other."), care_forms=("HO",)
    )
    rows = [
        row
        for row in village.spells(PER_MONTH)
        if row["began_on"] < date(2024, 1, 1) or row["district"] == village.WEST
    ]
    with tables(rows) as connection:
        before, after = unchanged(connection), unchanged(connection, town(events=(event,)))
    assert evaluate(after.base.town).starts[0, -1].sum() == pytest.approx(PER_MONTH / 2, rel=0.1)
    assert evaluate(before.base.town).starts[0, 0].sum() > PER_MONTH / 2 * 1.1


def test_a_form_that_is_no_more_is_named_and_not_forecast():
    event = Event(on=date(2024, 1, 1), kind="real", comparable=False, text=Text("Weg.", "Gone."), care_forms=("OZL1",))
    old = [row for row in village.spells(2, care_form="OZL1") if row["began_on"] < date(2023, 3, 1)]
    with tables([*village.spells(PER_MONTH), *old]) as connection:
        found = unchanged(connection, town(events=(event,)))
    assert found.base.left_out == {"OZL1": estimates.CEASED}
    assert any("No forecast of Guidance" in note.en for note in by_flows.notes(found, TOWN))


@pytest.mark.parametrize(
    ("chosen", "reason"),
    [
        (lambda rows: rows[100:101], estimates.ONCE),
        (lambda rows: [replace_end(row) for row in rows[-60:]], estimates.ENDLESS),
        (lambda rows: rows[:3], estimates.NEVER),
    ],
    ids=["one client", "no end seen", "never in the window"],
)
def test_what_was_seen_too_seldom_is_named_with_the_reason(chosen, reason):
    seldom = chosen(village.spells(1, care_form="OZL1"))
    with tables([*village.spells(PER_MONTH), *seldom]) as connection:
        assert unchanged(connection).base.left_out == {"OZL1": reason}


def replace_end(row):
    return row | {"ended_on": None}


def test_clients_without_claims_are_counted_and_have_no_euros():
    with tables(cost=[]) as connection:
        found = unchanged(connection)
    assert found.base.unpriced == ("HO",)
    assert any("Zonder prijs" in note.nl for note in by_flows.notes(found, TOWN))


def test_an_empty_snapshot_says_so():
    with tables([]) as connection, pytest.raises(NoBasisError, match="Nobody has had support"):
        unchanged(connection)


def test_one_client_only_is_no_forecast():
    with tables(village.spells(1)[100:101]) as connection, pytest.raises(NoBasisError, match="seen often enough"):
        unchanged(connection)


def test_residents_of_one_year_are_too_few():
    with tables(population=village.residents(range(2025, 2026))) as connection, pytest.raises(TooShortError):
        unchanged(connection)


def test_two_years_of_support_are_forecast_and_say_that_nothing_was_tried():
    rows = [row for row in village.spells(PER_MONTH) if row["began_on"] >= date(2023, 4, 1)]
    with tables(rows) as connection:
        found = unchanged(connection, town(figures_from=date(2023, 4, 1)), tried=True)
    assert found.trial is None
    assert by_flows.UNTRIED in by_flows.notes(found, TOWN)
    assert by_flows.trials(found, ORIGIN) is None


@pytest.mark.parametrize("until", [2024, 2060])
def test_a_year_that_cannot_be_reached_is_refused(until):
    with tables() as connection, pytest.raises(HorizonError, match="cannot be made"):
        unchanged(connection, until=until)


def trial(seen, ours, naive, spread=0.0):
    """A trial of one origin, some years ahead and one form."""
    shape = (1, len(seen), 1)
    expected = {method: np.reshape(naive, shape).astype(float) for method in METHODS} | {
        "noaber": np.reshape(ours, shape)
    }
    drawn = np.reshape(ours, (1, 1, len(seen), 1)).astype(float)
    return Trial(
        seen=np.reshape(seen, shape).astype(float), expected=expected, drawn=drawn, variance=drawn * 0 + spread**2
    )


def test_errors_weigh_what_was_missed_by_what_came():
    error, bias = trial([100.0, 200.0], [110.0, 180.0], [100.0, 100.0]).errors("noaber")
    assert_allclose(error[:, 0], [10.0, 10.0, 10.0])
    assert_allclose(bias[:, 0], [10.0, -10.0, -100 * 10 / 300])


def test_what_cannot_be_judged_is_left_out():
    error, _ = trial([100.0, np.nan], [110.0, 5.0], [100.0, 100.0]).errors("noaber")
    assert np.isnan(error[1, 0])
    assert error[-1, -1] == pytest.approx(10.0)


def test_the_past_adds_only_what_chance_does_not_explain():
    assert trial([100.0], [110.0], [100.0]).beyond()[0] == pytest.approx(10 / 110)
    assert trial([100.0], [110.0], [100.0], spread=10.0).beyond()[0] == 0.0


def test_a_band_is_not_judged_by_itself():
    one = trial([100.0], [110.0], [100.0], spread=1.0)
    assert covered(one.inside())[0, 0] == 0.0
    twice = replace(one, **{name: np.concatenate([getattr(one, name)] * 2) for name in ("seen", "drawn", "variance")})
    assert covered(twice.inside())[0, 0] == 100.0


def test_four_fifths_lie_in_the_band():
    random = np.random.default_rng(3)
    low, high = limits(np.full((1, 4000), 100.0), np.full((1, 4000), 25.0), np.zeros(4000))
    seen = random.normal(100.0, 5.0, 4000)
    assert ((low <= seen) & (seen <= high)).mean() == pytest.approx(0.8, abs=0.03)
