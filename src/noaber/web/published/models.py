"""Versions of published figures with who took them in and who decided, and the questions that stand under a figure."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import language
from noaber.web.access.rights import Rights
from noaber.web.privacy import Class, internal, personal, plain

_SHORT = 16
_DECIDED = Q(decided_by__isnull=False, decided_at__isnull=False)
_UNDECIDED = Q(decided_by__isnull=True, decided_at__isnull=True)


class Versions(models.QuerySet["Version"]):
    """Versions of figures, by what may be done with them."""

    def shown(self) -> Versions:
        """Return the versions that everyone may read: approved, and not withdrawn."""
        return self.filter(decision="approved", withdrawn_at__isnull=True)

    def waiting(self) -> Versions:
        """Return the drafts: nobody has decided on them yet."""
        return self.filter(decision="")

    def short(self, short: str) -> Versions:
        """Return the version with this beginning of its hash (16 digits), as a queryset of one or none."""
        return self.filter(content_hash__startswith=short) if len(short) == _SHORT else self.none()

    def readable_to(self, rights: Rights) -> Versions:
        """Return the versions whose figures somebody may read."""
        return self.all() if rights.may(Permission.SEE_DRAFTS) else self.shown()

    def known_to(self, rights: Rights) -> Versions:
        """Return the versions of whose existence somebody may know: a withdrawn one leaves its reason behind."""
        return self.all() if rights.may(Permission.SEE_DRAFTS) else self.filter(decision="approved")


class Version(models.Model):
    """One version of one figure: the published file as it was taken in, and what a second person decided about it.

    The database holds the content itself, so that what was approved is what is shown, whatever happens to the file.
    It refuses a decision by who took the version in, and an approval of other content than this.
    """

    content_hash = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    name = models.CharField(max_length=200)
    indicator = models.CharField(max_length=100)
    frequency = models.CharField(max_length=10)
    title_nl = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    definition_version = models.PositiveIntegerField()
    known_on = models.DateField()
    snapshot = models.CharField(max_length=16)
    taken_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    decision = models.CharField(max_length=10, blank=True)
    decided_hash = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    rejection = models.CharField(max_length=500, blank=True)
    withdrawn_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal = models.CharField(max_length=500, blank=True)

    objects = Versions.as_manager()

    class Meta:
        ordering: ClassVar = ["-known_on", "-pk"]
        indexes: ClassVar = [models.Index(fields=["name", "-known_on"], name="version_of_figure")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("taken_by")), name="version_four_eyes"
            ),
            models.CheckConstraint(
                condition=(Q(decision="") & _UNDECIDED) | (Q(decision__in=["approved", "rejected"]) & _DECIDED),
                name="version_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(decision="approved") | Q(decided_hash=F("content_hash")), name="version_approved_as_read"
            ),
            models.CheckConstraint(
                condition=(Q(decision="rejected") & ~Q(rejection="")) | (~Q(decision="rejected") & Q(rejection="")),
                name="version_rejected_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal="")
                | (Q(decision="approved", withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal="")),
                name="version_withdrawn_with_reason",
            ),
        ]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Laten zien wat is gepubliceerd, wie het klaarzette en wie het goedkeurde")
        basis = "AVG art. 6 lid 1 onder e; Gemeentewet art. 169; Woo art. 3.3"
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "content_hash": plain("tells one content from another"),
            "content": plain("figures that passed the gate; nobody can be recognised in them"),
            "name": plain("which figure it is a version of"),
            "indicator": plain("what it counts"),
            "frequency": plain("how often it is counted"),
            "title_nl": plain("its name in Dutch"),
            "title_en": plain("its name in English"),
            "definition_version": plain("by which definition it was counted"),
            "known_on": plain("the day whose knowledge it holds"),
            "snapshot": plain("from which data it was counted"),
            "taken_by": personal("who took it in"),
            "taken_at": internal("when it was taken in"),
            "decision": internal("what was decided"),
            "decided_hash": plain("the content that was decided on"),
            "decided_by": personal("who decided"),
            "decided_at": internal("when it was decided"),
            "rejection": internal("why it was rejected"),
            "withdrawn_by": personal("who withdrew it"),
            "withdrawn_at": internal("when it was withdrawn"),
            "withdrawal": internal("why it was withdrawn"),
        }

    def __str__(self) -> str:
        return f"{self.name} {self.known_on}"

    @property
    def short(self) -> str:
        """The beginning of the hash, as it stands in addresses and in the name of the file."""
        return self.content_hash[:_SHORT]

    @property
    def title(self) -> str:
        """Its name in the language of the page."""
        return self.title_nl if language() == "nl" else self.title_en

    @property
    def is_shown(self) -> bool:
        """Whether everyone may read its figures."""
        return self.decision == "approved" and self.withdrawn_at is None


class BorrowedFigure(models.Model):
    """A figure that another organisation made public, as it was fetched; no decision of ours, and nobody's data.

    One that the other no longer shows has a `gone_at`, and is shown no more here either.
    """

    content_hash = models.CharField(max_length=64, unique=True)
    content = models.TextField()
    name = models.CharField(max_length=200)
    indicator = models.CharField(max_length=100)
    frequency = models.CharField(max_length=10)
    known_on = models.DateField()
    source = models.CharField(max_length=300)
    fetched_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "-known_on"]

    class Privacy:
        subject = ""
        purpose = gettext_noop("Openbare cijfers van een ander tonen naast wat er hier is")
        basis = "AVG art. 6 lid 1 onder e; Woo art. 3.3"
        keep = "retention/organisation"
        counted_from = ""
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "content_hash": plain("tells one content from another"),
            "content": plain("figures that are public; nobody can be recognised in them"),
            "name": plain("which figure it is"),
            "indicator": plain("what it counts"),
            "frequency": plain("how often it is counted"),
            "known_on": plain("the day whose knowledge it holds"),
            "source": plain("where it is public"),
            "fetched_at": internal("when it was fetched"),
            "gone_at": internal("since when the other no longer shows it"),
        }

    def __str__(self) -> str:
        return f"{self.name} {self.known_on}"


class Questions(models.QuerySet["Question"]):
    """Questions, by who may read them."""

    def public(self) -> Questions:
        """Return the questions that have an answer; the others are nobody's but the asker's and the answerers'."""
        return self.filter(outcome="answered")

    def visible_to(self, rights: Rights, person: object) -> Questions:
        """Return the public questions, one's own, and for who answers all of them."""
        if rights.may(Permission.ANSWER_ABOUT_FIGURES):
            return self.all()
        if isinstance(person, Person):
            return self.filter(Q(outcome="answered") | Q(asked_by=person))
        return self.public()


