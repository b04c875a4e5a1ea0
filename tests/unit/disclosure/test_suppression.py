"""The audit and the secondary suppression, held to a slow twin that tries every table there could be."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import CBS5, EXACT, counts, table
from noaber.disclosure import ContradictionError, SafeResult, audit, protect, protect_together
from noaber.disclosure.attacker import interval
from noaber.disclosure.gate import _draft

small = st.lists(st.integers(0, 12), min_size=4, max_size=4)
NAMES = ("law", "district")
MOST = 20
"""Where trying stops for a number without an end; beyond it nothing changes for numbers up to twelve."""


def made(values: list[int]) -> dict[tuple[str, ...], int]:
    cells = [("2024", law, district) for law, district in product("ab", "xy")]
    return dict(zip(cells, values, strict=True))


def every_table(safe: SafeResult) -> dict[tuple[str, str], set[int]]:
    """Return for each hidden cell the values it has in any table that fits what is published: by trying them all."""
    limits = {}
    for row in safe.cells.iter_rows(named=True):
        low, high = interval(safe, "value", row["value"], row["hidden"])
        limits[row["law"], row["district"]] = (low, high)
    small = [(row["law"], row["district"]) for row in safe.cells.filter(safe.cells["hidden"] == "small").to_dicts()]
    found: dict[tuple[str, str], set[int]] = {cell: set() for cell in small}
    ranges = [range(int(limits[cell][0]), int(min(limits[cell][1], MOST)) + 1) for cell in product("ab", "xy")]
    for ax, ay, bx, by in product(*ranges):
        sums = {("a", "x"): ax, ("a", "y"): ay, ("b", "x"): bx, ("b", "y"): by}
        sums |= {("a", "_T"): ax + ay, ("b", "_T"): bx + by, ("_T", "x"): ax + bx, ("_T", "y"): ay + by}
        sums["_T", "_T"] = ax + ay + bx + by
        if all(limits[cell][0] <= number <= limits[cell][1] for cell, number in sums.items()):
            for cell, values in found.items():
                values.add(sums[cell])
    return found


@settings(max_examples=40, deadline=None)
@given(values=small, rule=st.sampled_from([CBS5, EXACT]))
def test_the_audit_bounds_are_those_of_trying_every_table(values, rule):
    safe = _draft(counts(made(values), *NAMES), rule, b"")
    twin = every_table(safe)
    for item in audit([safe], exact_intervals=True).hidden:
        codes = dict(item.key.codes)
        seen = twin.get((codes.get("law", "_T"), codes.get("district", "_T")))
        if seen is None:
            continue  # A cell that stands for everybody has no end that can be tried.
        assert (item.low, item.high) == (min(seen), max(seen))


@settings(max_examples=40, deadline=None)
@given(values=small, rule=st.sampled_from([CBS5, EXACT]))
def test_after_the_gate_each_hidden_number_keeps_room(values, rule):
    safe = protect(counts(made(values), *NAMES), rule)
    assert all(max(seen) - min(seen) >= 3 for seen in every_table(safe).values())


@settings(max_examples=40, deadline=None)
@given(values=small)
def test_the_truth_is_always_one_of_the_tables(values):
    """Else the bounds would be a lie that hides a fault."""
    result = counts(made(values), *NAMES)
    safe = protect(result, EXACT)
    truth = {(row["law"], row["district"]): row["value"] for row in result.cells.iter_rows(named=True)}
    for cell, seen in every_table(safe).items():
        assert truth[cell] in seen


@settings(max_examples=40, deadline=None)
@given(values=small)
def test_nothing_more_is_hidden_when_nothing_is_small(values):
    safe = protect(counts(made([value + 8 for value in values]), *NAMES), EXACT)
    assert safe.cells["hidden"].null_count() == safe.cells.height


def test_protecting_again_beside_itself_changes_nothing():
    result = counts(made([3, 40, 25, 31]), *NAMES)
    safe = protect(result, EXACT)
    assert protect(result, EXACT, beside=[safe]).cells.equals(safe.cells)


def test_parts_hide_before_totals():
    safe = protect(counts(made([3, 40, 25, 31]), *NAMES), EXACT)
    totals = safe.cells.filter((safe.cells["law"] == "_T") | (safe.cells["district"] == "_T"))
    assert totals["hidden"].null_count() == totals.height


def test_what_holds_in_one_line_only_is_no_relation():
    """Residents with two kinds of support make a total smaller than its parts, so nobody can subtract."""
    cells = {("2024", "a"): 3, ("2024", "b"): 40, ("2024", "_T"): 41}
    safe = protect(table(cells, "law"), EXACT)
    assert safe.relations["value"] == {"law": "union"}
    assert not audit([safe]).recoverable


def test_a_union_still_tells_when_the_parts_hardly_overlap():
    cells = {("2024", "a"): 7, ("2024", "b"): 40, ("2024", "_T"): 46}
    ajar = _draft(table(cells, "law"), EXACT, b"")
    assert [(item.low, item.high) for item in audit([ajar]).recoverable] == [(6, 7)]
    assert not audit([protect(table(cells, "law"), EXACT)]).recoverable


def test_prices_of_two_years_hide_together():
    amounts = {"a": 9_000_000, "b": 20_000_000, "c": 900_000, "_T": 29_900_000}
    prices = {"nominal": 1, "contract": 1.1}
    cells = {("2024", form, price): amounts[form] * prices[price] for form, price in product(amounts, prices)}
    persons = {"a": 30, "b": 50, "c": 3, "_T": 83}
    result = table(
        cells,
        "care_form",
        "price",
        indicator="spending_real",
        unit="cents",
        count=[persons[key[1]] for key in sorted(cells)],
    )
    safe = protect(result, EXACT)
    hidden = safe.cells.filter(safe.cells["hidden"] == "secondary")
    assert hidden.height == 2
    assert hidden["care_form"].n_unique() == 1


def test_tables_that_contradict_each_other_are_refused():
    one, other = table({("2024",): 40}), table({("2024",): 60})
    with pytest.raises(ContradictionError):
        protect_together([one, other], EXACT)


def test_sums_that_cannot_be_true_are_refused():
    year = protect(table({("2024",): 400}, over_time="adds"), EXACT)
    numbers = {("2024-Q1",): 2, ("2024-Q2",): 20, ("2024-Q3",): 20, ("2024-Q4",): 20}
    quarters = protect(table(numbers, frequency="quarter", over_time="adds"), EXACT)
    with pytest.raises(ContradictionError):
        audit([year, quarters])
