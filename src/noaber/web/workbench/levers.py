"""From the position of the workbench to measures: what each slider says, and what of the plan is switched on.

What cannot be counted from here is told apart with its reason, and keeps nothing else from being counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import structs

from noaber import plans, scenarios
from noaber.plans import Effect, Estimate, Lever, Measure
from noaber.records import LAW_NAMES, Law, NoaberError
from noaber.web.access.presence import language

from .position import LIMIT, NAMES, Position, Pull
from .starting_point import StartingPoint

LIMIT_CODE: Final = "inkomensgrens"
SCENARIO: Final = "werkbank"
"""The code of what is made on the workbench, among the scenarios of a plan."""


@dataclass(frozen=True, slots=True)
class Slider:
    """One slider: what it pulls, in words, and between which percentages."""

    lever: Lever
    name: Promise
    asks: Promise
    low: int
    high: int

    @property
    def key(self) -> str:
        """How the address and the form call it."""
        return NAMES[self.lever]


SLIDERS: Final = (
    Slider("inflow", gettext_lazy("Instroom"), gettext_lazy("Hoeveel meer of minder mensen beginnen"), -50, 50),
    Slider("access", gettext_lazy("Toegang"), gettext_lazy("Welk deel van wie begint naar iets anders gaat"), 0, 100),
    Slider(
        "throughflow", gettext_lazy("Doorstroom"), gettext_lazy("Hoeveel meer of minder na een vorm doorgaan"), -80, 80
    ),
    Slider("duration", gettext_lazy("Duur"), gettext_lazy("Hoeveel langer of korter het duurt"), -50, 50),
    Slider("intensity", gettext_lazy("Intensiteit"), gettext_lazy("Hoeveel meer of minder uren per cliënt"), -50, 50),
    Slider("price", gettext_lazy("Tarief"), gettext_lazy("Hoeveel duurder of goedkoper een uur is"), -30, 30),
    Slider(
        "contribution", gettext_lazy("Eigen bijdrage"), gettext_lazy("Hoeveel meer of minder men betaalt"), -100, 300
    ),
)
"""In causal order, as they work."""
BY_KEY: Final[Mapping[str, Slider]] = {slider.key: slider for slider in SLIDERS}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What can be counted of a position, and what not: per code of a measure, or key of a slider, the reason."""

    measures: tuple[Measure, ...]
    refused: Mapping[str, str]

    @property
    def local(self) -> bool:
        """Whether something touches some districts only."""
        return any(effect.areas for item in self.measures for effect in item.effects)


def chosen(point: StartingPoint, position: Position) -> Chosen:
    """Return the measures that a position comes to."""
    wanted = {item.code: item for item in point.plan.measures}
    asked = [(code, shifted(wanted[code], position.later)) for code in position.measures if code in wanted]
    asked += [(NAMES[pull.lever], pulled(point, position, pull)) for pull in position.pulls]
    if (limit := limited(point, position)) is not None:
        asked.append((LIMIT_CODE, limit))
    found, refused = [], {}
    for key, measure in asked:
        if reason := why_not(point, measure):
            refused[key] = reason
        else:
            found.append(measure)
    return Chosen(tuple(found), refused)


def why_not(point: StartingPoint, measure: Measure) -> str:
    """Return in words why a measure cannot be counted from this starting point; empty when it can."""
    if not measure.effects and not measure.investments:
        return _("Hiervan zegt het plan niet wat het verandert; er valt niets te rekenen.")
    baseline = point.full.baseline if any(item.areas for item in measure.effects) else point.quick.baseline
    try:
        scenarios.resolve(measure, baseline)
    except NoaberError:
        return _reason(baseline, measure.effects)
    return ""


def _reason(baseline: scenarios.Baseline, effects: Sequence[Effect]) -> str:
    named = {code for effect in effects for code in effect.care_forms}
    if gone := sorted(named & set(baseline.left_out)):
        return _("Deze zorgvorm heeft geen cliënten meer: %s.") % ", ".join(gone)
    if few := sorted(named & set(baseline.pooled)):
        return _("Deze zorgvorm heeft te weinig cliënten om apart te rekenen: %s.") % ", ".join(few)
    months = [baseline.month_of(effect.from_) for effect in effects]
    if min(months, default=0) < 0:
        return _("Dit begint voordat er gerekend wordt. Laat de maatregelen later beginnen.")
    if max(months, default=0) >= baseline.months:
        return _("Dit begint nadat er gerekend wordt. Kijk verder vooruit.")
    if unknown := sorted(named - set(baseline.forms)):
        return _("Deze zorgvorm is hier niet bekend: %s.") % ", ".join(unknown)
    return _("Dit raakt hier niemand, of er is niets te veranderen.")


def shifted(measure: Measure, years: int) -> Measure:
    """Return a measure of the plan that begins some years later, its investments with it."""
    if not years:
        return measure
    return structs.replace(
        measure,
        effects=tuple(structs.replace(item, from_=_later(item.from_, years)) for item in measure.effects),
        investments={year + years: cents for year, cents in measure.investments.items()},
        amounts={year + years: cents for year, cents in measure.amounts.items()},
    )


def pulled(point: StartingPoint, position: Position, pull: Pull) -> Measure:
    """Return a slider as a measure, as far off to both sides as the position says."""
    law = pull.where if pull.where in set(Law) else point.baseline.laws[point.baseline.forms.index(pull.where)]
    low, high = (0.0, 1.0) if pull.lever == "access" else (-0.99, 9.0)
    because = "the analyst put the slider here"
    effect = Effect(
        lever=pull.lever,
        law=Law(law),
        care_forms=() if pull.where == law else (pull.where,),
        size=_about(pull.percent / 100, position.off, low, high, because),
        to=pull.to,
        from_=_begin(point, position),
        months=position.months,
    )
    slider = BY_KEY[NAMES[pull.lever]]
    name = f"{slider.name} {pull.percent:+d}%, {place(point, pull.where)}"
    return Measure(code=f"schuif-{slider.key}", name=name, effects=(effect,))


