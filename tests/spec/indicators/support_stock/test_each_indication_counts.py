"""Running support: indications that run on the last day; one resident can have several, so parts add up to totals."""

from people import figure, support

PEOPLE = [
    support("Ann", "2024-01-01"),
    support("Ann", "2024-02-01", care_form="OZL1"),
    support("Bob", "2024-02-01", care_form="OZL1"),
    support("Cor", "2024-03-15", "2024-08-31"),
]


def test_each_indication_counts():
    assert figure("support_stock", "2024", support=PEOPLE) == 3
    assert figure("support_stock", "2024", codes={"care_form": "OZL1"}, support=PEOPLE) == 2


def test_the_last_day_of_a_month_counts():
    def month(period: str) -> float:
        return figure("support_stock", period, frequency="month", codes={"care_form": "HO"}, support=PEOPLE)

    assert [month("2024-02"), month("2024-03"), month("2024-08"), month("2024-09")] == [1, 2, 2, 1]


def test_a_month_without_anyone_is_zero_and_not_missing():
    people = [support("Ann", "2024-01-10", "2024-01-20"), support("Bob", "2024-03-01")]
    assert figure("support_stock", "2024-02", frequency="month", support=people) == 0
