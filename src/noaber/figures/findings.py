"""The finding of a figure as one sentence: computed from its cells, and silent where they do not carry it.

A sentence never compares over an incomparable break, never gives a percentage over a small number, and says so when a
figure is hidden, provisional, or has nothing beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from noaber.disclosure import REASONS
from noaber.records import TOTAL, Language, Layer, Text
from noaber.results import Unit

from . import numbers
from .series import UNKNOWN, Point, Row, Series, View, by_size, value_of

_PERCENT_FROM: Final = 200
"""Counts below this get no percentage: rounding to five alone would move it by more than two percent."""
_FEW: Final = 6
"""Among more kinds than this, the lowest is an oddity and no finding."""
_FROM_TO: Final[frozenset[Unit]] = frozenset({"days", "months", "ratio", "minutes_per_week", "half_days_per_week"})


_VERBS: Final = {"up": ("steeg", "stegen"), "down": ("daalde", "daalden")}
_VERBS_COMING: Final = {"up": ("stijgt", "stijgen"), "down": ("daalt", "dalen")}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sentence is about, in both languages, with its capital; `plural` picks the Dutch verb."""

    nl: str
    en: str
    plural: bool = False


@dataclass(frozen=True, slots=True)
class _Moved:
    """A change in words, how strong it is, and in which direction."""

    by: str
    strength: str
    """`none`, `slight` or `plain`."""
    up: bool


def subject_of(title: Text, unit: Unit) -> Subject:
    """Return a subject made of the title of a result, for who gives none: correct, if not graceful."""
    if unit == "persons" and title.nl.startswith("Inwoners") and title.en.startswith("Residents"):
        return Subject(f"Het aantal i{title.nl[1:]}", f"The number of r{title.en[1:]}")
    return Subject(f"Het cijfer ‘{title.nl}’", f"The figure ‘{title.en}’")


def why(hidden: str, language: Language) -> str:
    """Return why a figure is hidden, as the end of a sentence without its stop."""
    words = next(text(language) for code, text in REASONS.items() if code == hidden)
    return f"{words[0].lower()}{words[1:].removesuffix('.')}"


def trend(view: View, subject: Subject) -> str:
    """Return what happened since a year earlier: to the total and the part that moved most, else among the parts."""
    one = view.total or (view.series[0] if len(view.series) == 1 else None)
    if one is None:
        return _among(view, subject)
    point = one.by_period.get(view.now)
    if point is None or point.value is None:
        return _hidden(view, subject, point)
    say = _Saying(view, subject)
    return say.done(_since(say, point, known=_was_there(view, one)) + _most(say, point), point)


def expected(view: View, subject: Subject) -> str:
    """Return where a series is expected to go from its last counted figure, and between which figures that may end."""
    series = view.series[0]
    last, counted = series.points[-1], [point for point in series.shown if not point.expected]
    if last.value is None:
        return _hidden(view, subject, last)
    say = _Saying(view, subject)
    then = numbers.when(last.period, view.language)
    now = numbers.in_words(last.value, view.unit, view.language)
    if not counted or not last.expected:
        said = say(f"{say.subject} {say.was} {now} {then}", f"{say.subject} {say.was} {now} {then}")
    else:
        from_ = numbers.in_words(counted[-1].value or 0.0, view.unit, view.language)
        when = numbers.when(counted[-1].period, view.language)
        verb = say(
            "gaat" if not subject.plural else "gaan",
            "is expected to go" if not subject.plural else "are expected to go",
        )
        likely = say(" naar verwachting", "")
        said = f"{say.subject} {verb}{likely} {say('van', 'from')} {from_} {when} {say('naar', 'to')} {now} {then}"
    range_ = between(view, last)
    return f"{said}{'; ' + range_[0].lower() + range_[1:].removesuffix('.') if range_ else ''}."


EIGHT_OF_TEN: Final = Text("Acht van de tien keer", "Eight times out of ten")


