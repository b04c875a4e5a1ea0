"""The cast: the people of the web tests, what each may do, and how each comes in.

Aaltje reads figures for the council. Berend makes them and Carolien approves them. Derk keeps the installation running.
Fenna guards privacy. Gerrit works at the partner. Hilda has an account and no role: she must see nothing. Ilse is a
resident. Jolien answers questions at the entrance of the partner, and Koen arranges it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice

from noaber.records import test_citizen_numbers
from noaber.web.access import actions
from noaber.web.access.models import Organisation, Person, Resident
from noaber.web.access.presence import RESIDENT
from noaber.web.journal.actions import By
from noaber.web.privacy.numbers import blind

ROLES = {
    "aaltje": ("council", ["council_member"]),
    "berend": ("municipality", ["analyst"]),
    "carolien": ("municipality", ["controller"]),
    "derk": ("municipality", ["administrator"]),
    "fenna": ("municipality", ["privacy_officer"]),
    "gerrit": ("partner", ["exchange_worker"]),
    "hilda": ("municipality", []),
    "jolien": ("partner", ["entrance_worker"]),
    "koen": ("partner", ["entrance_coordinator"]),
}

ILSE = test_citizen_numbers()[0]
"""The citizen number of Ilse, of the range that is safe to make up."""


@dataclass(frozen=True)
class Cast:
    """Everyone, by first name."""

    people: dict[str, Person]

    def __getattr__(self, name: str) -> Person:
        return self.people[name]

    def client(self, name: str) -> Client:
        """Return a browser in which `name` is logged in, both steps done."""
        client = Client()
        client.force_login(self.people[name], backend="noaber.web.access.login.LocalBackend")
        device, _ = StaticDevice.objects.get_or_create(user=self.people[name], name="reserve")
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
        return client

    def resident(self) -> Resident:
        """Return Ilse, a resident who logged in before."""
        known = Resident.objects.filter(number_index__in=blind(ILSE)).first()
        return known or actions.welcome_resident(number=ILSE, at=timezone.now(), by=somebody())

    def resident_client(self) -> Client:
        """Return a browser in which Ilse is logged in by the identity connection."""
        client = Client()
        session = client.session
        session[RESIDENT] = self.resident().key
        session.save()
        return client


def somebody() -> By:
    """Return who acts when it does not matter who."""
    return By(at=timezone.now(), name="De toneelmeester")


@pytest.fixture
def cast(db) -> Cast:
    """The whole cast, with running roles."""
    organisations = {
        kind: Organisation.objects.create(name=name, kind=kind)
        for kind, name in {
            "municipality": "Gemeente Noaberstad",
            "partner": "Stichting Naoberwerk",
            "council": "Gemeenteraad",
        }.items()
    }
    people = {}
    for name, (kind, roles) in ROLES.items():
        person = actions.add_person(
            email=f"{name}@noaberstad.example",
            name=name.capitalize(),
            organisation=organisations[kind],
            at=timezone.now(),
            by=somebody(),
            password=f"het wachtwoord van {name}",
        )
        for role in roles:
            actions.give_role(
                person,
                role=role,
                begins_on=timezone.localdate() - timedelta(days=30),
                ends_on=timezone.localdate() + timedelta(days=300),
                reason="toneel",
                given_by=None,
                by=somebody(),
            )
        people[name] = person
    return Cast(people)
