"""The message traffic: who says what on which day, before it is written in the words of the standard.

Providers ask (315), the municipality allocates (301) or answers (319), providers start (305), stop (307), ask for a
change (317) and claim (323). Some say it wrong first and correct it as the standard wants: withdrawn with status 3 and
said again with status 1; a claim line credited whole and claimed again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from noaber.records import Law

from .backoffice import Office
from .claims import Claims
from .orders import NOT_YET
from .streams import Ints, Mask, day, stream

UNKNOWN_NUMBER = 980_000_000
"""Allocation numbers from here on were never given: messages about them are wrong on purpose."""

ACCEPTED, CLAIM_ACCEPTED, NO_ALLOCATION = "0200", "8001", "9019"
"""Return codes (list WJ001): no remarks, claim awarded in full, no allocation goes with this message."""

_WRONG_START = 0.015
_WRONG_CLAIM = 0.004
_UNDER_INQUIRY = 0.04
_REJECTED = 0.02
_CHANGE_ASKED = 0.012
_FLAWED = 0.0015


@dataclass(frozen=True, slots=True)
class Allocated:
    """A line of a 301: an allocation, or a change of its last day with the reason of change."""

    order: int
    on: int
    until: int
    change: str = ""
    number: int = 0
    """Allocation number of its own, for an allocation that overlaps another on purpose."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of a 305 (no `ended`) or a 307: begin, end, reason, and whether it is said (1) or withdrawn (3)."""

    order: int
    began: int
    ended: int = 0
    reason: str = ""
    status: str = "1"
    number: int = 0
    """Allocation number to name in place of the true one, in a message that is wrong on purpose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A 315 (no `volume`) or a 317 that asks for another volume."""

    order: int
    reference: str
    volume: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A 319: 1 rejected with its reason, 2 under inquiry."""

    reference: str
    answer: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a 323: a claim, its credit, or the claim that comes in its place."""

    claim: int
    units: int
    cents: int
    reference: str
    previous: str = ""
    credit: bool = False
    number: int = 0


Content = Allocated | Moved | Asked | Answered | Line


@dataclass(frozen=True, slots=True)
class Said:
    """One message: the day it is dated, its number in the standard, law, provider (position) and lines.

    `person` is a position among the residents, or -1 where a message is about many or none. `wrong_person` says that
    its citizen number must fail the eleven-test.
    """

    on: int
    kind: str
    law: Law
    provider: int
    person: int
    lines: tuple[Content, ...]
    wrong_person: bool = False
    month: int = 0
    """First day of the month that a claim is about."""
    answers: Said | None = None
    """The message that a return message answers, with this return code."""
    code: str = ""


