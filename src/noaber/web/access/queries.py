"""Reading who may do what: the people one manages, what is to be reviewed, who is shut out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from noaber.rules import value
from noaber.web.privacy.retention import back

from .models import Assignment, Mandate, Organisation, Person, Team
from .rights import Rights
from .roles import ROLES


def organisations(rights: Rights) -> QuerySet[Organisation]:
    """Return the organisations whose people one manages: one's own, for a municipality its council, and guests."""
    own = Organisation.objects.filter(pk=rights.organisation)
    council = Q(kind="council") if own.filter(kind="municipality").exists() else Q(pk__in=[])
    guests = Q(guest=True) if own.exists() else Q(pk__in=[])
    return Organisation.objects.filter(Q(pk=rights.organisation) | council | guests).order_by("name")


def people(rights: Rights, *, looking_for: str = "", closed: bool = False) -> QuerySet[Person]:
    """Return the people one manages, by name; those whose account is closed only when asked for."""
    found = Person.objects.filter(organisation__in=organisations(rights), closed_at__isnull=not closed)
    if looking_for:
        found = found.filter(Q(name__icontains=looking_for) | Q(email__icontains=looking_for))
    return found.select_related("organisation").order_by("name")


def managed(rights: Rights) -> QuerySet[Person]:
    """Return everyone one manages, open and closed."""
    return Person.objects.filter(organisation__in=organisations(rights)).select_related("organisation")


def roles_of(person: Person) -> QuerySet[Assignment]:
    """Return the roles of a person, those that end last first."""
    return person.assignments.select_related("team", "given_by", "reviewed_by").order_by("-ends_on", "-pk")


def running_roles(some: Iterable[Person], on: date) -> dict[int, list[str]]:
    """Return the keys of the roles that run on a day, by person; in one question for all of them."""
    found: dict[int, list[str]] = defaultdict(list)
    running = Assignment.objects.filter(person__in=list(some), begins_on__lte=on, ends_on__gte=on, role__in=ROLES)
    for person, role in running.order_by("role").values_list("person_id", "role").distinct():
        found[person].append(role)
    return found


def teams(rights: Rights) -> QuerySet[Team]:
    """Return the teams of the organisations one manages."""
    return Team.objects.filter(organisation__in=organisations(rights)).select_related("organisation").order_by("name")


def mandates(on: date) -> QuerySet[Mandate]:
    """Return all mandates, those that run on a day first."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    return Mandate.objects.annotate(running=ExpressionWrapper(running, BooleanField())).order_by(
        "-running", "role", "pk"
    )


def to_review(rights: Rights, reviewer: Person, on: date) -> QuerySet[Assignment]:
    """Return the running roles that were not looked at for a year, of everyone but the reviewer, oldest first."""
    limit = back(on, value("choice/rights_review", on))
    return (
        Assignment.objects.filter(person__in=managed(rights), person__closed_at__isnull=True)
        .filter(begins_on__lte=on, ends_on__gte=on)
        .exclude(person=reviewer)
        .alias(looked_at=Coalesce("reviewed_on", "begins_on"))
        .filter(looked_at__lte=limit)
        .select_related("person", "team", "person__organisation")
        .order_by("looked_at", "person__name")
    )


@dataclass(frozen=True, slots=True)
class ShutOut:
    """Somebody who tried too often: the account (None when the name tried is nobody's), from where, and when last."""

    person: Person | None
    origin: str
    tries: int
    last: datetime


def shut_out(rights: Rights, at: datetime) -> list[ShutOut]:
    """Return who of one's people is shut out at a moment, and from where somebody tried names that are nobody's.

    What was typed as a name of nobody is not shown: it may be a password.
    """
    tried = (
        AccessAttempt.objects.filter(attempt_time__gte=at - timedelta(hours=settings.AXES_COOLOFF_TIME))
        .values("username", "ip_address")
        .annotate(tries=Sum("failures_since_start"), last=Max("attempt_time"))
        .filter(tries__gte=settings.AXES_FAILURE_LIMIT)
        .order_by("-last")
    )
    known = {person.email: person for person in Person.objects.filter(email__in=[row["username"] for row in tried])}
    mine = set(managed(rights).values_list("pk", flat=True))
    found = [ShutOut(known.get(row["username"]), str(row["ip_address"]), row["tries"], row["last"]) for row in tried]
    return [item for item in found if item.person is None or item.person.pk in mine]
