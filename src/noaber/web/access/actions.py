"""What changes in this room; each act in one transaction with its one line in the journal."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from axes.models import AccessAttempt
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from noaber.web.journal.actions import By, looked, write
from noaber.web.privacy.numbers import blind

from .models import Assignment, Mandate, Organisation, Person, Representation, Resident, Team
from .representing import KINDS
from .roles import ROLES

RESERVE_CODES = 8


@transaction.atomic
def add_person(
    *, email: str, name: str, organisation: Organisation, at: datetime, by: By, password: str | None = None
) -> Person:
    """Add someone who may log in but has no role yet; without `password` by invitation or the identity provider."""
    person = Person(key=secrets.token_hex(8), email=email.lower(), name=name, organisation=organisation, added_at=at)
    person.set_password(password)
    person.save(force_insert=True)
    write("person_added", by=by, object=("person", person.key), object_name=name)
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody of another organisation: who, from where, from when until when, and by which agreement."""

    email: str
    name: str
    organisation: str
    begins_on: date
    ends_on: date
    reason: str


@transaction.atomic
def add_guest(
    guest: Guest, *, role: str, given_by: Person | None, at: datetime, by: By, password: str | None = None
) -> Person:
    """Let somebody of another organisation in by name, with a role for guests from a day until a day."""
    assert ROLES[role].guest, "a guest has a role for guests"
    told = {"kind": "municipality", "guest": True}
    home, _new = Organisation.objects.get_or_create(name=guest.organisation, defaults=told)
    assert home.guest, "whoever works here is no guest"
    person = Person(
        key=secrets.token_hex(8), email=guest.email.lower(), name=guest.name, organisation=home, added_at=at
    )
    person.set_password(password)
    person.save(force_insert=True)
    days = {"begins_on": guest.begins_on, "ends_on": guest.ends_on}
    Assignment.objects.create(person=person, role=role, reason=guest.reason, given_by=given_by, **days)
    details = {"home": home.name, "role": ROLES[role].name.nl, "until": guest.ends_on.isoformat()}
    write("guest_added", by=by, object=("person", person.key), object_name=person.name, details=details)
    return person


@transaction.atomic
def invite(person: Person, *, link: str, by: By) -> None:
    """Send someone a link, good for three days and once, with which to choose a password."""
    words = _(
        "Dag {name},\n\nKies via deze link een wachtwoord. De link werkt drie dagen en één keer.\n\n{link}\n\n"
        "Kreeg u deze mail onverwacht? Zeg het tegen wie bij u de toegang regelt."
    ).format(name=person.name, link=link)
    transaction.on_commit(lambda: send_mail(_("Kies uw wachtwoord"), words, None, [person.email]))
    write("person_invited", by=by, object=("person", person.key), object_name=person.name)


@transaction.atomic
def choose_password(person: Person, *, password: str, by: By) -> None:
    """Give someone the password that they chose themselves, logged in or by invitation; other sessions are over."""
    person.set_password(password)
    person.save(update_fields=["password"])
    write("password_changed", by=replace(by, actor=person.key, name=person.name))


@transaction.atomic
def close_person(person: Person, *, at: datetime, by: By) -> None:
    """Close an account: its roles end today and nobody logs in with it again."""
    today = timezone.localdate(at)
    Assignment.objects.filter(person=person, ends_on__gte=today, begins_on__lte=today).update(ends_on=today)
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
    _tell_of_role("role_ended", assignment, by)


@transaction.atomic
def confirm_role(assignment: Assignment, *, reviewer: Person, on: date, by: By) -> None:
    """Confirm in the yearly review that a role is still needed; the database refuses (IntegrityError) one's own."""
    assignment.reviewed_on, assignment.reviewed_by = on, reviewer
    assignment.save(update_fields=["reviewed_on", "reviewed_by"])
    _tell_of_role("role_confirmed", assignment, by)


def _tell_of_role(event: str, assignment: Assignment, by: By) -> None:
    person = assignment.person
    name = ROLES[assignment.role].name.nl if assignment.role in ROLES else assignment.role
    write(event, by=by, object=("person", person.key), object_name=person.name, details={"role": name})


@transaction.atomic
def keep_team(team: Team | None, *, organisation: Organisation, name: str, districts: Sequence[str], by: By) -> Team:
    """Record a team with the districts it works in, or what changed of it."""
    team = team or Team()
    team.organisation, team.name, team.districts = organisation, name, list(districts)
    team.save()
    write("team_kept", by=by, object=("team", team.pk), object_name=name)
    return team


@transaction.atomic
def record_mandate(
    *, role: str, what: str, article: str, decision: str, begins_on: date, ends_on: date | None, by: By
) -> Mandate:
    """Record who may decide what in the name of the executive, by which decision."""
    mandate = Mandate.objects.create(
        role=role, what=what, article=article, decision=decision, begins_on=begins_on, ends_on=ends_on
    )
    write("mandate_recorded", by=by, object=("mandate", mandate.pk), object_name=what[:200])
    return mandate


