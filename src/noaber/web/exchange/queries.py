"""Reading what was agreed, consented to and shared; each list starts from what the person may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from noaber.web.access.models import Organisation, Resident
from noaber.web.access.rights import Rights
from noaber.web.privacy.numbers import blind

from .decide import Decision, Question, decide
from .fields import FIELDS, NUMBER
from .models import Agreement, Consent, Message, MessageStep, Outbound
from .peers import peers
from .workflow import State

PATIENCE = timedelta(hours=1)
"""How long something may wait for a silent other side before a person should know."""


def ours() -> Organisation | None:
    """Return the organisation that this installation is of; None before it was set up."""
    return Organisation.objects.filter(kind=settings.NOABER.role).order_by("pk").first()


def messages_visible_to(rights: Rights) -> QuerySet[Message]:
    """Return the messages of somebody's own organisation."""
    return Message.objects.filter(organisation=rights.organisation).select_related("resident", "written_by")


def agreements_visible_to(rights: Rights) -> QuerySet[Agreement]:
    """Return the agreements of somebody's own organisation."""
    found = Agreement.objects.filter(organisation=rights.organisation)
    return found.select_related("drawn_up_by", "approved_by")


def consents_visible_to(rights: Rights) -> QuerySet[Consent]:
    """Return the consents that somebody's own organisation asked for."""
    return Consent.objects.filter(organisation=rights.organisation).select_related("resident", "recorded_by")


def messages_about(resident: Resident) -> QuerySet[Message]:
    """Return what left or came about a resident; a draft has gone nowhere, and what was withdrawn in time neither."""
    went = Exists(Outbound.objects.filter(message=OuterRef("pk"), status="", attempts__gt=0))
    return Message.objects.filter(resident=resident).filter(Q(outgoing=False) | went).prefetch_related("steps")


def consents_of(resident: Resident) -> QuerySet[Consent]:
    """Return the consents of a resident, the newest first."""
    return Consent.objects.filter(resident=resident)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a message is, without what is in it: for rooms that handed something over and must know what came of it.

    `steps` is its way so far; `trouble` says that the other side is silent.
    """

    key: str
    state: State
    since: datetime
    steps: tuple[MessageStep, ...]
    trouble: bool

    @property
    def reason(self) -> str:
        """Why it got the state that it has; empty when none is needed."""
        return self.steps[-1].reason if self.steps else ""


def progress_of(key: str) -> Progress | None:
    """Return how far a message is that this organisation wrote; None when there is none."""
    found = Message.objects.filter(key=key, outgoing=True).prefetch_related("steps").first()
    if found is None:
        return None
    silent = found.outbound.filter(done_at=None, attempts__gt=0).exists()
    return Progress(found.key, State(found.state), found.since, tuple(found.steps.all()), silent)


def agreements_in_force(organisation: Organisation, on: date) -> list[Agreement]:
    """Return the agreements that were approved as they stand, and hold on a day."""
    found = Agreement.objects.filter(organisation=organisation, begins_on__lte=on, ends_on__gte=on)
    return [item for item in found.exclude(approved_at=None) if item.runs(on)]


def decision(message: Message, fields: Iterable[str], *, on: date) -> Decision:
    """Decide on a day about fields of a message that goes out: the one place where records become a question."""
    agreements = agreements_in_force(message.organisation, on)
    consents = Consent.objects.filter(organisation=message.organisation, resident=message.resident)
    question = Question(
        sender=settings.NOABER.code,
        receiver=message.peer,
        moment=message.moment,
        purpose=message.purpose,
        fields=tuple(fields),
        age=age(message.born_on, on),
        on=on,
    )
    return decide(
        question,
        agreements=[item.agreed() for item in agreements if item.key == message.agreement],
        consents=[item.given() for item in consents] if message.resident else [],
    )


def what_may(agreement: Agreement, resident: Resident | None, born_on: date | None, on: date) -> Decision:
    """Return what of an agreement may go about a resident on a day, before anything is written: each with its ground.

    For somebody whose citizen number nobody asked for yet, no consent is known.
    """
    written = Message(
        organisation=agreement.organisation,
        peer=agreement.receiver,
        agreement=agreement.key,
        moment=agreement.moment,
        purpose=agreement.purpose,
        resident=resident,
        born_on=born_on,
    )
    return decision(written, [name for name in FIELDS if name in agreement.fields], on=on)


def sending(rights: Rights, on: date) -> list[Agreement]:
    """Return the agreements under which somebody's own organisation may send on a day, to who is connected."""
    organisation = Organisation.objects.filter(pk=rights.organisation).first()
    codes = {peer.code for peer in peers()}
    found = agreements_in_force(organisation, on) if organisation else []
    return [item for item in found if item.receiver in codes]


def fields_of(message: Message) -> list[str]:
    """Return the fields of a draft in the order of the form; the citizen number when the agreement names it."""
    agreement = Agreement.objects.filter(organisation=message.organisation, key=message.agreement).first()
    numbered = agreement is not None and NUMBER in agreement.fields
    return [name for name in FIELDS if name in message.content or (name == NUMBER and numbered)]


def age(born_on: date | None, on: date) -> int | None:
    """Return how old somebody is on a day; None when the birth date is not known."""
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def resident_by(number: str) -> Resident | None:
    """Return the resident with a citizen number, or None."""
    return Resident.objects.filter(number_index__in=blind(number)).first()


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies on the desk of a handover worker: what asks something now, what is on its way, and what is done."""

    now: list[Message]
    waiting: list[Message]
    done: list[Message]


def desk(messages: QuerySet[Message], at: datetime, *, most: int = 100) -> Desk:
    """Return the desk: received and not answered, refused, drafts, and waiting longer than an hour come first."""
    stuck = Outbound.objects.filter(message=OuterRef("pk"), done_at=None, queued_at__lt=at - PATIENCE)
    found = messages.annotate(stuck=Exists(stuck))
    asking = (
        Q(outgoing=False, state=State.DELIVERED)
        | Q(outgoing=True, state__in=[State.DRAFTED, State.REJECTED])
        | Q(stuck=True)
    )
    moving = Q(outgoing=True, state__in=[State.SENT, State.DELIVERED])
    return Desk(
        list(found.filter(asking).order_by("outgoing", "since")[:most]),
        list(found.filter(moving).exclude(asking)[:most]),
        list(found.exclude(asking).exclude(moving)[:most]),
    )


def waiting(at: datetime) -> QuerySet[Outbound]:
    """Return what may be said now, oldest first: not in other hands, and in order for each message."""
    open_ = Outbound.objects.filter(done_at=None)
    earlier = open_.filter(message=OuterRef("message"), pk__lt=OuterRef("pk"))
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return open_.filter(free, next_at__lte=at).exclude(Exists(earlier)).order_by("next_at", "pk")


def backlog() -> dict[str, int]:
    """Return how many things wait per other organisation, for the page on health."""
    counted = Outbound.objects.filter(done_at=None).values_list("message__peer").annotate(count=Count("pk"))
    return dict(counted)
