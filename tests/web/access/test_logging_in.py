"""Logging in takes two steps, and half a login is none."""

import pytest
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from cast import somebody
from noaber.web.access import actions
from noaber.web.journal.models import Entry

pytestmark = pytest.mark.django_db


def first_step(client, name="berend", password=None):
    given = {"username": f"{name}@noaberstad.example", "password": password or f"het wachtwoord van {name}"}
    return client.post("/toegang/inloggen/", given)


def test_who_has_no_second_step_sets_it_up_and_is_then_in(cast):
    client = Client()
    assert first_step(client).url == "/toegang/tweede-stap/"
    assert client.get("/toegang/tweede-stap/").url == "/toegang/tweede-stap/instellen/"
    page = client.get("/toegang/tweede-stap/instellen/")
    assert "svg" in page.content.decode()
    device = TOTPDevice.objects.get(user=cast.berend)
    answer = client.post("/toegang/tweede-stap/instellen/", {"code": f"{totp(device.bin_key):06d}"})
    assert "reservecodes" in answer.content.decode()
    assert Entry.objects.first().event == "second_factor_set"


def test_a_wrong_code_lets_nobody_in(cast):
    client = Client()
    first_step(client)
    client.get("/toegang/tweede-stap/instellen/")
    answer = client.post("/toegang/tweede-stap/instellen/", {"code": "000000"})
    assert answer.status_code == 422
    assert not TOTPDevice.objects.get(user=cast.berend).confirmed


def test_a_wrong_address_and_a_wrong_password_get_the_same_words(cast):
    unknown = first_step(Client(), name="niemand", password="x" * 12)
    wrong = first_step(Client(), password="x" * 12)
    words = "Dit e-mailadres en wachtwoord horen niet bij elkaar."
    assert words in unknown.content.decode()
    assert words in wrong.content.decode()


def test_five_wrong_passwords_shut_the_door_for_a_while(cast):
    client = Client()
    for _ in range(5):
        first_step(client, password="niet het wachtwoord")
    assert first_step(client).status_code == 429


def test_a_closed_account_cannot_log_in_and_its_session_is_over(cast):
    client = cast.client("berend")
    actions.close_person(cast.berend, at=timezone.now(), by=somebody())
    assert first_step(Client()).status_code == 422
    assert client.post("/toegang/uitloggen/").url.startswith("/toegang/inloggen/")
