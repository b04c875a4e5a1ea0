"""The forms of this room: the workbench itself, and saving with a name and a reason."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from babel.dates import format_date
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from noaber.web.access.presence import language

from .levers import BY_KEY, Slider, destinations, places, usable
from .position import AHEAD, LIMIT, MONTHS, NAMES, OFF, Position, Pull
from .starting_point import Ground, StartingPoint

_AHEAD: Final = (2, 4, 6, 8)
_MONTHS: Final = (0, 12, 24, 36)
_OFF: Final = (0, 25, 50)
_LIMITS: Final = (120, 110, 100)


def when(here: Ground, asked: Any) -> tuple[date, int]:
    """Return the day from which one looks and how far, of what an address asks; the usual for what cannot be."""
    ahead = {str(years): years for years in _AHEAD}
    return _day_of(here, asked.get("bekend", "")), ahead.get(asked.get("vooruit", ""), AHEAD)


def _day_of(here: Ground, asked: str) -> date:
    """Return the day that is asked for, when it lies within what is known: a saved scenario keeps its own."""
    latest, *_ends, first = here.days()
    try:
        return min(max(date.fromisoformat(asked), first), latest)
    except ValueError:
        return latest


def filled(point: StartingPoint, asked: Any, known_on: date, ahead: int) -> QueryDict:
    """Return what an address asks with the usual in the place of what it does not say, or what cannot be any more."""
    given = QueryDict(mutable=True)
    for name in asked:
        given.setlist(name, asked.getlist(name))
    given["bekend"], given["vooruit"] = known_on.isoformat(), str(ahead)
    if given.get("later") not in dict(_later(point)):
        given["later"] = str(point.needed)
    for name, value in {"begin": 0, "maanden": MONTHS, "ernaast": OFF, "grens": LIMIT}.items():
        given.setdefault(name, str(value))
    for slider in usable(point):
        given.setdefault(slider.key, "0")
        given.setdefault(f"{slider.key}-waar", _first(point, slider))
    return given


class BenchForm(forms.Form):
    """Everything on the workbench: from when one looks, the sliders, and the measures that are on."""

    bekend = forms.ChoiceField(label=gettext_lazy("Zoals bekend op"), required=False)
    vooruit = forms.TypedChoiceField(label=gettext_lazy("Vooruit"), coerce=int, empty_value=AHEAD, required=False)
    later = forms.TypedChoiceField(
        label=gettext_lazy("De maatregelen beginnen"), coerce=int, empty_value=None, required=False
    )
    begin = forms.TypedChoiceField(
        label=gettext_lazy("De schuiven werken vanaf"), coerce=int, empty_value=0, required=False
    )
    maanden = forms.TypedChoiceField(
        label=gettext_lazy("En werken helemaal na"), coerce=int, empty_value=MONTHS, required=False
    )
    ernaast = forms.TypedChoiceField(
        label=gettext_lazy("Een schuif kan ernaast zitten"), coerce=int, empty_value=OFF, required=False
    )
    grens = forms.TypedChoiceField(
        label=gettext_lazy("Inkomensgrens voor minimaregelingen"),
        coerce=int,
        empty_value=LIMIT,
        required=False,
        widget=forms.RadioSelect,
    )
    m = forms.MultipleChoiceField(
        label=gettext_lazy("Maatregelen"),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Deze maatregel staat niet in het plan.")},
    )

    def __init__(self, here: Ground, point: StartingPoint, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        self.point = point
        for name, choices in _choices(here, point).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for slider in usable(point):
            self.fields |= _fields(point, slider)

    @property
    def position(self) -> Position:
        """The position that was asked for; what was not filled in well stands as usual."""
        given = self.cleaned_data
        later = given.get("later")
        return Position(
            known_on=self.point.baseline.known_on,
            ahead=self.point.baseline.years[-1] - self.point.baseline.known_on.year,
            later=self.point.needed if later is None else later,
            measures=tuple(given.get("m") or ()),
            pulls=tuple(self._pulls(given)),
            begin=given.get("begin") or 0,
            months=MONTHS if given.get("maanden") is None else given["maanden"],
            off=OFF if given.get("ernaast") is None else given["ernaast"],
            limit=given.get("grens") or LIMIT,
        )

    def _pulls(self, given: dict[str, Any]) -> list[Pull]:
        found = []
        for lever, key in NAMES.items():
            percent = given.get(key)
            if percent:
                where = given.get(f"{key}-waar") or _first(self.point, BY_KEY[key])
                found.append(Pull(lever=lever, percent=percent, where=where, to=given.get(f"{key}-heen") or ""))
        return found


class SaveForm(forms.Form):
    """A name and a reason, for who finds the scenario later."""

    name = forms.CharField(
        label=gettext_lazy("Naam"),
        max_length=120,
        error_messages={"required": gettext_lazy("Geef het scenario een naam.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Waarom"),
        help_text=gettext_lazy("Wat wilt u ermee laten zien, en waar rusten uw schuiven op? Noem geen inwoners."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Schrijf op waarom; een ander moet het kunnen volgen.")},
    )


def _choices(here: Ground, point: StartingPoint) -> dict[str, list[tuple[str, str]]]:
    """Return what can be chosen beside the sliders, in words."""
    years = point.baseline.years
    known = point.baseline.known_on
    return {
        "bekend": [(day.isoformat(), _day(day)) for day in sorted({*here.days(), known}, reverse=True)],
        "vooruit": [(str(count), _("tot en met %d") % (known.year + count)) for count in _AHEAD],
        "later": _later(point),
        "begin": [(str(at), _("januari %d") % year) for at, year in enumerate(years[:4])],
        "maanden": [(str(count), _months(count)) for count in _MONTHS],
        "ernaast": [(str(off), _off(off)) for off in _OFF],
        "grens": [(str(limit), f"{limit}%") for limit in _LIMITS],
        "m": [(item.code, item.name) for item in point.plan.measures],
    }


def _later(point: StartingPoint) -> list[tuple[str, str]]:
    """Return when the measures may begin: as the plan says, or so much later that all of them can."""
    begun = min((item.from_.year for measure in point.plan.measures for item in measure.effects), default=0)
    if not begun:
        return [("0", _("zoals het plan zegt"))]
    counts = sorted({0, point.needed, point.needed + 1})
    told = [
        (str(count), _("%(count)d jaar later, vanaf %(year)d") % {"count": count, "year": begun + count})
        for count in counts
    ]
    return [("0", _("zoals het plan zegt, vanaf %d") % begun), *told[1:]]


def _fields(point: StartingPoint, slider: Slider) -> dict[str, forms.Field]:
    """Return the fields of one slider: how far, on what, and for access where to."""
    key = slider.key
    wrong = _("Kies een getal van %(low)d tot en met %(high)d.") % {"low": slider.low, "high": slider.high}
    made: dict[str, forms.Field] = {
        key: forms.IntegerField(
            label=slider.name,
            required=False,
            min_value=slider.low,
            max_value=slider.high,
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        ),
        f"{key}-waar": forms.ChoiceField(label=_("Waarop"), required=False, choices=places(point, slider)),
    }
    if slider.lever == "access":
        made[f"{key}-heen"] = forms.ChoiceField(label=_("Waarheen"), required=False, choices=destinations(point))
    return made


def _first(point: StartingPoint, slider: Slider) -> str:
    """Return what a slider works on when nothing is said: the first whole law it can work on."""
    (_whole, laws), *_forms = places(point, slider)
    return laws[0][0]


def _day(day: date) -> str:
    return format_date(day, "d MMMM y", locale={"nl": "nl_NL", "en": "en_GB"}[language()])


def _months(count: int) -> str:
    return ngettext("%d maand", "%d maanden", count) % count if count else _("meteen")


def _off(off: int) -> str:
    return {0: _("niet: precies zo"), 25: _("een kwart naar beide kanten"), 50: _("de helft naar beide kanten")}[off]
