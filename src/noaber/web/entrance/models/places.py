"""Where the entrance is open, when, and who staffs it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.privacy import Class, internal, personal, plain

_PURPOSE = gettext_noop("Zeggen waar en wanneer de entree open is, en wie er werkt")
_BASIS = "AVG art. 6 lid 1 onder e"


class Place(models.Model):
    """An opening place from a day until a day; one that closed stays, with the reason."""

    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=200)
    district = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=300, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    why_closed = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="place_closes_after_opening",
            )
        ]

    class Privacy:
        subject = ""
        purpose = _PURPOSE
        basis = _BASIS
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain(),
            "name": internal("how it is called"),
            "address": internal("where it is"),
            "district": internal("in which district"),
            "about": internal("how to get in"),
            "opened_on": internal("since when"),
            "closed_on": internal("until when"),
            "why_closed": internal("why it closed"),
        }

    def __str__(self) -> str:
        return self.name


class OpeningHour(models.Model):
    """A part of a weekday (0: Monday) on which a place is open."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering: ClassVar = ["weekday", "begins"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="opening_hours_run_forwards"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_on_a_weekday"),
        ]

    class Privacy:
        subject = ""
        purpose = _PURPOSE
        basis = _BASIS
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "place": internal("where"),
            "weekday": internal("on which day"),
            "begins": internal("from when"),
            "ends": internal("until when"),
        }

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins:%H:%M}"


class Shift(models.Model):
    """Somebody who staffs a place on a day."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="shifts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="shifts")
    on = models.DateField()

    class Meta:
        ordering: ClassVar = ["on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "person", "on"], name="one_shift_a_day_and_place")
        ]

    class Privacy:
        subject = "person"
        purpose = _PURPOSE
        basis = _BASIS
        keep = "retention/entrance"
        counted_from = "on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "place": internal("where"),
            "person": personal("who staffs it"),
            "on": personal("on which day"),
        }

    def __str__(self) -> str:
        return f"{self.place} {self.on}"