class Traffic:
    """Everything that is said from `switch` to `until`, and how much of it is wrong on purpose."""

    def __init__(self, office: Office, *, switch: date, until: date) -> None:
        self.office = office
        self.switch = day(switch)
        self.until = day(until)
        self.flaws: dict[str, int] = defaultdict(int)
        orders, given = office.orders, office.given
        self.care = ~orders.law(given, Law.PARTICIPATION)
        self.youth = orders.law(given, Law.YOUTH)
        self.said: list[Said] = []
        self.start_said: dict[int, int] = {}
        """Day on which the start of each allocation was said; its stop comes no earlier."""

    def all(self) -> list[Said]:
        """Return all messages in the order in which they were sent."""
        self._requests()
        self._allocations()
        self._shortened()
        self._starts()
        self._stops()
        self._changes()
        self._claims()
        return sorted(self.said, key=lambda item: (item.on, item.kind, item.law, item.provider, item.person))

    def _reply(self, on: int, kind: str, answers: Said, code: str) -> None:
        """Send a return message of iJw; those of iWmo have no public schema, so the town sends none."""
        if answers.law is Law.YOUTH and on <= self.until:
            self.said.append(
                Said(on, kind, answers.law, answers.provider, answers.person, (), answers=answers, code=code)
            )

    def _law(self, order: int) -> Law:
        return self.office.given.care_forms[int(self.office.orders.form[order])].law

    def _say(self, on: int, kind: str, order: int, *lines: Content) -> None:
        orders = self.office.orders
        on = min(max(on, self.switch), self.until)
        person = int(orders.person[order])
        self.said.append(Said(on, kind, self._law(order), int(orders.provider[order]), person, lines))

    def _chosen(self, which: Mask, name: str) -> tuple[Ints, np.random.Generator]:
        return np.flatnonzero(which & self.care), stream(self.office.seed, f"traffic {name}")

    def _requests(self) -> None:
        """Young people come by a referrer: their provider asks; a few are put under inquiry or rejected."""
        orders = self.office.orders
        asked, random = self._chosen(
            (orders.allocated >= self.switch) & self.youth & (orders.referrer != "01"), "requests"
        )
        lags, luck = random.integers(1, 6, len(asked)), random.random(len(asked))
        for order, lag, chance in zip(asked.tolist(), lags.tolist(), luck.tolist(), strict=True):
            reference = reference_of(int(orders.number[order]))
            on = int(orders.allocated[order])
            self._say(on - lag, "315", order, Asked(order, reference))
            if chance < _UNDER_INQUIRY:
                self._say(on - lag + 1, "319", order, Answered(reference, "2"))
            elif chance > 1 - _REJECTED:
                again = reference + "X"
                self._say(on - lag - 2, "315", order, Asked(order, again))
                self._say(on - lag - 1, "319", order, Answered(again, "1", "1" if chance > 1 - _REJECTED / 2 else "2"))

    def _allocations(self) -> None:
        """One message per resident, provider and day, with all that was allocated then."""
        orders = self.office.orders
        new, random = self._chosen(orders.allocated >= self.switch, "allocations")
        groups: dict[tuple[int, int, Law, int], list[int]] = defaultdict(list)
        for order in new.tolist():
            place = (int(orders.person[order]), int(orders.provider[order]), self._law(order))
            groups[(*place, int(orders.allocated[order]))].append(order)
        wrong, double = (_some(random, len(groups), _FLAWED) for _ in range(2))
        for flawed, twice, ((person, provider, law, on), fresh) in zip(
            wrong.tolist(), double.tolist(), groups.items(), strict=True
        ):
            lines = tuple(self._allocated(order) for order in fresh)
            self.said.append(Said(on, "301", law, provider, person, lines))
            if flawed:
                self.flaws["message_citizen_number"] += 1
                self.said.append(Said(on, "301", law, provider, person, lines[:1], wrong_person=True))
            if twice:
                self.flaws["overlap"] += 1
                again = replace(lines[0], number=UNKNOWN_NUMBER + 900_000 + self.flaws["overlap"])
                self.said.append(Said(on, "301", law, provider, person, (again,)))

    def _allocated(self, order: int) -> Allocated:
        orders = self.office.orders
        return Allocated(order, int(orders.allocated[order]), int(orders.valid_until[order]))

    def _shortened(self) -> None:
        """Support that passes to basic support gets an earlier last day, with the reason of change for it."""
        orders = self.office.orders
        leaving, random = self._chosen(
            (orders.last_day() < orders.valid_until) & (orders.ended >= self.switch),
            "shortened",
        )
        for order, lead in zip(leaving.tolist(), random.integers(15, 45, len(leaving)).tolist(), strict=True):
            ended = int(orders.ended[order])
            on = max(ended - lead, int(orders.allocated[order]) + 1, self.switch)
            if on <= self.until:
                change = "06" if orders.reason[order] == "39" else "09"
                self._say(on, "301", order, Allocated(order, on, ended, change))

    def _starts(self) -> None:
        orders = self.office.orders
        begun, random = self._chosen((orders.began >= self.switch) & (orders.began != NOT_YET), "starts")
        number = len(begun)
        lags, shifts = random.integers(0, 6, number), random.integers(2, 9, number)
        wrong, unknown = random.random(number) < _WRONG_START, _some(random, number, _FLAWED)
        for order, lag, shift, off, flawed in zip(
            *(part.tolist() for part in (begun, lags, shifts, wrong, unknown)), strict=True
        ):
            began = int(orders.began[order])
            on, early, right = began + lag, began - shift, Moved(order, began)
            self.start_said[order] = on
            corrected = on + 14 <= min(self.until, int(orders.ended[order]))  # later, the stop would contradict it
            if off and corrected and early >= int(orders.valid_from[order]):
                self._say(on, "305", order, Moved(order, early))
                self._say(on + 14, "305", order, Moved(order, early, status="3"), right)
            else:
                self._say(on, "305", order, right)
            if flawed:
                self.flaws["unknown_allocation"] += 1
                self._say(
                    on, "305", order, Moved(order, began, number=UNKNOWN_NUMBER + self.flaws["unknown_allocation"])
                )
                self._reply(on + 2, "306", self.said[-1], NO_ALLOCATION)
            elif lag == 0:
                self._reply(on + 1, "306", self.said[-1], ACCEPTED)

    def _stops(self) -> None:
        orders = self.office.orders
        over, random = self._chosen((orders.ended >= self.switch) & (orders.ended != NOT_YET), "stops")
        for order, lag in zip(over.tolist(), random.integers(0, 6, len(over)).tolist(), strict=True):
            ended = int(orders.ended[order])
            moved = Moved(order, int(orders.began[order]), ended, str(orders.reason[order]))
            self._say(max(ended + lag, self.start_said.get(order, 0)), "307", order, moved)

    def _changes(self) -> None:
        """A provider asks for more volume in a running allocation; the municipality says no, or looks into it."""
        orders = self.office.orders
        running, random = self._chosen(
            (orders.ended >= self.switch + 60) & (orders.began < self.until - 90) & (orders.volume > 1), "changes"
        )
        for order in running[random.random(len(running)) < _CHANGE_ASKED].tolist():
            opens = max(self.switch, int(orders.began[order])) + 10
            closes = min(self.until - 10, int(orders.ended[order]) - 10)
            if opens >= closes:
                continue
            on = int(random.integers(opens, closes))
            reference = f"W{orders.number[order]}"
            self._say(on, "317", order, Asked(order, reference, int(orders.volume[order]) + 1))
            self._say(on + 4, "319", order, Answered(reference, "1", "2"))

    def _claims(self) -> None:
        """One claim per provider, law and month; a few lines are too low and are credited and claimed again later."""
        claims, orders = self.office.claims, self.office.orders
        lines, random = self._chosen_claims()
        wrong = random.random(len(lines)) < _WRONG_CLAIM
        flawed = _some(random, len(lines), _FLAWED / 3)
        months = claims.month[lines]
        delay = stream(self.office.seed, "traffic claim days").integers(4, 18, (len(self.office.market.providers), 200))
        sent: dict[tuple[int, int, Law], list[Line]] = defaultdict(list)
        last_month = int(months.max()) if len(months) else 0
        for place, month, off, strange in zip(
            lines.tolist(), months.tolist(), wrong.tolist(), flawed.tolist(), strict=True
        ):
            order = int(claims.order[place])
            key = (int(orders.provider[order]), self._law(order))
            units, cents = int(claims.units[place]), int(claims.cents[place])
            own = f"P{place}"
            if off and month < last_month and units > 4:
                low = units - units // 4
                too_little = Line(place, low, cents * low // units, own)
                sent[(month, *key)].append(too_little)
                sent[(next_month(month), *key)] += [
                    Line(place, low, too_little.cents, own + "C", own, credit=True),
                    Line(place, units, cents, own + "N"),
                ]
            else:
                sent[(month, *key)].append(Line(place, units, cents, own))
            if strange:
                self.flaws["claim_without_allocation"] += 1
                number = UNKNOWN_NUMBER + 500_000 + self.flaws["claim_without_allocation"]
                sent[(month, *key)].append(Line(place, units, cents, own + "F", number=number))
        for (month, provider, law), found in sent.items():
            on = next_month(month) + int(delay[provider, month // 31 % 200])
            said = Said(min(on, self.until), "323", law, provider, -1, tuple(found), month=month)
            self.said.append(said)
            if not any(line.number for line in found):
                self._reply(on + 8, "325", said, CLAIM_ACCEPTED)

    def _chosen_claims(self) -> tuple[Ints, np.random.Generator]:
        claims: Claims = self.office.claims
        which = (claims.month >= self.switch) & self.care[claims.order]
        return np.flatnonzero(which), stream(self.office.seed, "traffic claims")


def _some(random: np.random.Generator, number: int, share: float) -> Mask:
    """Return a mask that holds about `share` of `number`, and one at least, so that a small town has its flaws too."""
    chosen: Mask = random.random(number) < share
    chosen[: 0 if chosen.any() else 1] = True
    return chosen


def reference_of(number: int) -> str:
    """Return the provider's own reference of an allocation."""
    return f"R{number}"


def next_month(first: int) -> int:
    """Return the first day of the month after the month that begins on `first`."""
    return int((np.datetime64(first, "D").astype("datetime64[M]") + 1).astype("datetime64[D]").astype(np.int64))
