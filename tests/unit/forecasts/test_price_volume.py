"""Price × volume: what does not move stays, and what moves does so for a named reason."""

from datetime import date

import numpy as np
import pytest
from numpy.testing import assert_allclose

from noaber import rules
from noaber.forecasts import NoBasisError, lines, prices
from noaber.forecasts.drivers import Driver, driver
from noaber.forecasts.price_volume import outlook
from noaber.municipality import PriceStep
from noaber.records import Text

DAMPING = rules.value("estimates/trend_damping", date(2026, 1, 1))
FLAT = {(index, year): 0.0 for index in ("OVA", "PPC") for year in range(2010, 2041)}


def booked(year, line, euros, *, care_form=None, law="wmo"):
    return {"year": year, "law": law, "budget_line": line, "care_form": care_form, "amount_cents": euros * 100}


def budgeted(line, euros, *, law="wmo", version="revised", care_form=None):
    return booked(2018, line, euros, law=law, care_form=care_form) | {"version": version}


def indications(year, care_form, number, *, euros=None, law="wmo", kind="observed", period="year"):
    cents = None if euros is None else euros * 100
    keys = ("year", "law", "care_form", "label", "kind", "period", "indications", "budget_cents")
    return dict(zip(keys, (year, law, care_form, care_form.title(), kind, period, number, cents), strict=True))


def tables(**given):
    return lines.assemble(**({"budget": [], "booked": [], "indications": [], "funding": []} | given))


def steady(*laws, until=2030, index=None):
    given = index or dict.fromkeys(range(2000, until + 1), 1.0)
    return {law: Driver(law=law, index=given, share=1.0) for law in laws or ("wmo",)}


def expected(found, until=2024, *, drivers=None, changes=FLAT, **more):
    path = prices.path(changes, 2016, until)
    return outlook(found, until, drivers=drivers or steady(), prices=path, damping=DAMPING, **more)


def test_what_does_not_move_stays():
    found = expected(tables(booked=[booked(year, "HO", 1000, care_form="HO") for year in range(2016, 2022)]))
    assert found.years == range(2021, 2025)
    assert_allclose(found.euros, 1000.0)


def test_a_line_follows_the_residents_who_use_its_law():
    index = {year: 1.0 + 0.02 * (year - 2021) for year in range(2016, 2025)}
    ledger = [booked(year, "HO", round(1000 * index[year]), care_form="HO") for year in range(2016, 2022)]
    found = expected(tables(booked=ledger), drivers=steady(index=index))
    assert_allclose(found.euros[:, 0], [1000 * index[year] for year in found.years], rtol=0.005)


def test_a_line_without_a_care_form_follows_prices_only():
    changes = FLAT | {("OVA", 2022): 10.0, ("PPC", 2022): 10.0}
    ledger = [booked(year, "Lonen", 1000 + 300 * (year - 2016)) for year in range(2016, 2022)]
    index = dict.fromkeys(range(2016, 2025), 1.0) | {2023: 2.0}
    found = expected(tables(booked=ledger), changes=changes, drivers=steady(index=index))
    assert_allclose(found.euros[:, 0], [2500, 2750, 2750, 2750])


def test_income_keeps_its_amount():
    ledger = [booked(2021, "HO", 1000, care_form="HO"), booked(2021, "Terugbetaald", -50)]
    found = expected(tables(booked=ledger), changes=FLAT | {("OVA", 2022): 10.0})
    assert_allclose(found.euros[:, 1], -50.0)


def test_growth_goes_on_and_fades():
    found = expected(
        tables(booked=[booked(2016 + n, "HO", round(1000 * 1.1**n), care_form="HO") for n in range(6)]), 2040
    )
    steps = np.diff(np.log(found.euros[:, 0]))
    assert (np.diff(steps) < 0).all()
    assert 0.05 < steps[0] < np.log(1.1)


def test_an_agreement_counts_from_its_day_and_not_in_the_base_year():
    step = PriceStep(
        on=date(2022, 7, 2), care_forms=("HO",), cents_per_year=36_500, text=Text("Cao.", "Wages."), source="x"
    )
    ledger = [booked(2021, "HO", 1000, care_form="HO"), booked(2021, "OZL1", 500, care_form="OZL1")]
    found = expected(tables(booked=ledger), steps=(step,))
    assert_allclose(found.euros[:, 0] - 1000, [0, 365 * 183 / 365, 365, 365], rtol=1e-9)
    assert_allclose(found.euros[:, 1], 500)


