"""The way of tables: from budget, ledger and indications to spending, income and balance per law: price × volume."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import duckdb
import numpy as np

from noaber import rules
from noaber.municipality import Municipality
from noaber.records import LAW_NAMES, TOTAL, Text
from noaber.results import Result

from ..flows import Floats
from . import bands, by_flows, drivers, lines, price_volume, prices, shape
from . import population as people
from .backtest import Trial
from .baseline import FARTHEST
from .drivers import Driver
from .errors import HorizonError, TooShortError
from .lines import Tables
from .population import Population
from .price_volume import Outlook
from .prices import PricePath
from .shape import Declared, Origin, Row

_SOURCES: Final = ("indication_table", "budget", "realisation", "price_index", "population")
_WAY: Final = Text(
    "Gemaakt langs de weg van tabellen: prijs maal volume. Elke begrotingsregel volgt de inwoners van de leeftijd "
    "die de wet gebruikt, de trend van haar zorgvorm en de prijzen. Een regel zonder zorgvorm houdt zijn volume.",
    "Made by way of tables: price times volume. Each budget line follows the residents of the ages that use the law, "
    "the trend of its care form, and prices. A line without a care form keeps its volume.",
)
_BAND: Final = Text(
    "In de band: hoe ver trend, demping en prijsindex ernaast kunnen zitten, het toeval, en wat eerdere verwachtingen "
    "daarboven misten. Niet in de band: of de begroting van het basisjaar klopt, nieuw beleid, een andere wet, ander "
    "gedrag, en een andere ontwikkeling van de bevolking.",
    "In the band: how far trend, damping and price index may be off, chance, and what earlier forecasts missed beyond "
    "these. Not in the band: whether the budget of the base year is right, new policy, another law, other behaviour, "
    "and another development of the population.",
)
_INCOME: Final = ("state_grant", "own_contribution")

_SPENDING: Final = Declared(
    indicator="forecast_spending_tables",
    title=Text("Uitgaven bij ongewijzigd beleid, uit tabellen", "Spending with unchanged policy, from tables"),
    definition=Text(
        "Wat de begrotingsregels kosten als het beleid blijft zoals het is: het basisjaar zoals de tabellen het "
        "hebben, en daarna met de inwoners, de trend en de prijzen.",
        "What the budget lines cost if policy stays as it is: the base year as the tables have it, and then with "
        "residents, trend and prices.",
    ),
    unit="cents",
    dimensions=("law", "budget_line", "kind"),
    sources=_SOURCES,
    additive_over=("law", "budget_line"),
)
_BALANCE: Final = Declared(
    indicator="forecast_balance",
    title=Text(
        "Inkomsten, uitgaven en saldo bij ongewijzigd beleid", "Income, expense and balance with unchanged policy"
    ),
    definition=Text(
        "Wat de meerjarenraming vermeldt, wat daaruit volgt als men het narekent, en wat wij aan uitgaven verwachten. "
        "Inkomsten zijn altijd zoals vermeld. Een tekort is negatief.",
        "What the multi-year estimate states, what follows from it when recomputed, and what expense we expect. Income "
        "is always as stated. A shortfall is negative.",
    ),
    unit="cents",
    dimensions=("law", "item", "basis"),
    sources=("funding", *_SOURCES),
)
_VOLUME: Final = Declared(
    indicator="forecast_volume",
    title=Text("Indicaties per zorgvorm bij ongewijzigd beleid", "Indications per care form with unchanged policy"),
    definition=Text(
        "Indicaties zoals de tabellen ze noemen, en daarna verwacht met de inwoners en de trend.",
        "Indications as the tables name them, and then expected with residents and trend.",
    ),
    unit="allocations",
    dimensions=("law", "care_form", "kind"),
    sources=_SOURCES[:1] + _SOURCES[4:],
)
_TRIED: Final = Declared(
    indicator="forecast_trials_tables",
    title=by_flows.TRIALS[0],
    definition=by_flows.TRIALS[1],
    unit="percent",
    dimensions=("care_form", "quantity", "measure", "ahead"),
    sources=_SOURCES,
)


@dataclass(frozen=True, kw_only=True)
class Table:
    """Unchanged policy by way of tables, and what it rests on."""

    tables: Tables
    outlook: Outlook
    drivers: Mapping[str, Driver]
    prices: PricePath
    population: Population | None
    """None where residents by age are not known well enough to project."""


def unchanged(connection: duckdb.DuckDBPyConnection, origin: Origin, *, until: int) -> Table:
    """Return unchanged policy up to and including the year `until`, from the tables of a snapshot.

    Raises `NoBasisError` (N-731) when no table has an amount, and `HorizonError` (N-733) for a year that is past or too
    far away.
    """
    town, tables = origin.town, lines.read(connection)
    if not tables.base < until <= tables.base + FARTHEST:
        raise HorizonError(
            f"The tables go up to {tables.base}; a forecast until {until} cannot be made from them.",
            where="until",
            now=f"Ask for a year from {tables.base + 1} to {tables.base + FARTHEST}.",
        )
    rows = people.read(connection)
    own = projected(rows, origin, until)
    published = people.published(rows, area=town.gm_code)
    first = min((year for line in tables.lines for year in line.volume), default=tables.base)
    laws = sorted({line.law for line in tables.lines})
    span = range(first, until + 1)
    changes = prices.read(connection)
    path = prices.path(changes, first, until)
    if not path.known:
        path = prices.path(changes, tables.base, until)
    driven = {
        law: drivers.driver(law, span, tables.base, own=own, published=published, on=origin.known_on) for law in laws
    }
    outlook = price_volume.outlook(
        tables,
        until,
        drivers=driven,
        prices=path,
        damping=rules.value("estimates/trend_damping", origin.known_on),
        steps=town.price_steps,
        changed=shape.since(town, date(tables.base, 12, 31)),
    )
    return Table(tables=tables, outlook=outlook, drivers=driven, prices=path, population=own)


def projected(rows: people.Rows, origin: Origin, until: int) -> Population | None:
    """Return our projection of residents; None where counts are too few to make one."""
    try:
        counts = people.counted(rows, area=origin.town.gm_code)
    except TooShortError:
        return None
    return people.forecast(counts, max(until, counts.years[-1] + 1), on=origin.known_on)


def spending(found: Table, origin: Origin) -> Result:
    """Return euros per budget line, law and in all per year: the base year as the tables have it, then expected."""
    tables, outlook = found.tables, found.outlook
    kind = "observed" if tables.basis == "realisation" else "stated"
    rows: list[Row] = []
    for law, name, members in _groups(tables):
        value, low, high = _band(found, members)
        for place, year in enumerate(outlook.years):
            cents = [float(round(100 * item[place])) for item in (value, low, high)]
            if place:
                rows.append((str(year), law, name, "forecast", *cents, None))
            else:
                rows.append((str(year), law, name, kind, cents[0], None, None, None))
    return shape.result(
        origin,
        _SPENDING,
        rows,
        notes=notes(found, origin),
        rules=_rules(found, origin),
        labels={"budget_line": _names(tables, origin.town)},
    )


def balance(found: Table, origin: Origin) -> Result:
    """Return income, expense and balance per law and year: as stated, recomputed from their lines, and as we expect."""
    tables = found.tables
    stated = _stated(tables)
    laws = sorted({law for _, law, _ in stated} - {"beide"} | {line.law for line in tables.lines})
    rows: list[Row] = [
        (str(year), law, item, "stated", float(cents), None, None, None) for (year, law, item), cents in stated.items()
    ]
    for year in sorted({year for year, _, _ in stated} | {tables.base}):
        rows += _recomputed(tables, stated, laws, year)
    for law in laws:
        rows += _expected(found, stated, law)
    return shape.result(
        origin,
        _BALANCE,
        rows,
        notes=(*notes(found, origin), *_beyond_stated(found, stated)),
        rules=_rules(found, origin),
    )


def volume(found: Table, origin: Origin) -> Result | None:
    """Return indications per care form and year: counted or stated, and then expected; None without such a table."""
    tables, outlook = found.tables, found.outlook
    places = [place for place, line in enumerate(tables.lines) if line.counts]
    if not places:
        return None
    rows: list[Row] = []
    for place in places:
        line = tables.lines[place]
        for year, value in line.volume.items():
            rows.append((str(year), line.law, line.care_form, "observed", value, None, None, None))
        last = max(line.volume)
        grown = np.exp(price_volume.growth(outlook, found.drivers[line.law], place))
        for ahead, year in enumerate(outlook.years):
            if year > last:
                value = float(line.volume[last] * grown[ahead])
                rows.append((str(year), line.law, line.care_form, "forecast", value, None, None, None))
    return shape.result(origin, _VOLUME, rows, notes=notes(found, origin), rules=_rules(found, origin))


def trials(found: Table, origin: Origin) -> Result | None:
    """Return how forecasts of past volumes did, per line and in all; None when there was too little past."""
    trial = found.outlook.trial
    if trial is None:
        return None
    codes = [_code(line) for line in found.tables.lines]
    once = [place for place, code in enumerate(codes) if codes.count(code) == 1 and found.tables.lines[place].care_form]
    rows = by_flows.trial_rows(
        trial.together([[place] for place in once]),
        [codes[place] for place in once],
        "volume",
        str(found.tables.base),
        None,
    )
    return shape.result(origin, _TRIED, rows, notes=notes(found, origin))


def notes(found: Table, origin: Origin) -> tuple[Text, ...]:
    """Return what a reader must know beside the figures."""
    tables = found.tables
    basis = {
        "realisation": Text("het grootboek", "the ledger"),
        "revised": Text("de begroting na wijziging", "the revised budget"),
        "primitive": Text("de begroting", "the budget"),
    }[tables.basis]
    said = [
        _WAY,
        _BAND,
        Text(f"Basisjaar {tables.base}, uit {basis.nl}.", f"Base year {tables.base}, from {basis.en}."),
        *tables.notes,
    ]
    if not found.prices.known:
        said.append(
            Text(
                f"In prijzen van {tables.base}: voor de jaren erna is geen index bekend.",
                f"At prices of {tables.base}: no index is known for the years after.",
            )
        )
    said += [_driven(driver) for driver in found.drivers.values()]
    said += [
        Text(f"Naast de index: {step.text.nl}", f"Beside the index: {step.text.en}") for step in origin.town.price_steps
    ]
    few = int(max(found.outlook.trend.years, default=0))
    if few < 2:
        said.append(NO_TREND)
    elif few == 2:
        said.append(TWO_YEARS)
    return (*said, *_verdict(found.outlook.trial))


NO_TREND: Final = Text(
    "Van geen zorgvorm zijn er cijfers van twee jaar: er is geen trend, alleen de bevolking en de prijzen.",
    "Of no care form there are figures of two years: there is no trend, only population and prices.",
)
TWO_YEARS: Final = Text(
    "Er zijn cijfers van twee jaar. Daaruit volgt één verandering per zorgvorm; de trend is die van alle zorgvormen "
    "van een wet samen, en zegt weinig.",
    "There are figures of two years. From these follows one change per care form; the trend is that of all care "
    "forms of a law together, and says little.",
)


def _driven(driver: Driver) -> Text:
    law = LAW_NAMES.get(driver.law, Text(driver.law, driver.law))
    if driver.share == 0:
        return Text(
            f"{law.nl}: van de leeftijden die haar gebruiken is geen prognose; het aantal inwoners blijft gelijk.",
            f"{law.en}: of the ages that use it there is no projection; the number of residents stays as it is.",
        )
    held = ", ".join(map(str, driver.held))
    late = (
        Text(f" Voor {held} geldt het dichtstbijzijnde jaar.", f" For {held} the nearest year holds.")
        if held
        else Text("", "")
    )
    percent = round(100 * driver.share)
    return Text(
        f"{law.nl}: de inwoners die ervoor tellen staan voor {percent} procent van het gebruik.{late.nl}",
        f"{law.en}: the residents that count stand for {percent} percent of the use.{late.en}",
    )


def _verdict(trial: Trial | None) -> tuple[Text, ...]:
    if trial is None:
        return (by_flows.UNTRIED,)
    ours, naive = (trial.errors(method)[0][-1, -1] for method in ("noaber", "naive"))
    better = Text("beter dan", "better than") if ours < naive else Text("niet beter dan", "no better than")
    return (
        Text(
            f"In het verleden week deze verwachting van volumes gemiddeld {ours:.1f} procent af; dat is {better.nl} "
            f"aannemen dat niets verandert ({naive:.1f} procent).",
            f"In the past this forecast of volumes was {ours:.1f} percent off on average; that is {better.en} taking "
            f"nothing to change ({naive:.1f} percent).",
        ),
    )


def _band(found: Table, members: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """Return euros per year of lines together, with their low and high, [Y] each."""
    outlook = found.outlook
    value = outlook.euros[:, members].sum(axis=1)
    trial = None if outlook.trial is None else outlook.trial.together([list(members)])
    ahead = np.arange(len(outlook.years))
    tried = np.zeros(1) if trial is None else trial.beyond()
    beyond = np.interp(ahead, np.arange(len(tried) + 1), np.concatenate([[0.0], tried]))
    beyond = np.where(ahead > len(tried), tried[-1] * ahead / len(tried), beyond)
    mean, variance = outlook.drawn[:, :, members].sum(axis=2), outlook.variance[:, :, members].sum(axis=2)
    sign = -1.0 if (value < 0).all() else 1.0
    low, high = bands.limits(sign * mean, variance, beyond)
    low, high = (low, high) if sign > 0 else (-high, -low)
    return value, np.minimum(low, value), np.maximum(high, value)


def _code(line: lines.Line) -> str:
    return line.care_form or line.name


def _groups(tables: Tables) -> Iterator[tuple[str, str, list[int]]]:
    """Yield (law, line, members) of every cell: each line, each law, and all together."""
    cells: dict[tuple[str, str], list[int]] = {}
    for place, line in enumerate(tables.lines):
        for cell in ((line.law, _code(line)), (line.law, TOTAL), (TOTAL, TOTAL)):
            cells.setdefault(cell, []).append(place)
    for (law, name), members in cells.items():
        yield law, name, members


def _names(tables: Tables, town: Municipality) -> dict[str, Text]:
    forms = {form.code: form.name for form in town.care_forms}
    return {_code(line): forms.get(line.care_form, Text(line.name, line.name)) for line in tables.lines}


_Stated = dict[tuple[int, str, str], int]


def _stated(tables: Tables) -> _Stated:
    return {(year, law, kind): cents for year, law, kind, cents in tables.funding}


def _recomputed(tables: Tables, stated: _Stated, laws: Sequence[str], year: int) -> Iterator[Row]:
    """Yield the balance that follows from the stated lines, the expense of the base year, and what both laws lack."""
    whole, complete = 0, True
    for law in laws:
        if year == tables.base:
            cents = sum(line.cents for line in tables.lines if line.law == law)
            yield (str(year), law, "expense", "recomputed", float(cents), None, None, None)
        if (year, law, "expense") not in stated:
            complete = False
            continue
        balance_ = sum(stated.get((year, law, item), 0) for item in _INCOME) - stated[year, law, "expense"]
        yield (str(year), law, "balance", "recomputed", float(balance_), None, None, None)
        whole += balance_
    if complete and laws:
        yield (str(year), TOTAL, "balance", "recomputed", float(whole), None, None, None)
        short = whole + stated.get((year, "beide", "reserve"), 0)
        yield (str(year), TOTAL, "gap", "recomputed", float(short), None, None, None)


def _expected(found: Table, stated: _Stated, law: str) -> Iterator[Row]:
    """Yield expense as we expect it, and the balance with the stated income; that of the last stated year after it."""
    members = [place for place, line in enumerate(found.tables.lines) if line.law == law]
    value, low, high = _band(found, members)
    years = sorted(year for year, own, item in stated if own == law and item in _INCOME)
    for place, year in enumerate(found.outlook.years):
        if place == 0 or not members:
            continue
        cents = [float(round(100 * item[place])) for item in (value, low, high)]
        yield (str(year), law, "expense", "forecast", *cents, None)
        if years:
            known = year if year in years else min(years, key=lambda item: abs(item - year))
            income = sum(stated.get((known, law, item), 0) for item in _INCOME)
            yield (str(year), law, "balance", "forecast", income - cents[0], income - cents[2], income - cents[1], None)


def _beyond_stated(found: Table, stated: _Stated) -> tuple[Text, ...]:
    last = max((year for year, _, item in stated if item in _INCOME), default=None)
    if last is None:
        return (
            Text(
                "Er zijn geen inkomsten vermeld; er is dus geen saldo.", "No income is stated; so there is no balance."
            ),
        )
    if last >= found.outlook.years[-1]:
        return ()
    return (
        Text(
            f"Na {last} is geen inkomen vermeld; dat van {last} loopt door.",
            f"After {last} no income is stated; that of {last} goes on.",
        ),
    )


def _rules(found: Table, origin: Origin) -> tuple[str, ...]:
    damping = str(rules.value("estimates/trend_damping", origin.known_on))
    used = [text for driver in found.drivers.values() for text in driver.rules]
    own = found.population.rules if found.population else ()
    return (*found.prices.rules, damping, *dict.fromkeys(used), *own)
