"""The whole town against the figures it is measured by: exact where they are exact, near where they are near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from noaber import demo, municipality
from noaber.demo.claims import Claims, claim
from noaber.demo.orders import NOT_YET, Orders, order
from noaber.demo.population import Residents, addresses, settle
from noaber.demo.proportions import Proportions, proportions
from noaber.demo.providers import market
from noaber.demo.spells import grow
from noaber.demo.streams import day, new_year, share_out
from noaber.demo.truth import Truth, tell
from noaber.records import Law

UNTIL = date(2026, 6, 30)


@dataclass(frozen=True)
class Whole:
    given: Proportions
    town: Residents
    orders: Orders
    claims: Claims
    truth: Truth


@pytest.fixture(scope="module")
def whole() -> Whole:
    given = proportions()
    town = settle(given, seed=3, until=UNTIL, scale=1.0)
    spells = grow(given, town, seed=3, until=UNTIL, scale=1.0)
    orders = order(given, town, spells, market(given, seed=3), seed=3, until=UNTIL)
    claims = claim(given, orders, seed=3, last_day=day(UNTIL))
    return Whole(given, town, orders, claims, tell(given, town, orders, claims, until=UNTIL))


def test_the_town_has_exactly_the_published_residents_and_households(whole: Whole) -> None:
    year = whole.truth.years[2024]
    assert year.residents == 83_058
    assert year.households == 39_858


def test_young_and_old_are_exact_for_the_town_and_near_for_the_districts(whole: Whole) -> None:
    on = new_year(2024)
    here = whole.town.present(on)
    ages, places = whole.town.ages(on)[here], whole.town.district[here]
    assert int((ages < 15).sum()) == 11_522
    assert int((ages >= 65).sum()) == 17_327
    for place, district in enumerate(whole.given.districts):
        assert int((places == place).sum()) == pytest.approx(district.residents, abs=5)
        assert int(((ages < 15) & (places == place)).sum()) == pytest.approx(district.aged_0_14, abs=5)
        assert int(((ages >= 65) & (places == place)).sum()) == pytest.approx(district.aged_65_plus, abs=5)


@pytest.mark.parametrize(("youngest", "oldest", "published"), [(0, 24, 22_302), (75, 84, 5_604), (85, 120, 2_241)])
def test_age_groups_are_near_the_forecast(whole: Whole, youngest: int, oldest: int, published: int) -> None:
    on = new_year(2024)
    ages = whole.town.ages(on)[whole.town.present(on)]
    assert int(((ages >= youngest) & (ages <= oldest)).sum()) == pytest.approx(published, rel=0.03)


def test_the_population_closes_every_year(whole: Whole) -> None:
    for year in range(2016, 2026):
        first, after = new_year(year), new_year(year + 1)
        came = np.maximum(whole.town.arrived, whole.town.born)
        arrived = int(((came > first) & (came <= after) & (whole.town.left > after)).sum())
        left = int(((came <= first) & (whole.town.left > first) & (whole.town.left <= after)).sum())
        now, then = whole.truth.years[year].residents, int(whole.town.present(after).sum())
        assert now + arrived - left == then


@pytest.mark.parametrize("year", [2016, 2017, 2018])
def test_indications_per_care_form_are_those_of_the_tables(whole: Whole, year: int) -> None:
    stock = whole.truth.years[year].stock
    for form in whole.given.care_forms:
        published = form.observed[year - 2016]
        assert stock[form.code] == pytest.approx(published, rel=0.03, abs=2), form.code
    assert sum(stock.values()) == pytest.approx(
        sum(form.observed[year - 2016] for form in whole.given.care_forms), rel=0.01
    )


def test_spending_in_2018_is_near_the_budget(whole: Whole) -> None:
    spent = whole.truth.years[2018].cents
    for form in whole.given.care_forms:
        if form.budget_2018 > 500_000:
            assert spent[form.code] / 100 == pytest.approx(form.budget_2018, rel=0.08), form.code
    for law, budget in ((Law.WMO, 15_468_594), (Law.YOUTH, 23_080_007)):
        total = sum(spent[form.code] for form in whole.given.care_forms if form.law is law) / 100
        assert total == pytest.approx(budget, rel=0.03)


def test_the_budgets_add_up_to_the_totals_of_the_tables() -> None:
    for law, total in ((Law.WMO, 15_468_594), (Law.YOUTH, 23_080_007)):
        assert sum(form.budget_2018 for form in proportions().care_forms if form.law is law) == pytest.approx(
            total, abs=2
        )


def test_spending_by_age_follows_the_profile(whole: Whole) -> None:
    on = new_year(2022)
    months = (whole.claims.month >= on) & (whole.claims.month < new_year(2023))
    ages = whole.town.ages(on + 182)
    for law in (Law.WMO, Law.YOUTH):
        mine = months & whole.orders.law(whole.given, law)[whole.claims.order]
        spent = np.bincount(
            ages[whole.orders.person[whole.claims.order[mine]]] // 5, weights=whole.claims.cents[mine], minlength=22
        )[:19]
        persons = np.bincount(ages[whole.town.present(on + 182)] // 5, minlength=22)[:19]
        profile = whole.given.spending_by_age(law, np.arange(19) * 5 + 2.0)
        assert np.corrcoef(spent / persons, profile)[0, 1] > 0.85, law


def test_poorer_districts_use_more(whole: Whole) -> None:
    running = (whole.orders.began <= new_year(2024)) & (whole.orders.ended >= new_year(2024))
    persons = np.unique(whole.orders.person[running & whole.orders.law(whole.given, Law.YOUTH)])
    here = whole.town.present(new_year(2024))
    young = here & (whole.town.ages(new_year(2024)) < 18)
    share = np.bincount(whole.town.district[persons], minlength=10) / np.bincount(
        whole.town.district[young], minlength=10
    )
    poor, rich = share[2], share[8]
    assert poor > 1.2 * rich


def test_light_support_is_gone_at_the_end_of_2025(whole: Whole) -> None:
    light = np.array([form.light for form in whole.given.care_forms])[whole.orders.form]
    assert not (light & (whole.orders.began >= new_year(2025)) & (whole.orders.began < NOT_YET)).any()
    assert int((light & (whole.orders.ended > new_year(2026))).sum()) == 0
    leaving = light & (whole.orders.ended >= new_year(2025))
    months = (whole.orders.ended[leaving] - new_year(2025)) // 31
    assert np.bincount(months, minlength=12).min() > 0.3 * leaving.sum() / 12, "spread over the year"


def test_certified_institutions_refer_less_but_not_a_fifth_less(whole: Whole) -> None:
    per_year = {year: sum(item.certified) for year, item in whole.truth.years.items()}
    assert 0.80 < per_year[2023] / per_year[2018] < 0.92
    assert 0.80 < per_year[2024] / per_year[2018] < 0.92


def test_waiting_grows_to_2024(whole: Whole) -> None:
    wait = {year: item.median_wait for year, item in whole.truth.years.items()}
    assert wait[2024] > 1.7 * wait[2018]
    assert wait[2025] < wait[2024]


def test_the_market_is_heavy_tailed(whole: Whole) -> None:
    spent = np.bincount(whole.orders.provider[whole.claims.order], weights=whole.claims.cents, minlength=91)[:90]
    assert (spent > 0).sum() > 80
    assert np.sort(spent)[-10:].sum() > 0.4 * spent.sum()


def test_nobody_has_the_same_care_form_twice_at_once(whole: Whole) -> None:
    orders = whole.orders
    sort = np.lexsort((orders.began, orders.person, orders.form))
    same = (orders.form[sort][1:] == orders.form[sort][:-1]) & (orders.person[sort][1:] == orders.person[sort][:-1])
    known = orders.began[sort][1:] < NOT_YET
    assert not (same & known & (orders.began[sort][1:] <= orders.ended[sort][:-1])).any()


def test_everyone_with_support_lives_in_town(whole: Whole) -> None:
    orders, town = whole.orders, whole.town
    known = orders.ended < NOT_YET
    assert (np.maximum(town.arrived, town.born)[orders.person] <= orders.began).all()
    assert (orders.ended[known] < town.left[orders.person[known]]).all()


def test_no_two_households_share_an_address_and_each_lies_in_its_district(whole: Whole) -> None:
    local = municipality.read(Path(demo.__file__).parent / "noaberstad.toml")
    homes = addresses(whole.town, [district.postcodes for district in local.districts], seed=3)
    assert len(set(zip(homes.postcode, homes.number.tolist(), strict=True))) == whole.town.households
    codes = [district.code for district in local.districts]
    assert all(local.district(code) == codes[place] for code, place in zip(homes.postcode, homes.district, strict=True))


def test_share_out_adds_up() -> None:
    assert share_out(7, np.array([1.0, 1.0, 1.0])).tolist() == [3, 2, 2]
    assert share_out(0, np.array([1.0, 2.0])).tolist() == [0, 0]
