"""May these fields about this person go to this receiver, at this moment, for this purpose, on this day?

A pure function: it reads no clock and no database, so that a jurist can read its examples (tests/spec/exchange) and
nobody can ask it differently. Every field gets a ground: the article and the agreement that let it go, or the article
that says why not. What nothing allows is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from noaber.rules import value

from .bases import Bases, bases, cited
from .fields import FIELDS, ORIGIN_NAMES, Field, Origin
from .purposes import PURPOSES

GivenBy = Literal["resident", "representative", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody wants to share; `age` is that of the person on the day, and None when it is not known."""

    sender: str
    receiver: str
    moment: str
    purpose: str
    fields: tuple[str, ...]
    age: int | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """An approved agreement: who may send which fields to whom, at which moment, for which purpose, in which days."""

    key: str
    sender: str
    receiver: str
    moment: str
    purpose: str
    fields: frozenset[str]
    from_: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A consent: to whom, for which purpose, for data obtained under which laws, by whom, and until when it holds."""

    key: str
    receiver: str
    purpose: str
    origins: frozenset[str]
    given_by: GivenBy
    from_: date
    until: date
    withdrawn_on: date | None = None

    def holds(self, on: date) -> bool:
        """Return whether it holds on a day; on the day that it is withdrawn it no longer does."""
        return self.from_ <= on <= self.until and (self.withdrawn_on is None or on < self.withdrawn_on)


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a field may go or not: one sentence, the article, and the agreement and consent that it leans on."""

    because: str
    article: str
    agreement: str = ""
    consent: str = ""

    def __str__(self) -> str:
        leaning = (self.agreement and f"afspraak {self.agreement}", self.consent and f"toestemming {self.consent}")
        return f"{self.because} ({'; '.join(filter(None, (self.article, *leaning)))})"


@dataclass(frozen=True, slots=True)
class Decision:
    """What may go and what may not, each field with its ground; `refusal` when nothing may go at all."""

    allowed: Mapping[str, Ground]
    refused: Mapping[str, Ground]
    refusal: Ground | None = None
    agreement: str = ""


_NO_AGREEMENT: Final = Ground(
    "Er is vandaag geen goedgekeurde afspraak om dit op dit moment voor dit doel te delen.",
    "AVG art. 5 lid 2, art. 26 en 28",
)
_UNKNOWN: Final = Ground("Dit gegeven staat niet in de lijst van wat gedeeld kan worden.", "AVG art. 5 lid 1 onder c")
_NOT_RECEIVED: Final = "De afspraak noemt een gegeven niet dat toch is meegestuurd; wij mogen het niet aannemen."
_NOT_AGREED: Final = "De afspraak {agreement} noemt dit gegeven niet; het is voor dit doel niet nodig."
_NO_BASIS: Final = "Geen wet laat toe dat gegevens die voor {origin} zijn verkregen, voor dit doel worden gebruikt."
_NOT_SPECIAL: Final = Ground("Dit zijn bijzondere gegevens, en die mogen voor dit doel niet mee.", "AVG art. 9 lid 1")
_NO_NUMBER: Final = Ground(
    "De ontvanger mag het burgerservicenummer voor dit doel niet gebruiken.", "UAVG art. 46 lid 1"
)
NOTHING_CHOSEN: Final = Ground("De opsteller koos ervoor dit niet mee te sturen.", "AVG art. 5 lid 1 onder c")
_CONSENT: Final = "Dit mag alleen met toestemming van de inwoner, en die is er nu niet."
_CONSENT_BY: Final = "De inwoner is jonger dan {age}: ook een ouder of voogd moet toestemming geven."
_NO_AGE: Final = "De leeftijd is niet bekend; daarom is niet na te gaan wie toestemming moet geven."


def decide(
    question: Question, *, agreements: Sequence[Agreed], consents: Sequence[Given], known: Bases | None = None
) -> Decision:
    """Return what may go and what may not; `agreements` are the approved ones, `consents` those of this person."""
    law = known or bases()
    purpose = PURPOSES.get(question.purpose)
    if purpose is None or (bill := law.bill(purpose.law)):
        return _refuse(question, _no_law(bill if purpose else ""))
    agreed = next((item for item in agreements if _fits(item, question)), None)
    if agreed is None:
        return _refuse(question, _NO_AGREEMENT)
    grounds = {
        name: _field(name, purpose.law, question, agreed, consents, law) for name in dict.fromkeys(question.fields)
    }
    return Decision(
        allowed={name: ground for name, (may, ground) in grounds.items() if may},
        refused={name: ground for name, (may, ground) in grounds.items() if not may},
        agreement=agreed.key,
    )


