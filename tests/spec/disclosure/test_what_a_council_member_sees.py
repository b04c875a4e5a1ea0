"""What a reader may see of figures about few residents, and what is hidden, rounded or let pass."""

from __future__ import annotations

from counts import CBS5, counts, shown, table
from noaber.disclosure import protect


def test_seven_residents_or_fewer_are_hidden():
    safe = protect(table({("2024", "west"): 7, ("2024", "east"): 8}, "district"), CBS5)
    assert shown(safe.cells, "2024", "west") == "small"
    assert shown(safe.cells, "2024", "east") == 10


def test_nobody_is_hidden_too():
    """Else every hidden cell would say: at least one. And "nobody here" is a statement about all who live here."""
    safe = protect(table({("2024", "west"): 0, ("2024", "east"): 42}, "district"), CBS5)
    assert shown(safe.cells, "2024", "west") == "small"


def test_numbers_end_in_nought_or_five():
    cells = {("2024", "west"): 42, ("2024", "east"): 43, ("2024", "north"): 108}
    safe = protect(table(cells, "district"), CBS5)
    assert [shown(safe.cells, "2024", district) for district in ("west", "east", "north")] == [40, 45, 110]


def test_parts_do_not_always_add_up_and_the_page_says_so():
    safe = protect(counts({("2024", "west"): 12, ("2024", "east"): 12}, "district"), CBS5)
    assert [shown(safe.cells, "2024", district) for district in ("west", "east", "_T")] == [10, 10, 25]
    assert "tellen delen niet altijd op" in safe.protection.nl


def test_a_percentage_needs_a_hundred_people():
    def satisfied(positive: int, answered: int) -> float | str | None:
        survey = table(
            {("2024", "listened"): 100 * positive / answered},
            "question",
            unit="percent",
            count=[answered],
            numerator=[float(positive)],
            denominator=[float(answered)],
        )
        return shown(protect(survey, CBS5).cells, "2024", "listened")

    assert satisfied(60, 99) == "no_base"
    assert satisfied(60, 100) == 60
    assert satisfied(88, 121) == 75, "90 of 120: a percentage is computed from what is shown"
    assert satisfied(118, 121) == "group", "all but three: then one knows it of nearly everybody"


def test_an_amount_for_few_clients_is_hidden_and_others_are_in_thousands():
    spending = table({("2024", "a"): 41_000_00, ("2024", "b"): 812_499_99}, "provider", unit="cents", count=[5, 60])
    safe = protect(spending, CBS5)
    assert shown(safe.cells, "2024", "a") == "small"
    assert shown(safe.cells, "2024", "b") == 812_000_00


def test_a_median_needs_eight_people_on_each_side():
    def waiting(persons: int) -> float | str | None:
        days = table({("2024", "median"): 17.5}, "statistic", unit="days", count=[persons])
        return shown(protect(days, CBS5).cells, "2024", "median")

    assert waiting(15) == "no_base"
    assert waiting(16) == 18


def test_a_budget_is_not_about_clients():
    budget = table({("2024",): 12_345_67}, unit="cents", counted="none", count=[None])
    assert protect(budget, CBS5).cells["value"].item() == 12_345_67
