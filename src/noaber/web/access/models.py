"""Organisations, teams, people and their roles from when until when, mandates, and residents who log in."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from noaber.web.privacy import Class, identifier, internal, personal, plain, secret
from noaber.web.privacy.numbers import BlindIndex, EncryptedNumber


class Organisation(models.Model):
    """An organisation whose people work here, or the council that reads here.

    Of a `guest` some people come in by name at set moments; whatever role they are given, only one for guests works.
    """

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in ("municipality", "partner", "council")])
    guest = models.BooleanField(default=False)

    class Privacy:
        subject = ""
        purpose = gettext_noop("Weten voor welke organisatie iemand werkt")
        basis = "AVG art. 6 lid 1 onder e"
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "name": internal("who it is"),
            "kind": internal("which roles its people can have"),
            "guest": internal("whether its people come as guests"),
        }

    def __str__(self) -> str:
        return self.name


class Team(models.Model):
    """A team of an organisation, with the districts it works in (CBS codes); a council has none."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    districts = models.JSONField(default=list, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "name"], name="team_name_once")]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Weten wie in welke wijk werkt")
        basis = "AVG art. 6 lid 1 onder e"
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "organisation": internal("whose team it is"),
            "name": internal("how it is called"),
            "districts": internal("where it works"),
        }

    def __str__(self) -> str:
        return self.name


class People(BaseUserManager["Person"]):
    """Finds people by their mail address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """Return the person with this mail address; raises Person.DoesNotExist."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Someone with an account: works for one organisation and is let in by roles with a beginning and an end.

    `key` stands in the journal, so that a name can change and an account can be destroyed without losing the thread.
    """

    key = models.CharField(max_length=32, unique=True)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    added_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = People()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Privacy:
        subject = "self"
        purpose = gettext_noop("Weten wie inlogt en wie wat doet")
        basis = "AVG art. 6 lid 1 onder e; BIO2 5.16"
        keep = "retention/staff_account"
        counted_from = "closed_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "password": secret("the hash of the password, for who logs in here"),
            "last_login": personal("when somebody was last here"),
            "key": personal("who somebody is in the journal"),
            "email": personal("the name to log in with"),
            "name": personal("to know each other by"),
            "organisation": internal("for whom somebody works"),
            "added_at": internal("since when"),
            "closed_at": internal("until when"),
        }

    def __str__(self) -> str:
        return self.name

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Whether the account is open; Django asks it under this name."""
        return self.closed_at is None


class Assignment(models.Model):
    """A role that a person has from a day until a day (both included), given by another person with a reason.

    The database itself refuses a role that somebody gives to themselves; only the very first has no giver.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=40)
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="assignments")
    begins_on = models.DateField()
    ends_on = models.DateField()
    reason = models.CharField(max_length=300)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="given")
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="reviewed")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="assignment_runs_forwards"),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=F("person")), name="assignment_by_another"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("person")), name="review_by_another"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__isnull=True, reviewed_by__isnull=True)
                | Q(reviewed_on__isnull=False, reviewed_by__isnull=False),
                name="review_with_reviewer",
            ),
        ]

    class Privacy:
        subject = "person"
        purpose = gettext_noop("Weten wie wat mag, van wanneer tot wanneer en van wie")
        basis = "AVG art. 6 lid 1 onder e en 32; BIO2 5.18"
        keep = "retention/staff_account"
        counted_from = "ends_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "person": personal("whose role it is"),
            "role": internal("which role"),
            "team": internal("for which team"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
            "reason": internal("why"),
            "given_by": personal("who gave it"),
            "reviewed_on": internal("when it was last reviewed"),
            "reviewed_by": personal("who reviewed it"),
        }

    def __str__(self) -> str:
        return f"{self.role} {self.begins_on} {self.ends_on}"


class Mandate(models.Model):
    """A mandate: who may decide what in the name of the executive, by which decision, from when until when."""

    role = models.CharField(max_length=40)
    what = models.CharField(max_length=300)
    article = models.CharField(max_length=200)
    decision = models.CharField(max_length=200)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")), name="mandate_runs_forwards"
            )
        ]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Weten namens wie wordt besloten")
        basis = "Awb afd. 10.1.1"
        keep = "retention/organisation"
        counted_from = "ends_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "role": internal("who may decide"),
            "what": internal("what may be decided"),
            "article": internal("by which article"),
            "decision": internal("by which decision of the executive"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
        }

    def __str__(self) -> str:
        return self.what


class Resident(models.Model):
    """A resident who has logged in by the identity connection, or whom a file is about.

    `key` is how all rooms and the journal name a resident; the citizen number stands nowhere else in the web.
    """

    key = models.CharField(max_length=32, unique=True)
    number = EncryptedNumber()
    number_index = BlindIndex("number", unique=True)
    added_at = models.DateTimeField()
    last_here_at = models.DateTimeField(null=True, blank=True)

    class Privacy:
        subject = "self"
        purpose = gettext_noop("Een inwoner herkennen die inlogt, en een dossier aan de juiste inwoner verbinden")
        basis = "UAVG art. 46; Wmo 2015 art. 5.2.9; Jeugdwet art. 7.2.1"
        keep = "retention/resident_account"
        counted_from = "last_here_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": personal("who somebody is in files and in the journal"),
            "number": identifier("to know who logs in"),
            "number_index": secret("to find a resident without reading the number"),
            "added_at": internal("since when we know of this person"),
            "last_here_at": personal("when this person last logged in"),
        }

    def __str__(self) -> str:
        return self.key


class Representation(models.Model):
    """A resident who may speak for another: a parent, guardian, mentor, curator, or whoever the other authorised.

    What the representative may see is what the other may see, from the first day until the last (both included).
    """

    represented = models.ForeignKey(Resident, models.PROTECT, related_name="represented_by")
    representative = models.ForeignKey(Resident, models.PROTECT, related_name="represents")
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    proof = models.CharField(max_length=300)
    begins_on = models.DateField()
    ends_on = models.DateField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="representation_runs_forwards"),
            models.CheckConstraint(condition=~Q(representative=F("represented")), name="representation_by_another"),
        ]

    class Privacy:
        subject = ("represented", "representative")
        purpose = gettext_noop("Weten wie voor een inwoner mag opkomen, en tot wanneer")
        basis = "AVG art. 6 lid 1 onder e; Wmo 2015 art. 1.1.1; BW 1:245, 1:381, 1:453, 3:60"
        keep = "retention/resident_account"
        counted_from = "ends_on"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "represented": personal("for whom"),
            "representative": personal("who"),
            "kind": personal("as what"),
            "name": personal("how the representative knows this person"),
            "proof": internal("what was seen that shows it"),
            "begins_on": internal("from when"),
            "ends_on": internal("until when"),
            "recorded_by": internal("who looked at the proof"),
        }

    def __str__(self) -> str:
        return f"{self.kind} {self.begins_on} {self.ends_on}"
