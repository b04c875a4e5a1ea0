"""Who refers: of all allocations first made in the period, the share per type of referrer."""

from datetime import date

import pytest

from people import figure, support


def test_shares_of_first_allocations():
    people = [
        support("Ann", "2024-01-01", referrer="01"),
        support("Bob", None, referrer="02", allocated_on=date(2024, 4, 1)),
        support("Cor", "2024-01-01", referrer="02"),
        support("Dia", "2024-01-01", referrer=None),
        support("Eef", "2023-01-01", referrer="08"),
    ]

    def share(referrer: str) -> float:
        return figure("referrer_share", "2024", codes={"referrer": referrer}, support=people)

    assert [share("01"), share("02"), share("_U")] == [25, 50, 25], "Bob counts though his support has not started"
    with pytest.raises(KeyError):
        share("08")