def between(view: View, point: Point, band: Text = EIGHT_OF_TEN) -> str:
    """Return between which figures a point is expected to lie, and by what the band goes; nothing without a band."""
    if point.low is None or point.high is None:
        return ""
    low, high = (numbers.figure(edge, view.unit, view.language) for edge in (point.low, point.high))
    return Text(f"{band.nl} tussen {low} en {high}.", f"{band.en} between {low} and {high}.")(view.language)


def highest(view: View, subject: Subject, rows: Sequence[Row]) -> str:
    """Return where the latest figure is highest and lowest; among many kinds, the two that are highest."""
    shown = [row for row in by_size(rows) if row.code not in (*UNKNOWN, TOTAL) and value_of(row.now) is not None]
    if not shown and value_of(view.total.by_period.get(view.now) if view.total else None) is not None:
        return trend(view, subject)
    if not shown:
        return _hidden(view, subject, rows[0].now if rows else None)
    say, most, least = _Saying(view, subject), shown[0], shown[-1]
    top, bottom = say.words(most.now), say.words(least.now)
    at = say("in" if view.along == "district" else "bij", "in" if view.along == "district" else "for")
    if len(shown) == 1:
        said = say(f"{say.was} {say.when} {top} {at} {most.label}", f"{say.was} {top} {at} {most.label} {say.when}")
    elif top == bottom:
        said = say(f"{say.are} {say.when} overal gelijk: {top}", f"{say.are} the same everywhere {say.when}: {top}")
    else:
        many = len(shown) > _FEW and view.along not in {"district", "question"}
        other = shown[1] if many else least
        plain = numbers.figure(value_of(other.now), view.unit, view.language)
        ends = (f"{_quoted(view, most)} ({top})", f"{_quoted(view, other)} ({plain})")
        then = say(f"daarna {at}", f"then {at}") if many else say(f"het laagst {at}", f"lowest {at}")
        said = say(
            f"{say.are} {say.when} het hoogst {at} {ends[0]} en {then} {ends[1]}",
            f"{say.are} highest {at} {ends[0]} and {then} {ends[1]} {say.when}",
        )
    return say.done(f"{say.subject} {said}", most.now)


def spread(view: View, subject: Subject, rows: Sequence[Row], total: Row | None) -> str:
    """Return in how many rows the latest figure is above that of all together."""
    shown = [value for row in rows if (value := value_of(row.now)) is not None]
    whole = value_of(total.now) if total else None
    if whole is None or len(shown) < 2:
        return highest(view, subject, rows)
    say, above = _Saying(view, subject), sum(value > whole for value in shown)
    kind = say("wijken", "districts") if view.along == "district" else say("groepen", "groups")
    of_all = numbers.in_words(whole, view.unit, view.language)
    return say.done(
        say(
            f"{say.subject} ligt {say.when} in {above} van de {len(shown)} {kind} boven dat van de hele gemeente "
            f"({of_all})",
            f"{say.subject} is above that of the whole municipality ({of_all}) in {above} of the {len(shown)} {kind} "
            f"{say.when}",
        ),
        total.now if total else None,
    )


def beside(view: View, subject: Subject, mine: Row, others: Sequence[Row], group: Text) -> str:
    """Return how a figure stands among those of others, and the one in their middle; `group` says what they are."""
    say, value = _Saying(view, subject), value_of(mine.now)
    beyond = [number for row in others if (number := value_of(row.now)) is not None]
    assert value is not None, "asked for only where there is a figure"
    below, above, many = sum(number < value for number in beyond), sum(number > value for number in beyond), len(beyond)
    side, size = (say("hoger", "higher"), below) if below >= above else (say("lager", "lower"), above)
    kind, middle = group(view.language), numbers.figure(median(beyond), view.unit, view.language)
    of_middle = say("midden: ", "middle: ") if many > 1 else ""
    if many == 1:
        which = next(row.label for row in others if value_of(row.now) is not None)
    elif size == many:
        which = say(f"alle {many} {kind}", f"all {many} {kind}")
    else:
        which = say(f"{size} van de {many} {kind}", f"{size} of the {many} {kind}")
    return say.done(
        f"{say.subject} {say.was} {say.words(mine.now)} {say.when}: "
        f"{side} {say('dan in', 'than in')} {which} ({of_middle}{middle})",
        mine.now,
    )


