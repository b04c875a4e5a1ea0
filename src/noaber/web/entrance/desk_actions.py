"""What the coordinator changes: opening places and who staffs them, the promise of the sample, and its long forms."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction

from noaber.web.access.models import Person
from noaber.web.journal.actions import By, write

from .models import Contact, LongForm, OpeningHour, Place, SamplingPlan, SamplingRate, Shift
from .sampling import Name, rates


@transaction.atomic
def keep_place(
    place: Place | None,
    *,
    name: str,
    address: str,
    district: str,
    about: str,
    opened_on: date,
    hours: Sequence[tuple[int, time, time]],
    by: By,
) -> Place:
    """Keep an opening place with its hours (weekday, from, until); None makes a new one."""
    kept = place or Place(key=secrets.token_hex(8))
    kept.name, kept.address, kept.district, kept.about, kept.opened_on = name, address, district, about, opened_on
    kept.save()
    kept.hours.all().delete()
    OpeningHour.objects.bulk_create(
        OpeningHour(place=kept, weekday=weekday, begins=begins, ends=ends) for weekday, begins, ends in hours
    )
    write("place_kept", by=by, object=("place", kept.key), object_name=name)
    return kept


@transaction.atomic
def close_place(place: Place, *, on: date, why: str, by: By) -> None:
    """Close a place after a day; it stays to be read, with the reason."""
    place.closed_on, place.why_closed = on, why
    place.save(update_fields=["closed_on", "why_closed"])
    write("place_closed", by=by, object=("place", place.key), object_name=place.name)


@transaction.atomic
def set_shift(place: Place, *, person: Person, on: date, there: bool, by: By) -> None:
    """Say that somebody staffs a place on a day, or no longer does."""
    if there:
        Shift.objects.get_or_create(place=place, person=person, on=on)
    else:
        Shift.objects.filter(place=place, person=person, on=on).delete()
    write("shift_set", by=by, object=("place", place.key), object_name=f"{place.name} op {on:%d-%m-%Y}")


@transaction.atomic
def promise_margin(
    *,
    expected: Mapping[Name, int],
    weeks: int,
    margin: float,
    per_district: bool,
    on: date,
    set_by: Person,
    by: By,
) -> SamplingPlan:
    """Promise to know shares within a margin; from now on the system asks as often as that needs, in each stratum."""
    SamplingPlan.objects.filter(ends_on__isnull=True).update(ends_on=on)
    plan = SamplingPlan.objects.create(
        begins_on=on, weeks=weeks, margin=margin, per_district=per_district, set_by=set_by
    )
    asked = rates(expected, margin=margin, confidence=plan.confidence, per_district=per_district)
    SamplingRate.objects.bulk_create(
        SamplingRate(plan=plan, district=name[0], channel=name[1], one_in=k, expected=expected[name])
        for name, k in asked.items()
    )
    write("sampling_set", by=by, object=("sample", plan.pk), details={"margin": margin, "weeks": weeks})
    return plan


@transaction.atomic
def end_sampling(plan: SamplingPlan, *, on: date, by: By) -> None:
    """Stop asking more; what was answered stays."""
    plan.ends_on = on
    plan.save(update_fields=["ends_on"])
    write("sampling_ended", by=by, object=("sample", plan.pk))


@transaction.atomic
def keep_long_form(
    contact: Contact,
    *,
    answers: Mapping[str, str],
    at: datetime,
    by: By,
    why_not: str = "",
    seconds: int | None = None,
) -> LongForm:
    """Keep the long form of a contact that the system chose, or why it could not be asked."""
    kept, _new = LongForm.objects.update_or_create(
        contact=contact,
        defaults={"answers": {} if why_not else dict(answers), "why_not": why_not, "seconds": seconds, "at": at},
    )
    write("long_form_kept", by=by, object=("contact", contact.key))
    return kept


@transaction.atomic
def take_counts(*, begins_on: date, ends_on: date, by: By) -> None:
    """Keep that the counts of a period were downloaded."""
    write("counts_taken", by=by, details={"from": begins_on.isoformat(), "until": ends_on.isoformat()})
