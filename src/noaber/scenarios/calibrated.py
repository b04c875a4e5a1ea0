"""From a snapshot to a baseline: spells, residents and claims become rates, and a plan adds what happens elsewhere."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import duckdb
import numpy as np

from noaber import rules
from noaber.municipality import Municipality
from noaber.plans import Elsewhere
from noaber.records import Law, Text

from ..flows import Calibration, Floats, Forms, Ints, Parameter, Rates, Seen, Town, calibrate
from .baseline import AGES, OLDEST, OTHER, Baseline, covered
from .errors import EmptySnapshotError, TooManyUsersError

WINDOW: Final = 36
"""Months that are looked back on: long enough for rare forms, short enough to be today's practice."""
CLASSES: Final = 30
"""Months of support that are told apart."""
PRICED: Final = 12
"""Months of claims from which the price follows."""
LATE: Final = 2
"""Last months of claims that are not looked at, because claims come late."""
FEWEST: Final = 25
"""Spells, and half as many ends, that a form needs to be costed by itself."""
RARE: Final = 12
"""Clients who must have gone from one form on to another for the pair to be followed."""
POOL: Final = "OVERIG_"
"""How the code begins of the form in which the small forms of a law are taken together."""


@dataclass(frozen=True, kw_only=True)
class _Read:
    """Spells that touch the window, S of them, with their form as a number in `forms`."""

    forms: tuple[str, ...]
    laws: tuple[str, ...]
    person: Ints
    form: Ints
    district: Ints
    born: Ints
    begin: Any
    last: Any
    referrer: Any


def prepare(
    connection: duckdb.DuckDBPyConnection,
    town: Municipality,
    *,
    until: int,
    known_on: date,
    snapshot: str,
    elsewhere: Sequence[Elsewhere] = (),
    sources: tuple[str, ...] = (),
) -> Baseline:
    """Return unchanged policy through the last month of the year `until`, from what a snapshot knows.

    Inflow, duration and throughflow from the last 36 whole months, prices from the last 12 with claims; residents stay
    as they were last counted. Raises EmptySnapshotError (N-713) when there is no support, no residents or no claim.
    """
    closes = _closes(connection, known_on)
    opens = _earlier(closes, WINDOW)
    areas, people = _residents(connection, town, opens)
    read, pooled, left_out = _grouped(_spells(connection, town, areas, opens, closes), opens, closes)
    forms = Forms(names=read.forms, laws=read.laws)
    cell = _cells(read, opens)
    seen = Seen(
        person=read.person, cell=cell, form=read.form, begin=read.begin, last=read.last, opens=opens, months=WINDOW
    )
    groups = np.tile(np.arange(len(AGES)), len(areas))
    found = _simpler(calibrate(seen, people, forms, groups=groups, classes=CLASSES, least=10))
    prices, level = _prices(connection, seen, read, pooled, opens)
    months = (until + 1 - closes.year) * 12 + 1 - closes.month
    if months < 1:
        raise EmptySnapshotError(
            f"The snapshot runs until {closes}, and there is nothing to forecast up to {until}.",
            where="until",
            now="Choose a later year.",
        )
    contribution, used = _contribution(read, closes)
    residents = _at_least_served(people[-1], found.stock, forms)
    whole = _with(elsewhere, found, forms, residents, len(areas))
    return Baseline(
        town=_town(whole, found, elsewhere, np.stack([prices, contribution]), residents, months),
        start=closes,
        names=tuple(_words(code, town, elsewhere) for code in whole[0].names),
        elsewhere=tuple(item.code for item in elsewhere),
        areas=areas,
        area_names=tuple(next((d.name for d in town.districts if d.code == code), town.name) for code in areas),
        bands=AGES,
        band=np.tile(np.arange(len(AGES)), len(areas)),
        referrers=_referrers(read, len(whole[0])),
        parameters=(*found.doubt(forms), *_volumes(connection, read, closes), *_elsewhere_doubt(elsewhere)),
        pooled=pooled,
        left_out=left_out,
        price_level=level,
        snapshot=snapshot,
        known_on=known_on,
        sources=sources,
        rules=used,
    )


