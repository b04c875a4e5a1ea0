"""What the tests of the exchange do again and again: people who agree, consent, write, send and answer.

Everything here goes through the actions of the room, in whichever installation is the current one.
"""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from cast import Cast
from noaber.records import test_citizen_numbers
from noaber.web.access.actions import add_person, give_role
from noaber.web.access.models import Organisation, Person
from noaber.web.entrance import actions as entrance
from noaber.web.entrance.heard import Heard, Who
from noaber.web.exchange import actions, play
from noaber.web.exchange.decide import Agreed, Given
from noaber.web.exchange.models import Agreement, Consent, Message, Outbound
from noaber.web.exchange.outbox.deliver import deliver as outbox
from noaber.web.journal.actions import By
from noaber.web.journal.chain import verify
from noaber.web.journal.models import Entry

MUNICIPALITY, PARTNER = "GM9901", "90009999"
NUMBERS = list(test_citizen_numbers())[10:20]
BORN = date(1980, 5, 17)
CONTENT = {
    "naam": "Jannie Verzonnen",
    "adres": "Lindelaan 1",
    "vraag": "Ik kan de trap niet meer op.",
    "beperkingen": "Traplopen gaat niet.",
    "jeugdhulp": "De zoon heeft begeleiding.",
}
FIELDS = frozenset({"burgerservicenummer", *CONTENT})


def somebody(name="Gerrit"):
    return By(at=timezone.now(), actor=name.lower(), name=name, organisation=settings.NOABER.name)


def house():
    kind = settings.NOABER.role
    return Organisation.objects.get_or_create(name=settings.NOABER.name, defaults={"kind": kind})[0]


def person(name="gerrit"):
    known = Person.objects.filter(email=f"{name}@noaberstad.example").first()
    return known or add_person(
        email=f"{name}@noaberstad.example",
        name=name.capitalize(),
        organisation=house(),
        at=timezone.now(),
        by=somebody(),
    )


def log_in(who, roles):
    """Let somebody in with some roles, and return the session under which a browser is that person."""
    here, today = person(who), timezone.localdate()
    for role in roles:
        days = {"begins_on": today, "ends_on": today + timedelta(days=9)}
        give_role(here, role=role, reason="toneel", given_by=None, by=somebody(), **days)
    return Cast({who: here}).client(who).cookies["sessionid"].value


def take_call(who, words, caller, phone):
    """Let somebody take a call at the entrance that needs the municipality; returns the key of the contact."""
    heard = Heard(
        channel="telephone",
        theme="wonen en huishouden",
        outcome="indicated_support",
        words=words,
        caller=Who(name=caller, phone=phone),
    )
    asked = entrance.register(heard, at=timezone.now(), by=somebody(who), worker=person(who))
    return asked.contact.key


def terms(key="wmo-2026", sender=PARTNER, receiver=MUNICIPALITY, purpose="wmo-maatwerk", fields=FIELDS, days=300):
    today = timezone.localdate()
    return Agreed(
        key=key,
        sender=sender,
        receiver=receiver,
        moment="naar-basis" if purpose == "basisondersteuning" else "naar-maatwerk",
        purpose=purpose,
        fields=frozenset(fields),
        from_=today - timedelta(days=30),
        until=today + timedelta(days=days),
    )


def agree(approved=True, **changed):
    """Draw up an agreement, and let another approve it."""
    agreement = actions.draw_up_agreement(
        terms(**changed),
        organisation=house(),
        necessity="Zonder dit begint het onderzoek opnieuw.",
        person=person("klaas"),
        by=somebody("Klaas"),
    )
    if approved:
        actions.approve_agreement(agreement, seen=agreement.content_hash, person=person("lena"), by=somebody("Lena"))
    return agreement


def end(key):
    actions.end_agreement(
        Agreement.objects.get(key=key), on=timezone.localdate() - timedelta(days=1), by=somebody("Klaas")
    )


def consent(number=NUMBERS[0], origins=("jeugdwet",), purpose="wmo-maatwerk", receiver=MUNICIPALITY):
    today = timezone.localdate()
    given = Given(
        key="",
        receiver=receiver,
        purpose=purpose,
        origins=frozenset(origins),
        given_by="resident",
        from_=today,
        until=today + timedelta(days=365),
    )
    return actions.record_consent(
        given, organisation=house(), number=number, asked_how="In een gesprek.", person=person(), by=somebody()
    )


def withdraw_consents():
    for item in Consent.objects.filter(withdrawn_on=None):
        actions.withdraw_consent(item, on=timezone.localdate(), how="Gebeld.", by=somebody())


def draft(number=NUMBERS[0], agreement="wmo-2026", content=None):
    return actions.draft_message(
        agreement=Agreement.objects.get(key=agreement),
        number=number,
        born_on=BORN,
        content=CONTENT if content is None else content,
        person=person(),
        by=somebody(),
    )


def send(number=NUMBERS[0], agreement="wmo-2026", content=None):
    """Write and send a message; returns its key."""
    message = draft(number, agreement, content)
    actions.send_message(message, fields=FIELDS, by=somebody())
    return message.key


def acknowledge(key):
    actions.acknowledge_message(Message.objects.get(key=key), by=somebody("Berend"))


def reject(key, reason="Dit is niet voor ons."):
    actions.reject_message(Message.objects.get(key=key), reason=reason, by=somebody("Berend"))


def withdraw(key, reason="Verkeerde inwoner."):
    actions.withdraw_message(Message.objects.get(key=key), reason=reason, by=somebody())


def deliver():
    """Do one round of the outbox; returns what came of it."""
    return vars(outbox(now=timezone.now))


def hurry():
    """Let time pass: everything that waits may be said now, and every lease has ended."""
    past = timezone.now() - timedelta(minutes=1)
    Outbound.objects.filter(done_at=None).update(next_at=past)
    Outbound.objects.exclude(leased_until=None).update(leased_until=past)


def tell(key):
    """Return what stands here of a message; None when nothing does."""
    with contextlib.suppress(Message.DoesNotExist):
        message = Message.objects.select_related("resident").get(key=key)
        return {
            "state": message.state,
            "content": message.content,
            "number": message.resident.number if message.resident else None,
            "grounds": message.grounds,
            "left_out": message.left_out,
            "receipt": message.receipt,
            "steps": [(step.state, step.by_name, step.reason) for step in message.steps.all()],
            "trouble": [item.trouble for item in message.outbound.all()],
            "attempts": [item.attempts for item in message.outbound.all()],
            "open": message.outbound.filter(done_at=None).count(),
        }
    return None


def count():
    return Message.objects.count()


def events(key):
    """Return the events of the journal about a message, in order, and whether the whole journal holds."""
    found = Entry.objects.filter(object=f"message:{key}").order_by("number")
    whole = verify(Entry.objects.order_by("number").iterator()).broken_at is None
    return [item.event for item in found] if whole else ["broken"]


def players():
    return play.Players(
        organisation=house(), worker=person(), manager=person("klaas"), second=person("lena"), at=timezone.now()
    )


def act(scene):
    """Play a scene of the demo; returns what came of it."""
    if scene == "agree":
        return len(play.agree(players(), municipality=MUNICIPALITY, partner=PARTNER))
    return vars(getattr(play, scene)(players(), now=timezone.now))


def states():
    """Return the states of all messages under the agreement of the demo, in order."""
    found = Message.objects.filter(agreement__startswith="wmo-maatwerk-").order_by("pk")
    return [item.state for item in found]
