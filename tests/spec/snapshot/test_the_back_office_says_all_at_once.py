"""The back office: every export says all about an allocation, and takes the place of what was said before."""

from knowing import known, spells
from said import allocation, said, start, stop


def export(on, *rows):
    return said(on, allocation(at="2023-01-10"), *rows, source="backoffice")


FIRST = export("2023-12-31", start("2023-02-01"))
SECOND = export("2024-12-31", start("2023-03-01"))


def test_an_export_takes_the_place_of_the_one_before():
    assert spells([FIRST, SECOND]) == [("2023-03-01", None)]
    assert spells([FIRST, SECOND], on="2024-12-30") == [("2023-02-01", None)]


def test_a_start_that_an_export_no_longer_names_has_not_happened():
    assert spells([FIRST, export("2024-12-31")]) == [(None, None)]


def test_an_export_that_says_the_same_makes_no_new_version():
    deliveries = [FIRST, export("2024-12-31", start("2023-02-01"))]
    assert known("SELECT known_from, known_until FROM support", deliveries) == [("2023-12-31", None)]


def test_messages_go_on_where_the_back_office_left_off():
    ended = said("2024-03-02", stop("2023-02-01", "2024-02-28"))
    assert spells([FIRST, ended]) == [("2023-02-01", "2024-02-28")]


def test_on_one_day_the_message_has_the_last_word():
    ended = said("2023-12-31", stop("2023-02-01", "2023-12-30"))
    assert spells([ended, FIRST]) == [("2023-02-01", "2023-12-30")]


def test_an_export_that_does_not_name_an_allocation_says_nothing_about_it():
    other = said("2024-12-31", allocation("2", at="2024-01-10"), source="backoffice")
    assert ("2023-02-01", None) in spells([FIRST, other])
