"""Duration: days from beginning to end of the support that ended in the period."""

from people import figure, support

PEOPLE = [
    support("Ann", "2024-01-01", "2024-01-10"),
    support("Bob", "2024-01-01", "2024-01-20"),
    support("Cor", "2024-01-01", "2024-01-31"),
    support("Cor", "2024-02-01", "2024-02-29"),
    support("Dia", "2024-01-01"),
]


def test_the_median_of_what_ended():
    found = figure("duration", "2024", codes={"statistic": "median"}, support=PEOPLE)
    assert found == 20, "10, 20 and 60 days; Dia still has support"


def test_indications_that_follow_on_are_one():
    found = figure("duration", "2024", codes={"statistic": "median"}, support=PEOPLE[2:])
    assert found == 31 + 29