def take_in(question: Question, *, agreements: Sequence[Agreed], known: Bases | None = None) -> Ground | None:
    """Return why the receiver may not take what was sent, or None when it may: consent is for the sender to show."""
    law = known or bases()
    agreed = next((item for item in agreements if _fits(item, question)), None)
    if agreed is None:
        return _NO_AGREEMENT
    if not set(question.fields) <= agreed.fields:
        return Ground(_NOT_RECEIVED, "AVG art. 5 lid 1 onder c", agreed.key)
    numbers = [name for name in question.fields if FIELDS[name].sort == "number"]
    return _NO_NUMBER if numbers and law.number(PURPOSES[question.purpose].law, question.on) is None else None


def _refuse(question: Question, ground: Ground) -> Decision:
    return Decision({}, dict.fromkeys(question.fields, ground), ground)


def _no_law(bill: str) -> Ground:
    if bill:
        return Ground(f"De {bill} is niet in werking en is dus geen grondslag.", "AVG art. 6 lid 1 en lid 3")
    return Ground("Dit doel is niet bekend, en zonder doel mag niets worden gedeeld.", "AVG art. 5 lid 1 onder b")


def _fits(agreed: Agreed, asked: Question) -> bool:
    mine = (agreed.sender, agreed.receiver, agreed.moment, agreed.purpose)
    return (
        mine == (asked.sender, asked.receiver, asked.moment, asked.purpose) and agreed.from_ <= asked.on <= agreed.until
    )


def _field(
    name: str, used: str, asked: Question, agreed: Agreed, consents: Sequence[Given], law: Bases
) -> tuple[bool, Ground]:
    """Return whether one field may go, and the ground: the first thing that forbids it, or what lets it go."""
    field = FIELDS.get(name)
    if field is None:
        return False, _UNKNOWN
    if name not in agreed.fields:
        return False, Ground(_NOT_AGREED.format(agreement=agreed.key), "AVG art. 5 lid 1 onder c", agreed.key)
    if field.sort == "number":
        return _number(used, asked.on, agreed, law)
    basis = law.basis(field.origin, used, asked.on)
    if basis is None:
        return False, Ground(_NO_BASIS.format(origin=ORIGIN_NAMES[field.origin].nl), "AVG art. 5 lid 1 onder b")
    if field.sort == "special" and not basis.special:
        return False, _NOT_SPECIAL
    article = cited(basis.article, basis.sure)
    if not basis.needs_consent:
        return True, Ground("Dit is nodig voor een taak van de gemeente.", article, agreed.key)
    return _with_consent(field, asked, consents, article, agreed.key)


def _number(used: str, on: date, agreed: Agreed, law: Bases) -> tuple[bool, Ground]:
    basis = law.number(used, on)
    if basis is None:
        return False, _NO_NUMBER
    article = f"{cited(basis.article, basis.sure)}; UAVG art. 46"
    return True, Ground("De wet schrijft het burgerservicenummer hier voor.", article, agreed.key)


def _with_consent(
    field: Field, asked: Question, consents: Sequence[Given], article: str, agreement: str
) -> tuple[bool, Ground]:
    covering = [item for item in consents if _covers(item, field.origin, asked)]
    if not covering:
        return False, Ground(_CONSENT, article, agreement)
    if asked.age is None:
        return False, Ground(_NO_AGE, "UAVG art. 5 lid 1", agreement)
    alone = value("avg/consent_age", asked.on)
    fitting = [item for item in covering if asked.age >= alone.number or item.given_by != "resident"]
    if not fitting:
        return False, Ground(_CONSENT_BY.format(age=int(alone.number)), alone.source, agreement)
    return True, Ground("De inwoner heeft hier toestemming voor gegeven.", article, agreement, fitting[0].key)


def _covers(given: Given, origin: Origin, asked: Question) -> bool:
    same = (given.receiver, given.purpose) == (asked.receiver, asked.purpose)
    return same and (origin is Origin.ANY or origin in given.origins) and given.holds(asked.on)
