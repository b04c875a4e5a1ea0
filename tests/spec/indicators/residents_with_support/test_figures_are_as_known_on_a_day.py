"""Known as of: a stop that comes late changes the figure of a day that had passed, and both stay readable."""

from datetime import date

from people import figure, support

HEARD_LATE = date(2025, 3, 10)
PEOPLE = [
    support("Ann", "2024-05-01"),
    support("Bob", "2024-05-01", known_until=HEARD_LATE),
    support("Bob", "2024-05-01", "2024-11-30", known_from=HEARD_LATE),
]


def test_before_the_stop_was_known_bob_still_counted():
    assert figure("residents_with_support", "2024", known_on="2025-03-09", support=PEOPLE) == 2


def test_from_the_day_the_stop_was_known_he_does_not():
    assert figure("residents_with_support", "2024", known_on="2025-03-10", support=PEOPLE) == 1
