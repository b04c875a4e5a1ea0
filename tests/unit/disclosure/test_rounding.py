"""What the gate does to one table for its own sake: hide, round, compute again, or let pass."""

from __future__ import annotations

import math

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import CBS5, EXACT, counts, shown, table
from noaber.disclosure import protect
from noaber.municipality import Disclosure
from noaber.results import Result

PERSONS = st.integers(0, 400)


@settings(max_examples=40, deadline=None)
@given(number=PERSONS)
def test_a_count_is_hidden_or_a_multiple_of_five_near_the_truth(number):
    seen = protect(table({("2024",): number}), CBS5).cells.row(0, named=True)
    if number <= 7:
        assert (seen["value"], seen["hidden"]) == (None, "small")
    else:
        assert seen["hidden"] is None
        assert seen["value"] % 5 == 0
        assert seen["value"] >= 10
        assert abs(seen["value"] - number) <= 2


@settings(max_examples=40, deadline=None)
@given(numbers=st.lists(PERSONS, min_size=2, max_size=6), hide=st.integers(0, 20), step=st.sampled_from([1, 3, 5, 10]))
def test_thresholds_are_settings(numbers, hide, step):
    at = Disclosure(hide_up_to=hide, round_to=step)
    cells = {("2024", f"d{place}"): number for place, number in enumerate(numbers)}
    safe = protect(counts(cells, "district"), at)
    for place, number in enumerate(numbers):
        seen = shown(safe.cells, "2024", f"d{place}")
        if number <= hide:
            assert seen == "small"
        elif seen != "secondary":
            assert seen == math.floor(number / step + 0.5) * step


def test_each_total_is_rounded_on_its_own():
    safe = protect(counts({("2024", "west"): 12, ("2024", "east"): 12}, "district"), CBS5)
    assert [shown(safe.cells, "2024", code) for code in ("west", "east", "_T")] == [10, 10, 25]


def rate(numerator: float, denominator: float, count: int | None = None, **more: object) -> Result:
    plain = {"unit": "percent", "count": [numerator if count is None else count]}
    return table(
        {("2024", "q"): 100 * numerator / denominator},
        "question",
        numerator=[float(numerator)],
        denominator=[float(denominator)],
        **(plain | more),
    )


@settings(max_examples=40, deadline=None)
@given(numerator=st.integers(8, 392), denominator=st.integers(100, 400))
def test_a_rate_is_computed_from_the_rounded_numbers(numerator, denominator):
    if denominator - numerator <= 7:
        return
    seen = protect(rate(numerator, denominator), CBS5).cells.row(0, named=True)
    above, below = 5 * math.floor(numerator / 5 + 0.5), 5 * math.floor(denominator / 5 + 0.5)
    assert (seen["numerator"], seen["denominator"]) == (above, below)
    assert seen["value"] == pytest.approx(100 * above / below)


@pytest.mark.parametrize(
    ("numerator", "denominator", "reason"),
    [
        (7, 300, "small"),
        (50, 99, "no_base"),
        (5, 50, "small"),
        (293, 300, "group"),
        (300, 300, "group"),
        (50, 100, None),
    ],
)
def test_a_rate_is_hidden_for_its_first_reason(numerator, denominator, reason):
    seen = protect(rate(numerator, denominator), CBS5).cells.row(0, named=True)
    assert seen["hidden"] == reason
    assert (seen["value"] is None) == (reason is not None)
    assert (seen["numerator"] is None) == (reason is not None)


def test_everybody_says_something_only_in_a_sensitive_dimension():
    calm = Disclosure(sensitive=())
    assert protect(rate(300, 300), calm).cells["value"].item() == 100


def test_amounts_of_persons_go_to_thousands_and_those_of_few_are_hidden():
    cells = {("2024", "a"): 1_234_567_00, ("2024", "b"): 99_000_00}
    safe = protect(table(cells, "provider", unit="cents", count=[30, 7]), CBS5)
    assert shown(safe.cells, "2024", "a") == 1_235_000_00
    assert shown(safe.cells, "2024", "b") == "small"


@pytest.mark.parametrize(("second", "reason"), [(10_000_00, "small"), (4_000_00, None)])
def test_an_amount_that_is_nearly_all_one_persons_is_hidden(second, reason):
    """Of 115,000 euros 100,000 is one person's; whoever got the second-most then knows it nearly."""
    amount = table({("2024",): 115_000_00}, unit="cents", count=[20], largest=[100_000_00.0], second=[float(second)])
    assert protect(amount, CBS5).cells["hidden"].item() == reason


def test_a_credit_does_not_break_the_arithmetic():
    cells = {("2024", "a"): -50_000_00, ("2024", "b"): 99_000_00}
    safe = protect(counts(cells, "provider", unit="cents"), CBS5)
    assert shown(safe.cells, "2024", "a") == "small"


@pytest.mark.parametrize(
    ("statistic", "persons", "reason"),
    [
        ("median", 15, "no_base"),
        ("median", 16, None),
        ("p90", 79, "no_base"),
        ("p90", 80, None),
        ("median", 7, "small"),
    ],
)
def test_a_median_needs_as_many_persons_on_each_side(statistic, persons, reason):
    days = table({("2024", statistic): 31.4}, "statistic", unit="days", count=[persons])
    seen = protect(days, CBS5).cells.row(0, named=True)
    assert (seen["hidden"], seen["value"]) == (reason, None if reason else 31)


def test_what_rests_on_nobody_passes_as_it_is():
    budget = table({("2024",): 1_234_567}, unit="cents", counted="none", count=[None])
    safe = protect(budget, CBS5)
    assert safe.cells["value"].item() == 1_234_567
    assert not safe.persons
    assert "niet over personen" in safe.protection.nl


def test_a_ledger_beside_persons_is_rounded_with_them():
    """So nobody sees from the figure itself which amounts rest on persons."""
    mixed = table({("2024", "a"): 1_234_567_00, ("2024", "b"): 999}, "form", unit="cents", count=[30, None])
    assert shown(protect(mixed, CBS5).cells, "2024", "b") == 0


def test_a_count_of_persons_without_a_count_behind_it_is_not_let_through():
    assert protect(table({("2024",): 3}, count=[None]), CBS5).cells["hidden"].item() == "small"


def test_nothing_to_measure_is_empty():
    nothing = table({("2024",): 3}, count=[20])
    nothing = type(nothing)(**(vars(nothing) | {"cells": nothing.cells.with_columns(value=pl.lit(None, pl.Float64))}))
    assert protect(nothing, CBS5).cells["hidden"].item() == "empty"


def test_exact_shows_what_is_true():
    safe = protect(counts({("2024", "west"): 43, ("2024", "east"): 22}, "district"), EXACT)
    assert [shown(safe.cells, "2024", code) for code in ("west", "east", "_T")] == [43, 22, 65]


def test_exact_does_not_say_that_everybody_has_the_same():
    cells = {("2024", "wmo"): 43, ("2024", "youth"): 0}
    safe = protect(counts(cells, "law"), EXACT)
    assert shown(safe.cells, "2024", "wmo") == "group"
    assert shown(safe.cells, "2024", "_T") == 43


def test_where_there_is_one_kind_only_all_have_it_and_that_says_nothing():
    safe = protect(counts({("2024", "wmo"): 43}, "law"), EXACT)
    assert shown(safe.cells, "2024", "wmo") == 43