def limited(point: StartingPoint, position: Position) -> Measure | None:
    """Return the income limit as a measure: as the plan has it, with the part that the households say it loses.

    What the plan says comes back elsewhere follows in proportion. None when the limit stays, or nothing is known.
    """
    templates = limits(point)
    if position.limit >= LIMIT or not templates or point.incomes is None:
        return None
    lost = point.incomes.lost_in_all(LIMIT, position.limit)
    nearest = min(templates, key=lambda item: abs(_size(item) - lost))
    ratio = lost / _size(nearest)
    effects = []
    for effect in nearest.effects:
        if effect.lever == "eligibility":
            because = f"of who lies within {LIMIT} percent, this part lies above {position.limit} percent"
            size = _about(-lost, position.off, -1.0, 0.0, because)
        else:
            size = structs.replace(
                effect.size, **{name: getattr(effect.size, name) * ratio for name in ("value", "low", "high")}
            )
        effects.append(structs.replace(effect, size=size, from_=_begin(point, position)))
    name = _("Inkomensgrens van %(before)d naar %(after)d procent") % {"before": LIMIT, "after": position.limit}
    return Measure(code=LIMIT_CODE, name=name, law=nearest.law, effects=tuple(effects))


def limits(point: StartingPoint) -> list[Measure]:
    """Return the measures of the plan that narrow who may have a scheme: what the income limit is made after."""
    return [item for item in point.plan.measures if _size(item) > 0]


def of_plan(point: StartingPoint, found: Chosen, name: str) -> plans.Plan:
    """Return the plan with only what the position comes to, as one scenario named `name`."""
    scenario = plans.Scenario(
        code=SCENARIO, name=name, philosophy=name, measures=tuple(item.code for item in found.measures)
    )
    return plans.Plan(measures=found.measures, scenarios=(scenario,), elsewhere=point.plan.elsewhere)


def lever_of(measure: Measure) -> str:
    """Return under which slider a measure of the plan stands: its first effect in causal order; empty for the rest."""
    order: list[str] = ["eligibility", *NAMES]
    mine = min((order.index(item.lever) for item in measure.effects if item.lever in order), default=None)
    return "" if mine is None else order[mine]


def place(point: StartingPoint, where: str) -> str:
    """Return a law or a care form in the words of the reader."""
    if where in set(Law):
        return LAW_NAMES[Law(where)](language())
    return point.baseline.names[point.baseline.forms.index(where)](language())


def places(point: StartingPoint, slider: Slider) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a slider may work on: whole laws, and the care forms of each, as grouped choices."""
    key = ("places", slider.key, language())
    if key not in point.kept:
        point.kept[key] = _places(point, slider)
    found: list[tuple[str, list[tuple[str, str]]]] = point.kept[key]
    return found


def _places(point: StartingPoint, slider: Slider) -> list[tuple[str, list[tuple[str, str]]]]:
    baseline = point.baseline
    can = _can(baseline, slider.lever)
    laws = [law for law in Law if any(can[at] for at, one in enumerate(baseline.laws) if one == law)]
    whole = (_("Hele wet"), [(str(law), place(point, law)) for law in laws])
    return [whole, *((place(point, law), _forms(point, law, can)) for law in laws)]


def usable(point: StartingPoint) -> list[Slider]:
    """Return the sliders that have something to work on: in a small town nobody may go on from one form to another."""
    return [slider for slider in SLIDERS if places(point, slider)[0][1]]


def destinations(point: StartingPoint) -> list[tuple[str, str]]:
    """Return where access may send people; empty is nowhere."""
    forms = zip(point.baseline.forms, point.baseline.names, strict=True)
    return [("", _("nergens heen")), *((code, place(point, code)) for code, _name in forms)]


def _forms(point: StartingPoint, law: Law, can: Sequence[bool]) -> list[tuple[str, str]]:
    baseline = point.baseline
    mine = [form for at, form in enumerate(baseline.forms) if baseline.laws[at] == law and can[at]]
    return sorted(((form, place(point, form)) for form in mine), key=lambda item: item[1])


def _can(baseline: scenarios.Baseline, lever: Lever) -> list[bool]:
    """Return which forms a lever can change."""
    town = baseline.town
    used = town.rates.inflow.sum(axis=(0, 1)) + town.stock.sum(axis=(0, 1)) > 0
    known = np.array([form not in baseline.elsewhere for form in baseline.forms])
    able = used & known
    if lever == "contribution":
        able &= town.rates.contribution.any(axis=0)
    if lever == "throughflow":
        able &= np.isin(np.arange(len(able)), town.rates.follows[:, 0])
    return [bool(item) for item in able]


def _size(measure: Measure) -> float:
    """Return which part loses a scheme; 0 for a measure that is not about that."""
    return max((-item.size.value for item in measure.effects if item.lever == "eligibility"), default=0.0)


def _about(value: float, off: int, low: float, high: float, because: str) -> Estimate:
    """Return a number that may be `off` percent of itself too high or too low."""
    ends = sorted((value * (1 - off / 100), value * (1 + off / 100)))
    return Estimate(value=value, low=max(ends[0], low), high=min(ends[1], high), because=because)


def _begin(point: StartingPoint, position: Position) -> date:
    return date(point.baseline.years[0] + position.begin, 1, 1)


def _later(day: date, years: int) -> date:
    return day.replace(year=day.year + years)
