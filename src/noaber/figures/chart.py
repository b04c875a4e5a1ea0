"""From a view of a protected result to a figure: the finding as title, the drawing, the table, and where it comes from.

Every function takes a `View` and returns a `Figure`. `subject` is what the title speaks of; without one, the title of
the result is quoted. All raise `FigureError` (N-601) when the result cannot be drawn so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from statistics import median
from typing import Final

from noaber.records import TOTAL, Text

from . import findings, numbers, words
from .drawings import bars, dots
from .drawings import fan as fans
from .drawings import line as lines
from .drawings import pyramid as layers
from .drawings import stacked as classes
from .drawings import strip as strips
from .drawings import tiles as places_
from .drawings import waterfall as falls
from .figure import Figure, Table
from .findings import Subject, subject_of
from .series import UNKNOWN, FigureError, Point, Row, Series, View, by_size, value_of
from .svg import drawing

_LINES: Final = 5
"""More lines than this cannot be told apart; the others are in the table."""
_BARS: Final = 8
_ESTIMATE: Final = Text(
    "Gearceerd: de sociale basis is een schatting, want niemand wordt er ingeschreven.",
    "Hatched: the social basis is an estimate, since nobody is registered there.",
)
_ROWS: Final = 16
"""More rows of dots than this are shown on one line."""
_OTHERS: Final = Text("gemeenten", "municipalities")


def line(
    view: View, *, subject: Subject | None = None, aim: tuple[str, str, Text] | None = None, title: str = ""
) -> Figure:
    """Return lines over time, one per code of `along`, the total thickest.

    `aim` is the code of a line, that of the agreement it is held to, and the words for that agreement in the title;
    `title` is a finding of one's own.
    """
    said = _subject(view, subject)
    shown = sorted(view.parts, key=lambda item: -(item.shown[-1].value or 0 if item.shown else 0))[: _LINES - 1]
    kept = [item for item in view.series if item in shown or item.code == TOTAL]
    left_out = [item.label for item in view.series if item not in kept]
    name = name_of(view, "line")
    title = title or (findings.prices(view, said) if view.along == "price" else findings.trend(view, said))
    if aim is not None:
        mine, agreed, named = aim
        points = {item.code: item.by_period.get(view.now) for item in view.series}
        title = findings.against(view, said, Row(mine, view.label(mine), points.get(mine), points.get(agreed)), named)
    sentence = _spoken(view, kept, Text("Lijngrafiek.", "Line chart."))
    height, content = lines.draw(view, kept, aim=aim[1] if aim else "")
    remarks = _left_out(view, left_out)
    return compose(view, name, title, (height, content, sentence), words.over_time(view), remarks=remarks)


def fan(view: View, *, subject: Subject | None = None, title: str = "", band: Text = findings.EIGHT_OF_TEN) -> Figure:
    """Return one series with the band it is expected to lie in: counted as a line, expected dotted, the band hatched.

    `view` holds every dimension, with `otherwise` where what is expected stands under another code than what was
    counted. `title` is a finding of one's own, and `band` says by what the band goes.
    """
    if view.along is not None:
        raise FigureError(
            f"{view.result.indicator} has more than one line here; a fan shows one.",
            where=view.result.indicator,
            now="Hold every dimension at one of its codes.",
        )
    series, said, name = view.series[0], _subject(view, subject), name_of(view, "fan")
    height, content = fans.draw(view, name, series)
    intro = Text("Lijngrafiek met een band.", "Line chart with a band.")
    sentence = f"{_spoken(view, [series], intro)} {findings.between(view, series.points[-1], band)}".strip()
    drawn = (height, content, sentence)
    return compose(view, name, title or findings.expected(view, said), drawn, words.banded(view, series))


def bar(
    view: View,
    *,
    subject: Subject | None = None,
    beside: tuple[str, str] | None = None,
    against: Text | None = None,
    total: bool = True,
    moved: bool = False,
) -> Figure:
    """Return bars of the latest period, largest first, with a year earlier beside them.

    With `beside` (a dimension and another code of it) that code stands beside it instead, and `against` names it in the
    title. Without `total` the bar of all together is left out. The title tells which are highest, or with `moved` how
    the whole moved since a year earlier.
    """
    rows = _ordered(view.rows(beside=beside), total=total)
    if not rows:
        raise FigureError(f"{view.result.indicator} has no bars to draw.", where=view.result.indicator)
    kept, rest = rows[:_BARS], rows[_BARS:]
    heads = _heads(view, beside)
    said = _subject(view, subject)
    if against is not None:
        title = findings.against(view, said, next((row for row in rows if row.code == TOTAL), rows[0]), against)
    else:
        title = findings.trend(view, said) if moved else findings.highest(view, said, rows)
    name = name_of(view, "bar")
    sentence = _listed(view, kept, heads, Text("Staafdiagram.", "Bar chart."))
    height, content = bars.draw(view, name, kept, heads)
    table = words.side_by_side(view, rows, (dimension_of(view), *heads))
    remarks = (*_left_out(view, [row.label for row in rest]), *(words.apart(view) if beside is None else ()))
    return compose(view, name, title, (height, content, sentence), table, now=True, remarks=remarks)


def dot(view: View, *, subject: Subject | None = None) -> Figure:
    """Return dots on one scale, highest first, with a year earlier beside them and a rule at the total."""
    rows = [row for row in by_size(view.rows()) if row.code != TOTAL and row.code not in UNKNOWN]
    total = next((row for row in view.rows() if row.code == TOTAL), None)
    heads = _heads(view, None)
    name = name_of(view, "dot")
    sentence = _listed(view, [*([total] if total else []), *rows], heads, Text("Puntdiagram.", "Dot plot."))
    height, content = dots.draw(view, rows, total, heads)
    table = words.side_by_side(view, [*rows, *([total] if total else [])], (dimension_of(view), *heads))
    title = findings.spread(view, _subject(view, subject), rows, total)
    return compose(view, name, title, (height, content, sentence), table, now=True, remarks=words.apart(view))


def tiles(
    view: View, places: Mapping[str, tuple[int, int]], *, subject: Subject | None = None, here: str = ""
) -> Figure:
    """Return a tile map of the latest period; `places` gives column and row of each district (`District.tile`).

    The district with code `here` is outlined.
    """
    rows = [row for row in view.rows() if row.code in places]
    if not rows:
        raise FigureError(
            f"No district of {view.result.indicator} has a place on the tile map.",
            where=view.result.indicator,
            now="Give every district a tile in municipality.toml.",
        )
    heads = _heads(view, None)
    name = name_of(view, "tiles")
    sentence = _listed(view, by_size(rows), heads, Text("Tegelkaart van de wijken.", "Tile map of the districts."))
    height, content = places_.draw(view, name, rows, places, here=here)
    total = [row for row in view.rows() if row.code == TOTAL]
    table = words.side_by_side(view, [*by_size(rows), *total], (dimension_of(view), *heads))
    title = findings.highest(view, _subject(view, subject), rows)
    provisional = any(row.now and row.now.provisional for row in rows)
    star = Text("* Dit cijfer kan nog veranderen.", "* This figure may still change.")(view.language)
    return compose(
        view, name, title, (height, content, sentence), table, now=True, remarks=(star,) if provisional else ()
    )


def beside(
    view: View,
    *,
    here: str,
    among: Collection[str] | None = None,
    group: Text = _OTHERS,
    subject: Subject | None = None,
) -> Figure:
    """Return the latest figure of one code beside those of others: a row each, or a strip of dots when they are many.

    `among` are the codes to lay it beside (all when None) and `group` is what they are called after their number, such
    as "municipalities of our size". Raises `FigureError` (N-601) when `here` has no figure, or none of the others has.
    """
    rows = by_size(row for row in view.rows() if row.code == here or among is None or row.code in among)
    shown = [row for row in rows if value_of(row.now) is not None]
    mine = next((row for row in shown if row.code == here), None)
    if mine is None or len(shown) < 2:
        raise FigureError(
            f"{view.result.indicator} has nothing to lay beside {here}.",
            where=view.result.indicator,
            now="Choose other codes, or a period in which they have figures.",
        )
    others = [row for row in shown if row is not mine]
    middle = median(value for row in others if (value := value_of(row.now)) is not None)
    name, heads = name_of(view, "beside"), _heads(view, None)
    if len(shown) <= _ROWS:
        intro = Text("Stippen op één schaal.", "Dots on one scale.")
        height, content = dots.draw(view, shown, None, heads, here=here, middle=middle)
    else:
        intro = Text("Een stip per gemeente op één schaal.", "A dot per municipality on one scale.")
        height, content = strips.draw(view, shown, here=here, middle=middle)
    sentence = _listed(view, rows, heads, intro)
    table = words.side_by_side(view, rows, (dimension_of(view), *heads))
    title = findings.beside(view, _subject(view, subject), mine, others, group)
    drawn = (height, content, sentence)
    return compose(view, name, title, drawn, table, now=True, remarks=words.apart(view))


def pyramid(view: View) -> Figure:
    """Return the pyramid of three layers, this period beside a year earlier; `view` runs along `layer`."""
    known = {row.code: row for row in view.rows()}
    rows = [known.get(layer) or Row(layer, view.label(layer), None) for layer in layers.ORDER]
    heads = _heads(view, None)
    name = name_of(view, "pyramid")
    sentence = _listed(
        view, rows, heads, Text("De piramide, van boven naar beneden.", "The pyramid, from top to bottom.")
    )
    height, content = layers.draw(view, name, rows, heads)
    table = words.side_by_side(view, rows, (dimension_of(view), *heads))
    drawn = (height, content, sentence)
    guessed = (_ESTIMATE(view.language),) if known.get(layers.ESTIMATED) else ()
    remarks = (*guessed, *words.apart(view))
    return compose(view, name, findings.layers(view), drawn, table, now=True, remarks=remarks)


def stacked(view: View, *, subject: Subject | None = None, periods: int = 3) -> Figure:
    """Return the shares of ordered classes over the last periods; the unknown class comes last."""
    shown = view.periods[-periods:]
    kept = [item for item in view.parts if any(value_of(item.by_period.get(period)) for period in shown)]
    name = name_of(view, "stacked")
    intro = Text("Gestapelde balken: het aandeel van elke klasse.", "Stacked bars: the share of every class.")
    sentence = f"{intro(view.language)} {_shares(view, kept)}"
    if not kept:
        return table(view, subject=subject)
    height, content = classes.draw(view, name, shown, kept)
    title = findings.makeup(view, _subject(view, subject))
    points = [item.by_period.get(period) for item in view.parts for period in shown]
    hidden = any(point and point.hidden not in (None, "empty") for point in points)
    remarks = (Text("Gestippeld: verborgen.", "Dotted: hidden.")(view.language),) if hidden else ()
    return compose(view, name, title, (height, content, sentence), words.over_time(view), remarks=remarks)


def waterfall(view: View) -> Figure:
    """Return what each part adds to the whole, largest first, what is beyond the first eight taken together.

    Raises `FigureError` (N-601) when a part or the whole is hidden: what remains would not add up.
    """
    rows = _ordered(view.rows(), total=True)
    known = [(row.label, value) for row in rows if row.code != TOTAL and (value := value_of(row.now)) is not None]
    whole = [value for row in rows if row.code == TOTAL and (value := value_of(row.now)) is not None]
    if not known or not whole or len(known) + 1 < len(rows):
        raise FigureError(
            f"{view.result.indicator} has no parts that add up.",
            where=view.result.indicator,
            now="Show it as a table.",
        )
    name, parts = name_of(view, "waterfall"), known[:_BARS]
    if rest := known[_BARS:]:
        others = Text(f"Nog {len(rest)} andere", f"Another {len(rest)}")(view.language)
        parts.append((others, sum(value for _, value in rest)))
    total = (view.label(TOTAL), whole[0])
    heads = (numbers.period(view.now, view.language), "")
    sentence = _listed(view, rows, heads, Text("Watervaldiagram.", "Waterfall chart."))
    height, content = falls.draw(view, parts, total)
    table = words.side_by_side(view, rows, (dimension_of(view), *heads))
    drawn = (height, content, sentence)
    return compose(view, name, findings.shared(view, known, whole[0]), drawn, table, now=True)


def table(view: View, *, subject: Subject | None = None) -> Figure:
    """Return the figures as a table without a drawing."""
    name = name_of(view, "table")
    sentence = _spoken(view, view.series[:_LINES], Text("Tabel.", "Table."))
    return compose(view, name, findings.trend(view, _subject(view, subject)), (0, "", sentence), words.over_time(view))


def small(view: View) -> str:
    """Return a small drawing without axes of the total of a view, or of its only series: for beside a finding."""
    series = view.total or view.series[0]
    height, content = lines.spark(series, view.language)
    name = name_of(view, "small")
    return drawing(name, height, series.label, _over_the_years(view, series), content)


def compose(
    view: View,
    name: str,
    title: str,
    drawn: tuple[float, str, str],
    table: Table,
    *,
    now: bool = False,
    remarks: tuple[str, ...] = (),
) -> Figure:
    """Return a figure of a drawing (its height, its content and its words) and a table; `now` for one period."""
    height, content, sentence = drawn
    breaks = tuple(words.broken(view, item) for item in view.breaks)
    if breaks:
        sentence = " ".join([sentence, *breaks])
    return Figure(
        name=name,
        language=view.language,
        title=title,
        about=words.compared(view) if now else words.about(view),
        svg=drawing(name, height, title, sentence, content) if content else "",
        table=table,
        sentence=sentence,
        definition=view.result.definition(view.language),
        foot=words.foot(view),
        short_foot=words.short_foot(view),
        breaks=breaks,
        remarks=remarks,
        records=words.records(view),
    )


def _subject(view: View, subject: Subject | None) -> Subject:
    return subject or subject_of(view.result.title, view.unit)


def name_of(view: View, kind: str) -> str:
    """Return a name for a figure that is unique on its page."""
    parts = [view.result.indicator, kind, view.along or "", *(code for code in view.fixed.values() if code != TOTAL)]
    return re.sub(r"[^a-z0-9]+", "-", "-".join(part for part in parts if part).lower()).strip("-")


def _ordered(rows: Sequence[Row], *, total: bool) -> list[Row]:
    """Return rows with a cell: the total first, then from large to small, the hidden and the unknown last."""
    there = [row for row in rows if row.now is not None or row.beside is not None]
    parts = by_size(row for row in there if row.code != TOTAL)
    return [
        *(row for row in there if row.code == TOTAL and total),
        *(row for row in parts if row.code not in UNKNOWN),
        *(row for row in parts if row.code in UNKNOWN),
    ]


def _heads(view: View, beside: tuple[str, str] | None) -> tuple[str, str]:
    if beside is not None:
        dimension, other = beside
        return view.label(view.fixed[dimension], dimension), view.label(other, dimension)
    earlier = view.earlier
    return numbers.period(view.now, view.language), numbers.period(earlier, view.language) if earlier else ""


DIMENSIONS: Final = {
    "law": Text("Wet", "Law"),
    "district": Text("Wijk", "District"),
    "layer": Text("Laag", "Layer"),
    "care_form": Text("Zorgvorm", "Care form"),
    "referrer": Text("Verwijzer", "Referrer"),
    "question": Text("Stelling", "Statement"),
    "outcome": Text("Uitkomst", "Outcome"),
    "channel": Text("Kanaal", "Channel"),
    "age": Text("Leeftijd", "Age"),
    "provider": Text("Aanbieder", "Provider"),
    "item": Text("Post", "Item"),
    "measure": Text("Maatregel", "Measure"),
    "scenario": Text("Scenario", "Scenario"),
    "assumption": Text("Aanname", "Assumption"),
    "pair": Text("Maatregelen", "Measures"),
    "municipality": Text("Gemeente", "Municipality"),
}


def dimension_of(view: View) -> str:
    """Return what a row of a figure stands for, as the head of its column."""
    words_ = DIMENSIONS.get(view.along or "")
    return words_(view.language) if words_ else Text("Onderdeel", "Part")(view.language)


def _left_out(view: View, labels: Sequence[str]) -> tuple[str, ...]:
    if not labels:
        return ()
    if len(labels) == 1:
        return (Text(f"In de tabel staat ook: {labels[0]}.", f"The table also has: {labels[0]}.")(view.language),)
    return (
        Text(f"Nog {len(labels)} staan alleen in de tabel.", f"Another {len(labels)} are in the table only.")(
            view.language
        ),
    )


def _spoken(view: View, series: Sequence[Series], intro: Text) -> str:
    said = [
        f"{item.label}: {_over_the_years(view, item)}" if len(series) > 1 else _over_the_years(view, item)
        for item in series
    ]
    return " ".join([intro(view.language), f"{words.about(view)}.", *said])


def _over_the_years(view: View, series: Series) -> str:
    """Return where a line begins and ends and its highest point; it never says "from ... to" over a break."""
    shown = series.shown
    if not shown:
        return Text("geen cijfers om te tonen.", "no figures to show.")(view.language)
    first, last = shown[0], shown[-1]
    most = max(shown, key=lambda point: point.value or 0)
    parts = [_at(view, point) for point in dict.fromkeys([first, last])]
    if most not in (first, last):
        parts.append(f"{Text('het hoogst', 'highest')(view.language)} {_at(view, most)}")
    hidden = len(series.points) - len(shown)
    if hidden:
        parts.append(Text(f"{hidden} keer niet te tonen", f"not shown {hidden} times")(view.language))
    return f"{'; '.join(parts)}."


def _at(view: View, point: Point) -> str:
    assert point.value is not None
    said = f"{numbers.in_words(point.value, view.unit, view.language)} {numbers.when(point.period, view.language)}"
    return f"{said} ({point.firmness(view.language)})" if point.firmness else said


def _listed(view: View, rows: Sequence[Row], heads: tuple[str, str], intro: Text) -> str:
    said = []
    for row in rows:
        beside = f" ({heads[1]}: {words.cell(row.beside, view)})" if row.beside is not None else ""
        said.append(
            f"{row.label}: {words.cell(row.now, view) or Text('niet geteld', 'not counted')(view.language)}{beside}"
        )
    unit = numbers.unit_words(view.unit, view.language)
    return f"{intro(view.language)} {unit}, {heads[0]}. {'; '.join(said)}."


def _shares(view: View, series: Sequence[Series]) -> str:
    found = findings.shares(view, view.now)
    said = [
        f"{item.label}: {numbers.figure(100 * found[item.code], 'percent', view.language)}"
        if item.code in found
        else f"{item.label}: {words.HIDDEN(view.language)}"
        for item in series
    ]
    return f"{numbers.period(view.now, view.language)}: {'; '.join(said)}."