def _at_least_served(people: Floats, stock: Floats, forms: Forms) -> Floats:
    """Return residents per cell, [C], at least as many as have support: in a village counts of two days may differ."""
    served = stock.sum(axis=0) @ np.eye(len(forms.pool_names))[forms.pool]
    return np.asarray(np.maximum(people, served.max(axis=1)))


def _earlier(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)


def _closes(connection: duckdb.DuckDBPyConnection, known_on: date) -> date:
    """Return the first day of the month after the last one of which all is known."""
    found = connection.execute("SELECT max(began_on) FROM support WHERE began_on <= ?", [known_on]).fetchone()
    if found is None or found[0] is None:
        raise EmptySnapshotError(
            "Nobody has had support in this snapshot, so there is nothing to compare with.",
            where="support",
            now="Take in the messages or the back office first, with: noaber take-in",
        )
    return min(_earlier(found[0], -1), known_on.replace(day=1))


def _residents(
    connection: duckdb.DuckDBPyConnection, town: Municipality, opens: date
) -> tuple[tuple[str, ...], Floats]:
    """Return districts, and residents per month of the window and cell, [T, C]; a count holds until the next."""
    rows = connection.execute("""
        SELECT "on", area, age_from, age_until, sum(persons) FROM population
        WHERE kind = 'observed' GROUP BY ALL ORDER BY ALL""").fetchall()
    there = {row[1] for row in rows}
    districts = tuple(item.code for item in town.districts if item.code in there)
    areas = districts or tuple(code for code in (town.gm_code,) if code in there)
    if not areas:
        raise EmptySnapshotError(
            "There are no residents by age in this snapshot.",
            where="population",
            now="Take in the table of residents by age, per district or for the municipality.",
        )
    days = sorted({row[0] for row in rows if row[1] in areas})
    counts = np.zeros((len(days), len(areas), OLDEST + 1))
    for on, area, first, last, persons in rows:
        if area in areas:
            ages = slice(first, (OLDEST if last is None else min(last, OLDEST)) + 1)
            counts[days.index(on), areas.index(area), ages] += persons / (ages.stop - ages.start)
    bands = np.stack([counts[..., first : last + 1].sum(axis=2) for first, last in AGES], axis=2)
    cells = bands.reshape(len(days), -1)
    months = [_earlier(opens, -month) for month in range(WINDOW)]
    at = [max(bisect_right(days, month) - 1, 0) for month in months]
    return areas, np.maximum(cells[at], 1e-6)


def _spells(
    connection: duckdb.DuckDBPyConnection, town: Municipality, areas: tuple[str, ...], opens: date, closes: date
) -> _Read:
    rows = connection.execute(
        """
        SELECT person, law, care_form, district, birth_year, began_on,
               CASE WHEN coalesce(ended_on, allocated_until) < ? THEN coalesce(ended_on, allocated_until) END AS last,
               coalesce(referrer, '') AS referrer
        FROM support
        WHERE began_on < ? AND coalesce(ended_on, allocated_until, ?) >= greatest(began_on, ?)
        ORDER BY ALL""",
        [closes, closes, closes, opens],
    ).fetchall()
    if not rows:
        raise EmptySnapshotError(
            f"Nobody had support from {opens} on in this snapshot.", where="support", now="Take in more recent support."
        )
    law_of = {row[2]: row[1] for row in rows}
    forms = tuple(sorted(law_of, key=lambda code: (law_of[code], code)))
    people = {person: number for number, person in enumerate(dict.fromkeys(row[0] for row in rows))}
    place = {code: number for number, code in enumerate(areas)}
    middle = int(np.median([row[4] for row in rows if row[4] is not None] or [1970]))
    return _Read(
        forms=forms,
        laws=tuple(law_of[code] for code in forms),
        person=np.array([people[row[0]] for row in rows], dtype=np.int64),
        form=np.array([forms.index(row[2]) for row in rows], dtype=np.int64),
        # Who has no district that we count by is spread over all of them.
        district=np.array([place.get(row[3], people[row[0]] % len(areas)) for row in rows], dtype=np.int64),
        born=np.array([middle if row[4] is None else row[4] for row in rows], dtype=np.int64),
        begin=np.array([row[5] for row in rows], dtype="datetime64[D]"),
        last=np.array([row[6] for row in rows], dtype="datetime64[D]"),
        referrer=np.array([row[7] for row in rows]),
    )


