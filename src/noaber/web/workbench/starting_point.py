"""Starting points: unchanged policy as seen from one day, made ready once in each process and kept while it is asked.

A snapshot never changes, so what is made of one can be kept as long as its hash stands. It is made in a thread of its
own: a page waits for it for a moment, and then says how far it is.
"""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_noop

from noaber import examples, plans, scenarios
from noaber.municipality import Municipality
from noaber.snapshot import Snapshot, Store
from noaber.web.published import shelf

_KEPT: Final = 4
"""Starting points that a process keeps: a megabyte each."""
_WINDOW: Final = 4
"""Years of figures that one must be able to look back on."""
_DAYS: Final = 6


@dataclass(frozen=True, kw_only=True)
class StartingPoint:
    """A plan beside unchanged policy as known on a day, ready to be asked."""

    town: Municipality
    plan: plans.Plan
    full: scenarios.Prepared
    """By age and district; for what touches some districts only."""
    quick: scenarios.Prepared
    """By age, districts together: the same to a millionth, and three times as fast."""
    incomes: scenarios.Incomes | None
    """None when households or incomes are not known."""
    kept: dict[tuple[str, ...], Any] = field(default_factory=dict)
    """What follows from it and is asked at every drag, by name."""

    @property
    def baseline(self) -> scenarios.Baseline:
        """Unchanged policy, by district."""
        return self.full.baseline

    @cached_property
    def needed(self) -> int:
        """How many years later the plan must begin for all of it to begin within what is looked at."""
        begun = [effect.from_ for item in self.plan.measures for effect in item.effects]
        early = [day for day in begun if self.baseline.month_of(day) < 0]
        if not early:
            return 0
        first = min(early)
        return self.baseline.years[0] - first.year if self.baseline.years else 0


@dataclass(frozen=True, slots=True)
class Ground:
    """What a starting point is made of: the municipality, its snapshot and where its plan lies."""

    town: Municipality
    edition: int
    snapshot: Snapshot

    def days(self) -> list[date]:
        """Return the days from which one may look: the latest, and the ends of the years before it."""
        latest = self.snapshot.known_on
        first = min(self.town.figures_from.year + _WINDOW, latest.year - 1)
        return [latest, *(date(year, 12, 31) for year in range(latest.year - 1, first - 1, -1))][:_DAYS]


@dataclass(slots=True)
class _Making:
    """A starting point that is being made, and what is done right now."""

    doing: str = ""
    made: Future[StartingPoint] = field(default_factory=Future)


_making: OrderedDict[tuple[object, ...], _Making] = OrderedDict()
_lock = Lock()
_hand = ThreadPoolExecutor(1, thread_name_prefix="workbench")


def ground() -> Ground | None:
    """Return what there is to start from; None without a municipality or before anything was taken in."""
    town = shelf.town()
    snapshot = Store(town.store).current() if town else None
    return Ground(town, shelf.edition(), snapshot) if town and snapshot else None


def ready(here: Ground, known_on: date, until: int, *, patience: float | None = None) -> StartingPoint | str:
    """Return the starting point, or in words what is being done when it takes longer than `patience` seconds.

    Without `patience` it is waited for. Raises the errors of plans (N-70x), snapshots (N-40x) and scenarios (N-71x).
    """
    folder = _plans(here.town)
    key = (here.town.folder, here.edition, here.snapshot.hash, _edition(folder), known_on, until)
    with _lock:
        making = _making.get(key)
        if making is None or (making.made.done() and making.made.exception()):
            making = _making[key] = _Making()
            _hand.submit(_make, making, here, folder, known_on, until)
        _making.move_to_end(key)
        while len(_making) > _KEPT:
            _making.popitem(last=False)
    try:
        return making.made.result(patience)
    except TimeoutError:
        return making.doing


def _make(making: _Making, here: Ground, folder: Path | None, known_on: date, until: int) -> None:
    try:
        making.doing = gettext_noop("het plan lezen")
        with nullcontext(folder) if folder else examples.plan_folder("noaberstad") as place:
            plan = plans.read(place) if folder or here.town.made_up else plans.Plan()
        making.made.set_result(_prepared(making, here, plan, known_on, until))
    except Exception as error:  # whoever asked for it gets it, in their own thread
        making.made.set_exception(error)


def _prepared(making: _Making, here: Ground, plan: plans.Plan, known_on: date, until: int) -> StartingPoint:
    making.doing = gettext_noop("tien jaar ondersteuning lezen")
    with here.snapshot.connect(known_on) as connection:
        baseline = scenarios.prepare(
            connection,
            here.town,
            until=until,
            known_on=known_on,
            snapshot=here.snapshot.hash,
            elsewhere=plan.elsewhere,
            sources=here.snapshot.sources(("support", "cost", "population")),
        )
        try:
            incomes = scenarios.read_incomes(connection, baseline.areas, known_on)
            plan, _ = scenarios.limited(plan, incomes)
        except scenarios.IncomeError:
            incomes = None
    making.doing = gettext_noop("ongewijzigd beleid doorrekenen")
    return StartingPoint(
        town=here.town,
        plan=plan,
        full=scenarios.prepare_answers(baseline),
        quick=scenarios.prepare_answers(scenarios.by_age(baseline)),
        incomes=incomes,
    )


def _plans(town: Municipality) -> Path | None:
    """Return the folder of the plans; None when there is none, and the made-up town has its own."""
    named = settings.NOABER.plans
    folder = settings.NOABER.path(named) if named else town.folder / "plans"
    return folder if any(folder.glob("*.toml")) else None


def _edition(folder: Path | None) -> tuple[tuple[str, int], ...]:
    """Return what changes when a file of the plan changes."""
    return tuple((file.name, file.stat().st_mtime_ns) for file in sorted(folder.glob("*.toml"))) if folder else ()
