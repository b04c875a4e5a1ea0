"""What stands around a drawing: what is counted, where it comes from, what is hidden, the table and the download."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from noaber.records import TOTAL, Text
from noaber.results import Break, days_of, year_before

from . import findings, numbers
from .figure import Table
from .series import Point, Row, Series, View
from .wording import DOORS, SOURCES

HIDDEN: Final = Text("verborgen", "hidden")
_EMPTY: Final = Text("niet gemeten", "not measured")
_UNCOUNTED: Final = Text("niet geteld", "not counted")
_PERIOD: Final = Text("Periode", "Period")
_FIGURE: Final = Text("Cijfer", "Figure")
_LOW: Final = Text("Laag", "Low")
_HIGH: Final = Text("Hoog", "High")
_CHANGE: Final = Text("Verandering", "Change")


def about(view: View) -> str:
    """Return what is counted, what is held fixed, and from when until when."""
    held = [_held(view, name, code) for name, code in view.fixed.items() if code != TOTAL]
    name = view.result.title(view.language)
    unit = numbers.unit_words(view.unit, view.language)
    said = name if name.lower().endswith(unit.lower()) else f"{name} ({unit[0].lower()}{unit[1:]})"
    return "; ".join([said, *held, numbers.span(view.periods, view.result.frequency, view.language)])


def _held(view: View, name: str, code: str) -> str:
    """Return the words for a code that is held, and for the one that stands in for it where it does."""
    said = view.label(code, name)
    if name in view.otherwise and any(point.expected for item in view.series for point in item.points):
        other = view.label(view.otherwise[name], name)
        return f"{said}, {Text('daarna', 'then')(view.language)} {other[0].lower()}{other[1:]}"
    return said


def compared(view: View) -> str:
    """Return what is counted at the latest period."""
    parts = about(view).split("; ")[:-1]
    return "; ".join([*parts, numbers.period(view.now, view.language)])


def broken(view: View, item: Break) -> str:
    """Return a break in words: from when, what changed, and whether one may compare across it."""
    since = numbers.day(item.on, view.language)
    may = (
        Text("Ervoor en erna zijn te vergelijken.", "Before and after can be compared.")
        if item.comparable
        else Text("Ervoor en erna zijn niet te vergelijken.", "Before and after cannot be compared.")
    )
    return Text(f"Vanaf {since}: {item.text.nl} {may.nl}", f"From {since}: {item.text.en} {may.en}")(view.language)


def apart(view: View) -> tuple[str, ...]:
    """Return why the latest period may not be laid beside a year earlier: the words of the breaks that forbid it."""
    forbidden = {
        item: None
        for series in view.series
        if view.now in series.by_period and series.by_period[view.now].no_change == "break"
        for item in series.breaks
        if not item.comparable and days_of(year_before(view.now))[0] < item.on <= days_of(view.now)[1]
    }
    return tuple(broken(view, item) for item in forbidden)


def cell(point: Point | None, view: View) -> str:
    """Return a cell of a table: the figure, or why there is none."""
    if point is None:
        return ""
    if point.value is None:
        return (_EMPTY if point.hidden == "empty" else HIDDEN)(view.language)
    return numbers.exact(point.value, view.unit, view.language)


def dated(period: str, view: View) -> str:
    """Return a period with its mark when its figures may still change."""
    words = numbers.period(period, view.language)
    marks = [item.by_period[period].firmness for item in view.series if period in item.by_period]
    mark = next((mark for mark in marks if mark is not None), None)
    return f"{words} ({mark(view.language)})" if mark else words


def over_time(view: View, series: Sequence[Series] | None = None) -> Table:
    """Return the table of a figure over time: a row per period, a column per series."""
    shown = view.series if series is None else series
    rows = tuple(
        (dated(period, view), *(cell(item.by_period.get(period), view) for item in shown)) for period in view.periods
    )
    return Table(caption=about(view), columns=(_PERIOD(view.language), *(item.label for item in shown)), rows=rows)


def banded(view: View, series: Series) -> Table:
    """Return the table of a fan: a row per period, the figure, and the low and high end of its band."""
    heads = tuple(head(view.language) for head in (_PERIOD, _FIGURE, _LOW, _HIGH))
    rows = tuple(
        (dated(point.period, view), cell(point, view), *(_end(edge, view) for edge in (point.low, point.high)))
        for point in series.points
    )
    return Table(caption=about(view), columns=heads, rows=rows)


def _end(edge: float | None, view: View) -> str:
    return "" if edge is None else numbers.exact(edge, view.unit, view.language)


def side_by_side(view: View, rows: Sequence[Row], heads: tuple[str, str, str]) -> Table:
    """Return the table of a figure that compares: a row per code; now, beside, and the difference in percent."""
    first, now, beside = heads
    with_beside = any(row.beside is not None for row in rows)
    columns = (first, now, *((beside, _CHANGE(view.language)) if with_beside else ()))
    written = tuple(
        (
            row.label,
            cell(row.now, view) or _UNCOUNTED(view.language),
            *((cell(row.beside, view), _difference(row, view)) if with_beside else ()),
        )
        for row in rows
    )
    return Table(caption=compared(view), columns=columns, rows=written)


def records(view: View) -> tuple[tuple[str, ...], ...]:
    """Return the download: every cell of the figure with its codes, plain numbers, and why a cell has none."""
    heads = ("indicator", "period", *view.result.dimensions, "value", "unit", "hidden", "provisional")
    held = {name: view.fixed.get(name, TOTAL) for name in view.result.dimensions}
    written = [heads]
    for item in view.series:
        codes = held | ({view.along: item.code} if view.along else {})
        for point in item.points:
            value = "" if point.value is None else f"{point.value:.10g}"
            row = (view.result.indicator, point.period, *codes.values(), value, view.unit)
            written.append(
                (*row, point.hidden or "", "expected" if point.expected else "yes" if point.provisional else "no")
            )
    return tuple(written)


def foot(view: View) -> str:
    """Return where a figure comes from and how firm it is, in full."""
    from_ = view.result.provenance
    say = _saying(view)
    version = say(
        f"Definitie {from_.indicator}, versie {from_.version}.",
        f"Definition {from_.indicator}, version {from_.version}.",
    )
    source = say("Bron", "Source") + f": {_sources(view, doors=True)}."
    known = numbers.day(from_.known_on, view.language)
    state = say(
        f"Stand van {known}, momentopname {from_.snapshot}.", f"As known on {known}, snapshot {from_.snapshot}."
    )
    notes = [note(view.language) for note in view.result.notes]
    rules = [say("Regels", "Rules") + f": {'; '.join(from_.rules)}."] if from_.rules else []
    return " ".join([source, version, state, _firmness(view), *notes, *rules, _protection(view)])


def short_foot(view: View) -> str:
    """Return the same in one line, for under the drawing."""
    from_ = view.result.provenance
    say = _saying(view)
    hidden, firm = sum(_hidden(view).values()), _firmness(view)
    parts = [
        say("Bron", "Source") + f": {_sources(view, doors=False)}",
        say("stand ", "as known on ") + numbers.day(from_.known_on, view.language),
        f"{firm[0].lower()}{firm[1:].removesuffix('.')}",
        say(f"{hidden} verborgen", f"{hidden} hidden") if hidden else "",
    ]
    return " · ".join(part for part in parts if part)


def _sources(view: View, *, doors: bool) -> str:
    """Return the tables below a figure as a council member knows them, and by which doors their rows came in.

    A source is a table, or a table with its doors in brackets, such as `support (backoffice, messages)`.
    """
    said = []
    for source in view.result.provenance.sources:
        table, _, through = source.removesuffix(")").partition(" (")
        words = SOURCES[table](view.language) if table in SOURCES else table
        came = [DOORS[name](view.language) for name in through.split(", ") if name in DOORS]
        said.append(f"{words} ({', '.join(came)})" if came and doors else words)
    return ", ".join(said)


def _firmness(view: View) -> str:
    say = _saying(view)
    soft = [point for item in view.series for point in item.points if point.firmness]
    if not soft:
        return say("Definitieve cijfers.", "Final figures.")
    first = min(soft, key=lambda point: days_of(point.period))
    mark = first.firmness(view.language) if first.firmness else ""
    return f"{mark[0].upper()}{mark[1:]} {say('vanaf', 'from')} {numbers.period(first.period, view.language)}."


def _hidden(view: View) -> Counter[str]:
    points = (point for item in view.series for point in item.points)
    return Counter(point.hidden for point in points if point.hidden and point.hidden != "empty")


def _protection(view: View) -> str:
    say, found = _saying(view), _hidden(view)
    listed = "; ".join(f"{count} ({findings.why(code, view.language)})" for code, count in found.items())
    if not found:
        return say(
            f"{view.result.protection.nl} Hier is niets verborgen.",
            f"{view.result.protection.en} Nothing is hidden here.",
        )
    return say(
        f"{view.result.protection.nl} Verborgen cijfers: {listed}.",
        f"{view.result.protection.en} Hidden figures: {listed}.",
    )


def _difference(row: Row, view: View) -> str:
    now, beside = row.now, row.beside
    if now is None or beside is None or now.value is None or beside.value is None:
        return ""
    if now.period != beside.period and now.no_change == "break":
        return Text("niet te vergelijken", "not comparable")(view.language)
    if view.unit == "percent":
        points = now.value - beside.value
        of_what = Text("procentpunt", "points")(view.language)
        return f"{'+' if points > 0 else ''}{numbers.number(points, view.language, 1)} {of_what}"
    if beside.value == 0:
        return ""
    return numbers.change(100 * (now.value - beside.value) / abs(beside.value), beside.value, view.language)


def _saying(view: View) -> Callable[[str, str], str]:
    """Return the choice between Dutch and English that the language of the view makes."""
    return lambda nl, en: nl if view.language == "nl" else en
