"""Outflow: residents who have their first day without support, so that the numbers close."""

from people import figure, support

PEOPLE = [
    support("Ann", "2023-02-01", "2024-06-30"),
    support("Bob", "2023-02-01", "2024-12-31"),
    support("Cor", "2023-02-01", "2023-12-31"),
    support("Dia", "2024-02-01"),
    support("Eef", "2024-02-01", "2024-02-29"),
    support("Eef", "2024-03-01", "2024-05-31"),
]


def test_who_ends_on_the_last_day_of_december_leaves_in_january():
    assert figure("support_outflow", "2024", support=PEOPLE) == 3, "Ann, Eef and Cor"
    assert figure("support_outflow", "2025", support=PEOPLE) == 1, "Bob"


def test_start_plus_in_minus_out_is_the_end():
    def number(indicator: str, period: str) -> float:
        return figure(indicator, period, support=PEOPLE)

    start, end = number("residents_with_support", "2023"), number("residents_with_support", "2024")
    assert start + number("support_inflow", "2024") - number("support_outflow", "2024") == end
