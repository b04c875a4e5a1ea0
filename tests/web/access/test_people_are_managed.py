"""An administrator lets people in and out; nobody gives a role to themselves, and everything is in the journal."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticToken

from cast import somebody
from noaber.web.access import actions
from noaber.web.access.models import Assignment, Mandate, Organisation, Person, Team
from noaber.web.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def derk(cast):
    return cast.client("derk")


def today():
    return timezone.localdate()


def test_someone_new_gets_a_role_an_invitation_and_then_a_password_of_their_own(
    derk, cast, django_capture_on_commit_callbacks
):
    given = {"name": "Jan", "email": "Jan@noaberstad.example", "organisation": cast.derk.organisation.pk}
    where = derk.post("/toegang/mensen/toevoegen/", given)["Location"]
    role = {
        "role": "analyst",
        "begins_on": today(),
        "ends_on": today() + timedelta(days=99),
        "reason": "begint vandaag",
    }
    assert derk.post(f"{where}rol/", role)["Location"] == where
    with django_capture_on_commit_callbacks(execute=True):
        derk.post(f"{where}uitnodigen/")
    link = next(line for line in mail.outbox[0].body.splitlines() if line.startswith("http"))
    path = "/" + link.split("/", 3)[3]
    jan = Client()
    assert jan.get(path).status_code == 200
    assert jan.post(path, {"new": "kort", "again": "kort"}).status_code == 422
    assert jan.post(path, {"new": "een lange zin over noabers", "again": "een andere zin"}).status_code == 422
    new = {"new": "een lange zin over noabers", "again": "een lange zin over noabers"}
    assert jan.post(path, new)["Location"] == "/toegang/inloggen/"
    assert jan.get(path).status_code == 404, "a link works once"
    person = Person.objects.get(email="jan@noaberstad.example")
    assert person.check_password("een lange zin over noabers")
    assert Assignment.objects.get(person=person).given_by == cast.derk
    events = list(Entry.objects.values_list("event", flat=True)[:4])
    assert events == ["password_changed", "person_invited", "role_given", "person_added"]
    assert Entry.objects.first().actor == person.key


def test_an_address_is_used_once_whatever_its_capitals(derk, cast):
    given = {"name": "Nog een", "email": "BEREND@noaberstad.example", "organisation": cast.derk.organisation.pk}
    assert derk.post("/toegang/mensen/toevoegen/", given).status_code == 422


def test_nobody_is_added_to_another_organisation(derk):
    partner = Organisation.objects.get(kind="partner")
    given = {"name": "Jan", "email": "jan@noaberstad.example", "organisation": partner.pk}
    assert derk.post("/toegang/mensen/toevoegen/", given).status_code == 422


def test_nobody_gives_themselves_a_role_not_even_past_the_page(derk, cast):
    role = {"role": "analyst", "begins_on": today(), "ends_on": today(), "reason": "dat wil ik"}
    assert derk.post(f"/toegang/mensen/{cast.derk.key}/rol/", role).status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.give_role(cast.derk, given_by=cast.derk, by=somebody(), **role)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ends_on", -1),
        ("ends_on", 999),
        ("begins_on", -1),
        ("role", "council_member"),
        ("role", "bestaat niet"),
        ("reason", ""),
    ],
)
def test_a_role_must_make_sense(derk, cast, field, value):
    role = {"role": "analyst", "begins_on": today(), "ends_on": today(), "reason": "nodig"}
    role[field] = today() + timedelta(days=value) if isinstance(value, int) else value
    assert derk.post(f"/toegang/mensen/{cast.hilda.key}/rol/", role).status_code == 422
    assert not cast.hilda.assignments.exists()


def test_a_role_ends_today_and_a_role_of_another_is_not_found_along_the_way(derk, cast):
    role = cast.berend.assignments.get()
    assert derk.post(f"/toegang/mensen/{cast.hilda.key}/rol/{role.pk}/beeindigen/").status_code == 404
    derk.post(f"/toegang/mensen/{cast.berend.key}/rol/{role.pk}/beeindigen/")
    role.refresh_from_db()
    assert role.ends_on == today()
    assert Entry.objects.first().event == "role_ended"


def test_a_closed_account_keeps_its_past_and_cannot_be_ones_own(derk, cast):
    assert derk.get(f"/toegang/mensen/{cast.berend.key}/sluiten/").status_code == 200
    derk.post(f"/toegang/mensen/{cast.berend.key}/sluiten/")
    cast.berend.refresh_from_db()
    assert not cast.berend.is_active
    assert "Berend" in derk.get("/toegang/mensen/?gesloten=ja").content.decode()
    assert "Berend" not in derk.get("/toegang/mensen/").content.decode()
    assert derk.post(f"/toegang/mensen/{cast.derk.key}/sluiten/").status_code == 403


def test_who_lost_a_telephone_sets_up_a_new_second_step(derk, cast):
    client = cast.client("berend")
    derk.post(f"/toegang/mensen/{cast.berend.key}/tweede-stap-wissen/")
    assert client.get("/toegang/mijn-account/")["Location"] == "/toegang/tweede-stap/"
    assert client.get("/toegang/tweede-stap/")["Location"] == "/toegang/tweede-stap/instellen/"
    assert derk.post(f"/toegang/mensen/{cast.derk.key}/tweede-stap-wissen/").status_code == 403


def test_an_administrator_sees_who_is_shut_out_and_lets_them_try_again(derk, cast):
    wrong = {"username": "berend@noaberstad.example", "password": "niet het wachtwoord"}
    for _ in range(5):
        Client().post("/toegang/inloggen/", wrong)
        Client().post("/toegang/inloggen/", wrong | {"username": "mijn-wachtwoord@typte.ik-hier"})
    page = derk.get("/toegang/mensen/").content.decode()
    assert "Kan even niet inloggen" in page
    assert "Berend" in page
    assert "mijn-wachtwoord" not in page + str(list(Entry.objects.values_list()))
    derk.post(f"/toegang/mensen/{cast.berend.key}/toelaten/")
    right = {"username": "berend@noaberstad.example", "password": "het wachtwoord van berend"}
    assert Client().post("/toegang/inloggen/", right).status_code == 302


def test_a_team_has_districts(derk, cast):
    given = {"organisation": cast.derk.organisation.pk, "name": "Wijkteam Noord", "districts": "wk990101, BU99010102"}
    derk.post("/toegang/teams/toevoegen/", given)
    team = Team.objects.get()
    assert team.districts == ["WK990101", "BU99010102"]
    derk.post(f"/toegang/teams/{team.pk}/", given | {"districts": ""})
    team.refresh_from_db()
    assert team.districts == []
    assert derk.post(f"/toegang/teams/{team.pk}/", given | {"districts": "Noord"}).status_code == 422


def test_a_mandate_is_recorded_and_ended(derk):
    given = {"role": "controller", "what": "Cijfers vaststellen", "article": "Awb art. 10:3", "decision": "2026-1"}
    derk.post("/toegang/mandaten/toevoegen/", given | {"begins_on": today()})
    mandate = Mandate.objects.get()
    derk.post(f"/toegang/mandaten/{mandate.pk}/beeindigen/")
    mandate.refresh_from_db()
    assert mandate.ends_on == today()
    assert (
        derk.post("/toegang/mandaten/toevoegen/", given | {"begins_on": today(), "ends_on": "2020-01-01"}).status_code
        == 422
    )


def test_the_register_of_roles_says_what_each_may_do_why_and_on_which_basis(cast):
    page = cast.client("hilda").get("/toegang/rollen/").content.decode()
    assert "Jaarlijks de rechten nalopen" in page
    assert "BIO2 5.18.02" in page


def test_one_changes_ones_own_password_and_is_out_everywhere_else(cast):
    here, there = cast.client("berend"), cast.client("berend")
    given = {
        "old": "het wachtwoord van berend",
        "new": "een lange zin over noabers",
        "again": "een lange zin over noabers",
    }
    assert here.post("/toegang/mijn-account/wachtwoord/", given | {"old": "fout"}).status_code == 422
    assert here.post("/toegang/mijn-account/wachtwoord/", given)["Location"] == "/toegang/mijn-account/"
    assert here.get("/toegang/mijn-account/").status_code == 200
    assert there.get("/toegang/mijn-account/")["Location"].startswith("/toegang/inloggen/")


def test_new_reserve_codes_take_the_place_of_the_old(cast):
    client = cast.client("berend")
    codes = client.post("/toegang/mijn-account/reservecodes/").context["codes"]
    assert len(codes) == 8
    assert set(StaticToken.objects.filter(device__user=cast.berend).values_list("token", flat=True)) == set(codes)
