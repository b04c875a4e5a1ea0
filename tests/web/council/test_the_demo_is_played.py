"""The demo fills an empty house through the rooms' own actions, once, and never one in earnest."""

import msgspec
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from noaber.web.access.models import Person
from noaber.web.access.roles import ROLES
from noaber.web.council.models import Moment
from noaber.web.journal.models import Entry
from noaber.web.published.models import Question, Version
from noaber.web.site.play_demo import play

pytestmark = pytest.mark.django_db


def test_everyone_is_there_and_the_figures_are_approved_by_another(house):
    played = play(settings.NOABER, timezone.now())
    kinds = {"municipality", "council"}
    assert set(played.people) == {key for key, role in ROLES.items() if kinds & set(role.kinds)}
    assert Version.objects.shown().count() == played.figures > 20
    assert not Version.objects.waiting().exists()
    assert set(Question.objects.values_list("outcome", flat=True)) == {"", "answered"}
    assert Moment.objects.exists()
    assert "Wat opvalt" in Client().get("/raad/").content.decode()


def test_played_a_second_time_it_adds_nothing(house):
    play(settings.NOABER, timezone.now())
    before = Entry.objects.count(), Person.objects.count()
    again = play(settings.NOABER, timezone.now())
    assert (Entry.objects.count(), Person.objects.count()) == before
    assert (again.figures, again.questions) == (0, 0)


def test_without_figures_it_still_fills_the_house(db):
    assert play(settings.NOABER, timezone.now()).figures == 0


def test_it_is_refused_in_a_real_installation(db):
    with pytest.raises(ValueError, match="real installation"):
        play(msgspec.structs.replace(settings.NOABER, demo=False), timezone.now())
