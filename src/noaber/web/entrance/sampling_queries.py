"""Reading for sample registration and for counts: contacts per stratum, the estimates, the counts without names."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from django.db.models import Count
from django.db.models.functions import TruncDate

from .long_form import EXTRAS, Extra
from .models import Contact, LongForm, Question, SamplingPlan
from .queries import midnight
from .sampling import Estimate, Name, Stratum, estimate
from .words import Word

FEWEST_TIMED: Final = 10
"""Long forms that must have been timed before their own time counts instead of the guess."""
GUESS: Final = 180
"""Seconds that a long form is thought to take until enough were timed."""


def volumes(on: date, *, weeks: int, looked_back: int = 13) -> dict[Name, int]:
    """Return how many contacts to expect per district and channel in so many weeks: as many as in the weeks before."""
    since = on - timedelta(weeks=looked_back)
    rows = (
        Contact.objects.filter(at__gte=midnight(since), at__lt=midnight(on))
        .exclude(district="")
        .values_list("district", "channel")
        .annotate(count=Count("pk"))
        .order_by("district", "channel")
    )
    return {(district, channel): round(count * weeks / looked_back) for district, channel, count in rows}


def running() -> SamplingPlan | None:
    """Return the promise that runs now."""
    return SamplingPlan.objects.filter(ends_on__isnull=True).first()


def seconds_each() -> tuple[float, bool]:
    """Return how long a long form takes, and whether that was measured (else it is a guess)."""
    timed = list(LongForm.objects.filter(seconds__isnull=False, why_not="").values_list("seconds", flat=True))
    return (float(median(timed)), True) if len(timed) >= FEWEST_TIMED else (float(GUESS), False)


@dataclass(frozen=True, slots=True)
class Shares:
    """A longer question with the estimate of the share of each of its answers."""

    extra: Extra
    answers: list[tuple[Word, Estimate]]


@dataclass(frozen=True, slots=True)
class Found:
    """What the sample says over a period: how many contacts, chosen, answered, refused; the shares; minutes saved."""

    contacts: int
    chosen: int
    answered: int
    refused: int
    shares: list[Shares]
    minutes_spent: float
    minutes_saved: float


def found(begins_on: date, ends_before: date) -> Found:
    """Return what the sample says of the contacts from a day until another."""
    within = Contact.objects.filter(
        at__gte=midnight(begins_on), at__lt=midnight(ends_before), one_in__isnull=False
    ).exclude(district="")
    sizes: Counter[Name] = Counter()
    for district, channel, count in within.values_list("district", "channel").annotate(count=Count("pk")).order_by():
        sizes[district, channel] = count
    forms = LongForm.objects.filter(contact__in=within).select_related("contact")
    told = [((form.contact.district, form.contact.channel), form.answers) for form in forms if not form.why_not]
    each = seconds_each()[0] / 60
    contacts = sum(sizes.values())
    chosen = within.filter(sampled=True).count()
    return Found(
        contacts=contacts,
        chosen=chosen,
        answered=len(told),
        refused=forms.exclude(why_not="").count(),
        shares=[
            Shares(extra, [(word, _share(sizes, told, extra, word)) for word in extra.answers]) for extra in EXTRAS
        ],
        minutes_spent=len(told) * each,
        minutes_saved=(contacts - len(told)) * each,
    )


def _share(sizes: Counter[Name], told: list[tuple[Name, dict[str, str]]], extra: Extra, word: Word) -> Estimate:
    answered: Counter[Name] = Counter(name for name, answers in told if extra.key in answers)
    yes: Counter[Name] = Counter(name for name, answers in told if answers.get(extra.key) == word.key)
    return estimate(
        [Stratum(name=name, contacts=size, answered=answered[name], yes=yes[name]) for name, size in sizes.items()]
    )


COLUMNS: Final = ("on", "district", "channel", "theme", "outcome", "contacts")


def counts(begins_on: date, ends_before: date) -> str:
    """Return the counts of a period as the table `contact` of the core: no names, one row per day and kind of question.

    Questions that nobody answered yet, or that have no district, are not counted. Every cell is a day, a code
    of ours or a number: nothing that somebody typed.
    """
    rows = (
        Question.objects.filter(contact__at__gte=midnight(begins_on), contact__at__lt=midnight(ends_before))
        .exclude(outcome="")
        .exclude(contact__district="")
        .annotate(on=TruncDate("contact__at"))
        .values_list("on", "contact__district", "contact__channel", "theme", "outcome")
        .annotate(count=Count("pk"))
        .order_by("on", "contact__district", "contact__channel", "theme", "outcome")
    )
    lines = [",".join(COLUMNS), *(",".join((on.isoformat(), *map(str, rest))) for on, *rest in rows)]
    return "\n".join(lines) + "\n"