def against(view: View, subject: Subject, row: Row, other: Text) -> str:
    """Return how a figure stands against the one beside it, such as realisation against budget."""
    mine, theirs = value_of(row.now), value_of(row.beside)
    if mine is None:
        return _hidden(view, subject, row.now)
    say, beside = _Saying(view, subject), other(view.language)
    said = f"{say.subject} {say.was} {say.words(row.now)} {say.when}"
    if theirs is None:
        return say.done(said + say(f"; {beside}: geen cijfer", f"; {beside}: no figure"), row.now)
    gap = mine - theirs
    if say.words(row.now) == numbers.in_words(theirs, view.unit, view.language):
        return say.done(said + say(f", evenveel als {beside}", f", the same as {beside}"), row.now)
    size = numbers.in_words(abs(gap), view.unit, view.language)
    more = say("meer", "more") if gap > 0 else say("minder", "less")
    share = f" ({numbers.change(100 * gap / abs(theirs), theirs, view.language)})" if _percent_is_fair(theirs) else ""
    return say.done(said + say(f": {size} {more} dan {beside}", f": {size} {more} than {beside}") + share, row.now)


def prices(view: View, subject: Subject) -> str:
    """Return how an amount moved as paid, and beside it corrected for the prices in contracts; `along` is price."""
    by_code = {item.code: item.by_period.get(view.now) for item in view.series}
    paid, real = by_code.get("nominal"), by_code.get("contract")
    if paid is None or paid.value is None:
        return _hidden(view, subject, paid)
    say = _Saying(view, subject)
    said = _since(say, paid, known=True)
    if real is not None and real.value is not None and paid.change is not None and real.change is not None:
        change = numbers.change(real.change, real.before or 0, view.language)
        said += say(f"; gecorrigeerd voor prijzen is dat {change}", f"; corrected for prices that is {change}")
    return say.done(said, paid)


def layers(view: View) -> str:
    """Return how many residents each layer of the pyramid reaches, from wide to narrow, and never added."""
    say = _Saying(view, Subject("", ""))
    rows = {row.code: row.now for row in view.rows()}
    shown = [(layer, point) for layer in Layer if (point := rows.get(layer)) and point.value is not None]
    everywhere = all(point.no_change == "break" for _, point in shown)
    said = [
        f"{_layer(say, layer)} {_reached(say, point, layer, first=not place, alone=not everywhere)}"
        for place, (layer, point) in enumerate(shown)
    ]
    if not said:
        return _hidden(view, Subject("Het aantal inwoners per laag", "The number of residents per layer"), None)
    broken = say("; dat is niet te vergelijken met een jaar eerder", "; that cannot be compared with a year earlier")
    joined = f" {say('en', 'and')} ".join([item for item in (", ".join(said[:-1]), said[-1]) if item])
    when = f"{say.when[0].upper()}{say.when[1:]}"
    verb = say(" bereikte", "")
    provisional = next((point for _, point in shown if point.provisional), None)
    return say.done(f"{when}{verb} {joined}{broken if everywhere else ''}{_without(say, rows)}", provisional)


def _without(say: _Saying, rows: Mapping[str, Point | None]) -> str:
    """Return which layers have no figure: not counted by anyone, or hidden."""
    said = ""
    uncounted = [_layer(say, layer) for layer in Layer if rows.get(layer) is None]
    hidden = [_layer(say, layer) for layer in Layer if (point := rows.get(layer)) and point.value is None]
    for names, nl, en in ((uncounted, "niet geteld", "not counted"), (hidden, "niet te tonen", "not to be shown")):
        if names:
            joined = f" {say('en', 'and')} ".join(names)
            many = len(names) > 1
            said += f"; {joined} {say('zijn' if many else 'is', 'were' if many else 'was')} {say(nl, en)}"
    return said


