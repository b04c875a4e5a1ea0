"""From a snapshot to a baseline: unchanged policy as it is forecast, and beside it what a plan says of elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import duckdb
import numpy as np

from noaber.municipality import Municipality
from noaber.plans import Elsewhere
from noaber.records import Text

from ..flows import Floats, Forms, Parameter, Rates, Town
from ..forecasts import Flows, by_flows
from .baseline import AGES, OTHER, Baseline, covered
from .errors import EmptySnapshotError, TooManyUsersError


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
    """Return unchanged policy through the last month of the year `until`, as `noaber forecast` has it by flows.

    Raises EmptySnapshotError (N-713) when nothing was claimed of a form, and the errors of the forecast: `NoBasisError`
    (N-731) without support, `TooShortError` (N-732) without residents of two years, `HorizonError` (N-733). Of a plan
    that has more users elsewhere than residents: TooManyUsersError (N-719).
    """
    found = by_flows.unchanged(connection, town, known_on=known_on, until=until, tried=False)
    base = found.base
    if base.unpriced:
        raise EmptySnapshotError(
            f"Nothing was claimed of {', '.join(base.unpriced)} in the year before {base.opens:%Y-%m}, so there is no "
            "price.",
            where="claims",
            now="Take in the claims of these months, or the costs of the back office.",
        )
    whole = _with(elsewhere, base.town, found)
    areas = found.population.areas
    return Baseline(
        town=whole,
        start=base.opens,
        names=tuple(_words(code, town, elsewhere) for code in whole.forms.names),
        elsewhere=tuple(item.code for item in elsewhere),
        areas=areas,
        area_names=tuple(next((d.name for d in town.districts if d.code == code), town.name) for code in areas),
        bands=AGES,
        band=np.tile(np.arange(len(AGES)), len(areas)),
        referrers=_referrers(found, len(whole.forms)),
        parameters=(*by_flows.parameters(found), *_elsewhere_doubt(elsewhere)),
        growth=base.growth.beside(len(elsewhere)),
        pooled=found.register.pooled,
        left_out=tuple(base.left_out),
        price_level=base.priced,
        indexed=found.prices.known,
        snapshot=snapshot,
        known_on=known_on,
        sources=sources,
        rules=by_flows.rules_of(found, known_on),
    )


def _with(elsewhere: Sequence[Elsewhere], town: Town, found: Flows) -> Town:
    """Return the town with the forms of a plan behind those that were seen, at prices that rise as theirs do."""
    if not elsewhere:
        return town
    rates, people, count = town.rates, town.residents, len(elsewhere)
    classes, cells = town.stock.shape[:2]
    months = np.array([item.months.value for item in elsewhere])
    share = np.array([[covered(band, item.ages) for band in AGES] for item in elsewhere])
    able = np.tile(share, len(people) // len(AGES)).T * people[:, None]
    users = np.stack([_users(item, able[:, number]) for number, item in enumerate(elsewhere)], axis=1)
    free = people[:, None] - users
    inflow = np.divide(users / months, free, out=np.zeros((cells, count)), where=free > 0)
    # As many come as go, so that it stays what it is; how long present users have been there does not matter then.
    stock = np.zeros((classes, cells, count))
    stock[-1] = users * (1 - 1 / months)
    price = found.prices.at_months(found.base.opens, town.months)[:, None] * [item.euros.value for item in elsewhere]

    def beside(own: Floats, other: Floats) -> Floats:
        shape = np.broadcast_shapes(own.shape[:-1], other.shape[:-1])
        return np.concatenate([np.broadcast_to(part, (*shape, part.shape[-1])) for part in (own, other)], axis=-1)

    return replace(
        town,
        forms=_forms(elsewhere, town.forms),
        rates=Rates(
            inflow=beside(rates.inflow, inflow[None]),
            exit=beside(rates.exit, (1 / months)[None, None]),
            intensity=beside(rates.intensity, np.ones((1, count))),
            price=beside(rates.price, price),
            contribution=beside(rates.contribution, np.zeros((1, count))),
            fixed=beside(rates.fixed, np.zeros((1, count))),
            follows=rates.follows,
            through=rates.through,
        ),
        stock=beside(town.stock, stock),
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


def _forms(elsewhere: Sequence[Elsewhere], forms: Forms) -> Forms:
    codes = tuple(item.code for item in elsewhere)
    return Forms(
        names=(*forms.names, *codes),
        laws=(*forms.laws, *(OTHER if item.law is None else str(item.law) for item in elsewhere)),
        pools=(*forms.pools, *codes),
        payers=(*forms.payers, *(item.payer for item in elsewhere)),
    )


def _referrers(found: Flows, size: int) -> dict[str, Floats]:
    """Return per referrer which share of a form's spells it sent, [F], of those that the rates rest on."""
    register, since = found.register, np.datetime64(found.base.since)
    number = np.full(len(register.forms), -1)
    number[found.base.chosen] = np.arange(len(found.base.chosen))
    form = number[register.form]
    kept = (form >= 0) & (register.begin >= since)
    form, sent = form[kept], register.referrer[kept]
    whole = np.maximum(np.bincount(form, minlength=size), 1)
    return {str(code): np.bincount(form[sent == code], minlength=size) / whole for code in np.unique(sent) if code}


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
    return next((Text(item.name, item.name) for item in elsewhere if item.code == code), by_flows.words(code, town))
