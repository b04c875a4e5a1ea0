"""A spell of support: nobody sends one; it follows from the allocation, the start and the stop."""

from knowing import known, spells
from said import allocation, request, said, start, stop

GIVEN = said("2024-01-10", allocation(at="2024-01-10T09:00"))
BEGUN = said("2024-02-05", start("2024-02-01"))
ENDED = said("2024-05-02", stop("2024-02-01", "2024-04-30"))


def test_an_allocation_that_has_not_begun_is_support_without_a_first_day():
    assert spells([GIVEN]) == [(None, None)]


def test_it_begins_with_the_start_and_ends_with_the_stop():
    assert spells([GIVEN, BEGUN]) == [("2024-02-01", None)]
    assert spells([GIVEN, BEGUN, ENDED]) == [("2024-02-01", "2024-04-30")]


def test_a_start_without_an_allocation_is_nothing():
    assert spells([BEGUN]) == []


def test_a_stop_ends_only_the_start_that_it_names():
    other = said("2024-05-02", stop("2024-02-09", "2024-04-30"))
    assert spells([GIVEN, BEGUN, other]) == [("2024-02-01", None)]


def test_a_start_is_corrected_by_withdrawing_it_and_saying_it_again():
    corrected = said("2024-02-19", start("2024-02-01", status="3"), start("2024-02-08", sequence=1))
    assert spells([GIVEN, BEGUN, corrected]) == [("2024-02-08", None)]


def test_a_start_can_be_withdrawn_and_said_again_unchanged():
    withdrawn = said("2024-02-19", start("2024-02-01", status="3"))
    again = said("2024-03-01", start("2024-02-01"))
    assert spells([GIVEN, BEGUN, withdrawn]) == [(None, None)]
    assert spells([GIVEN, BEGUN, withdrawn, again]) == [("2024-02-01", None)]


def test_a_withdrawn_stop_opens_the_support_again():
    withdrawn = said("2024-05-20", stop("2024-02-01", "2024-04-30", status="3"))
    assert spells([GIVEN, BEGUN, ENDED, withdrawn]) == [("2024-02-01", None)]


def test_after_a_temporary_stop_a_new_start_makes_a_second_spell():
    paused = said("2024-05-02", stop("2024-02-01", "2024-04-30", end_reason="20"))
    resumed = said("2024-06-05", start("2024-06-03"))
    assert spells([GIVEN, BEGUN, paused, resumed]) == [("2024-02-01", "2024-04-30"), ("2024-06-03", None)]


def test_the_latest_allocation_stands_by_the_moment_of_allocation():
    longer = said("2024-06-01", allocation(at="2024-06-01T10:00", change_reason="04", valid_until="2025-12-31"))
    late_but_older = said("2024-07-01", allocation(at="2024-01-10T08:00", valid_until="2024-03-31"))
    asked = "SELECT allocated_until, allocated_on FROM support"
    assert known(asked, [GIVEN, longer, late_but_older]) == [("2025-12-31", "2024-01-10")]


def test_change_reason_13_removes_the_allocation_and_all_under_it():
    removed = said("2024-06-01", allocation(at="2024-06-01T10:00", change_reason="13", valid_until="2024-02-01"))
    assert spells([GIVEN, BEGUN, removed]) == []
    assert spells([GIVEN, BEGUN, removed], on="2024-05-31") == [("2024-02-01", None)]


def test_who_moved_house_is_counted_at_the_new_address():
    moved = said("2024-06-01", allocation(at="2024-06-01T10:00", change_reason="07", district="WK990102"))
    home = said("2024-01-10", allocation(at="2024-01-10T09:00", district="WK990101"))
    assert known("SELECT district FROM support", [home, BEGUN, moved]) == [("WK990102",)]
    assert known("SELECT district FROM support", [home, BEGUN, moved], on="2024-05-31") == [("WK990101",)]


def test_who_referred_is_known_from_the_request_that_was_answered():
    asked = said("2024-01-05", request("R7", referrer="04", referrer_code="00000009"))
    answered = said("2024-01-10", allocation(at="2024-01-10T09:00", reference="R7"))
    unknown = said("2024-01-10", allocation(at="2024-01-10T09:00", reference="R8"))
    who = "SELECT referrer, referrer_code FROM support"
    assert known(who, [asked, answered]) == [("04", "00000009")]
    assert known(who, [asked, unknown]) == [(None, None)]
    assert known(who, [GIVEN]) == [("01", None)], "an allocation that answers no request is the municipality's own"