def _layer(say: _Saying, layer: Layer) -> str:
    label = say.view.label(layer, "layer")
    return say("de ", "the ") * (layer is Layer.SOCIAL_BASIS) + f"{label[0].lower()}{label[1:]}"


def _reached(say: _Saying, point: Point, layer: Layer, *, first: bool, alone: bool) -> str:
    """Return how many a layer reached and, `alone`, how that moved; the first says of whom, the others follow it."""
    figure = numbers.figure(point.value, say.view.unit, say.view.language)
    moved = None if point.no_change == "break" else _change(say.view, point)
    change = f" ({moved.by})" if moved else ""
    if point.no_change == "break" and alone:
        change = say(" (niet te vergelijken met een jaar eerder)", " (not comparable with a year earlier)")
    about = layer is Layer.SOCIAL_BASIS  # nobody registers it
    nl, en = ("naar schatting ", "an estimated ") if about else ("", "")
    return (
        say(f"{nl}{figure} inwoners{change}", f"reached {en}{figure} residents{change}")
        if first
        else f"{say(nl, en)}{figure}{change}"
    )


def shared(view: View, parts: Sequence[tuple[str, float]], whole: float) -> str:
    """Return which part adds most to a whole, and which takes from it when one does."""
    say, ((most, adds), (least, takes)) = _Saying(view, Subject("", "")), (parts[0], parts[-1])
    top, of, loss = (numbers.in_words(value, view.unit, view.language) for value in (adds, whole, abs(takes)))
    said = say(
        f"‘{most}’ draagt {say.when} het meest bij: {top} van {of}", f"‘{most}’ adds most {say.when}: {top} of {of}"
    )
    return say.done(said + (say(f"; ‘{least}’ kost {loss}", f"; ‘{least}’ costs {loss}") if takes < 0 else ""))


def makeup(view: View, subject: Subject) -> str:
    """Return which class is the largest, and whose share grew most since a year earlier."""
    say, now = _Saying(view, subject), shares(view, view.now)
    if not now:
        return _hidden(view, subject, view.series[0].by_period.get(view.now))
    largest = max(now, key=lambda code: now[code])
    label, share = view.label(largest), numbers.figure(100 * now[largest], "percent", view.language)
    said = say(
        f"{say.subject}: ‘{label}’ komt {say.when} het meest voor ({share})",
        f"{say.subject}: ‘{label}’ is the most common {say.when} ({share})",
    )
    before = shares(view, view.earlier)
    grown = {code: 100 * (now[code] - before[code]) for code in now if code in before and not _broken(view, code)}
    most = max(grown, key=lambda code: grown[code], default=None)
    if most is not None and grown[most] >= 1:
        points = numbers.number(grown[most], view.language, 1)
        label = view.label(most)
        which = say("dat aandeel", "that share") if most == largest else say(f"‘{label}’", f"‘{label}’")
        said += say(
            f"; {which} groeide het meest, met {points} procentpunt",
            f"; {which} grew most, by {points} percentage points",
        )
    return say.done(said, view.series[0].by_period.get(view.now))


def shares(view: View, period: str | None) -> dict[str, float]:
    """Return the share of every class that is shown in a period: of their sum, or of the total when one is hidden."""
    points = {item.code: item.by_period.get(period or "") for item in view.parts}
    shown = {code: value for code, point in points.items() if (value := value_of(point)) is not None}
    whole = sum(shown.values())
    if view.total and any(point and point.hidden not in (None, "empty") for point in points.values()):
        whole = max(whole, value_of(view.total.by_period.get(period or "")) or 0.0)
    return {code: value / whole for code, value in shown.items()} if whole else {}


