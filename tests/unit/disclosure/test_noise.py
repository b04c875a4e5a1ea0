"""Noise: small, without direction, and always the same for the same people."""

from __future__ import annotations

from statistics import fmean

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counts import counts, shown, table
from noaber.disclosure import MissingKeyError, audit, protect
from noaber.municipality import Disclosure

NOISE = Disclosure(rule="noise")
KEY = b"a key of this installation"


def moves(key: bytes = KEY, snapshot: str = "0") -> list[float]:
    cells = {("2024", f"d{number}"): 100 for number in range(500)}
    safe = protect(table(cells, "district", snapshot=snapshot), NOISE, key=key)
    return [value - 100 for value in safe.cells["value"]]


def test_noise_needs_the_key_of_the_installation():
    with pytest.raises(MissingKeyError):
        protect(table({("2024",): 40}), NOISE)


def test_noise_is_bounded_and_has_no_direction():
    found = moves()
    assert min(found) == -5
    assert max(found) == 5
    assert abs(fmean(found)) < 0.3
    assert 1.5 < fmean(abs(move) for move in found) < 2.4


def test_asking_again_gives_the_same_answer():
    assert moves() == moves(snapshot="1")


def test_another_installation_moves_otherwise():
    assert moves() != moves(key=b"the key of another town")


def test_another_table_gives_the_same_people_the_same_move():
    cells = {("2024", "wmo", "west"): 40, ("2024", "wmo", "east"): 61, ("2024", "youth", "west"): 33}
    both = protect(counts(cells, "law", "district"), NOISE, key=KEY)
    law = protect(counts({("2024", "wmo"): 101, ("2024", "youth"): 33}, "law"), NOISE, key=KEY)
    assert shown(both.cells, "2024", "wmo", "_T") == shown(law.cells, "2024", "wmo")


def test_a_part_as_large_as_its_total_is_the_same_people():
    cells = {("2024", "wmo", "west"): 40, ("2024", "wmo", "east"): 0}
    safe = protect(counts(cells, "law", "district"), NOISE, key=KEY)
    found = {shown(safe.cells, "2024", law, district) for law in ("wmo", "_T") for district in ("west", "_T")}
    assert len(found) == 1


def test_the_year_and_its_last_quarter_are_the_same_moment():
    year = protect(table({("2024",): 40}, over_time="last"), NOISE, key=KEY)
    quarter = protect(table({("2024-Q4",): 40}, frequency="quarter", over_time="last"), NOISE, key=KEY)
    assert year.cells["value"].item() == quarter.cells["value"].item()


def test_a_rate_follows_the_moved_count():
    stock = protect(table({("2024",): 40}, indicator="residents_with_support", over_time="last"), NOISE, key=KEY)
    rate = table(
        {("2024",): 10.0},
        indicator="residents_per_1000",
        unit="per_1000",
        over_time="last",
        count=[40],
        numerator=[40.0],
        denominator=[4000.0],
    )
    seen = protect(rate, NOISE, key=KEY).cells.row(0, named=True)
    assert seen["numerator"] == stock.cells["value"].item()
    assert seen["value"] == pytest.approx(1000 * seen["numerator"] / seen["denominator"])


def test_an_amount_moves_with_its_persons():
    safe = protect(table({("2024",): 4_000_000_00}, unit="cents", count=[40]), NOISE, key=KEY)
    assert safe.cells["value"].item() % 100_000 == 0
    assert abs(safe.cells["value"].item() / 4_000_000_00 - 1) <= 5 / 40 + 0.01


@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, 30))
def test_few_stay_hidden_before_and_after_the_move(number):
    seen = protect(table({("2024",): number}), NOISE, key=KEY).cells.row(0, named=True)
    if number <= 7:
        assert seen["hidden"] == "small"
    assert seen["value"] is None or seen["value"] > 7


@settings(max_examples=40, deadline=None)
@given(values=st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_noise_passes_the_audit_too(values):
    cells = {("2024", f"d{place}"): value for place, value in enumerate(values)}
    assert not audit([protect(counts(cells, "district"), NOISE, key=KEY)]).recoverable
