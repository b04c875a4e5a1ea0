"""The social map: who offers what, where, for whom, when, at which cost, and until when that was checked."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from noaber.web.privacy import Class, internal, plain

_PURPOSE = gettext_noop("Inwoners en medewerkers laten vinden wat er in de wijk is")
_BASIS = "Wmo 2015 art. 2.2.2 en 2.2.3"


class Provider(models.Model):
    """An organisation, club or group that offers something. HSDS: organization."""

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    website = models.URLField(blank=True)
    mail = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    class Privacy:
        subject = ""
        purpose = _PURPOSE
        basis = _BASIS
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain(),
            "name": internal("who offers it"),
            "about": internal("what kind of club it is"),
            "website": internal("where to read more"),
            "mail": internal("how to write; of the organisation, not of a person"),
            "phone": internal("how to call; of the organisation, not of a person"),
        }

    def __str__(self) -> str:
        return self.name


class Activities(models.QuerySet["Activity"]):
    """What is on the map."""

    def shown(self, on: date) -> Activities:
        """Return what everyone may see on a day: published, and checked until that day at least."""
        return self.filter(hidden_at__isnull=True, checked_until__gte=on)

    def to_check(self, until: date) -> Activities:
        """Return what must be checked again by a day, and what was taken off because nobody did."""
        return self.filter(hidden_at__isnull=True, checked_until__lte=until).order_by("checked_until")


class Activity(models.Model):
    """Something to go to or to ask for. HSDS: service, with its location, cost and eligibility.

    An empty district is the whole municipality; `free_places` is None when nobody counts them.
    """

    key = models.CharField(max_length=40, unique=True)
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="activities")
    name = models.CharField(max_length=200)
    about = models.TextField(blank=True)
    themes = models.JSONField(default=list)
    district = models.CharField(max_length=20, blank=True)
    address = models.CharField(max_length=200, blank=True)
    min_age = models.PositiveSmallIntegerField(null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(null=True, blank=True)
    cost_cents = models.PositiveIntegerField(default=0)
    cost_note = models.CharField(max_length=120, blank=True)
    accessibility = models.JSONField(default=list, blank=True)
    free_places = models.PositiveSmallIntegerField(null=True, blank=True)
    how_to_join = models.CharField(max_length=300, blank=True)
    checked_until = models.DateField()
    hidden_at = models.DateTimeField(null=True, blank=True)
    why_hidden = models.CharField(max_length=200, blank=True)

    objects = Activities.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="ages_run_upwards",
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
            "provider": internal("who offers it"),
            "name": internal("how it is called"),
            "about": internal("what one does there"),
            "themes": internal("which needs it serves"),
            "district": internal("where it is"),
            "address": internal("where exactly"),
            "min_age": internal("from which age"),
            "max_age": internal("until which age"),
            "cost_cents": internal("what it costs a time"),
            "cost_note": internal("what is to be known about the cost"),
            "accessibility": internal("who can get in"),
            "free_places": internal("how many can still join"),
            "how_to_join": internal("how to begin"),
            "checked_until": internal("until when it was checked"),
            "hidden_at": internal("since when it is off the map"),
            "why_hidden": internal("why it is off the map"),
        }

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """A weekday (0: Monday) and time at which an activity is. HSDS: schedule."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sessions")
    weekday = models.PositiveSmallIntegerField()
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering: ClassVar = ["weekday", "begins"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="session_on_a_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="sessions_run_forwards"),
        ]

    class Privacy:
        subject = ""
        purpose = _PURPOSE
        basis = _BASIS
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "activity": internal("of what"),
            "weekday": internal("on which day"),
            "begins": internal("from when"),
            "ends": internal("until when"),
        }

    def __str__(self) -> str:
        return f"{self.weekday} {self.begins:%H:%M}"
