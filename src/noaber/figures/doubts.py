"""What the answer hangs on: which assumption moves it most, when it is earned back, and what a limit costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from noaber.records import TOTAL

from . import chart, numbers, words
from .drawings.spans import Scale, Span
from .figure import Figure, Table
from .series import FigureError, Point, Row, View, value_of
from .told import Told, beside, from_zero, largest, spanned

_LOW_HIGH: Final = (
    ("Aanname laag", "Assumption low"),
    ("Aanname hoog", "Assumption high"),
)
_EARNED: Final = (
    ("Kost in alle jaren", "Costs in all years"),
    ("Nodig van de schatting", "Needed of the estimate"),
    ("Terugverdiend in", "Earned back in"),
)
_LIMITS: Final = (
    ("Maanden wachten", "Months of waiting"),
    ("Langste lijst", "Longest list"),
    ("Niet uitgegeven, alle jaren", "Not spent, all years"),
)


def tornado(told: Told) -> Figure:
    """Return what the saving becomes when each assumption lies at its ends, what moves it most in front."""
    view = told.view("scenario_tornado", "assumption", statistic="low")
    high = beside(view, "high")
    best = told.view("scenario_tornado", None, statistic="middle", assumption=TOTAL).series[0].points[-1]
    found = [
        Span(row.label, low, top, said=_range(low, top, view))
        for row in view.rows()
        if (low := value_of(row.now)) is not None and (top := value_of(high.get(row.code))) is not None
    ]
    if best.value is None or not found:
        raise FigureError("No assumption that may be shown moves the answer.", where=view.result.indicator)
    found.sort(key=lambda item: -abs(item.high - item.low))
    expected = numbers.in_words(best.value, view.unit, view.language)
    first = found[0]
    ends = [numbers.figure(edge, view.unit, view.language) for edge in sorted((first.low, first.high))]
    title = told.say(
        f"Het meest hangt af van ‘{first.label}’: tussen {ends[0]} en {ends[1]}.",
        f"Most depends on ‘{first.label}’: between {ends[0]} and {ends[1]}.",
    )
    heads = (chart.dimension_of(view), *(told.say(*pair) for pair in _LOW_HIGH))
    table = Table(
        caption=words.compared(view),
        columns=heads,
        rows=tuple(
            (item.label, *(numbers.exact(edge, view.unit, view.language) for edge in (item.low, item.high)))
            for item in found
        ),
    )
    scale = Scale(
        key=(("low", heads[1]), ("high", heads[2])),
        rule=(best.value, told.say(f"verwacht: {expected}", f"expected: {expected}")),
        split=True,
    )
    return spanned(view, "tornado", title, found, scale, table)


def earning(told: Told) -> Figure:
    """Return what each measure costs, which part of its effects would earn that back, and when it does."""
    view = told.view("scenario_break_even", "measure")
    cost = {row.code: row.now for row in told.view("scenario_invested", "measure").rows()}
    after = {row.code: row.now for row in told.view("scenario_payback", "measure").rows()}
    rows = sorted(view.rows(), key=lambda row: (row.code != TOTAL, value_of(row.now) is None, value_of(row.now) or 0.0))
    never = told.say("niet in deze jaren", "not in these years")
    drawn = [
        Span(row.label, 0.0, enough, said=numbers.figure(enough, view.unit, view.language))
        for row in rows
        if (enough := value_of(row.now)) is not None
    ]

    def when(code: str) -> str:
        month = value_of(after.get(code))
        return never if month is None else told.month(month)

    spent = told.view("scenario_invested", "measure")
    table = Table(
        caption=words.compared(view),
        columns=(chart.dimension_of(view), *(told.say(*pair) for pair in _EARNED)),
        rows=tuple(
            (
                row.label,
                words.cell(cost.get(row.code), spent),
                words.cell(row.now, view) if value_of(row.now) is not None else never,
                when(row.code),
            )
            for row in rows
        ),
    )
    return spanned(
        view,
        "break-even",
        _earned(told, view, rows, cost, when),
        drawn,
        Scale(rule=(100.0, told.say("de schatting", "the estimate")), zero=True),
        table,
    )


def _earned(
    told: Told, view: View, rows: Sequence[Row], cost: Mapping[str, Point | None], when: Callable[[str], str]
) -> str:
    """Return when all is earned back, with how much of the effect, and what never is."""
    whole = next((row for row in rows if row.code == TOTAL), rows[0])
    enough, spent = value_of(whole.now), value_of(cost.get(whole.code)) or 0.0
    money = numbers.in_words(spent, "cents", view.language)
    if spent == 0:
        return told.say("Geen maatregel vraagt een investering.", "No measure takes an investment.")
    if enough is None:
        return told.say(
            f"De {money} aan kosten verdient zich in deze jaren niet terug, hoe groot het effect ook is.",
            f"The {money} of costs is not earned back in these years, however large the effect.",
        )
    share = numbers.figure(enough, "percent", view.language)
    month = when(whole.code)
    late = [
        row for row in rows if row.code != TOTAL and ((value_of(row.now) is None) or (value_of(row.now) or 0) > 100)
    ]
    but = ""
    if late:
        but = told.say(
            f"; {len(late)} van de {len(rows) - 1} maatregelen verdienen zichzelf niet terug",
            f"; {len(late)} of the {len(rows) - 1} measures do not earn themselves back",
        )
    if enough > 100:
        return told.say(
            f"De {money} aan kosten is terugverdiend als de effecten {share} van de schatting zijn{but}.",
            f"The {money} of costs is earned back if effects are {share} of the estimate{but}.",
        )
    return told.say(
        f"Vanaf {month} is meer bespaard dan betaald; om alle {money} aan kosten terug te verdienen is {share} van het "
        f"geschatte effect genoeg{but}.",
        f"From {month} on more is saved than paid; for all {money} of costs to be earned back, {share} of the "
        f"estimated effect is enough{but}.",
    )


def limits(told: Told) -> Figure:
    """Return what a limit on a care form costs in waiting, and what is not spent because of it."""
    view = told.view("scenario_waiting", "care_form")
    lists = {row.code: row.now for row in told.view("scenario_waiting_list", "care_form").rows()}
    spared = told.view("scenario_waiting_saved", "care_form")
    saved = {row.code: row.now for row in spared.rows()}
    rows = largest(view.rows())
    drawn = [from_zero(row, view) for row in rows if value_of(row.now) is not None]
    if not drawn:
        raise FigureError("No wait that may be shown.", where=view.result.indicator)
    first = rows[0]
    wait = numbers.in_words(value_of(first.now) or 0.0, view.unit, view.language)
    money = value_of(saved.get(first.code))
    until, when = view.now, numbers.when(view.now, view.language)
    spent = numbers.in_words(money, "cents", view.language) if money is not None else ""
    title = told.say(
        f"Met een grens op {first.label} wacht wie {when} begint gemiddeld {wait}"
        + (f"; tot en met {until} wordt {spent} niet uitgegeven." if spent else "."),
        f"With a limit on {first.label} who begins {when} waits {wait} on average"
        + (f"; up to and including {until} {spent} is not spent." if spent else "."),
    )
    persons = told.view("scenario_waiting_list", "care_form")
    table = Table(
        caption=words.compared(view),
        columns=(chart.dimension_of(view), *(told.say(*pair) for pair in _LIMITS)),
        rows=tuple(
            (
                row.label,
                words.cell(row.now, view),
                words.cell(lists.get(row.code), persons),
                words.cell(saved.get(row.code), spared),
            )
            for row in rows
        ),
    )
    return spanned(view, "limits", title, drawn, Scale(zero=True), table)


def _range(low: float, high: float, view: View) -> str:
    first, last = (numbers.figure(edge, view.unit, view.language) for edge in sorted((low, high)))
    return f"{first} – {last}"
