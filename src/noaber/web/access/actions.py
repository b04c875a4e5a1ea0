"""What changes in this room; each act in one transaction with its one line in the journal."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from noaber.web.journal.actions import By, write

from .models import Assignment, Organisation, Person, Team
from .roles import ROLES


@transaction.atomic
def add_person(
    *, email: str, name: str, organisation: Organisation, at: datetime, by: By, password: str | None = None
) -> Person:
    """Add someone who may log in but has no role yet; without `password` only by the identity provider."""
    person = Person(key=secrets.token_hex(8), email=email.lower(), name=name, organisation=organisation, added_at=at)
    person.set_password(password)
    person.save(force_insert=True)
    write("person_added", by=by, object=("person", person.key), object_name=name)
    return person


@transaction.atomic
def close_person(person: Person, *, at: datetime, by: By) -> None:
    """Close an account: its roles end today and nobody logs in with it again."""
    Assignment.objects.filter(person=person, ends_on__gte=at.date(), begins_on__lte=at.date()).update(ends_on=at.date())
    person.closed_at = at
    person.save(update_fields=["closed_at"])
    write("person_closed", by=by, object=("person", person.key), object_name=person.name)


@transaction.atomic
def give_role(
    person: Person,
    *,
    role: str,
    begins_on: date,
    ends_on: date,
    reason: str,
    given_by: Person | None,
    by: By,
    team: Team | None = None,
) -> Assignment:
    """Give someone a role from a day until a day; the database refuses (IntegrityError) a role given to oneself."""
    assignment = Assignment.objects.create(
        person=person, role=role, team=team, begins_on=begins_on, ends_on=ends_on, reason=reason, given_by=given_by
    )
    write(
        "role_given",
        by=by,
        object=("person", person.key),
        object_name=person.name,
        details={"role": ROLES[role].name.nl, "until": ends_on.isoformat()},
    )
    return assignment


@transaction.atomic
def end_role(assignment: Assignment, *, on: date, by: By) -> None:
    """End a role on a day, or on its first day when it had not begun."""
    assignment.ends_on = max(on, assignment.begins_on)
    assignment.save(update_fields=["ends_on"])
    person = assignment.person
    name = ROLES[assignment.role].name.nl if assignment.role in ROLES else assignment.role
    write("role_ended", by=by, object=("person", person.key), object_name=person.name, details={"role": name})


def log_in(*, by: By) -> None:
    """Record that both steps of logging in were done."""
    write("logged_in", by=by)


def log_out(*, by: By) -> None:
    """Record that somebody left."""
    write("logged_out", by=by)


@transaction.atomic
def keep_second_step(person: Person, device: TOTPDevice, *, by: By) -> list[str]:
    """Keep the second step of somebody, and return eight reserve codes that are shown once and work once each."""
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    reserve = StaticDevice.objects.create(user=person, name="reserve")
    codes = [secrets.token_hex(4) for _ in range(8)]
    StaticToken.objects.bulk_create(StaticToken(device=reserve, token=code) for code in codes)
    write("second_factor_set", by=by)
    return codes
