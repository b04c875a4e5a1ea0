"""A deadline is a day and its argument: each event that moved it, in order."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from noaber.records import Text
from noaber.rules import Unit
from noaber.terms import Extension, Pause, deadline, is_working_day

ASKED = Text("De vraag kwam binnen", "The question came in")
WAITED = Text("We wachtten op een antwoord", "We waited for an answer")
BEGAN = date(2026, 11, 2)


def told(found):
    return [(moment.on.isoformat(), moment.words.nl) for moment in found.argument]


def test_without_events_it_is_the_term():
    found = deadline(BEGAN, 10, Unit.WORKING_DAYS, because=ASKED)
    assert told(found) == [("2026-11-16", "De vraag kwam binnen: 10 werkdagen")]
    assert found.on == date(2026, 11, 16)


def test_a_pause_gives_back_the_days_that_it_took():
    pause = Pause(date(2026, 11, 5), date(2026, 11, 9), WAITED)  # a Thursday up to a Monday: two working days
    found = deadline(BEGAN, 10, Unit.WORKING_DAYS, because=ASKED, changes=[pause])
    assert told(found)[1:] == [("2026-11-18", "We wachtten op een antwoord")]


def test_it_can_stand_still_more_than_once_and_be_given_longer():
    changes = [
        Extension(date(2026, 11, 16), 5, Text("Meer tijd", "More time")),
        Pause(date(2026, 11, 12), date(2026, 11, 13), WAITED),
        Pause(date(2026, 11, 5), date(2026, 11, 9), WAITED),
    ]
    found = deadline(BEGAN, 10, Unit.WORKING_DAYS, because=ASKED, changes=changes)
    assert [day for day, _ in told(found)] == ["2026-11-16", "2026-11-18", "2026-11-19", "2026-11-26"]


def test_while_it_stands_still_there_is_no_day():
    found = deadline(BEGAN, 10, Unit.WORKING_DAYS, because=ASKED, changes=[Pause(date(2026, 11, 5), None, WAITED)])
    assert found.on is None
    assert told(found)[-1] == ("2026-11-05", "We wachtten op een antwoord")


def test_what_happens_after_the_end_moves_nothing():
    late = Pause(date(2026, 12, 1), date(2026, 12, 9), WAITED)
    assert len(deadline(BEGAN, 10, Unit.WORKING_DAYS, because=ASKED, changes=[late]).argument) == 1


def test_a_statutory_term_that_ends_on_a_free_day_says_which_law_moved_it():
    found = deadline(date(2026, 11, 14), 6, Unit.WEEKS, because=ASKED, statutory=True)
    assert found.on == date(2026, 12, 28)
    assert found.argument[-1].source == "Algemene termijnenwet art. 1 en 3"


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 60), st.integers(0, 40), st.integers(1, 30))
def test_a_pause_never_makes_it_earlier_and_ends_on_a_working_day(begins, count, after, days):
    start = date.fromordinal(begins.toordinal() + after)
    pause = Pause(start, date.fromordinal(start.toordinal() + days), WAITED)
    plain = deadline(begins, count, Unit.WORKING_DAYS, because=ASKED).on
    moved = deadline(begins, count, Unit.WORKING_DAYS, because=ASKED, changes=[pause]).on
    assert moved >= plain
    assert is_working_day(moved)
