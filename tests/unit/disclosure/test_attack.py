"""The attacker tries what attackers try. Under the gate he finds nothing; with the gate ajar he finds people.

Each attack is made twice. `ajar` hides small cells and nothing more, which is what a spreadsheet does.
"""

from __future__ import annotations

from itertools import product

import pytest
from attack import Attacker, sums
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import CBS5, EXACT, counts, table
from noaber.disclosure import Area, RecoverableError, SafeResult, audit, protect, protect_together
from noaber.disclosure.gate import _draft
from noaber.municipality import Disclosure
from noaber.results import Result

RULES = pytest.mark.parametrize("at", [CBS5, EXACT], ids=["cbs5", "exact"])


def ajar(result: Result, at: Disclosure = EXACT) -> SafeResult:
    """Return the result with small cells hidden for their own sake only."""
    return _draft(result, at, b"")


# Totals ---------------------------------------------------------------------------------------------------------------

TWO_BY_TWO = {
    ("2024", "wmo", "west"): 3,
    ("2024", "wmo", "east"): 40,
    ("2024", "youth", "west"): 25,
    ("2024", "youth", "east"): 31,
}
CELLS = [("2024", f"l{law}", f"d{district}") for law, district in product(range(3), range(4))]
numbers = st.integers(0, 30) | st.integers(0, 9)
tables = st.lists(numbers, min_size=12, max_size=12).map(lambda values: dict(zip(CELLS, values, strict=True)))


def attacked(safe: SafeResult) -> Attacker:
    attacker = Attacker()
    attacker.reads(safe)
    attacker.reckons(sums(safe))
    return attacker


def test_a_total_minus_its_parts_finds_who_was_hidden_when_the_gate_is_ajar():
    found = attacked(ajar(counts(TWO_BY_TWO, "law", "district"))).found()
    assert found == {("counts", "2024", "wmo", "west"): (3, 3)}


@RULES
def test_a_total_minus_its_parts_finds_nobody(at):
    assert attacked(protect(counts(TWO_BY_TWO, "law", "district"), at)).found() == {}


@RULES
@settings(max_examples=40, deadline=None)
@given(cells=tables)
def test_no_table_gives_anybody_away(cells, at):
    safe = protect(counts(cells, "law", "district"), at)
    assert attacked(safe).found() == {}
    assert audit([safe]).recoverable == ()


@settings(max_examples=40, deadline=None)
@given(cells=tables)
def test_the_audit_sees_whatever_the_attacker_finds(cells):
    safe = ajar(counts(cells, "law", "district"))
    seen = set()
    for item in audit([safe]).recoverable:
        codes = dict(item.key.codes)
        seen.add(("counts", item.key.period, codes.get("law", "_T"), codes.get("district", "_T")))
    assert set(attacked(safe).found()) <= seen


# Quarters and the year ------------------------------------------------------------------------------------------------

QUARTERS = {("2024-Q1",): 12, ("2024-Q2",): 15, ("2024-Q3",): 4, ("2024-Q4",): 21}


def quarters_and_year() -> list[Result]:
    per_quarter = table(QUARTERS, frequency="quarter", over_time="adds")
    return [per_quarter, table({("2024",): sum(QUARTERS.values())}, over_time="adds")]


def year_minus_quarters(results: list[SafeResult]) -> Attacker:
    attacker = Attacker()
    for result in results:
        attacker.reads(result)
    attacker.reckons([(("counts", "2024"), tuple(("counts", *quarter) for quarter in QUARTERS))])
    return attacker


def test_the_year_gives_a_quarter_away_when_each_table_is_protected_alone():
    alone = [protect(result, EXACT) for result in quarters_and_year()]
    assert year_minus_quarters(alone).found() == {("counts", "2024-Q3"): (4, 4)}
    assert [item.key.period for item in audit(alone).recoverable] == ["2024-Q3"]


@RULES
def test_the_year_gives_no_quarter_away_when_they_are_protected_together(at):
    together = protect_together(quarters_and_year(), at)
    assert year_minus_quarters(together).found() == {}


def test_a_quarter_that_is_left_out_is_a_number_too():
    """Three quarters and the year: the fourth is in no table, yet anyone can subtract."""
    three = table(dict(list(QUARTERS.items())[:2] + list(QUARTERS.items())[3:]), frequency="quarter", over_time="adds")
    year = quarters_and_year()[1]
    assert audit([ajar(three), ajar(year)]).recoverable
    assert not audit(protect_together([three, year], EXACT)).recoverable


# Two years: who begins and who ends -----------------------------------------------------------------------------------


def two_years() -> list[Result]:
    stock = table({("2023",): 60, ("2024",): 72}, indicator="residents_with_support", over_time="last")
    began = table({("2024",): 15}, indicator="support_inflow", over_time="adds")
    ended = table({("2024",): 3}, indicator="support_outflow", over_time="adds")
    return [stock, began, ended]


def start_plus_in_minus_end(results: list[SafeResult]) -> Attacker:
    attacker = Attacker()
    for result in results:
        attacker.reads(result)
    stock, began, ended = "residents_with_support", "support_inflow", "support_outflow"
    attacker.low["turn"], attacker.high["turn"] = 0, 1e9
    attacker.reckons([("turn", ((stock, "2023"), (began, "2024"))), ("turn", ((stock, "2024"), (ended, "2024")))])
    return attacker


