"""Somebody of the municipality at the partner: by name, with a second step of their own, for one role and a while."""

from datetime import timedelta

import msgspec
import pytest
from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from cast import somebody
from noaber.web.access import actions
from noaber.web.access.models import Assignment, Organisation, Person
from noaber.web.access.permissions import Permission
from noaber.web.access.rights import rights_of
from noaber.web.access.roles import ROLES
from noaber.web.journal.models import Entry

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
FORM = "/toegang/mensen/van-buiten/"


@pytest.fixture
def house(cast):
    """The partner, of which Koen keeps the people as well; its guests are not here yet."""
    Organisation.objects.filter(kind="municipality").update(name="Een andere gemeente")
    days = {"begins_on": TODAY, "ends_on": TODAY + timedelta(days=9)}
    actions.give_role(cast.koen, role="administrator", reason="toneel", given_by=None, by=somebody(), **days)
    told = msgspec.structs.replace(settings.NOABER, role="partner")
    with override_settings(NOABER=told, ROOT_URLCONF="noaber.web.site.urls_partner"):
        yield cast


def filled(**more):
    return {
        "name": "Nelis Bakker",
        "email": "nelis@gemeente.example",
        "organisation": "Gemeente Noaberstad",
        "begins_on": TODAY,
        "ends_on": TODAY + timedelta(days=200),
        "reason": "Afspraak tweede schil 2026",
    } | more


def test_an_administrator_lets_somebody_in_by_name_for_the_second_shell_only(house):
    answer = house.client("koen").post(FORM, filled())
    nelis = Person.objects.get(email="nelis@gemeente.example")
    assert answer["Location"] == f"/toegang/mensen/{nelis.key}/"
    assert (nelis.organisation.kind, nelis.organisation.guest) == ("municipality", True)
    rights = rights_of(nelis, TODAY)
    assert {item for item in Permission if rights.may(item)} == set(ROLES["second_shell"].permissions)
    assert Entry.objects.filter(event="guest_added").count() == 1
    shown = house.client("koen").get(answer["Location"]).content.decode()
    assert "Iemand van buiten" in shown


def test_no_other_role_works_for_a_guest_whatever_was_given(house):
    house.client("koen").post(FORM, filled())
    nelis = Person.objects.get(email="nelis@gemeente.example")
    for role in ROLES:
        Assignment.objects.create(person=nelis, role=role, begins_on=TODAY, ends_on=TODAY, reason="fout")
    rights = rights_of(nelis, TODAY)
    assert {item for item in Permission if rights.may(item)} == set(ROLES["second_shell"].permissions)
    page = house.client("koen").get(f"/toegang/mensen/{nelis.key}/rol/").content.decode()
    assert "Tweede schil" in page
    assert "Medewerker overdracht" not in page


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": TODAY + timedelta(days=400)}, "ends_on"),
        ({"begins_on": TODAY - timedelta(days=1)}, "begins_on"),
        ({"organisation": "Stichting Naoberwerk"}, "organisation"),
        ({"reason": ""}, "reason"),
    ],
)
def test_no_longer_than_a_year_not_without_an_agreement_and_no_colleague(house, wrong, field):
    answer = house.client("koen").post(FORM, filled(**wrong))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Organisation.objects.filter(guest=True).exists()


def test_a_guest_shows_a_second_step_of_their_own_and_an_ended_role_shuts_the_door(house):
    house.client("koen").post(FORM, filled())
    nelis = Person.objects.get(email="nelis@gemeente.example")
    house.people["nelis"] = nelis
    half = house.client("nelis")
    session = half.session
    session.pop("otp_device_id")
    session.save()
    assert half.get("/ondersteuning/")["Location"].startswith("/toegang/tweede-stap/")
    client = house.client("nelis")
    assert client.get("/ondersteuning/").status_code == 200
    for shut in ("/entree/vandaag/", "/ondersteuning/vragen/", "/uitwisseling/", "/toegang/mensen/"):
        assert client.get(shut).status_code == 403, shut
    role = nelis.assignments.get()
    house.client("koen").post(f"/toegang/mensen/{nelis.key}/rol/{role.pk}/beeindigen/")
    Assignment.objects.update(ends_on=TODAY - timedelta(days=1), begins_on=TODAY - timedelta(days=9))
    assert client.get("/ondersteuning/").status_code == 403


def test_a_municipality_lets_nobody_in_this_way(cast):
    assert cast.client("derk").get(FORM).status_code == 404
