"""The answer of a costing, for who reads one page: three sentences, one chart and one table of all scenarios."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from noaber.records import TOTAL, Language, Text

from . import chart, numbers
from .drawings.spans import Scale, Span
from .figure import Figure, Table
from .series import FigureError, View, value_of
from .told import Told, spanned

_HEADS: Final = (
    ("Besparing", "Saving"),
    ("Laag", "Low"),
    ("Hoog", "High"),
    ("Het plan noemt", "The plan states"),
    ("Kost in alle jaren", "Costs in all years"),
    ("Terugverdiend in", "Earned back in"),
    ("Voor de samenleving", "For society"),
)
_NEVER: Final = Text("niet in deze jaren", "not in these years")


def answer(told: Told, codes: Sequence[str], stated: Mapping[str, str]) -> Figure:
    """Return what each of `codes` saves in the last year with its band, beside what its document states.

    `stated` gives the code of what a document states per scenario. Raises `FigureError` (N-601) without a saving.
    """
    view = told.view("scenario_saving", "scenario", statistic="middle")
    middle = _amounts(view)
    low, high = (_amounts(view.holding("statistic", end)) for end in ("low", "high"))
    drawn = [
        Span(view.label(code, "scenario"), bottom, top, dot=saved, beside=middle.get(stated.get(code, "")), said=said)
        for code in codes
        if (saved := middle.get(code)) is not None
        and (bottom := low.get(code)) is not None
        and (top := high.get(code)) is not None
        and (said := numbers.figure(saved, view.unit, view.language))
    ]
    if not drawn:
        raise FigureError("No scenario has a saving that may be shown.", where=view.result.indicator)
    key = [("dot", told.say("verwacht", "expected")), ("band", told.say("acht van de tien keer", "eight times in ten"))]
    key += [("beside", told.say("het plan noemt", "the plan states"))] if stated else []
    scale = Scale(key=tuple(key), zero=True)
    columns = [told.say(*pair) for pair in _HEADS]
    table = Table(
        caption=f"{view.result.title(told.language)}, {view.now}",
        columns=(chart.dimension_of(view), f"{columns[0]} {view.now}", *columns[1:]),
        rows=tuple(
            (
                view.label(code, "scenario"),
                *(_money(amounts.get(code), told.language) for amounts in (middle, low, high)),
                _money(middle.get(stated.get(code, "")), told.language),
                *_cells(*_returns(told, code), told.language),
                _money(_society(told).get(code), told.language),
            )
            for code in codes
        ),
    )
    return spanned(view, "answer", _beside(told, view, drawn), drawn, scale, table)


def _beside(told: Told, view: View, drawn: Sequence[Span]) -> str:
    """Return how many scenarios come to what their documents state; without one, between what the best may end."""
    stated = [item for item in drawn if item.beside is not None]
    short = sum((item.dot or 0.0) < (item.beside or 0.0) for item in stated)
    if not stated:
        best = max(drawn, key=lambda item: item.dot or 0.0)
        ends = [numbers.figure(edge, view.unit, told.language) for edge in (best.low, best.high)]
        return told.say(
            f"‘{best.label}’ bespaart in {view.now} acht van de tien keer tussen {ends[0]} en {ends[1]}.",
            f"‘{best.label}’ saves between {ends[0]} and {ends[1]} in {view.now} eight times out of ten.",
        )
    if len(stated) == 1:
        verb = told.say("komt niet", "does not come") if short else told.say("komt", "comes")
        return told.say(
            f"‘{stated[0].label}’ {verb} aan wat het plan voor {view.now} noemt.",
            f"‘{stated[0].label}’ {verb} to what the plan states for {view.now}.",
        )
    reached = len(stated) - short
    count = str(reached) if reached else told.say("Geen", "None")
    verb = told.say("komen" if reached > 1 else "komt", "come" if reached > 1 else "comes")
    return told.say(
        f"{count} van de {len(stated)} scenario's {verb} aan wat het plan voor {view.now} noemt.",
        f"{count} of the {len(stated)} scenarios {verb} to what its plan states for {view.now}.",
    )


def sentences(told: Told, codes: Sequence[str], stated: Mapping[str, str]) -> list[str]:
    """Return the answer in at most three sentences: what is saved, what was promised, and when it is earned back."""
    view = told.view("scenario_saving", "scenario", statistic="middle")
    middle = _amounts(view)
    shown = sorted((code for code in codes if code in middle), key=lambda code: -middle[code])
    if not shown:
        return []

    def named(code: str, amount: float) -> str:
        return f"‘{view.label(code, 'scenario')}’ {numbers.in_words(amount, view.unit, view.language)}"

    low, high = (_amounts(view.holding("statistic", end)).get(shown[0]) for end in ("low", "high"))
    band = [numbers.figure(edge, view.unit, view.language) for edge in (low, high) if edge is not None]
    range_ = told.say(f" ({band[0]} tot {band[1]})", f" ({band[0]} to {band[1]})") if len(band) > 1 else ""
    others = told.say("; daarna ", "; then ") + _and([named(code, middle[code]) for code in shown[1:]], told)
    said = [
        told.say(
            f"In {view.now} bespaart {named(shown[0], middle[shown[0]])}{range_}",
            f"In {view.now} {_saves(named, shown[0], middle)}{range_}",
        )
        + (others if shown[1:] else "")
        + "."
    ]
    said += _promised(told, shown, stated, middle)
    return [*said, *_earned(told, shown, view)]


def _saves(named: Callable[[str, float], str], code: str, amounts: Mapping[str, float]) -> str:
    """Return the English verb between the name and its amount."""
    name, _, amount = named(code, amounts[code]).rpartition("’ ")
    return f"{name}’ saves {amount}"


def _promised(told: Told, shown: Sequence[str], stated: Mapping[str, str], middle: Mapping[str, float]) -> list[str]:
    """Return how many scenarios come to what their documents state, and which part the best of them does."""
    promised = {code: middle[stated[code]] for code in shown if middle.get(stated.get(code, ""))}
    if not promised:
        return []
    short = [code for code in promised if middle[code] < promised[code]]
    share = {code: 100 * middle[code] / promised[code] for code in promised}
    least, most = (numbers.number(edge, told.language) for edge in (min(share.values()), max(share.values())))
    span = f"{least}%" if least == most else told.say(f"{least} tot {most}%", f"{least} to {most}%")
    if len(short) == len(promised):
        plans = told.say("het plan zelf noemt", "the plan itself states")
        if len(promised) > 1:
            plans = told.say("de plannen zelf noemen", "the plans themselves state")
        return [told.say(f"Dat is {span} van wat {plans}.", f"That is {span} of what {plans}.")]
    return [
        told.say(
            f"{len(short)} van de {len(promised)} halen niet wat zij zelf noemen ({span}).",
            f"{len(short)} of the {len(promised)} do not come to what they state themselves ({span}).",
        )
    ]


def _earned(told: Told, shown: Sequence[str], view: View) -> list[str]:
    """Return when each scenario has earned back what it costs."""
    found = []
    for code in shown:
        spent, month = _returns(told, code)
        if spent not in {"", "0"}:
            name = f"‘{view.label(code, 'scenario')}’"
            found.append(f"{name} {_NEVER(told.language)}" if month is None else f"{name} in {month}")
    lead = told.say("De kosten zijn terugverdiend: ", "The costs are earned back: ")
    return [f"{lead}{_and(found, told)}."] if found else []


def _returns(told: Told, code: str) -> tuple[str, str | None]:
    """Return what a scenario costs in all years, and the month in which it is earned back; None when not then."""
    mine = told.holding(code)
    try:
        spent = mine.view("scenario_invested", None, measure=TOTAL).series[0].points[-1].value
        after = mine.view("scenario_payback", None, measure=TOTAL).series[0].points[-1].value
    except FigureError:
        return "", None
    return _money(spent, told.language), None if after is None else mine.month(after)


def _cells(spent: str, month: str | None, language: Language) -> tuple[str, str]:
    return spent, "" if not spent else month or _NEVER(language)


def _society(told: Told) -> dict[str, float]:
    try:
        return _amounts(told.view("scenario_payers", "scenario", payer="society"))
    except FigureError:
        return {}


def _amounts(view: View) -> dict[str, float]:
    """Return the latest amounts by code, those that may be shown."""
    return {row.code: value for row in view.rows() if (value := value_of(row.now)) is not None}


def _money(amount: float | None, language: Language) -> str:
    return numbers.exact(amount, "cents", language)


def _and(parts: Sequence[str], told: Told) -> str:
    return told.say(" en ", " and ").join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else list(parts))