def test_the_difference_of_two_years_gives_away_who_ended_when_each_is_protected_alone():
    alone = [protect(result, EXACT) for result in two_years()]
    assert start_plus_in_minus_end(alone).found() == {("support_outflow", "2024"): (3, 3)}
    assert audit(alone).recoverable


@RULES
def test_the_difference_of_two_years_gives_nobody_away(at):
    assert start_plus_in_minus_end(protect_together(two_years(), at)).found() == {}


# Overlapping areas ----------------------------------------------------------------------------------------------------

LARGER = (Area(("team", "north"), (("district", "west"),)),)


def areas() -> list[Result]:
    """The team works in the whole of west and in a few streets besides, where two residents have support."""
    return [table({("2024", "west"): 28}, "district"), table({("2024", "north"): 30}, "team")]


def test_two_divisions_of_the_town_give_the_streets_between_them_away():
    alone = [protect(result, EXACT) for result in areas()]
    assert not audit(alone).recoverable, "unless one says how the areas lie, no table shows it"
    assert [item.high for item in audit(alone, areas=LARGER).recoverable] == [2]


@RULES
def test_areas_that_overlap_are_protected_together(at):
    assert not audit(protect_together(areas(), at, areas=LARGER), areas=LARGER).recoverable


# Rates and known denominators -----------------------------------------------------------------------------------------


def per_1000(numerator: int, inhabitants: int, **more: object) -> Result:
    return table(
        {("2024",): 1000 * numerator / inhabitants},
        indicator="residents_per_1000",
        unit="per_1000",
        over_time="last",
        count=[numerator],
        numerator=[float(numerator)],
        denominator=[float(inhabitants)],
        **more,
    )


def test_a_rate_times_the_inhabitants_gives_only_a_rounded_count():
    safe = protect(per_1000(43, 4000), CBS5)
    assert safe.cells["value"].item() * 4000 / 1000 == 45


def test_a_rate_of_few_is_hidden_like_the_count_itself():
    assert protect(per_1000(4, 4000), CBS5).cells["hidden"].item() == "small"


def test_a_count_hidden_for_another_is_hidden_in_the_rate_too():
    """West and the town are shown, so east, which is small, takes west along; the rate of west would show it again."""
    stock = counts(
        {("2024", "west"): 43, ("2024", "east"): 3}, "district", indicator="residents_with_support", over_time="last"
    )
    rate = table(
        {("2024", "west"): 10.75},
        "district",
        indicator="residents_per_1000",
        unit="per_1000",
        over_time="last",
        count=[43],
        numerator=[43.0],
        denominator=[4000.0],
    )
    alone = [protect(stock, EXACT), protect(rate, EXACT)]
    assert alone[1].cells["value"].item() == 10.75
    assert audit(alone).recoverable
    together = protect_together([stock, rate], EXACT)
    assert not audit(together).recoverable


# What was published before --------------------------------------------------------------------------------------------


def test_a_total_that_was_published_before_counts_too():
    before = protect(table({("2024",): 66}), EXACT)
    districts = {("2024", "west"): 43, ("2024", "north"): 20, ("2024", "east"): 3}
    now = table(districts, "district", additive_over=("district",))
    assert audit([protect(now, EXACT)], [before]).recoverable
    safe = protect(now, EXACT, beside=[before])
    assert safe.cells["hidden"].to_list().count("secondary") == 1
    assert not audit([safe], [before]).recoverable


def test_a_provisional_figure_that_changed_is_another_number():
    before = protect(table({("2024",): 60}, provisional_from="2024", snapshot="1"), EXACT)
    now = protect(table({("2024",): 66}), EXACT)
    assert audit([now], [before]).numbers == 2


def test_a_final_figure_that_changed_after_all_is_another_number():
    before = protect(counts({("2024", "west"): 40, ("2024", "east"): 30}, "district", snapshot="1"), EXACT)
    now = protect(counts({("2024", "west"): 41, ("2024", "east"): 30}, "district"), EXACT)
    assert not audit([now], [before]).recoverable


def test_an_older_version_that_did_not_add_up_hides_nothing_of_today():
    loose = {("2023", "west"): 43, ("2023", "east"): 30, ("2023", "_T"): 66}
    before = protect(table(loose, "district", snapshot="1"), EXACT)
    now = counts({("2024", "west"): 43, ("2024", "east"): 3}, "district")
    assert audit([ajar(now)], [before]).recoverable


def test_what_stands_beside_can_make_it_impossible():
    """The streets, the quarters: all is out already, and only the small one is new."""
    year = protect(quarters_and_year()[1], EXACT)
    large = protect(
        table({key: n for key, n in QUARTERS.items() if n > 7}, frequency="quarter", over_time="adds"), EXACT
    )
    small = table({("2024-Q3",): 4}, frequency="quarter", over_time="adds")
    with pytest.raises(RecoverableError) as refused:
        protect(small, EXACT, beside=[year, large])
    assert "2024-Q3" in refused.value.where
