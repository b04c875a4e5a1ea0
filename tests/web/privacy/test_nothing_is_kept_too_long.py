"""What is past its term is destroyed, a stub says that it was there, and what is still needed stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cast import somebody
from noaber.rules import Unit, all_rules
from noaber.web.access import actions as access
from noaber.web.access.models import Assignment, Person, Resident
from noaber.web.journal.models import Entry
from noaber.web.oversight import actions
from noaber.web.privacy.models import Destroyed
from noaber.web.privacy.retention import back, due

pytestmark = pytest.mark.django_db
TERM = all_rules()["retention/staff_account"].values[-1]


def years_ago(years):
    return timezone.now() - timedelta(days=round(365.25 * years))


def closed(person, at):
    Assignment.objects.filter(person=person).update(begins_on=at.date() - timedelta(days=9), ends_on=at.date())
    Person.objects.filter(pk=person.pk).update(closed_at=at)


def destroy():
    return actions.destroy_due(at=timezone.now(), by=somebody())


def test_an_account_goes_five_years_after_it_was_closed_with_its_roles(cast):
    closed(cast.berend, years_ago(5.1))
    closed(cast.carolien, years_ago(4.9))
    assert destroy().destroyed == 2, "the role of Berend, and Berend"
    assert not Person.objects.filter(pk=cast.berend.pk).exists()
    assert Person.objects.filter(pk=cast.carolien.pk).exists()


def test_a_stub_says_what_was_there_whose_it_was_and_why_it_is_gone(cast):
    closed(cast.berend, years_ago(6))
    batch = destroy().batch
    stub = Destroyed.objects.get(model="access.Person")
    assert (stub.row, stub.subject, stub.batch) == (cast.berend.key, cast.berend.key, batch)
    assert stub.rule == "retention/staff_account"
    assert stub.source == TERM.source
    assert "Berend" not in str(list(Destroyed.objects.values_list()))
    told = Entry.objects.first()
    assert (told.event, told.details) == ("destroyed", {"count": 2, "held": 0})


def test_who_is_still_leaned_on_is_held_until_that_goes(cast):
    closed(cast.berend, years_ago(6))
    Assignment.objects.filter(person=cast.hilda).delete()
    today = timezone.localdate()
    access.give_role(
        cast.hilda, role="analyst", begins_on=today, ends_on=today, reason="x", given_by=cast.berend, by=somebody()
    )
    assert destroy().held == 1
    assert Person.objects.filter(pk=cast.berend.pk).exists()
    assert not Destroyed.objects.filter(model="access.Person").exists()


def test_what_never_ended_is_never_past_its_term(cast):
    Person.objects.update(added_at=years_ago(30))
    access.resident_with("999990019", at=years_ago(30))
    assert destroy().destroyed == 0
    assert Resident.objects.exists()


@given(on=st.dates(date(2020, 1, 1), date(2060, 1, 1)), count=st.integers(1, 300))
def test_going_back_never_goes_back_too_little_or_more_than_a_month_too_much(on, count):
    months = back(on, replace(TERM, unit=Unit.MONTHS, value=count))
    assert (on.year * 12 + on.month) - (months.year * 12 + months.month) == count
    assert months.day <= on.day
    days = back(on, replace(TERM, unit=Unit.DAYS, value=count))
    assert (on - days).days == count


def test_the_end_of_february():
    year = replace(TERM, unit=Unit.YEARS, value=1)
    assert back(date(2028, 2, 29), year) == date(2027, 2, 28)
    assert back(date(2028, 12, 31), year) == date(2027, 12, 31)
    assert {item.rule.name for item in due(date(2026, 1, 1))} >= {"retention/journal", "retention/staff_account"}
