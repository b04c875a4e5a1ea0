"""The way of flows: from the spells of a snapshot to clients and euros per care form, by the flow engine."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import duckdb
import numpy as np

from noaber import rules
from noaber.municipality import Municipality
from noaber.records import TOTAL, Text
from noaber.results import Frequency, Result

from ..flows import Floats, Parameter, evaluate
from . import bands, prices, shape
from . import known as knowledge
from . import population as people
from .backtest import METHODS, Backtest, Past, Trial, backtest, covered
from .bands import Drawn
from .baseline import Baseline, baseline
from .errors import TooShortError
from .estimates import WINDOW, small
from .months import between, moved
from .population import Population
from .prices import PricePath
from .shape import Declared, Origin, Row
from .spells import Register

Earlier = Callable[[date], duckdb.DuckDBPyConnection]
"""Gives a snapshot as known on an earlier day."""
_SOURCES: Final = ("support", "cost", "population", "price_index")
_WAY: Final = Text(
    "Gemaakt langs de weg van stromen: instroom, duur en prijs per cliënt zoals zij in de berichten staan, met de "
    "inwoners van elke leeftijd. Kosten zonder cliënt, zoals een vast bedrag of eigen personeel, zitten er niet in.",
    "Made by way of flows: inflow, duration and price per client as the messages have them, with the residents of "
    "every age. Costs without a client, such as a lump sum or own staff, are not in it.",
)
_BAND: Final = Text(
    "In de band: hoe ver instroom, duur, trend en prijsindex ernaast kunnen zitten, het toeval, en wat eerdere "
    "verwachtingen daarboven misten. Eén op de tien keer komt het eronder uit en één op de tien keer erboven. Niet "
    "in de band: nieuw beleid, een andere wet, ander gedrag, en de hoge en lage variant van de bevolking.",
    "In the band: how far inflow, duration, trend and price index may be off, chance, and what earlier forecasts "
    "missed beyond these. One in ten times it comes out below, and one in ten times above. Not in the band: new "
    "policy, another law, other behaviour, and the high and low variant of the population.",
)

TRIALS: Final = (
    Text("Hoe goed eerdere verwachtingen waren", "How good earlier forecasts were"),
    Text(
        "Verwachtingen vanaf een jaar in het verleden naast wat er kwam, als percentage van wat er kwam, en naast twee "
        "eenvoudige: alles blijft zoals het is, en iedereen blijft naar leeftijd evenveel gebruiken. Waar het beleid "
        "tussendoor veranderde, is niet vergeleken.",
        "Forecasts from a year in the past beside what came, as a percentage of what came, and beside two simple "
        "ones: all stays as it is, and everyone goes on using as much by age. Where policy changed in between, "
        "nothing is compared.",
    ),
)
_CLIENTS: Final = Declared(
    indicator="forecast_clients",
    title=Text("Cliënten per zorgvorm bij ongewijzigd beleid", "Clients per care form with unchanged policy"),
    definition=Text(
        "Inwoners met een zorgvorm op de laatste dag van de periode: geteld, en daarna verwacht als het beleid "
        "blijft zoals het is. Wie twee zorgvormen heeft, telt bij elk mee.",
        "Residents with a care form on the last day of the period: counted, and then expected if policy stays as it "
        "is. Who has two care forms counts in each.",
    ),
    unit="persons",
    dimensions=("law", "care_form", "kind"),
    sources=_SOURCES[:1] + _SOURCES[2:3],
    persons=True,
)
_SPENDING: Final = Declared(
    indicator="forecast_spending_flows",
    title=Text("Uitgaven bij ongewijzigd beleid, langs stromen", "Spending with unchanged policy, by flows"),
    definition=Text(
        "Wat de ondersteuning van cliënten de gemeente kost als het beleid blijft zoals het is, in prijzen van elk "
        "jaar: cliënten maal de gemiddelde prijs per cliënt, met de index voor lonen en materiaal, en de eigen "
        "bijdragen eraf.",
        "What the support of clients costs the municipality if policy stays as it is, at the prices of each year: "
        "clients times the average price per client, with the index for wages and materials, less own contributions.",
    ),
    unit="cents",
    dimensions=("law", "care_form", "kind"),
    sources=_SOURCES,
    persons=True,
    additive_over=("law", "care_form"),
)
_TRIED: Final = Declared(
    indicator="forecast_trials",
    title=TRIALS[0],
    definition=TRIALS[1],
    unit="percent",
    dimensions=("care_form", "quantity", "measure", "ahead"),
    sources=_SOURCES,
    persons=True,
)


@dataclass(frozen=True, kw_only=True)
class Flows:
    """Unchanged policy by way of flows: the town for the engine, what it rests on, and how it did in the past."""

    register: Register
    population: Population
    prices: PricePath
    base: Baseline
    past: Past
    trial: Backtest | None
    """None with too short a past to try it on."""
    as_known: bool
    """Whether trials saw what was known at the time; else every message counts as if it came in at once."""

    @cached_property
    def drawn(self) -> Drawn:
        """What it may come to, counted when it is asked for."""
        return bands.drawn(self.base)


def unchanged(
    connection: duckdb.DuckDBPyConnection,
    town: Municipality,
    *,
    known_on: date,
    until: int,
    tried: bool = True,
    earlier: Earlier | None = None,
) -> Flows:
    """Return unchanged policy up to and including the year `until`, from a snapshot as known on a day.

    Without `tried` no forecasts of the past are made, and bands hold draws and chance only; scenarios that compare two
    policies need no more. `earlier` lets trials see what was known at the time. Raises `NoBasisError` (N-731) without
    support, `TooShortError` (N-732) without residents of two years, and `HorizonError` (N-733) for a year that is past
    or too far away.
    """
    known = knowledge.read(connection, town, known_on)
    opens, counts = known.opens, known.counts
    population = people.forecast(counts, max(until + 1, counts.years[-1] + 1), on=known_on)
    path = prices.path(prices.read(connection), min(town.figures_from.year, opens.year - 1), max(until, opens.year))
    damping = rules.value("estimates/trend_damping", known_on).number
    changed = shape.since(town, opens)
    first = max(town.figures_from, date(int(np.datetime_as_string(known.register.begin.min(), "Y")), 1, 1))
    window = min(WINDOW, max(between(first, opens), 1))
    pooled = small(known.register, opens=opens, window=window, changed=changed)
    known = replace(known, register=known.register.together(pooled))
    base = baseline(
        known.register,
        population,
        opens=opens,
        months=between(opens, date(until + 1, 1, 1)),
        prices=path,
        damping=damping,
        changed=changed,
        window=window,
    )

    def then(day: date) -> knowledge.Known:
        assert earlier is not None, "asked only when it is there"
        with earlier(day) as past:
            return knowledge.read(past, town, day)

    trial = None
    if tried:
        try:
            trial = backtest(
                known,
                first=first,
                prices=path,
                damping=damping,
                on=known_on,
                changed=changed,
                earlier=then if earlier else None,
            )
        except TooShortError:
            trial = None
    return Flows(
        register=known.register,
        population=population,
        prices=path,
        base=base,
        past=Past(known.register, first, between(first, opens)),
        trial=trial,
        as_known=earlier is not None,
    )


def clients(found: Flows, origin: Origin, *, frequency: Frequency = "year") -> Result:
    """Return clients per care form on the last day of each period: counted, and then expected with their band."""
    base, outcome = found.base, evaluate(found.base.town)
    staying = (outcome.clients - outcome.ends)[0].sum(axis=1)
    spots = _ends(base.opens, base.town.months, frequency)
    beyond = _beyond(found.trial.clients if found.trial else None, [spot for _, spot in spots])
    months = [spot for _, spot in spots]
    low, high = bands.limits(found.drawn.clients[:, months], found.drawn.clients_variance[:, months], beyond[:, None])

    def rows() -> Iterator[Row]:
        for label, spot in _ends(found.past.first, found.past.months, frequency):
            for number, form in enumerate(found.register.forms):
                value = float(found.past.clients[spot, number])
                yield (label, found.register.laws[number], form, "observed", value, None, None, int(value))
        for place, (label, spot) in enumerate(spots):
            for number, form in enumerate(base.town.forms.names):
                value = float(staying[spot, number])
                edges = (min(float(low[place, number]), value), max(float(high[place, number]), value))
                yield (label, base.town.forms.laws[number], form, "forecast", value, *edges, int(value))

    return shape.result(
        origin,
        _CLIENTS,
        rows(),
        frequency=frequency,
        notes=notes(found, origin.town),
        rules=rules_of(found, origin.known_on),
    )


def spending(found: Flows, origin: Origin, *, frequency: Frequency = "year") -> Result:
    """Return euros per care form, law and in all per period: expected with their band, and beside it what was claimed.

    The year in which the forecast begins holds what was claimed before it. What was claimed stands per law only: per
    care form it is an indicator of its own.
    """
    base, drawn = found.base, found.drawn
    groups = _groups(base.town.forms.names, base.town.forms.laws)
    outcome = evaluate(base.town)
    euros, here = outcome.net[0].sum(axis=1), (outcome.clients - outcome.ends)[0].sum(axis=1)
    periods = _periods(base.opens, base.town.months, frequency)
    rows: list[Row] = []
    for law, form, members in groups:
        trial = _grouped(found, [int(base.chosen[member]) for member in members])
        beyond = _beyond(trial, [months[-1] for _, months in periods])
        for place, (label, months) in enumerate(periods):
            before = _before(found, label, members, frequency) if place == 0 else 0.0
            value = float(euros[months][:, members].sum()) + before
            mean = drawn.euros[:, months][:, :, members].sum(axis=(1, 2)) + before
            spread = (drawn.euros_deviation[:, months][:, :, members].sum(axis=1) ** 2).sum(axis=1)
            low, high = bands.limits(mean, spread, np.asarray(beyond[place]))
            count = int(here[months[-1]][members].sum())
            edges = (min(float(low), value), max(float(high), value))
            rows.append((label, law, form, "forecast", *(round(100 * item) for item in (value, *edges)), count))
    rows += _claimed(found, frequency, {row[0] for row in rows})
    return shape.result(
        origin,
        _SPENDING,
        [(*row[:4], *(None if item is None else float(item) for item in row[4:7]), row[7]) for row in rows],
        frequency=frequency,
        notes=notes(found, origin.town),
        rules=rules_of(found, origin.known_on),
    )


_SEEN: Final = {
    True: Text(
        "met alleen wat op die dag bekend was; late berichten van toen telden niet mee",
        "with only what was known on that day; late messages of those days did not count",
    ),
    False: Text(
        "met de cliënten en inwoners van toen; late berichten van die dagen zijn al meegeteld",
        "with the clients and residents of then; late messages of those days are counted already",
    ),
}


def trials(found: Flows, origin: Origin) -> Result | None:
    """Return how forecasts of the past did, per care form and in all; None when there was too little past."""
    if found.trial is None:
        return None
    forms = found.register.forms
    rows: list[Row] = []
    for quantity, trial in (("clients", found.trial.clients), ("euros", found.trial.euros)):
        rows += trial_rows(trial, forms, quantity, str(found.trial.origins[-1].year), found.trial.clients)
    first, last = found.trial.origins[0], found.trial.origins[-1]
    return shape.result(
        origin,
        _TRIED,
        rows,
        notes=(
            *notes(found, origin.town),
            Text(
                f"Beproefd vanaf {len(found.trial.origins)} momenten, {first:%Y-%m} tot en met {last:%Y-%m}, "
                f"{_SEEN[found.as_known].nl}.",
                f"Tried from {len(found.trial.origins)} moments, {first:%Y-%m} to {last:%Y-%m}, "
                f"{_SEEN[found.as_known].en}.",
            ),
        ),
    )


def trial_rows(trial: Trial, forms: Sequence[str], quantity: str, period: str, clients_: Trial | None) -> Iterator[Row]:
    """Yield the cells of a trial: per care form over all years ahead, and for all together also per year ahead."""
    inside = covered(trial.inside())
    errors = {method: trial.errors(method) for method in METHODS}
    figures = {"error": errors["noaber"][0], "bias": errors["noaber"][1], "inside": inside}
    figures |= {f"error_{method}": errors[method][0] for method in METHODS[1:]}
    years = inside.shape[0] - 1
    for measure, values in figures.items():
        for place, form in enumerate([*forms, TOTAL]):
            there = [years] if form != TOTAL else range(years + 1)
            for year in there:
                if not math.isfinite(values[year, place]):
                    continue
                count = None if clients_ is None else _clients_behind(clients_, place)
                ahead = TOTAL if year == years else str(year + 1)
                yield (period, form, quantity, measure, ahead, float(values[year, place]), None, None, count)


def _clients_behind(trial: Trial, place: int) -> int:
    seen = np.nan_to_num(trial.seen).sum(axis=2) if place == trial.seen.shape[2] else trial.seen[:, :, place]
    seen = seen[np.isfinite(seen)]
    return int(seen.mean()) if len(seen) else 0


def behind(trial: Trial, forms: Sequence[str]) -> list[str]:
    """Return the care forms whose forecast did no better in the past than taking nothing to change."""
    ours, naive = (trial.errors(method)[0][-1] for method in ("noaber", "naive"))
    return [form for place, form in enumerate(forms) if ours[place] >= naive[place]]


def notes(found: Flows, town: Municipality) -> tuple[Text, ...]:
    """Return what a reader must know beside the figures."""
    said = [_WAY, _BAND]
    opens = found.base.opens
    said.append(
        Text(
            f"De verwachting begint in {opens:%Y-%m}: over latere maanden komen nog berichten en declaraties binnen.",
            f"The forecast begins in {opens:%Y-%m}: messages and claims about later months still come in.",
        )
    )
    reasons = dict.fromkeys(found.base.left_out.values())
    for reason in reasons:
        names = shape.named([form for form, why in found.base.left_out.items() if why == reason], town)
        said.append(Text(f"Geen verwachting voor {names.nl}: {reason.nl}.", f"No forecast of {names.en}: {reason.en}."))
    if found.base.unpriced:
        names = shape.named(found.base.unpriced, town)
        said.append(
            Text(
                f"Zonder prijs, want er is niets gedeclareerd: {names.nl}. Hun kosten ontbreken in de euro's.",
                f"Without a price, for nothing was claimed: {names.en}. Their costs are missing from the euros.",
            )
        )
    return (*said, *_verdict(found.trial, found.register.forms, town))


def _verdict(trial: Backtest | None, forms: Sequence[str], town: Municipality) -> tuple[Text, ...]:
    """Return whether the forecast beat the simplest one."""
    if trial is None:
        return (UNTRIED,)
    worse = behind(trial.clients, forms)
    ours, naive = (trial.clients.errors(method)[0][-1, -1] for method in ("noaber", "naive"))
    better = Text("beter dan", "better than") if ours < naive else Text("niet beter dan", "no better than")
    whole = Text(
        f"In het verleden week deze verwachting van cliënten gemiddeld {ours:.1f} procent af; dat is {better.nl} "
        f"aannemen dat niets verandert ({naive:.1f} procent).",
        f"In the past this forecast of clients was {ours:.1f} percent off on average; that is {better.en} taking "
        f"nothing to change ({naive:.1f} percent).",
    )
    if not worse:
        return (whole,)
    names = shape.named(worse, town)
    return (whole, Text(f"Niet beter voor: {names.nl}.", f"No better for: {names.en}."))


UNTRIED: Final = Text(
    "Het verleden is te kort om deze verwachting op te beproeven. In de band zit dus niet wat eerdere verwachtingen "
    "misten.",
    "The past is too short to try this forecast on. So what earlier forecasts missed is not in the band.",
)


def parameters(found: Flows) -> list[Parameter]:
    """Return all that is not known of the rates of unchanged policy."""
    return bands.parameters(found.base)


def words(code: str, town: Municipality) -> Text:
    """Return what a care form is called, also when it is several small ones together."""
    return shape.named([code], town)


def rules_of(found: Flows, on: date) -> tuple[str, ...]:
    """Return the rules that unchanged policy rests on, as they hold on a day."""
    damping = str(rules.value("estimates/trend_damping", on))
    return (*found.prices.rules, damping, *found.base.rules, *found.population.rules)


def _beyond(trial: Trial | None, months: Sequence[int]) -> Floats:
    """Return the relative spread that the past adds, per period; further ahead than was tried it grows on evenly."""
    if trial is None:
        return np.zeros(len(months))
    tried = trial.beyond()
    years = np.array([month / 12 for month in months])
    inner = np.interp(years, np.arange(1, len(tried) + 1), tried, left=tried[0])
    return np.asarray(np.where(years > len(tried), tried[-1] * years / len(tried), inner))


def _grouped(found: Flows, members: Sequence[int]) -> Trial | None:
    return None if found.trial is None else found.trial.euros.together([members])


def _groups(forms: Sequence[str], laws: Sequence[str]) -> list[tuple[str, str, list[int]]]:
    """Return (law, care form, members) of every cell: each form, each law, and all together."""
    single = [(law, form, [place]) for place, (form, law) in enumerate(zip(forms, laws, strict=True))]
    whole = [(law, TOTAL, [place for place, own in enumerate(laws) if own == law]) for law in dict.fromkeys(laws)]
    return [*single, *whole, (TOTAL, TOTAL, list(range(len(forms))))]


def _ends(first: date, months: int, frequency: Frequency) -> list[tuple[str, int]]:
    """Return the label and the month of every period whose last month lies within."""
    return [
        (label, spots[-1]) for label, spots in _periods(first, months, frequency) if _whole(first, spots, frequency)
    ]


def _whole(first: date, spots: Sequence[int], frequency: Frequency) -> bool:
    return frequency != "year" or moved(first, spots[-1]).month == 12


def _periods(first: date, months: int, frequency: Frequency) -> list[tuple[str, list[int]]]:
    """Return the label and the months of every period, the first of which may have begun before."""
    found: dict[str, list[int]] = {}
    for spot in range(months):
        month = moved(first, spot)
        found.setdefault(f"{month:%Y-%m}" if frequency == "month" else str(month.year), []).append(spot)
    return list(found.items())


def _before(found: Flows, label: str, members: Sequence[int], frequency: Frequency) -> float:
    """Return what was claimed in the months of the first year before the forecast begins."""
    if frequency == "month":
        return 0.0
    count = min(found.base.opens.month - 1, found.past.months)
    kept = found.past.euros[found.past.months - count :] if count else found.past.euros[:0]
    assert label == str(found.base.opens.year)
    return float(kept[:, found.base.chosen[list(members)]].sum())


def _claimed(found: Flows, frequency: Frequency, forecast: set[str]) -> Iterator[Row]:
    """Yield what was claimed per law and in all, in the periods before the forecast."""
    laws = found.register.laws
    first = max(found.past.first, found.register.first)
    skip = between(found.past.first, first)
    for label, spots in _periods(found.past.first, found.past.months, frequency):
        if label in forecast or spots[0] < skip:
            continue
        for law, form, members in _groups(found.register.forms, laws):
            if form == TOTAL:
                cents = float(found.past.euros[spots][:, members].sum()) * 100
                count = int(found.past.clients[spots[-1]][members].sum())
                yield (label, law, form, "observed", cents, None, None, count)