def _grouped(read: _Read, opens: date, closes: date) -> tuple[_Read, dict[str, str], tuple[str, ...]]:
    """Return the spells with small forms of one law taken together, and without forms that nobody starts or has."""
    running = np.bincount(read.form[np.isnat(read.last)], minlength=len(read.forms))
    year = read.begin >= np.datetime64(_earlier(closes, 12))
    starting = np.bincount(read.form[year], minlength=len(read.forms))
    spells = np.bincount(read.form[read.begin >= np.datetime64(opens)], minlength=len(read.forms))
    ends = np.bincount(read.form[~np.isnat(read.last)], minlength=len(read.forms))
    target: dict[str, str] = {}
    for number, code in enumerate(read.forms):
        if running[number] + starting[number] == 0:
            target[code] = ""
        elif spells[number] < FEWEST or ends[number] < FEWEST / 2:
            target[code] = POOL + read.laws[number].upper()
        else:
            target[code] = code
    counted = {
        group: sum(ends[n] for n, code in enumerate(read.forms) if target[code] == group) for group in target.values()
    }
    target = {code: group if counted.get(group, 0) >= 2 else "" for code, group in target.items()}
    law = {group: read.laws[number] for number, (_, group) in enumerate(target.items()) if group}
    forms = tuple(sorted(law, key=lambda code: (law[code], code.startswith(POOL), code)))
    if not forms:
        raise EmptySnapshotError(
            "No care form has enough clients to calculate with.", where="support", now="Take in a longer period."
        )
    number_of = np.array([forms.index(target[code]) if target[code] else -1 for code in read.forms])
    form = number_of[read.form]
    kept = form >= 0
    found = _Read(
        forms=forms,
        laws=tuple(law[code] for code in forms),
        form=form[kept],
        **{name: getattr(read, name)[kept] for name in ("person", "district", "born", "begin", "last", "referrer")},
    )
    pooled = {code: group for code, group in target.items() if group.startswith(POOL)}
    return found, pooled, tuple(code for code, group in target.items() if not group)


def _cells(read: _Read, opens: date) -> Ints:
    """Return the cell of each spell, [S]: district × age band when it began, or when the window opened."""
    since = np.maximum(read.begin, np.datetime64(opens)).astype("datetime64[Y]").astype(int) + 1970
    age = np.clip(since - read.born, 0, OLDEST)
    band = np.searchsorted([first for first, _ in AGES], age, side="right") - 1
    return np.asarray(read.district * len(AGES) + band, dtype=np.int64)


def _simpler(found: Calibration) -> Calibration:
    """Return the rates without pairs of forms that rarely follow each other; those starts count as inflow instead."""
    source, target = found.follows.T
    moved = found.through[0] * found.ends[source]
    kept = moved >= RARE
    more = np.bincount(target[~kept], weights=moved[~kept], minlength=len(found.starts))
    return replace(
        found,
        follows=found.follows[kept],
        through=found.through[:, kept],
        inflow=found.inflow * (1 + more / found.starts),
    )


