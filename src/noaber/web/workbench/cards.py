"""The measures of the plan as cards under the lever that they pull first, each on, off, or impossible and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from noaber.plans import Measure
from noaber.records import LAW_NAMES
from noaber.web.access.presence import language

from .forms import BenchForm
from .levers import SLIDERS, Slider, lever_of, shifted, usable, why_not
from .position import Position
from .starting_point import StartingPoint

ELIGIBILITY: Final = "eligibility"
_ELIGIBLE: Final = gettext_lazy("Wie ervoor in aanmerking komt")
_NOTHING: Final = gettext_lazy("Hier is niets dat deze schuif kan verschuiven.")
_OTHER: Final = gettext_lazy("Wat geen schuif heeft")


@dataclass(frozen=True, slots=True)
class Card:
    """One measure: what it is, on which law, whether it is on, and why it cannot be counted when it cannot."""

    code: str
    name: str
    text: str
    law: str
    on: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Rack:
    """One lever of the workbench: its slider, if it has one, and the cards under it."""

    key: str
    name: str | Promise
    asks: str | Promise
    slider: Slider | None
    cards: tuple[Card, ...]
    form: BenchForm

    @property
    def on(self) -> int:
        """How many cards are on."""
        return sum(card.on for card in self.cards)

    @property
    def percent(self) -> object:
        """The field of how far."""
        return self.form[self.key]

    @property
    def where(self) -> object:
        """The field of on what."""
        return self.form[f"{self.key}-waar"]

    @property
    def to(self) -> object | None:
        """The field of where to; only access has one."""
        name = f"{self.key}-heen"
        return self.form[name] if name in self.form.fields else None


def racks(point: StartingPoint, form: BenchForm, position: Position) -> list[Rack]:
    """Return the levers in causal order: who is eligible, the sliders, and what has neither."""
    cards: dict[str, list[Card]] = {}
    for measure in point.plan.measures:
        cards.setdefault(lever_of(measure), []).append(_card(point, position, measure))
    first = Rack(ELIGIBILITY, _ELIGIBLE, "", None, tuple(cards.get(ELIGIBILITY, ())), form)
    can = usable(point)
    sliders = [
        Rack(
            slider.key,
            slider.name,
            slider.asks if slider in can else _NOTHING,
            slider if slider in can else None,
            tuple(cards.get(slider.lever, ())),
            form,
        )
        for slider in SLIDERS
    ]
    rest = tuple(cards.get("", ()))
    return [first, *sliders, *([Rack("rest", _OTHER, "", None, rest, form)] if rest else [])]


def _card(point: StartingPoint, position: Position, measure: Measure) -> Card:
    tongue = language()
    laws = dict.fromkeys(LAW_NAMES[effect.law](tongue) for effect in measure.effects)
    if measure.law is not None and not laws:
        laws = {LAW_NAMES[measure.law](tongue): None}
    return Card(
        code=measure.code,
        name=measure.name,
        text=measure.text,
        law=", ".join(laws),
        on=measure.code in position.measures,
        reason=why_not(point, shifted(measure, position.later)),
    )
