"""A figure that was hidden can be worked out from others. Those others are then hidden too, the least useful first."""

from __future__ import annotations

import pytest

from counts import EXACT, counts, shown, table
from noaber.disclosure import Area, RecoverableError, protect, protect_together, publish

DISTRICTS = {("2024", "west"): 3, ("2024", "east"): 40, ("2024", "north"): 25}


def test_a_total_minus_the_others():
    """68 in all, 40 in the east, 25 in the north: so three in the west. A second district goes, and the total stays."""
    safe = protect(counts(DISTRICTS, "district"), EXACT)
    seen = {district: shown(safe.cells, "2024", district) for district in ("west", "east", "north", "_T")}
    assert seen == {"west": "small", "east": 40, "north": "secondary", "_T": 68}


def test_a_year_minus_its_quarters():
    quarters = {("2024-Q1",): 12, ("2024-Q2",): 15, ("2024-Q3",): 4, ("2024-Q4",): 21}
    per_quarter = table(quarters, frequency="quarter", over_time="adds")
    safe, _ = protect_together([per_quarter, table({("2024",): 52}, over_time="adds")], EXACT)
    assert shown(safe.cells, "2024-Q3") == "small"
    assert [shown(safe.cells, quarter) for (quarter,) in quarters].count("secondary") == 1


def test_the_end_minus_the_start():
    """60 residents at the start, 15 begin, 72 at the end: then three have ended."""
    stock = table({("2023",): 60, ("2024",): 72}, indicator="residents_with_support", over_time="last")
    began = table({("2024",): 15}, indicator="support_inflow", over_time="adds")
    ended = table({("2024",): 3}, indicator="support_outflow", over_time="adds")
    together = protect_together([stock, began, ended], EXACT)
    hidden = [reason for safe in together for reason in safe.cells["hidden"].drop_nulls()]
    assert sorted(hidden) == ["secondary", "small"]


def test_one_map_minus_another():
    """The team serves the whole of west and two streets more. Thirty minus twenty-eight live in those streets."""
    team, west = table({("2024", "north"): 30}, "team"), table({("2024", "west"): 28}, "district")
    lies_within = (Area(("team", "north"), (("district", "west"),)),)
    safe = protect_together([team, west], EXACT, areas=lies_within)
    assert [result.cells["hidden"].item() for result in safe].count("secondary") == 1


def test_what_was_published_before(tmp_path):
    before = {key: number for key, number in DISTRICTS.items() if number > 7}
    publish([protect(table({("2024",): 68}), EXACT)], tmp_path)
    publish([protect(table(before, "district", additive_over=("district",)), EXACT, beside=[])], tmp_path)
    with pytest.raises(RecoverableError, match="can be worked out"):
        publish([protect(table({("2024", "west"): 3}, "district", additive_over=("district",)), EXACT)], tmp_path)
