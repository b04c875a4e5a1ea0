"""The demo, played through the rooms' own actions: made-up people, figures that two of them let through, and talk.

A room of the municipality or the partner that has something to show adds a scene here; every scene goes through the
actions, so that the journal tells it as it would of real people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from noaber.connections import figures
from noaber.records import test_citizen_numbers
from noaber.web.access import actions as access
from noaber.web.access.models import Organisation, Person
from noaber.web.access.roles import ROLES
from noaber.web.council import actions as council
from noaber.web.entrance import play as entrance
from noaber.web.exchange import play as exchange
from noaber.web.exchange.outbox.deliver import deliver
from noaber.web.journal.actions import By
from noaber.web.published import actions as published
from noaber.web.published import borrowed, folder, shelf
from noaber.web.published.gallery import gallery
from noaber.web.published.models import BorrowedFigure, Question
from noaber.web.support import play as support
from noaber.web.workbench import play as workbench

from .configuration import Installation

CODE: Final = "123456"
"""The second step of everyone in the demo; each has it many times, since a reserve code works once."""
_TIMES: Final = 200
_NAMES: Final = (
    "Aaltje ten Hove",
    "Berend Lansink",
    "Carolien Wesseling",
    "Derk Morsink",
    "Fenna Hofstede",
    "Gerrit Nijkamp",
    "Hanne Oude Luttikhuis",
    "Ilse Weernink",
    "Jan Roelvink",
    "Klaasje Boerrigter",
    "Lambert Eertink",
    "Mina Scholten",
    "Nico ter Braak",
    "Oda Veldhuis",
    "Pieter Haverkate",
    "Riekie Kamphuis",
)
"""Made-up names, handed to the roles in their order; nobody here exists."""
_MUNICIPALITY: Final = "Gemeente Noaberstad"
"""Who sends somebody of the second shell to the partner, as a guest."""
_ALSO: Final = {"entrance_worker": ("exchange_worker",)}
"""Who does what takes two roles: the worker at the entrance hands over to the municipality as well."""
_ANSWERED: Final = (
    (
        "waiting",
        "Waarom wachten mensen met een Wmo-indicatie langer dan in de Jeugdwet?",
        (
            "Er zijn minder aanbieders met plaats voor begeleiding dan voor jeugdhulp. In de tabel onder het cijfer "
            "staat de wachttijd per wet; de contractmanager bespreekt haar elk kwartaal met de aanbieders."
        ),
    ),
    (
        "residents_with_support",
        "Is de daling in 2025 echt, of alleen een andere manier van tellen?",
        (
            "Allebei. Lichte ondersteuning werd in 2025 vrij toegankelijk bij één partner. Wie daar nu komt, telt niet "
            "meer als inwoner met een indicatie. Daarom staat er een breuk in de reeks en vergelijken wij 2025 "
            "niet met 2024."
        ),
    ),
)
_OPEN: Final = (
    ("spending_per_client", "Welk deel van de uitgaven per cliënt komt door hogere tarieven?"),
    ("certified_institutions", "Wat is er met de instelling besproken die boven de afspraak zit?"),
)


@dataclass(frozen=True, slots=True)
class Played:
    """What the demo left behind: everyone by role, the password they share, and the code of the second step."""

    people: dict[str, Person]
    password: str
    code: str = CODE
    figures: int = 0
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Stage:
    """The people of an installation by role, and the moment at which the demo is played."""

    installation: Installation
    at: datetime
    people: dict[str, Person] = field(default_factory=dict)

    def by(self, role: str) -> By:
        """Return somebody who acts in a role, as the journal knows them."""
        person = self.people[role]
        return By(
            at=self.at,
            actor=person.key,
            name=person.name,
            role=ROLES[role].name.nl,
            organisation=person.organisation.name,
            request="demo",
        )


@transaction.atomic
def play(installation: Installation, at: datetime) -> Played:
    """Fill an empty installation of the demo with people, figures, questions and moments; a second time adds nothing.

    Raises ValueError for an installation that is not a demo.
    """
    if not installation.demo:
        raise ValueError("Made-up people do not belong in a real installation.")
    stage = Stage(installation, at)
    password = f"noaber-{installation.secret('demo').hex()[:8]}"
    stage.people.update(_people(stage, password))
    figures = questions = 0
    if installation.role == "municipality":
        figures = _figures(stage)
        questions = _talk(stage)
        _moments(stage)
        workbench.play(stage.people, at=at, by=stage.by(workbench.ANALYST))
    else:
        _borrow(stage)
        entrance.play(stage.people, at=at, by=stage.by)
        support.play(stage.people, at=at, by=stage.by)
    if installation.peers:
        ours, theirs = installation.code, installation.peers[0].code
        codes = (ours, theirs) if installation.role == "municipality" else (theirs, ours)
        exchange.agree(players(stage), municipality=codes[0], partner=codes[1])
    return Played(stage.people, password, figures=figures, questions=questions)


def players(stage: Stage) -> exchange.Players:
    """Return who plays the scenes of the exchange: a handover worker, and two who agree on what may be shared."""
    worker = stage.people["exchange_worker"]
    return exchange.Players(
        organisation=worker.organisation,
        worker=worker,
        manager=stage.people["exchange_manager"],
        second=stage.people["privacy_officer"],
        at=stage.at,
    )


def play_exchange(installation: Installation, now: Callable[[], datetime]) -> int:
    """Let the partner send handovers, or the municipality answer them, while the other side answers; return how many.

    Needs people (`play`) and both installations on their addresses; a second time adds nothing.
    """
    stage = Stage(installation, now())
    stage.people.update(_people(stage, ""))
    if installation.role == "municipality":
        return exchange.answer(players(stage), now=now).said
    said = exchange.hand_over(players(stage), now=now).said
    if entrance.hand_over(stage.people, number=test_citizen_numbers()[30], at=stage.at, by=stage.by):
        said += deliver(now=now).said
    return said


def _people(stage: Stage, password: str) -> dict[str, Person]:
    """Return one person per role, each let in for a year by the first administrator."""
    kinds = {"municipality", "council"} if stage.installation.role == "municipality" else {"partner"}
    there: dict[str, Person] = {}
    for name, role in zip(_NAMES, _cast_roles(kinds), strict=False):
        kind = next(kind for kind in ROLES[role].kinds if kind in kinds)
        email = f"{name.split()[0].lower()}@{stage.installation.role}.example"
        known = Person.objects.filter(email=email).first()
        there[role] = known or _arrive(stage, name, email, _organisation(stage, kind), role, password)
    return there


def _cast_roles(kinds: set[str]) -> Sequence[str]:
    return [key for key, role in ROLES.items() if kinds & set(role.kinds)]


def _organisation(stage: Stage, kind: str) -> Organisation:
    name = "Gemeenteraad" if kind == "council" else stage.installation.name
    return Organisation.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def _arrive(stage: Stage, name: str, email: str, organisation: Organisation, role: str, password: str) -> Person:
    director = By(at=stage.at, name="De demo", request="demo")
    today = stage.at.date()
    term = {"begins_on": today - timedelta(days=30), "ends_on": today + timedelta(days=335), "reason": "Demo"}
    who, told = {"email": email, "name": name}, {"password": password, "at": stage.at, "by": director}
    if role == "second_shell" and organisation.kind == "partner":
        guest = access.Guest(organisation=_MUNICIPALITY, **who, **term)
        return _second_step(access.add_guest(guest, role=role, given_by=None, **told))
    person = access.add_person(organisation=organisation, **who, **told)
    for given in (role, *_ALSO.get(role, ())):
        access.give_role(person, role=given, given_by=None, by=director, **term)
    return _second_step(person)


def _second_step(person: Person) -> Person:
    """Give somebody of the demo the code that everyone there has."""
    device = StaticDevice.objects.create(user=person, name="demo", confirmed=True)
    StaticToken.objects.bulk_create(StaticToken(device=device, token=CODE) for _ in range(_TIMES))
    return person


def _figures(stage: Stage) -> int:
    """Let the analyst take in all that is published and the controller approve it; return how many."""
    town = shelf.town()
    if town is None:
        return 0
    taken = published.take(
        folder.post(town).arrivals, taker=stage.people["analyst"], at=stage.at, by=stage.by("analyst")
    )
    published.approve(
        [item.content_hash for item in taken],
        approver=stage.people["controller"],
        at=stage.at,
        by=stage.by("controller"),
    )
    return len(taken)


def _borrow(stage: Stage) -> int:
    """Take over the public figures of the municipality, from the folder that they lie in; return how many."""
    town = shelf.town()
    if town is None or BorrowedFigure.objects.exists() or not town.published.exists():
        return 0
    taken = borrowed.fetch(figures.Folder(town.published))
    return published.borrow(taken, source=town.name, at=stage.at, by=By(at=stage.at, name="De demo", request="demo"))


def _talk(stage: Stage) -> int:
    """Let the council ask and the controller answer; two questions wait. Returns how many were asked."""
    current, before = shelf.current(), Question.objects.count()
    ask = _asker(stage)
    for indicator, text, answer in _ANSWERED:
        if indicator in current and not Question.objects.filter(text=text).exists():
            question = ask(indicator, text)
            published.answer(
                question,
                text=answer,
                publish=True,
                answerer=stage.people["controller"],
                at=stage.at,
                by=stage.by("controller"),
            )
    for indicator, text in _OPEN:
        if indicator in current and not Question.objects.filter(text=text).exists():
            ask(indicator, text)
    return Question.objects.count() - before


def _asker(stage: Stage) -> Callable[[str, str], Question]:
    current = shelf.current()

    def ask(indicator: str, text: str) -> Question:
        exhibits = gallery([current[indicator]]).of_indicator(indicator)
        return published.ask(
            indicator=indicator,
            figure_title=exhibits[0].figure.title,
            text=text,
            asker=stage.people["council_member"],
            at=stage.at - timedelta(days=9),
            by=stage.by("council_member"),
        )

    return ask


def _moments(stage: Stage) -> None:
    """Put the cycle of the coming year in the plan."""
    today = stage.at.date()
    for on, kind, title, remark in _cycle(today):
        if on >= today:
            council.plan(
                on=on,
                kind=kind,
                title=title,
                remark=remark,
                planner=stage.people["analyst"],
                by=stage.by("analyst"),
            )


def _cycle(today: date) -> list[tuple[date, str, str, str]]:
    """Return the moments of this year and the next: when, of what kind, what, and what goes with it."""
    return [
        moment
        for year in (today.year, today.year + 1)
        for moment in (
            (date(year, 2, 9), "report", f"Trendrapportage {year - 1}", "Staat een week vooraf op deze site"),
            (date(year, 3, 10), "discussion", "Bespreking van de trendrapportage", "Raadzaal, 19.30 uur"),
            (date(year, 5, 19), "visit", "Werkbezoek aan een wijkteam", "Aanmelden bij de griffie"),
            (date(year, 6, 23), "budget", "Kadernota", "Met de raming van het sociaal domein"),
            (date(year, 11, 10), "budget", "Begroting", "Programma Sociaal domein"),
            (date(year, 12, 8), "plan", f"Jaarplan sociaal domein {year + 1}", "Met de partners opgesteld"),
        )
    ]
