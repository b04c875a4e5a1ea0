"""Numbers, amounts and periods as a Dutch or an English reader writes them."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from noaber.records import Language, Text
from noaber.results import Frequency, Unit, days_of

_LOCALE: Final = {"nl": "nl_NL", "en": "en_GB"}
_MINUS: Final = "\N{MINUS SIGN}"
_SPACE: Final = "\N{NO-BREAK SPACE}"
_DECIMALS: Final[dict[Unit, int]] = {"percent": 1, "per_1000": 1, "ratio": 2, "months": 1}
MONEY: Final[frozenset[Unit]] = frozenset({"cents", "cents_per_person"})
COUNTS: Final[frozenset[Unit]] = frozenset({"persons", "households", "allocations", "contacts"})

_AFTER: Final[dict[Unit, tuple[Text, Text]]] = {
    "days": (Text("dag", "day"), Text("dagen", "days")),
    "months": (Text("maand", "month"), Text("maanden", "months")),
    "minutes_per_week": (Text("minuut per week", "minute a week"), Text("minuten per week", "minutes a week")),
    "half_days_per_week": (Text("dagdeel per week", "half-day a week"), Text("dagdelen per week", "half-days a week")),
    "per_1000": (Text("per 1.000 inwoners", "per 1,000 inhabitants"),) * 2,
}
"""What stands behind one and behind more, in running text."""
_UNITS: Final[dict[Unit, Text]] = {
    "persons": Text("Aantal inwoners", "Number of residents"),
    "households": Text("Aantal huishoudens", "Number of households"),
    "allocations": Text("Aantal indicaties", "Number of indications"),
    "contacts": Text("Aantal contacten", "Number of contacts"),
    "cents": Text("Euro", "Euros"),
    "cents_per_person": Text("Euro per persoon", "Euros per person"),
    "percent": Text("Procent", "Percent"),
    "per_1000": Text("Per 1.000 inwoners", "Per 1,000 inhabitants"),
    "ratio": Text("Gemiddeld aantal", "Average number"),
    "days": Text("Dagen", "Days"),
    "months": Text("Maanden", "Months"),
    "minutes_per_week": Text("Minuten per week", "Minutes a week"),
    "half_days_per_week": Text("Dagdelen per week", "Half-days a week"),
}
_NOTHING: Final = Text("geen cijfer", "no figure")


def number(value: float, language: Language, decimals: int = 0) -> str:
    """Return a number with its separators: 1.234.567,8 or 1,234,567.8; minus zero is zero."""
    rounded = round(value, decimals) + 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded, format=pattern, locale=_LOCALE[language]).replace("-", _MINUS)


def figure(value: float | None, unit: Unit, language: Language) -> str:
    """Return a figure in as few signs as its unit needs: `5.310`, `€ 6,9 mln`, `61,2`, `64,0%`."""
    if value is None:
        return _NOTHING(language)
    if unit in MONEY:
        return _euros(value / 100, language)
    shown = number(value, language, _DECIMALS.get(unit, 0))
    return f"{shown}%" if unit == "percent" else shown


def tick(value: float, unit: Unit, language: Language) -> str:
    """Return a round value beside an axis, without decimals that say nothing: `€ 100 mln`, `50%`."""
    shown = figure(value, unit, language)
    point = "," if language == "nl" else "."
    return re.sub(rf"\{point}0+(?!\d)", "", shown)


def in_words(value: float, unit: Unit, language: Language) -> str:
    """Return a figure as it stands in a sentence, with what it counts: `34 dagen`, `61,2 per 1.000 inwoners`."""
    shown = figure(value, unit, language)
    if unit not in _AFTER:
        return shown
    one, more = _AFTER[unit]
    return f"{shown} {(one if shown == '1' else more)(language)}"


def exact(value: float | None, unit: Unit, language: Language) -> str:
    """Return a figure for a table: amounts in whole euros, other figures as in `figure`; nothing when there is none."""
    if value is None:
        return ""
    return number(value / 100, language) if unit in MONEY else figure(value, unit, language)


def change(percent: float, before: float, language: Language) -> str:
    """Return a change as `+3,1%`; over a small number the decimal would promise more than rounded counts hold."""
    sign = "+" if percent > 0 else ""
    return f"{sign}{number(percent, language, 1 if abs(before) >= 1000 else 0)}%"


def unit_words(unit: Unit, language: Language) -> str:
    """Return what an axis or a column counts."""
    return _UNITS[unit](language)


def period(text: str, language: Language) -> str:
    """Return a period in words: 2024, het eerste kwartaal as `1e kwartaal 2024`, `maart 2024`, `31 december 2024`."""
    if len(text) == 4:
        return text
    if text[5] == "Q":
        quarter = int(text[6])
        return f"{quarter}e kwartaal {text[:4]}" if language == "nl" else f"Q{quarter} {text[:4]}"
    first, _ = days_of(text)
    return day(first, language) if len(text) == 10 else format_date(first, "MMMM y", locale=_LOCALE[language])


def when(text: str, language: Language) -> str:
    """Return a period as it stands in a sentence: `in 2024`, `in het 1e kwartaal van 2024`, `op 31 december 2024`."""
    words = period(text, language)
    if language == "nl" and len(text) == 7 and text[5] == "Q":
        return f"in het {words[: -len(text[:4]) - 1]} van {text[:4]}"
    on = {"nl": "op", "en": "on"}[language] if len(text) == 10 else "in"
    return f"{on} {words}"


def short_period(text: str, language: Language) -> str:
    """Return a period as it fits under an axis: 2024, `24-1` for a quarter, `mrt 24`, `31-12-24`."""
    if len(text) == 4:
        return text
    if text[5] == "Q":
        return f"{'kw' if language == 'nl' else 'Q'}{text[6]} {text[:4]}"
    first, _ = days_of(text)
    pattern = "d MMM yy" if len(text) == 10 else "MMM yy"
    return format_date(first, pattern, locale=_LOCALE[language]).replace(".", "")


def day(on: date, language: Language) -> str:
    """Return a day in words: 24 november 2026."""
    return format_date(on, "d MMMM y", locale=_LOCALE[language])


def span(periods: list[str], frequency: Frequency, language: Language) -> str:
    """Return from when until when a series runs, and how often it is measured."""
    if not periods:
        return ""
    often = {
        "year": Text("per jaar", "per year"),
        "quarter": Text("per kwartaal", "per quarter"),
        "month": Text("per maand", "per month"),
        "day": Text("per dag", "per day"),
    }[frequency](language)
    first, last = period(min(periods), language), period(max(periods), language)
    if first == last:
        return first
    to = "tot en met" if language == "nl" else "to"
    return f"{often}, {first} {to} {last}"


def _euros(euros: float, language: Language) -> str:
    """Return an amount, in millions from a million on; the minus stands where the language puts it."""
    size, sign = abs(euros), _MINUS if euros < 0 and round(abs(euros)) else ""
    large = size >= 999_500
    shown = number(size / 1e6, language, 1) if large else number(size, language)
    if language == "nl":
        return f"€{_SPACE}{sign}{shown}" + (f"{_SPACE}mln" if large else "")
    return f"{sign}€{shown}" + ("m" if large else "")