def _prices(
    connection: duckdb.DuckDBPyConnection, seen: Seen, read: _Read, pooled: dict[str, str], opens: date
) -> tuple[Floats, str]:
    """Return euros per client and month, [F], and the months they come from: what was claimed over who had support."""
    rows = connection.execute("SELECT care_form, month, sum(amount_cents) FROM cost GROUP BY ALL").fetchall()
    last = max((row[1] for row in rows), default=opens)
    until = min(_earlier(last, LATE - 1), _earlier(opens, -WINDOW))
    since = max(_earlier(until, PRICED), opens)
    euros = np.zeros(len(read.forms))
    for code, month, cents in rows:
        group = pooled.get(code, code)
        if group in read.forms and since <= month < until:
            euros[read.forms.index(group)] += cents / 100
    first, end = _number(since, opens), _number(until, opens)
    present = np.maximum(np.minimum(seen.end, end) - np.maximum(seen.start, first), 0)
    months = np.bincount(seen.form, weights=present, minlength=len(read.forms))
    unpaid = [code for code, amount, number in zip(read.forms, euros, months, strict=True) if not amount or not number]
    if unpaid:
        raise EmptySnapshotError(
            f"Nothing was claimed of {', '.join(unpaid)} between {since} and {until}, so there is no price.",
            where="claims",
            now="Take in the claims of these months, or the costs of the back office.",
        )
    return euros / months, f"{since:%Y-%m}/{_earlier(until, 1):%Y-%m}"


def _number(day: date, opens: date) -> int:
    return (day.year - opens.year) * 12 + day.month - opens.month


def _contribution(read: _Read, on: date) -> tuple[Floats, tuple[str, ...]]:
    """Return the own contribution per client and month, [F]: one per person with Wmo support, whatever the forms."""
    wmo = np.array([law == Law.WMO for law in read.laws])
    running = np.isnat(read.last) & wmo[read.form]
    if not running.any():
        return np.zeros(len(read.forms)), ()
    tariffs = rules.all_rules()["wmo/own_contribution"].values
    value = next((item for item in reversed(tariffs) if item.from_ <= on), tariffs[0])  # the last one that is known
    share = len(np.unique(read.person[running])) / running.sum()
    return np.where(wmo, value.number / 100 * share, 0.0), (str(value),)


def _with(
    elsewhere: Sequence[Elsewhere], found: Calibration, forms: Forms, people: Floats, areas: int
) -> tuple[Forms, Floats, Floats, Floats]:
    """Return forms, inflow [1, C, F], exit [K, 1, F] and stock [K, C, F], with those of the plan behind."""
    names, laws = (*forms.names, *(item.code for item in elsewhere)), (*forms.laws, *(_law(i) for i in elsewhere))
    whole = Forms(
        names=names,
        laws=laws,
        pools=(*forms.laws, *(item.code for item in elsewhere)),
        payers=(*forms.payers, *(item.payer for item in elsewhere)),
    )
    cells, classes = len(people), len(found.exit)
    inflow, stock = np.zeros((1, cells, len(elsewhere))), np.zeros((classes, cells, len(elsewhere)))
    leave = np.ones((classes, 1, len(elsewhere)))
    for number, item in enumerate(elsewhere):
        leave[..., number] = 1 / item.months.value
        share = np.tile([covered(band, item.ages) for band in AGES], areas)
        users = _users(item, share * people)
        inflow[0, :, number] = np.divide(
            users / item.months.value, people - users, out=np.zeros(cells), where=people > users
        )
        # As many come as go, so that it stays what it is; how long present users have been there does not matter then.
        stock[-1, :, number] = users * (1 - 1 / item.months.value)
    return (
        whole,
        np.concatenate([found.inflow, inflow], axis=2),
        np.concatenate([found.exit, leave], axis=2),
        np.concatenate([found.stock, stock], axis=2),
    )


