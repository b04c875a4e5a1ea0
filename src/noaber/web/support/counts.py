"""What leaves for the figures: counts per month and district in the shape of the table `partner_count`; never who."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta

from django.db.models import Q

from noaber.records import Layer

from .models import Case, Group, Member, Participant, Session


@dataclass(frozen=True, slots=True)
class Count:
    """One row: residents and households with basic support in a district on the last day of a month."""

    month: date
    district: str
    layer: str
    kind: str
    persons: int
    households: int
    started: int
    ended: int


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def counts(month: date) -> list[Count]:
    """Return the counts of a month, by district and kind; a district without support has no row."""
    return sorted([*_individual(month), *_groups(month)], key=lambda row: (row.district, row.kind))


def csv(rows: list[Count]) -> str:
    """Return rows as the door for tables reads them; only codes, days and whole numbers, so nothing to escape."""
    head = ",".join(field.name for field in fields(Count))
    return "".join(f"{line}\n" for line in (head, *(",".join(map(str, astuple(row))) for row in rows)))


def _individual(month: date) -> list[Count]:
    ends = last_day(month)
    people = Counter[int]()
    here = Member.objects.filter(household=True).filter(Q(left_on__isnull=True) | Q(left_on__gt=ends))
    into = dict(Case.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    people.update(_counting(pk, into) for pk in here.filter(merged_into__isnull=True).values_list("case", flat=True))
    tallies: dict[str, Counter[str]] = {}
    for case in Case.objects.filter(merged_into__isnull=True, started_on__lte=ends).filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=month)
    ):
        tally = tallies.setdefault(case.district, Counter())
        size = max(1, people[case.pk])  # who asked without a name is one person all the same
        over = case.ended_on is not None and case.ended_on <= ends
        tally["persons"] += 0 if over else size
        tally["households"] += 0 if over else 1
        tally["started"] += size if case.started_on and case.started_on >= month else 0
        tally["ended"] += size if over else 0
    return [_row(month, district, "individual", tally) for district, tally in tallies.items()]


def _counting(case: int, into: Mapping[int, int]) -> int:
    """Return the case that counts for a household of which two were merged."""
    while case in into:
        case = into[case]
    return case


def _groups(month: date) -> list[Count]:
    """Count who takes part by name, and without names how many came to the last session of the month."""
    ends = last_day(month)
    tallies: dict[str, Counter[str]] = {}
    for group in Group.objects.filter(begins_on__lte=ends).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=month)):
        tally = tallies.setdefault(group.district, Counter())
        known = Participant.objects.filter(group=group, begins_on__lte=ends)
        tally["persons"] += known.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends)).count()
        tally["started"] += known.filter(begins_on__gte=month).count()
        tally["ended"] += known.filter(ends_on__gte=month, ends_on__lte=ends).count()
        now, before = _unnamed(group, ends), _unnamed(group, month - timedelta(days=1))
        tally["persons"] += now
        tally["started"] += max(0, now - before)
        tally["ended"] += max(0, before - now)
    return [_row(month, district, "group", tally) for district, tally in tallies.items()]


def _unnamed(group: Group, on: date) -> int:
    """Return how many came without a name to the last session in the month of a day; none without a session."""
    met = Session.objects.filter(group=group, state="met", on__gte=on.replace(day=1), on__lte=on)
    return met.order_by("-on").values_list("unnamed", flat=True).first() or 0


def _row(month: date, district: str, kind: str, tally: Counter[str]) -> Count:
    return Count(
        month=month,
        district=district,
        layer=Layer.BASIC_SUPPORT.value,
        kind=kind,
        persons=tally["persons"],
        households=tally["households"],
        started=tally["started"],
        ended=tally["ended"],
    )
