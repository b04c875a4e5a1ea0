"""Walks along every address of both roles, as everyone who must be kept out, and opens what should be open.

A route without a door fails; so does a route that lets in one person more than its door says, or breaks on nonsense.
"""

from datetime import timedelta

import pytest
from django.test import Client, override_settings
from django.urls import resolve
from django.utils import timezone
from doors import doors

from cast import somebody
from noaber.web.access import actions
from noaber.web.access.models import Assignment, Organisation
from noaber.web.access.permissions import Permission
from noaber.web.access.rights import rights_of
from noaber.web.access.roles import ROLES

pytestmark = pytest.mark.django_db

DOORS = list(doors())
LOGIN = "/toegang/inloggen/"
METHODS = ("get", "post", "put", "patch", "delete", "options", "head")


def ids(item):
    """A test by the name of its route."""
    role, name, address, *_ = item
    return f"{role} {name or address}"


@pytest.fixture(params=["municipality", "partner"])
def role(request):
    """The role of the installation, with its addresses."""
    with override_settings(ROOT_URLCONF=f"noaber.web.site.urls_{request.param}"):
        yield request.param


def doors_of(role, *kinds):
    return [(name, address, door) for at, name, address, door, _ in DOORS if at == role and door and door.kind in kinds]


@pytest.mark.parametrize("item", DOORS, ids=ids)
def test_every_route_says_who_may_come_in(item):
    door = item[3]
    assert door is not None, "hang a door on the view: access/door.py"
    assert door.permission or len(door.why.split()) >= 4, "say why without a permission"


@pytest.mark.parametrize("item", DOORS, ids=ids)
def test_the_address_that_is_walked_along_leads_to_its_view(item):
    role, name, address, *_ = item
    found = resolve(address, urlconf=f"noaber.web.site.urls_{role}")
    assert found.view_name.endswith(name.rpartition(":")[2])


def test_there_is_no_door_to_the_admin_of_django():
    assert not [address for _, _, address, *_ in DOORS if address.startswith("/admin")]


def let_in(answer):
    """Whether somebody got past the door: to the page, or as far as learning that nothing is there."""
    to_login = answer.status_code == 302 and answer["Location"].startswith(("/toegang/inloggen/", "/toegang/inwoner/"))
    return not to_login and answer.status_code != 403


def ask(client, address, *methods):
    return [getattr(client, method)(address) for method in methods or ("get", "post")]


def test_nobody_without_an_account_gets_past_a_door_that_asks_for_one(role):
    for _, address, _ in doors_of(role, "permission", "logged_in", "resident"):
        for answer in ask(Client(), address, *METHODS):
            assert not let_in(answer), address


def test_the_first_step_alone_opens_nothing(role, cast):
    half = Client()
    half.force_login(cast.fenna, backend="noaber.web.access.login.LocalBackend")
    for _, address, _ in doors_of(role, "permission", "logged_in"):
        for answer in ask(half, address):
            assert answer.status_code == 302, address
            assert answer["Location"] == "/toegang/tweede-stap/", address


@pytest.mark.parametrize("name", ["aaltje", "berend", "carolien", "derk", "fenna", "gerrit", "hilda"])
def test_each_of_the_cast_opens_what_their_roles_give_and_nothing_else(role, cast, name):
    rights = rights_of(cast.people[name], timezone.localdate())
    for _, address, door in doors_of(role, "permission"):
        may = rights.may(door.permission)
        for answer in ask(cast.client(name), address):
            assert let_in(answer) == may, (address, answer.status_code)


def test_nobody_but_the_other_organisation_gets_an_answer_at_its_door(role, cast):
    """A door for the other organisation is opened by the view, on its signature; no session stands in for that."""
    for _, address, _ in doors_of(role, "peer"):
        for client in (Client(), cast.client("gerrit"), cast.resident_client()):
            for answer in ask(client, address, *METHODS):
                assert 400 <= answer.status_code < 500, (address, answer.status_code)


@pytest.mark.parametrize("name", ["derk", "fenna", "hilda"])
def test_staff_do_not_enter_as_residents_nor_residents_as_staff(role, cast, name):
    for _, address, _ in doors_of(role, "resident"):
        assert not any(map(let_in, ask(cast.client(name), address)))
    resident = cast.resident_client()
    for _, address, _ in doors_of(role, "permission", "logged_in"):
        assert not any(map(let_in, ask(resident, address))), address


def test_a_role_that_has_ended_or_has_yet_to_begin_opens_nothing(role, cast):
    today = timezone.localdate()
    for item in Assignment.objects.all():
        actions.end_role(item, on=today - timedelta(days=1), by=somebody())
    span = {"begins_on": today + timedelta(days=1), "ends_on": today + timedelta(days=9)}
    actions.give_role(cast.derk, role="administrator", reason="later", given_by=cast.fenna, by=somebody(), **span)
    for _, address, _ in doors_of(role, "permission"):
        for name in ("derk", "fenna", "carolien"):
            assert not any(map(let_in, ask(cast.client(name), address))), address


def test_a_role_for_another_kind_of_organisation_opens_nothing(role, cast):
    today = timezone.localdate()
    council = Organisation.objects.get(kind="council")
    for item in ROLES.values():
        if "council" not in item.kinds:
            given = {"begins_on": today, "ends_on": today, "reason": "fout", "given_by": None, "by": somebody()}
            actions.give_role(cast.aaltje, role=item.key, **given)
    assert cast.aaltje.organisation == council
    rights = rights_of(cast.aaltje, today)
    assert {item for item in Permission if rights.may(item)} == set(ROLES["council_member"].permissions)


def test_a_closed_account_opens_nothing(role, cast):
    client = cast.client("fenna")
    actions.close_person(cast.fenna, at=timezone.now(), by=somebody())
    for _, address, _ in doors_of(role, "permission", "logged_in"):
        assert not any(map(let_in, ask(client, address))), address


def test_what_does_not_exist_is_not_found_and_breaks_nothing(role, cast):
    """Whoever may open a page about something that is not there reads so; the same for the public pages."""
    for _, address, door in doors_of(role, "permission", "public", "logged_in"):
        for name in ("derk", "fenna", "berend", "carolien", "gerrit", "aaltje"):
            if door.kind == "permission" and not rights_of(cast.people[name], timezone.localdate()).may(
                door.permission
            ):
                continue
            for answer in ask(cast.client(name), address):
                assert answer.status_code < 500, (address, answer.status_code)
            break


def test_another_organisation_is_not_found(cast):
    """Derk manages the municipality and its council; people of the partner do not exist for him."""
    client = cast.client("derk")
    assert client.get(f"/toegang/mensen/{cast.aaltje.key}/").status_code == 200
    for end in ("", "rol/", "sluiten/"):
        answer = client.get(f"/toegang/mensen/{cast.gerrit.key}/{end}")
        assert answer.status_code == 404
        assert "Gerrit" not in answer.content.decode()
    for end in ("uitnodigen/", "tweede-stap-wissen/", "toelaten/", "sluiten/"):
        assert client.post(f"/toegang/mensen/{cast.gerrit.key}/{end}").status_code == 404
    assert "Gerrit" not in client.get("/toegang/mensen/").content.decode()