def _users(item: Elsewhere, able: Floats) -> Floats:
    """Return who uses it already, [C], of those whose age allows it; TooManyUsersError (N-719) above all of them."""
    count = item.users or item.users_per_1000 / 1000 * able.sum()
    if count > able.sum():
        ages = f"from {item.ages[0]} to {item.ages[1]} years old " if item.ages else ""
        raise TooManyUsersError(
            f"{item.name} is said to have {count:,.0f} users, and only {able.sum():,.0f} residents {ages}live here.",
            where=f"{item.place.file}:{item.place.line}, elsewhere {item.code}",
            now="Lower `users`, or say `users_per_1000` instead, so that the plan fits a town of any size.",
        )
    return np.asarray(count * able / max(able.sum(), 1.0))


def _law(item: Elsewhere) -> str:
    return str(item.law) if item.law is not None else OTHER


def _town(
    whole: tuple[Forms, Floats, Floats, Floats],
    found: Calibration,
    elsewhere: Sequence[Elsewhere],
    euros: Floats,
    people: Floats,
    months: int,
) -> Town:
    """Return the town; `euros` [2, F] are price and contribution of the forms that were seen."""
    forms, inflow, leave, stock = whole
    price = np.array([item.euros.value for item in elsewhere])
    return Town(
        forms=forms,
        months=months,
        residents=people,
        areas=np.repeat(np.arange(len(people) // len(AGES)), len(AGES)),
        rates=Rates(
            inflow=inflow,
            exit=leave,
            intensity=np.ones((1, len(forms))),
            price=np.concatenate([euros[0], price])[None],
            contribution=np.concatenate([euros[1], np.zeros(len(elsewhere))])[None],
            fixed=np.zeros((1, len(forms))),
            follows=found.follows,
            through=found.through,
        ),
        stock=stock,
    )


def _referrers(read: _Read, size: int) -> dict[str, Floats]:
    """Return per referrer which share of a form's spells it sent, [F]."""
    whole = np.maximum(np.bincount(read.form, minlength=size), 1)
    return {
        str(code): np.bincount(read.form[read.referrer == code], minlength=size) / whole
        for code in np.unique(read.referrer)
        if code
    }


def _volumes(connection: duckdb.DuckDBPyConnection, read: _Read, closes: date) -> list[Parameter]:
    """Return how far the inflow of a law as a whole may move from year to year, from the years that were seen."""
    rows = connection.execute(
        """
        SELECT law, year(began_on) AS y, count(*) FROM support
        WHERE began_on < ? AND year(began_on) < ? GROUP BY ALL ORDER BY ALL""",
        [closes, closes.year + (closes.month == 12)],
    ).fetchall()
    found = []
    for law in dict.fromkeys(read.laws):
        starts = np.array([row[2] for row in rows if row[0] == law and row[1] < closes.year], dtype=np.float64)
        steps = np.diff(np.log(starts[1:]))  # the first year holds whoever was there already
        if len(steps) < 2:
            continue
        wide = float(np.exp(1.2816 * steps.std(ddof=1)))
        found.append(
            Parameter(
                name=f"volume of {law}",
                middle=1.0,
                low=1 / wide,
                high=wide,
                shape="lognormal",
                source=f"{len(steps)} year-on-year changes of starts",
            )
        )
    return found


def _elsewhere_doubt(elsewhere: Sequence[Elsewhere]) -> list[Parameter]:
    """Return the factors on price and duration of what the plan assumes."""
    found = []
    for item in elsewhere:
        for word, estimate in (("price", item.euros), ("duration", item.months)):
            if estimate.low < estimate.high:
                low, high = estimate.low / estimate.value, estimate.high / estimate.value
                name = f"{word} of {item.code}"
                found.append(
                    Parameter(name=name, middle=1.0, low=low, high=high, shape="triangular", source=estimate.because)
                )
    return found


def _words(code: str, town: Municipality, elsewhere: Sequence[Elsewhere]) -> Text:
    """Return what a form is called."""
    for form in town.care_forms:
        if form.code == code:
            return form.name
    for item in elsewhere:
        if item.code == code:
            return Text(item.name, item.name)
    return Text("Overige kleine vormen", "Other small forms") if code.startswith(POOL) else Text(code, code)
