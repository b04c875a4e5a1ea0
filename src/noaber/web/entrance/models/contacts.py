"""Contacts, the questions in them and what came of each; calling back; clarifying; the advice of the tree."""

from __future__ import annotations

from datetime import datetime, time
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from noaber.web.access.models import Person
from noaber.web.access.rights import Rights
from noaber.web.privacy import Class, internal, personal, plain, special

from ..scope import districts_of
from ..words import CHANNELS, OUTCOMES, RELATIONS, THEMES, WINDOW_ENDS
from .clients import BASIS, KEEP, Client
from .places import Place

_PURPOSE = gettext_noop("Vragen van inwoners beantwoorden en onthouden wat is afgesproken")
SUBJECTS = ("contact__about", "contact__caller")


class Contacts(models.QuerySet["Contact"]):
    """Contacts, and who may see which."""

    def visible_to(self, rights: Rights) -> Contacts:
        """Return those in a district in which somebody works; what has no district yet is for everyone."""
        districts = districts_of(rights)
        if districts is None:
            return self
        return self.filter(Q(district__in=districts) | Q(district="")) if rights.held and districts else self.none()


class Contact(models.Model):
    """One time that somebody came, called or wrote, with one or more questions; often without a name.

    `seconds` is how long the screen was open; `one_in` is the chance by which the system could ask for the long form
    (None: none was asked about), and `sampled` whether it did.
    """

    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    channel = models.CharField(max_length=20, choices=[(word.key, word.name.nl) for word in CHANNELS])
    district = models.CharField(max_length=20, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="contacts")
    worker = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="contacts")
    caller = models.ForeignKey(Client, models.SET_NULL, null=True, blank=True, related_name="calls")
    about = models.ForeignKey(Client, models.SET_NULL, null=True, blank=True, related_name="subjects")
    relation = models.CharField(max_length=20, blank=True, choices=[(word.key, word.name.nl) for word in RELATIONS])
    answer_by = models.CharField(max_length=10, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    one_in = models.PositiveIntegerField(null=True, blank=True)
    sampled = models.BooleanField(default=False)

    objects = Contacts.as_manager()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["at"], name="contact_at"),
            models.Index(fields=["district", "channel", "at"], name="contact_stratum"),
        ]

    class Privacy:
        subject = ("about", "caller")
        purpose = _PURPOSE
        basis = BASIS
        keep = KEEP
        counted_from = "at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("how the contact is known"),
            "at": personal("when it was"),
            "channel": internal("how somebody came"),
            "district": personal("where somebody lives"),
            "place": internal("at which opening place"),
            "worker": internal("who answered"),
            "caller": personal("who asked"),
            "about": personal("about whom"),
            "relation": personal("what the caller is to the one it is about"),
            "answer_by": personal("how somebody wants to hear"),
            "seconds": internal("how long registering took"),
            "one_in": internal("by which chance the long form was asked for"),
            "sampled": internal("whether the long form was asked for"),
        }

    def __str__(self) -> str:
        return self.key

    @property
    def whose(self) -> Client | None:
        """The one it is about: somebody else, or the caller; None when anonymous."""
        found = self.about or self.caller
        return found.itself if found else None


class Question(models.Model):
    """A question in a contact: in the resident's own words when there are any, its theme, and what came of it.

    `outcome` is empty as long as nobody answered, as with a question from the web.
    """

    key = models.CharField(max_length=32, unique=True)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    theme = models.CharField(max_length=40, choices=[(word.key, word.name.nl) for word in THEMES])
    outcome = models.CharField(max_length=20, blank=True, choices=[(word.key, word.name.nl) for word in OUTCOMES])
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["contact", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "number"], name="question_number_once"),
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True) | (~Q(outcome="") & Q(answered_at__isnull=False)),
                name="outcome_with_moment",
            ),
        ]

    class Privacy:
        subject = SUBJECTS
        purpose = _PURPOSE
        basis = BASIS
        keep = KEEP
        counted_from = "contact__at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("how the question is known"),
            "contact": internal("in which contact"),
            "number": internal("the how manieth of the contact"),
            "words": special("what was asked, in the resident's own words"),
            "theme": personal("what it is about"),
            "outcome": personal("what came of it"),
            "answer": special("what was said"),
            "answered_at": internal("when it was answered"),
        }

    def __str__(self) -> str:
        return self.key


