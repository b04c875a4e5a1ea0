"""The demo: two organisations that know each other's keys, the same agreements, and handovers in different states.

Three scenes, each through the actions of the room. `agree` is played in both installations, `hand_over` at the partner
while the municipality answers on its address, and `answer` at the municipality while the partner does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from noaber.connections.exchange import OwnKeys, public_file
from noaber.records import test_citizen_numbers
from noaber.web.access.models import Organisation, Person
from noaber.web.journal.actions import By

from . import actions
from .decide import Agreed, Given
from .fields import FIELDS
from .models import Agreement, Message
from .outbox.deliver import Tally, deliver
from .peers import KEYS
from .workflow import State

_ALWAYS: Final = frozenset({"naam", "geboortedatum", "adres", "telefoon", "contactpersoon", "vraag", "doelen"})
_WMO: Final = _ALWAYS | {"burgerservicenummer", "beperkingen", "netwerk", "wmo-ondersteuning", "jeugdhulp", "uitkering"}
_YOUTH: Final = _ALWAYS | {"burgerservicenummer", "vertegenwoordiger", "jeugdhulp", "veiligheid", "school"}
_BASIC: Final = _ALWAYS | {"netwerk"}
_BORN: Final = date(1947, 3, 9)
_HANDOVERS: Final = (
    {
        "naam": "Truida Verzonnen",
        "adres": "Lindelaan 12, Noaberstad",
        "vraag": "Ik kom de trap niet meer op en mijn dochter kan niet elke dag komen.",
        "beperkingen": "Traplopen en zwaar huishoudelijk werk lukken niet meer.",
        "netwerk": "Dochter komt twee keer per week; de buurvrouw doet boodschappen.",
    },
    {
        "naam": "Hendrik Bedacht",
        "adres": "Brinkweg 3, Noaberstad",
        "vraag": "Ik wil weer onder de mensen komen.",
        "beperkingen": "Durft niet alleen te reizen.",
    },
    {
        "naam": "Geesje Denkbeeld",
        "adres": "Molenstraat 40, Noaberstad",
        "vraag": "Het huishouden groeit mij boven het hoofd.",
        "beperkingen": "Snel moe sinds een ziekte.",
        "jeugdhulp": "De jongste zoon heeft begeleiding op school.",
    },
)
"""What the three sent are about: one is taken over, one rejected, one waits for an answer. Nobody here exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Players:
    """Who plays in one installation: a handover worker, and two who record and approve agreements."""

    organisation: Organisation
    worker: Person
    manager: Person
    second: Person
    at: datetime

    def by(self, person: Person) -> By:
        """Return somebody who acts, as the journal knows them."""
        return By(at=self.at, actor=person.key, name=person.name, organisation=self.organisation.name, request="demo")


def public_keys(secrets: dict[int, bytes], code: str) -> bytes:
    """Return the file of public keys of an installation, by its series of secrets, to lie where the other names it."""
    return public_file(OwnKeys.of(secrets), code)


SERIES: Final = KEYS
"""The series of secrets that `public_keys` asks for: installation.series(SERIES)."""


def agree(players: Players, *, municipality: str, partner: str) -> list[Agreement]:
    """Draw up and approve the three agreements that both sides have; a second time adds nothing."""
    begins = date(players.at.year, 1, 1)
    terms = [
        (partner, municipality, "wmo-maatwerk", "naar-maatwerk", _WMO, "Zonder dit begint het onderzoek opnieuw."),
        (partner, municipality, "jeugdhulp", "naar-maatwerk", _YOUTH, "Zonder dit is geen hulp te kiezen."),
        (municipality, partner, "basisondersteuning", "naar-basis", _BASIC, "Zodat iemand niet opnieuw begint."),
    ]
    made = []
    for sender, receiver, purpose, moment, fields, necessity in terms:
        key = f"{purpose}-{players.at.year}"
        if Agreement.objects.filter(organisation=players.organisation, key=key).exists():
            continue
        agreed = Agreed(
            key=key,
            sender=sender,
            receiver=receiver,
            moment=moment,
            purpose=purpose,
            fields=fields & FIELDS.keys(),
            from_=begins,
            until=begins + timedelta(days=729),
        )
        agreement = actions.draw_up_agreement(
            agreed,
            organisation=players.organisation,
            necessity=necessity,
            person=players.manager,
            by=players.by(players.manager),
        )
        actions.approve_agreement(
            agreement, seen=agreement.content_hash, person=players.second, by=players.by(players.second)
        )
        made.append(agreement)
    return made


def hand_over(players: Players, *, now: Callable[[], datetime]) -> Tally:
    """Send three handovers and leave one as a draft; the third goes with consent, the draft would need one."""
    agreement = Agreement.objects.get(organisation=players.organisation, key=f"wmo-maatwerk-{players.at.year}")
    if Message.objects.filter(agreement=agreement.key).exists():
        return Tally()
    numbers = list(test_citizen_numbers())[20:24]
    for number, content in zip(numbers, _HANDOVERS, strict=False):
        if "jeugdhulp" in content:
            _consent(players, number, agreement)
        message = _draft(players, agreement, number, content)
        actions.send_message(message, fields=FIELDS, by=players.by(players.worker))
    _draft(players, agreement, numbers[3], _HANDOVERS[2] | {"naam": "Albert Voorbeeld"})
    return deliver(now=now)


def answer(players: Players, *, now: Callable[[], datetime]) -> Tally:
    """Take over the first that was received, reject the second, leave the third, and take over what came after those.

    A second time adds nothing.
    """
    received = Message.objects.filter(organisation=players.organisation, outgoing=False).order_by("pk")
    if received.exclude(state=State.DELIVERED).exists() or len(received) < 2:
        return Tally()
    first, second = received[0], received[1]
    for message in (first, *received[3:]):
        actions.acknowledge_message(message, by=players.by(players.worker))
    reason = "Deze inwoner woont niet in onze gemeente."
    actions.reject_message(second, reason=reason, by=players.by(players.worker))
    return deliver(now=now)


def _draft(players: Players, agreement: Agreement, number: str, content: dict[str, str]) -> Message:
    return actions.draft_message(
        agreement=agreement,
        number=number,
        born_on=_BORN,
        content=content,
        person=players.worker,
        by=players.by(players.worker),
    )


def _consent(players: Players, number: str, agreement: Agreement) -> None:
    given = Given(
        key="",
        receiver=agreement.receiver,
        purpose=agreement.purpose,
        origins=frozenset({"jeugdwet"}),
        given_by="resident",
        from_=players.at.date(),
        until=players.at.date() + timedelta(days=365),
    )
    actions.record_consent(
        given,
        organisation=players.organisation,
        number=number,
        asked_how="In het gesprek aan de keukentafel, met de folder erbij. Nee zeggen mocht.",
        person=players.worker,
        by=players.by(players.worker),
    )
