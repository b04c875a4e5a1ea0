"""Hengelo, 2018: the letter's expense, income and balance per law come out of its tables, with ours beside them."""

from datetime import date

import numpy as np
import pytest

from hengelo import take_in, together
from noaber import forecasts, municipality
from noaber.forecasts import Origin, ages, by_tables, population
from noaber.forecasts.residents import beside
from noaber.records import LAW_NAMES, TABLES
from people import connect

LETTER = {
    "jeugdwet": {
        "state_grant": [21_343, 21_092, 20_701, 20_821, 20_821],
        "expense": [26_343, 26_120, 26_062, 25_808, 25_808],
        "balance": [-5_000, -5_028, -5_361, -4_987, -4_987],
    },
    "wmo": {
        "state_grant": [25_013, 26_523, 26_273, 26_273, 26_172],
        "own_contribution": [1_595, 845, 845, 845, 845],
        "expense": [28_960, 31_080, 30_635, 30_528, 30_546],
        "balance": [-2_352, -3_713, -3_517, -3_410, -3_528],
    },
}
"""Thousands of euros, 2018-2022, as the letter of 12 July 2018 prints them."""
YEARS = range(2018, 2023)
ON = date(2018, 7, 12)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hengelo") / "town"
    batches = list(take_in(folder))
    names = {name for batch in batches for name in batch.rows} & set(TABLES)
    with connect({name: together(batches, name).to_dicts() for name in names}) as connection:
        town = municipality.read(folder / "municipality.toml")
        origin = Origin(town=town, snapshot="0" * 16, known_on=ON)
        made, missed = forecasts.unchanged(connection, origin, until=2022)
        yield (
            {item.indicator: item for item in made},
            missed,
            by_tables.unchanged(connection, origin, until=2022),
            connection,
        )


def balance(found, law, item, basis):
    cells = found[0]["forecast_balance"].cells
    chosen = cells.filter((cells["law"] == law) & (cells["item"] == item) & (cells["basis"] == basis)).sort("period")
    return dict(chosen.select("period", "value").rows())


@pytest.mark.parametrize("law", LETTER)
def test_what_the_letter_states_stands_as_stated(found, law):
    for item, amounts in LETTER[law].items():
        assert balance(found, law, item, "stated") == {
            str(year): 100_000.0 * keur for year, keur in zip(YEARS, amounts, strict=True)
        }


@pytest.mark.parametrize("law", LETTER)
def test_every_balance_follows_from_its_lines_but_for_two_roundings(found, law):
    stated, again = (balance(found, law, "balance", basis) for basis in ("stated", "recomputed"))
    apart = {year: round((again[year] - stated[year]) / 100_000) for year in stated if again[year] != stated[year]}
    assert apart == ({"2019": 1, "2022": -1} if law == "wmo" else {})


def test_the_expense_of_2018_is_the_sum_of_its_lines(found):
    assert balance(found, "jeugdwet", "expense", "recomputed") == {"2018": 2_634_266_800.0}
    assert balance(found, "wmo", "expense", "recomputed") == {"2018": 2_896_042_600.0}


def test_both_laws_and_the_reserve_make_the_shortfall_of_the_letter(found):
    millions = [round(cents / 1e8, 1) for cents in balance(found, "_T", "gap", "recomputed").values()]
    assert millions == [-9.9, -9.3, -8.9, -8.4, -8.5]


def test_our_own_expense_stands_beside_it_with_a_band(found):
    cells = found[0]["forecast_balance"].cells
    ours = cells.filter((cells["item"] == "expense") & (cells["basis"] == "forecast"))
    assert sorted(set(ours["period"])) == ["2019", "2020", "2021", "2022"]
    assert (ours["low"] <= ours["value"]).all()
    assert (ours["value"] <= ours["high"]).all()
    stated = cells.filter((cells["item"] == "expense") & (cells["basis"] == "stated"))["value"].sum()
    assert ours["value"].sum() == pytest.approx(stated * 8 / 10, rel=0.15)


def test_indications_times_price_make_up_the_care_in_kind(found):
    lines = [line for line in found[2].tables.lines if line.counts]
    assert sum(line.cents for line in lines if line.law == "jeugdwet") == 2_308_000_700
    assert sum(line.cents for line in lines if line.law == "wmo") == 1_546_859_400
    household = next(line for line in lines if line.care_form == "HO")
    assert household.cents / household.volume[2018] / 100 == pytest.approx(2947, abs=1)


def test_it_says_what_it_rests_on(found):
    notes = " ".join(note.nl for note in found[0]["forecast_balance"].notes)
    for said in (
        "Basisjaar 2018",
        "begroting na wijziging",
        "In prijzen van 2018",
        "cao",
        "te kort om",
        "Niet in de band",
    ):
        assert said in notes
    for law in ("jeugdwet", "wmo"):
        assert LAW_NAMES[law].nl in notes


def test_without_spells_the_other_way_says_why(found):
    assert list(found[1]) == ["flows"]
    assert "nobody" in found[1]["flows"].what.lower() or "two years" in found[1]["flows"].now


def test_young_people_are_expected_to_be_fewer_as_others_publish(found):
    """The published forecast of 0-24 begins above the last count, so levels differ by some percent; both fall."""
    rows = population.read(found[3])
    counts = population.counted(rows, area="GM0164")
    ours = population.forecast(counts, 2021, on=ON)
    laid = [item for item in beside(ours, population.published(rows, area="GM0164")) if item[0] == (0, 24)]
    assert [(year, theirs) for _, year, theirs, _ in laid] == [
        (2018, 22744),
        (2019, 22640),
        (2020, 22460),
        (2021, 22302),
    ]
    assert all(abs(mine / theirs - 1) < 0.025 for _, _, theirs, mine in laid)
    assert laid[0][3] > laid[1][3] > laid[2][3] > laid[3][3]


def test_the_oldest_are_as_many_as_published_given_who_grows_into_them(found):
    """From the published 75-84 and 85+ of a year, the life table alone finds the 85+ of the next within 2.5 percent."""
    published = population.published(population.read(found[3]), area="GM0164")
    old, oldest = ([published[band][year] for year in range(2019, 2023)] for band in ((75, 84), (85, ages.OLDEST)))
    assert old == [5081, 5211, 5306, 5604]
    assert oldest == [2173, 2177, 2211, 2241]
    assert [next_oldest(*pair) for pair in zip(old[:-1], oldest[:-1], strict=True)] == pytest.approx(
        oldest[1:], rel=0.025
    )


def next_oldest(old, oldest):
    """Who is 85 or older a year later: those who were and those of 84, as far as they live."""
    life = ages.survival(81.75, (75, ages.OLDEST))
    alive = np.concatenate([[1.0], np.cumprod(life[:-1])])  # as many turn 75 every year
    of_84 = old * alive[9] / alive[:10].sum()
    return of_84 * life[9] + oldest * (alive[10:] * life[10:]).sum() / alive[10:].sum()