class CallBack(models.Model):
    """A promise to call somebody back on a day and in a window, by its owner; open until reached or given up."""

    key = models.CharField(max_length=32, unique=True)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="call_backs")
    phone = models.CharField(max_length=40)
    on = models.DateField()
    part = models.CharField(max_length=10)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="call_backs")
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, blank=True, choices=[("reached", "reached"), ("given_up", "given up")])

    class Meta:
        ordering: ClassVar = ["on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, result="") | (Q(ended_at__isnull=False) & ~Q(result="")),
                name="call_back_ends_with_result",
            )
        ]

    class Privacy:
        subject = SUBJECTS
        purpose = _PURPOSE
        basis = BASIS
        keep = KEEP
        counted_from = "contact__at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("how the promise is known"),
            "contact": internal("after which contact"),
            "phone": personal("which number to call"),
            "on": internal("on which day"),
            "part": internal("in which part of the day"),
            "owner": internal("who calls"),
            "ended_at": internal("when it was over"),
            "result": internal("how it ended"),
        }

    def __str__(self) -> str:
        return self.key

    @property
    def due_at(self) -> datetime:
        """The end of the window."""
        return timezone.make_aware(datetime.combine(self.on, time(WINDOW_ENDS.get(self.part, 17))))


class Attempt(models.Model):
    """One try to call back."""

    call_back = models.ForeignKey(CallBack, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reached = models.BooleanField()

    class Meta:
        ordering: ClassVar = ["at"]

    class Privacy:
        subject = ("call_back__contact__about", "call_back__contact__caller")
        purpose = _PURPOSE
        basis = BASIS
        keep = KEEP
        counted_from = "at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "call_back": internal("of which promise"),
            "at": internal("when"),
            "person": internal("who tried"),
            "reached": internal("whether somebody answered"),
        }

    def __str__(self) -> str:
        return str(self.pk)


class Clarification(models.Model):
    """The question behind a question, in the resident's own words, and whether it was read back and recognised.

    Of the household only numbers are kept, and of who is around only what the resident wants to say.
    """

    question = models.OneToOneField(Question, models.CASCADE, related_name="clarification")
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    said = models.TextField(blank=True)
    areas = models.JSONField(default=dict, blank=True)
    tried = models.TextField(blank=True)
    around = models.TextField(blank=True)
    difference = models.TextField(blank=True)
    adults = models.PositiveSmallIntegerField(null=True, blank=True)
    children = models.PositiveSmallIntegerField(null=True, blank=True)
    read_back = models.BooleanField(default=False)

    class Privacy:
        subject = ("question__contact__about", "question__contact__caller")
        purpose = gettext_noop("Begrijpen wat iemand echt nodig heeft")
        basis = BASIS
        keep = KEEP
        counted_from = "question__contact__at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "question": internal("of which question"),
            "at": internal("when it was written"),
            "person": internal("who wrote it"),
            "said": special("the question behind the question, in own words"),
            "areas": special("how things go per area of life, where the resident wants to say so"),
            "tried": special("what was tried"),
            "around": special("who is around"),
            "difference": special("what would make the difference"),
            "adults": personal("how many adults live there; no names"),
            "children": personal("how many children live there; no names"),
            "read_back": internal("whether it was read back and recognised"),
        }

    def __str__(self) -> str:
        return str(self.question)


class TriageAdvice(models.Model):
    """What the tree advised along which path, what a person decided, and why when that differs."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="advices")
    at = models.DateTimeField()
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    tree = models.CharField(max_length=20)
    path = models.JSONField()
    advice = models.CharField(max_length=40)
    advised = models.CharField(max_length=20)
    decided = models.CharField(max_length=20)
    because = models.TextField(blank=True)
    disagrees = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(decided=models.F("advised")) | ~Q(because=""), name="differing_has_its_reason"
            )
        ]

    class Privacy:
        subject = ("question__contact__about", "question__contact__caller")
        purpose = gettext_noop("Navolgbaar kiezen welke hulp past")
        basis = BASIS
        keep = KEEP
        counted_from = "at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "question": internal("of which question"),
            "at": internal("when"),
            "person": internal("who decided"),
            "tree": internal("which version of the tree"),
            "path": special("the answers along the way"),
            "advice": personal("where the path ended"),
            "advised": personal("what the tree advised"),
            "decided": personal("what a person decided"),
            "because": special("why the person decided otherwise"),
            "disagrees": personal("whether the resident wanted something else"),
        }

    def __str__(self) -> str:
        return str(self.pk)


class Attachment(models.Model):
    """A file that a resident sent along; its kind was found by looking inside, not by its name."""

    key = models.CharField(max_length=32, unique=True)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    content = models.BinaryField()
    added_at = models.DateTimeField()

    class Privacy:
        subject = SUBJECTS
        purpose = _PURPOSE
        basis = BASIS
        keep = KEEP
        counted_from = "contact__at"
        fields: ClassVar[dict[str, Class]] = {
            "id": plain(),
            "key": plain("how the file is known"),
            "contact": internal("with which contact"),
            "name": personal("how the resident called it"),
            "kind": internal("what it is"),
            "content": special("what the resident sent"),
            "added_at": internal("when"),
        }

    def __str__(self) -> str:
        return self.key