class _Saying:
    """The small words of one sentence: in its language, and agreeing with its subject."""

    def __init__(self, view: View, subject: Subject) -> None:
        self.view = view
        self.subject = self(subject.nl, subject.en)
        self.plural = subject.plural
        self.when = numbers.when(view.now, view.language)
        now = [item.by_period[view.now] for item in view.series if view.now in item.by_period]
        self.coming = any(point.expected for point in now)
        """Whether the latest figure is one that nobody has counted yet: it is told in the present."""
        self.are = self("zijn" if self.plural else "is", "is")
        self.was = self.are if self.coming else self("waren" if self.plural else "was", "was")
        self.stayed = self("bleven" if self.plural else "bleef", "stayed")
        if self.coming:
            self.stayed = self("blijven" if self.plural else "blijft", "stays")

    def __call__(self, nl: str, en: str) -> str:
        return nl if self.view.language == "nl" else en

    def words(self, point: Point | None) -> str:
        value = value_of(point)
        return "" if value is None else numbers.in_words(value, self.view.unit, self.view.language)

    def moved(self, *, up: bool) -> str:
        """Return the verb for a move, for one or for several: stijgt, stijgen, steeg, stegen."""
        dutch = _VERBS_COMING if self.coming else _VERBS
        one, more = dutch["up" if up else "down"]
        english = ("rises" if up else "falls") if self.coming else ("rose" if up else "fell")
        return self(more if self.plural else one, english)

    def done(self, said: str, point: Point | None = None) -> str:
        firmness = point.firmness if point is not None else None
        return f"{said} ({firmness(self.view.language)})." if firmness else f"{said}."


def _since(say: _Saying, point: Point, *, known: bool) -> str:
    """Return what happened to a figure that is shown; `known` says whether a year earlier has a cell at all."""
    now = say.words(point)
    flat = f"{say.subject} {say.was} {now} {say.when}"
    if point.no_change == "break":
        return flat + say(
            "; dat is niet te vergelijken met een jaar eerder", "; that cannot be compared with a year earlier"
        )
    if point.before is None:
        hidden = say("; een jaar eerder is niet te tonen", "; a year earlier cannot be shown")
        absent = say("; een jaar eerder is er geen cijfer", "; there is no figure of a year earlier")
        return flat + (hidden if known else absent)
    moved = _change(say.view, point)
    if moved is None:
        before = numbers.figure(point.before, say.view.unit, say.view.language)
        if before == numbers.figure(point.value, say.view.unit, say.view.language):
            return f"{say.subject} {say.stayed} {say.when} {say('gelijk', 'the same')}: {now}"
        verb = say.moved(up=(point.value or 0) > point.before)
        return say(
            f"{say.subject} {verb} {say.when} van {before} naar {now}",
            f"{say.subject} {verb} from {before} to {now} {say.when}",
        )
    if moved.strength == "none":
        nearly = say("vrijwel gelijk", "nearly the same")
        return f"{say.subject} {say.stayed} {say.when} {nearly}: {now} ({moved.by})"
    verb, size = say.moved(up=moved.up), moved.by.lstrip("+\N{MINUS SIGN}")
    slightly = say(" licht", " slightly") if moved.strength == "slight" else ""
    return say(
        f"{say.subject} {verb} {say.when}{slightly} met {size} tot {now}",
        f"{say.subject} {verb}{slightly} {say.when} by {size} to {now}",
    )


def _change(view: View, point: Point) -> _Moved | None:
    """Return a change in words; None when only "from ... to ..." is fair."""
    assert point.value is not None
    if point.before is None:
        return None
    up = point.value > point.before
    if view.unit == "percent":
        points = point.value - point.before
        words = Text("procentpunt", "percentage points")(view.language)
        shown = f"{'+' if up else ''}{numbers.number(points, view.language, 1)} {words}"
        return _Moved(shown, _strength(points, 0.5, 2), up)
    small = view.unit in numbers.COUNTS and min(abs(point.before), abs(point.value)) < _PERCENT_FROM
    if view.unit in _FROM_TO or small or point.change is None or point.before < 0 or point.value < 0:
        return None
    return _Moved(numbers.change(point.change, point.before, view.language), _strength(point.change, 1, 3), up)