@transaction.atomic
def end_mandate(mandate: Mandate, *, on: date, by: By) -> None:
    """End a mandate on a day, or on its first day when it had not begun."""
    mandate.ends_on = max(on, mandate.begins_on)
    mandate.save(update_fields=["ends_on"])
    write("mandate_ended", by=by, object=("mandate", mandate.pk), object_name=mandate.what[:200])


def log_in(*, by: By) -> None:
    """Record that both steps of logging in were done."""
    write("logged_in", by=by)


def refuse_login(*, name: str, by: By) -> None:
    """Record that a login failed; a name that is nobody's is not kept, since it may be a password."""
    person = Person.objects.filter(email__iexact=name).first()
    told = person.name if person else "een onbekende naam"
    write("login_refused", by=by, object=("person", person.key if person else ""), object_name=told, result="refused")


def log_out(*, by: By) -> None:
    """Record that somebody left."""
    write("logged_out", by=by)


@transaction.atomic
def lift_lock(person: Person, *, by: By) -> None:
    """Let somebody who tried too often try again at once."""
    AccessAttempt.objects.filter(username__iexact=person.email).delete()
    write("lock_lifted", by=by, object=("person", person.key), object_name=person.name)


@transaction.atomic
def keep_second_step(person: Person, device: TOTPDevice, *, by: By) -> list[str]:
    """Keep the second step of somebody, and return eight reserve codes that are shown once and work once each."""
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    write("second_factor_set", by=by)
    return _reserve_codes(person)


@transaction.atomic
def renew_reserve_codes(person: Person, *, by: By) -> list[str]:
    """Take away the reserve codes of somebody and return eight new ones."""
    StaticDevice.objects.filter(user=person).delete()
    write("reserve_codes_renewed", by=by)
    return _reserve_codes(person)


@transaction.atomic
def clear_second_step(person: Person, *, by: By) -> None:
    """Take away the second step of somebody who lost it; at the next login a new one is set up."""
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()
    write("second_factor_cleared", by=by, object=("person", person.key), object_name=person.name)


def _reserve_codes(person: Person) -> list[str]:
    reserve = StaticDevice.objects.create(user=person, name="reserve")
    codes = [secrets.token_hex(4) for _ in range(RESERVE_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=reserve, token=code) for code in codes)
    return codes


@transaction.atomic
def welcome_resident(*, number: str, at: datetime, by: By) -> Resident:
    """Return the resident with a citizen number that the identity connection vouches for; known from now on."""
    resident = resident_with(number, at=at)
    resident.last_here_at = at
    resident.save(update_fields=["last_here_at"])
    write("resident_in", by=by, object=("resident", resident.key), subject=resident.key)
    return resident


def see_resident_off(resident: Resident, *, by: By) -> None:
    """Record that a resident left."""
    write("resident_out", by=by, object=("resident", resident.key), subject=resident.key)


@transaction.atomic
def record_representation(
    *, represented: str, representative: str, recorded_by: Person, by: By, **given: Any
) -> Representation:
    """Record that one resident may speak for another, both by citizen number.

    `given` are kind, name, proof, begins_on and ends_on (see the model). The same twice is recorded once.
    """
    found, fresh = Representation.objects.get_or_create(
        represented=resident_with(represented, at=by.at),
        representative=resident_with(representative, at=by.at),
        **given,
        defaults={"recorded_by": recorded_by},
    )
    if fresh:
        _tell("representation_recorded", found, by)
    return found


@transaction.atomic
def end_representation(found: Representation, *, on: date, by: By) -> None:
    """End a representation on a day, which is the last on which it holds; one that has yet to begin, on its first."""
    last = max(on, found.begins_on)
    if Representation.objects.filter(pk=found.pk, ends_on__gt=last).update(ends_on=last):
        found.ends_on = last
        _tell("representation_ended", found, by)


def speak_for(found: Representation, *, by: By) -> None:
    """Record that a representative begins to look for another; whoever is spoken for finds this line too."""
    write(
        "spoke_for",
        by=by,
        object=("representation", str(found.pk)),
        object_name="de eigen pagina's",
        subject=found.represented.key,
        details={"kind": KINDS[found.kind][0].nl},
    )


def look_at_representations(*, by: By) -> None:
    """Record that somebody looked at the list of who speaks for whom."""
    looked(by=by, object=("representation", "list"), object_name="de lijst van vertegenwoordigers")


def _tell(event: str, found: Representation, by: By) -> None:
    write(
        event,
        by=by,
        object=("representation", str(found.pk)),
        object_name=KINDS[found.kind][0].nl,
        subject=found.represented.key,
        details={"until": str(found.ends_on)},
    )


def resident_with(number: str, *, at: datetime) -> Resident:
    """Return the resident with a citizen number, added when new; a part of other acts, which write the journal."""
    known = Resident.objects.filter(number_index__in=blind(number)).first()
    return known or Resident.objects.create(key=secrets.token_hex(8), number=number, added_at=at)