class Question(models.Model):
    """A question under a figure; it becomes public together with its answer, and not before."""

    indicator = models.CharField(max_length=100)
    figure_title = models.CharField(max_length=300)
    text = models.TextField(max_length=1500)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, blank=True)
    answer = models.TextField(max_length=4000, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = Questions.as_manager()

    class Meta:
        ordering: ClassVar = ["-answered_at", "-asked_at"]
        indexes: ClassVar = [models.Index(fields=["indicator", "outcome"], name="question_under_figure")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    Q(outcome__in=["answered", "closed"], answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer="")
                ),
                name="question_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")), name="question_by_another"
            ),
        ]

    class Privacy:
        subject = "asked_by"
        purpose = gettext_noop("Vragen van de raad beantwoorden waar iedereen het antwoord kan lezen")
        basis = "Gemeentewet art. 155 en 169"
        keep = "retention/organisation"
        counted_from = "answered_at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "indicator": plain("under which figure it stands"),
            "figure_title": plain("what the figure said when the question was asked"),
            "text": personal("what was asked, in the words of the asker"),
            "asked_by": personal("who asked; the public page does not say it"),
            "asked_at": internal("when it was asked"),
            "outcome": internal("whether it was answered or closed without being published"),
            "answer": internal("the answer, or to the asker why the question is not published"),
            "answered_by": personal("who answered"),
            "answered_at": internal("when it was answered"),
        }

    def __str__(self) -> str:
        return f"{self.indicator}: {self.text[:60]}"
