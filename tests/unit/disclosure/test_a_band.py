"""A forecast goes through the gate with its band: hidden and rounded with its value, and no source for an attacker."""

import polars as pl
import pytest

from counts import CBS5, EXACT, table
from noaber import disclosure
from noaber.municipality import Disclosure


def banded(**more):
    made = table({("2026", "HO"): 103.0, ("2026", "OZL1"): 6.0}, "care_form", **more)
    made.cells.insert_column(-1, pl.Series("low", [91.0, 2.0]))
    made.cells.insert_column(-1, pl.Series("high", [118.0, 14.0]))
    return made


@pytest.mark.parametrize("at", [CBS5, EXACT])
def test_a_hidden_figure_hides_its_band(at):
    cells = disclosure.protect(banded(), at).cells
    small = cells.row(by_predicate=pl.col("care_form") == "OZL1", named=True)
    assert (small["hidden"], small["low"], small["high"]) == ("small", None, None)


def test_a_band_is_rounded_as_its_figure_is():
    shown = disclosure.protect(banded(), CBS5).cells.row(by_predicate=pl.col("care_form") == "HO", named=True)
    assert (shown["low"], shown["value"], shown["high"]) == (90.0, 105.0, 120.0)
    assert disclosure.protect(banded(), EXACT).cells["high"].drop_nulls().to_list() == [118.0]


def test_noise_moves_the_figure_and_rounds_the_band():
    at = Disclosure(rule="noise")
    shown = disclosure.protect(banded(), at, key=bytes(32)).cells.row(
        by_predicate=pl.col("care_form") == "HO", named=True
    )
    assert (shown["low"], shown["high"]) == (90.0, 120.0)


def test_an_attacker_has_no_use_for_a_band():
    safe = disclosure.protect(banded(), CBS5)
    assert set(safe.relations) == {"value"}
    assert set(safe.units) == {"value", "low", "high"}


def test_a_band_is_published_and_read_back(tmp_path):
    safe = disclosure.protect(banded(), CBS5)
    disclosure.publish([safe], tmp_path)
    assert disclosure.current(tmp_path)["counts"].cells.equals(safe.cells)