def test_what_came_before_a_change_of_policy_does_not_count():
    ledger = [booked(2016 + n, "HO", round(1000 * 1.1**n), care_form="HO") for n in range(6)]
    found = expected(tables(booked=ledger), changed={"HO": date(2021, 1, 1)})
    assert_allclose(found.euros[:, 0], ledger[-1]["amount_cents"] / 100)


def test_a_budget_line_that_is_exactly_its_indications_gives_way_to_them():
    table = [
        indications(2018, "HO", 200, euros=600, kind="expected"),
        indications(2018, "OZL1", 50, euros=400, kind="expected"),
        indications(2017, "HO", 190),
    ]
    found = tables(budget=[budgeted("In natura", 1000), budgeted("Lonen", 70)], indications=table)
    assert [(line.care_form, line.cents) for line in found.lines] == [("HO", 60_000), ("OZL1", 40_000), ("", 7_000)]
    assert found.lines[0].volume == {2018: 200.0, 2017: 190.0}
    assert not found.notes


def test_a_table_of_indications_that_disagrees_is_said_and_left_aside():
    table = [indications(2018, "HO", 200, euros=601, kind="expected")]
    found = tables(budget=[budgeted("In natura", 1000)], indications=table)
    assert [line.name for line in found.lines] == ["In natura"]
    assert "no line of the budget" in found.notes[0].en


def test_a_count_comes_before_an_expectation_of_the_same_year():
    table = [indications(2018, "HO", 9, euros=10), indications(2018, "HO", 12, euros=10, kind="expected")]
    assert tables(budget=[budgeted("In natura", 10)], indications=table).lines[0].volume == {2018: 9.0}


def test_the_ledger_comes_before_the_budget_and_the_revised_before_the_first():
    budget = [budgeted("HO", 1), budgeted("HO", 2, version="primitive")]
    assert tables(budget=budget).basis == "revised"
    assert tables(budget=budget[1:]).basis == "primitive"
    assert tables(budget=budget, booked=[booked(2017, "HO", 3)]).base == 2017


def test_without_any_amount_there_is_nothing_to_go_on():
    with pytest.raises(NoBasisError, match="No table states"):
        tables(indications=[indications(2018, "HO", 9)])


def test_the_band_lies_around_what_is_expected_and_opens_with_time():
    rng = np.random.default_rng(1)
    ledger = [
        booked(y, f"F{f}", int(1e5 * rng.uniform(0.9, 1.1)), care_form=f"F{f}")
        for y in range(2014, 2022)
        for f in range(6)
    ]
    found = expected(tables(booked=ledger))
    spread = found.drawn.std(axis=0)
    assert (np.diff(spread, axis=0) > 0).all()
    assert_allclose(found.drawn.mean(axis=0), found.euros, rtol=0.02)


def test_too_few_years_have_no_trial():
    assert expected(tables(booked=[booked(2021, "HO", 1000, care_form="HO")])).trial is None


PUBLISHED = {
    (0, 24): {2018: 100.0, 2019: 90.0, 2020: 80.0},
    (75, 84): {2019: 50.0, 2020: 60.0},
    (85, 104): {2019: 20.0, 2020: 30.0},
}


def test_published_bands_drive_a_law_as_far_as_they_stand_for_its_use():
    found = driver("jeugdwet", range(2018, 2021), 2018, own=None, published=PUBLISHED, on=date(2026, 1, 1))
    assert found.share == pytest.approx(1.0)
    assert found.index == pytest.approx({2018: 1.0, 2019: 0.9, 2020: 0.8})
    wmo = driver("wmo", range(2018, 2021), 2018, own=None, published=PUBLISHED, on=date(2026, 1, 1))
    assert 0.5 < wmo.share < 0.9
    assert wmo.held == (2018,)
    assert 1.0 < wmo.index[2020] < 1.5


def test_without_figures_the_residents_stay_and_it_says_so():
    found = driver("wmo", range(2018, 2021), 2018, own=None, published={}, on=date(2026, 1, 1))
    assert (found.share, set(found.index.values())) == (0.0, {1.0})