def _strength(change: float, least: float, plain: float) -> str:
    return "none" if abs(change) < least else "slight" if abs(change) < plain else "plain"


def _most(say: _Saying, whole: Point) -> str:
    """Return a clause on the part that moved most, when the total itself may be compared."""
    found = _strongest(say.view, whole)
    if whole.change is None or found is None or found[1].strength != "plain":
        return ""
    part, moved = found
    at = _after(say, part.label)
    if moved.up == (whole.change > 0):
        return say(f", het sterkst bij {at} ({moved.by})", f", most for {at} ({moved.by})")
    verb = say.moved(up=moved.up)
    return say(f", maar {verb} bij {at} ({moved.by})", f", but {verb} for {at} ({moved.by})")


def _among(view: View, subject: Subject) -> str:
    """Return what stands out among parts that have no total: the largest move, in numbers and not in percent."""
    found = max(_moves(view), key=lambda move: abs((move[1].value or 0) - (move[1].before or 0)), default=None)
    if found is None or found[2].strength == "none":
        return highest(view, subject, view.rows())
    (part, point, moved), say = found, _Saying(view, subject)
    at, verb, size = _after(say, part.label), say.moved(up=moved.up), moved.by.lstrip("+\N{MINUS SIGN}")
    return say.done(
        say(
            f"{say.subject} {verb} {say.when} het sterkst bij {at}, met {size} tot {say.words(point)}",
            f"{say.subject} {verb} most for {at} {say.when}, by {size} to {say.words(point)}",
        ),
        point,
    )


def _strongest(view: View, whole: Point) -> tuple[Series, _Moved] | None:
    """Return the part with the largest change in percent, among those that are a twentieth of the whole or more."""
    least = abs(whole.before or 0) / 20
    found = [(part, point, moved) for part, point, moved in _moves(view) if abs(point.before or 0) >= least]
    most = max(found, key=lambda move: abs(move[1].change or 0), default=None)
    return None if most is None else (most[0], most[2])


def _moves(view: View) -> list[tuple[Series, Point, _Moved]]:
    """Return the parts that are known and whose change may be told, each with its latest point and its change."""
    found = []
    for part in view.parts:
        point = part.by_period.get(view.now)
        if part.code in UNKNOWN or point is None or point.value is None or point.change is None:
            continue
        if (moved := _change(view, point)) is not None:
            found.append((part, point, moved))
    return found


def _hidden(view: View, subject: Subject, point: Point | None) -> str:
    say = _Saying(view, subject)
    if point is None or point.hidden in (None, "empty"):
        named = f"{say.subject[0].lower()}{say.subject[1:]}"
        return say.done(say(f"Er is {say.when} geen cijfer voor {named}", f"There is no figure {say.when} for {named}"))
    because = why(point.hidden, view.language)
    hidden = say(f"{say.are} {say.when} verborgen: {because}", f"{say.are} hidden {say.when}: {because}")
    return say.done(f"{say.subject} {hidden}", point)


def _was_there(view: View, series: Series) -> bool:
    return view.earlier is not None and view.earlier in series.by_period


def _broken(view: View, code: str) -> bool:
    series = next(item for item in view.series if item.code == code)
    point = series.by_period.get(view.now)
    return point is not None and point.no_change == "break"


def _percent_is_fair(base: float) -> bool:
    return abs(base) >= _PERCENT_FROM


def _after(say: _Saying, label: str) -> str:
    """Return the words for a part as they stand after a preposition: laws have an article."""
    return f"{say('de', 'the')} {label}" if say.view.along == "law" else label


def _quoted(view: View, row: Row) -> str:
    """Return a label, between quotes when it is a sentence of its own (a statement of a survey)."""
    return f"‘{row.label}’" if view.along == "question" else row.label
