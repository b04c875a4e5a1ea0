"""From spells of support to rates: inflow, duration, throughflow and price, each with how sure it is.

Stocks alone cannot tell inflow from duration, so this takes the first and last day of every spell. Who was present when
the window opens enters late, who is present when it closes is censored; neither is thrown away. S counts spells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .draws import P90, Parameter
from .errors import DurationError, FlowInputError, TooFewError, UnknownFormError
from .words import Floats, Forms, Ints, one_hot

Days = NDArray[np.datetime64]
NEXT_WITHIN = 31
"""Days within which a next form counts as throughflow, and a next spell of the same form as its continuation."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """Spells as they were seen in a window of whole months; only those that touch the window."""

    person: Ints
    """[S] any number that is the same for the same resident."""
    cell: Ints
    """[S]"""
    form: Ints
    """[S]"""
    begin: Days
    """[S] first day."""
    last: Days
    """[S] last day; NaT while it runs."""
    opens: date
    """First day of the window: first of a month."""
    months: int

    def __post_init__(self) -> None:
        if len(self.person) == 0:
            raise TooFewError(
                "There is no spell of support to estimate from.", where="spells", now="Take a longer period."
            )
        if (self.last < self.begin).any():
            raise DurationError("A spell ends before it starts.", where="spells", now="Refuse it at the door.")

    @property
    def start(self) -> Ints:
        """The month of the first day, [S]; below 0 before the window."""
        return _month(self.begin, self.opens)

    @property
    def end(self) -> Ints:
        """The first month without support, [S]; `months` or later while it runs."""
        ended = _month(np.where(np.isnat(self.last), np.datetime64(self.opens), self.last), self.opens) + 1
        return np.where(np.isnat(self.last) | (ended > self.months), self.months + 1, ended)


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """Rates as estimated, ready for `Rates`, and how far they may be off."""

    inflow: Floats
    """[1, C, F] starts per resident at risk and month; pooled toward the whole where little was seen."""
    inflow_error: Floats
    """[C, F] standard deviation of `inflow`."""
    exit: Floats
    """[K, 1, F] share that ends, by months behind."""
    exit_error: Floats
    """[K, F] standard error of `exit`."""
    follows: Ints
    """[R, 2]"""
    through: Floats
    """[1, R]"""
    stock: Floats
    """[K, C, F] clients when the window closes."""
    starts: Ints
    """[F] starts that were seen."""
    ends: Ints
    """[F] ends that were seen."""

    def doubt(self, forms: Forms) -> list[Parameter]:
        """Return the factors on inflow and duration per form as parameters to draw, "inflow of NAME" and so on.

        Low and high hold what chance in the counts allows for the level of a whole form; what a form does differently
        in the future is for the forecast to add.
        """
        found = []
        for number, name in enumerate(forms.names):
            for word, seen in (("inflow", self.starts[number]), ("duration", self.ends[number])):
                wide = float(np.exp(P90 / np.sqrt(seen)))
                source = f"{seen} {'starts' if word == 'inflow' else 'ends'} seen"
                parameter = Parameter(
                    name=f"{word} of {name}", middle=1.0, low=1 / wide, high=wide, shape="lognormal", source=source
                )
                found.append(parameter)
        return found


def calibrate(
    seen: Seen, residents: Floats, forms: Forms, *, groups: Ints, classes: int, least: int = 10
) -> Calibration:
    """Return rates from spells.

    `residents` [T, C] are the residents per month of the window, `groups` [C] the age band of each cell: a cell is
    pooled toward its age band in the whole town, and that toward all ages. `classes` is K; a class with fewer than
    `least` clients takes the share of the later ones together. TooFewError names the forms that were never seen, have
    one client only, or of which no end was seen.
    """
    if residents.shape[0] != seen.months or len(groups) != residents.shape[1] or classes < 1:
        raise FlowInputError("Residents do not cover every month and cell.", where="residents", now="Give [T, C].")
    if seen.form.max() >= len(forms) or seen.form.min() < 0:
        raise UnknownFormError("A spell has a form that is not in the list.", where="spells", now="Add the form.")
    seen = joined(seen)
    _check_counts(seen, forms)
    earlier = before(seen, forms)
    hazard, error, ends = _duration(seen, len(forms), classes, least, forms)
    exposure = _at_risk(seen, residents, forms)
    fresh = (earlier < 0) & (seen.start >= 0) & (seen.start < seen.months)
    starts = _table(seen.cell[fresh], seen.form[fresh], residents.shape[1], len(forms))
    inflow, inflow_error = pooled(starts, exposure[:, forms.pool], groups)
    follows, through = _throughflow(seen, earlier, ends)
    return Calibration(
        inflow=inflow[None],
        inflow_error=inflow_error,
        exit=hazard[:, None, :],
        exit_error=error,
        follows=follows,
        through=through,
        stock=_stock(seen, residents.shape[1], len(forms), classes),
        starts=np.maximum(starts.sum(axis=0).astype(np.int64), 1),
        ends=ends,
    )


def joined(seen: Seen) -> Seen:
    """Return the spells with those of one resident and form joined when the next begins within 31 days."""
    order = np.lexsort((seen.begin, seen.form, seen.person))
    person, form, begin = seen.person[order], seen.form[order], seen.begin[order]
    never = np.datetime64("9999-12-31")
    last = np.where(np.isnat(seen.last[order]), never, seen.last[order]).astype("datetime64[D]")
    same = np.concatenate([[False], (person[1:] == person[:-1]) & (form[1:] == form[:-1])])
    furthest = last.copy()
    for row in np.flatnonzero(same):  # the last day so far, within one resident and form
        furthest[row] = max(furthest[row], furthest[row - 1])
    gap = np.concatenate([[0], (begin[1:] - np.minimum(furthest[:-1], never)).astype(np.int64)])
    new = ~(same & (gap <= NEXT_WITHIN))
    number = np.cumsum(new) - 1
    merged = np.full(new.sum(), np.datetime64("0001-01-01"), dtype="datetime64[D]")
    np.maximum.at(merged, number, last)
    return Seen(
        person=person[new],
        cell=seen.cell[order][new],
        form=form[new],
        begin=begin[new],
        last=np.where(merged == never, np.datetime64("NaT", "D"), merged).astype("datetime64[D]"),
        opens=seen.opens,
        months=seen.months,
    )


def pooled(starts: Floats, exposure: Floats, groups: Ints) -> tuple[Floats, Floats]:
    """Return rates [C, F] and their standard deviation from starts and exposure in resident-months, [C, F] each.

    Empirical Bayes, twice: age bands toward all ages, and cells toward their age band. The more cells differ beyond
    chance, the less they are pooled. A gamma around the mean, with a Poisson number of starts.
    """
    member = one_hot(groups, int(groups.max()) + 1).T
    whole = _ratio(starts.sum(axis=0), exposure.sum(axis=0))[None]
    alone = np.zeros(len(member), dtype=np.int64)
    by_group, _ = _toward(member @ starts, member @ exposure, whole[alone], alone)
    return _toward(starts, exposure, by_group[groups], groups)


def _toward(starts: Floats, exposure: Floats, mean: Floats, parent: Ints) -> tuple[Floats, Floats]:
    """Pool rates toward the mean [C, F] of their parent, as strongly as their spread around it allows.

    The spread beyond chance by the method of moments (R. DerSimonian and N. Laird 1986), relative to the mean.
    """
    expected = mean * exposure
    member = one_hot(parent, int(parent.max()) + 1).T
    off = _ratio((starts - expected) ** 2, expected).sum(axis=0)
    free = (expected > 0).sum(axis=0) - (member @ expected > 0).sum(axis=0)
    weight = expected.sum(axis=0) - _ratio(member @ expected**2, member @ expected).sum(axis=0)
    spread = np.maximum(_ratio(off - free, weight), 1e-6)
    prior = 1.0 / spread
    whole = _ratio(np.broadcast_to(prior, mean.shape), mean) + exposure
    seen = np.where(mean > 0, prior + starts, 0.0)
    return _ratio(seen, whole), _ratio(np.sqrt(seen), whole)


def average_price(price: Floats, quantity: Floats, form: Ints, forms: Forms) -> Floats:
    """Return euros per unit and form, [F]: Σ(P×Q)/ΣQ over claims [S], never a mean of prices.

    TooFewError names the forms of which nothing was claimed.
    """
    spent = np.bincount(form, weights=price * quantity, minlength=len(forms))
    units = np.bincount(form, weights=quantity, minlength=len(forms))
    missing = [name for name, number in zip(forms.names, units, strict=True) if number <= 0]
    if missing:
        raise TooFewError(
            f"Nothing was claimed of {', '.join(missing)}, so there is no price.",
            where="claims",
            now="Give a tariff with its source instead.",
        )
    return np.asarray(spent / units)


def _month(days: Days, opens: date) -> Ints:
    first = np.datetime64(opens, "M")
    return np.asarray((days.astype("datetime64[M]") - first).astype(np.int64))


def _check_counts(seen: Seen, forms: Forms) -> None:
    spells = np.bincount(seen.form, minlength=len(forms))
    never = [name for name, number in zip(forms.names, spells, strict=True) if number == 0]
    once = [name for name, number in zip(forms.names, spells, strict=True) if number == 1]
    if never:
        raise TooFewError(
            f"Nobody was ever seen with {', '.join(never)}.",
            where="care form",
            now="Leave the form out, pool it with another, or state its rates with their source.",
        )
    if once:
        raise TooFewError(
            f"Only one client was seen with {', '.join(once)}; one person is not a rate.",
            where="care form",
            now="Take a longer period, or pool the form with another.",
        )


def before(seen: Seen, forms: Forms) -> Ints:
    """Return for each spell the form of the same pool that ended within 31 days of its first day, or -1.

    Whoever keeps a form for longer goes on to no other: that would count those as fresh whose first form has not ended
    yet when the window closes, and so show growth where there is none.
    """
    pool = forms.pool[seen.form]
    order = np.lexsort((seen.begin, pool, seen.person))
    found = np.full(len(order), -1, dtype=np.int64)
    one, other = order[:-1], order[1:]
    same = (seen.person[one] == seen.person[other]) & (pool[one] == pool[other]) & ~np.isnat(seen.last[one])
    gap = np.where(
        same, (seen.begin[other] - np.where(same, seen.last[one], seen.begin[other])).astype(np.int64), 10**6
    )
    follows = same & (np.abs(gap) <= NEXT_WITHIN)
    found[other[follows]] = seen.form[one[follows]]
    return found


def _duration(seen: Seen, size: int, classes: int, least: int, forms: Forms) -> tuple[Floats, Floats, Ints]:
    """Return exit shares and standard errors, [K, F] each, and ends [F]: Kaplan-Meier with late entry and censoring."""
    first = np.maximum(seen.start, 0) - seen.start  # months behind when first seen: late entry
    until = np.minimum(seen.end, seen.months) - seen.start  # months behind when last seen
    inside = until > first
    longest = max(int(until.max(initial=1)) + 1, classes)
    at_risk, ended = np.zeros((longest + 1, size)), np.zeros((longest + 1, size))
    np.add.at(at_risk, (first[inside], seen.form[inside]), 1.0)
    np.add.at(at_risk, (until[inside], seen.form[inside]), -1.0)
    at_risk = at_risk.cumsum(axis=0)
    stops = inside & (seen.end <= seen.months)
    np.add.at(ended, (until[stops] - 1, seen.form[stops]), 1.0)
    ends = ended.sum(axis=0).astype(np.int64)
    endless = [name for name, number in zip(forms.names, ends, strict=True) if number == 0]
    if endless:
        raise TooFewError(
            f"No end was seen of {', '.join(endless)}, so its duration is unknown.",
            where="care form",
            now="Take a longer period, or state a duration with its source.",
        )
    risk_later, ended_later = at_risk[::-1].cumsum(axis=0)[::-1], ended[::-1].cumsum(axis=0)[::-1]
    hazard, number = np.empty((classes, size)), np.empty((classes, size))
    for form in range(size):
        thin = np.flatnonzero(at_risk[: classes - 1, form] < least)
        tail = int(thin[0]) if len(thin) else classes - 1
        while tail > 0 and (risk_later[tail, form] < least or ended_later[tail, form] == 0):
            tail -= 1
        hazard[:tail, form] = ended[:tail, form] / at_risk[:tail, form]
        number[:tail, form] = at_risk[:tail, form]
        hazard[tail:, form] = ended_later[tail, form] / risk_later[tail, form]
        number[tail:, form] = risk_later[tail, form]
    return hazard, np.sqrt(hazard * (1.0 - hazard) / number), ends


def _at_risk(seen: Seen, residents: Floats, forms: Forms) -> Floats:
    """Return resident-months at risk per cell and pool, [C, P]."""
    months = np.maximum(np.minimum(seen.end, seen.months) - np.maximum(seen.start, 0), 0)
    served = np.zeros((residents.shape[1], len(forms.pool_names)))
    np.add.at(served, (seen.cell, forms.pool[seen.form]), months)
    return np.asarray(np.maximum(residents.sum(axis=0)[:, None] - served, 0.0))


def _throughflow(seen: Seen, earlier: Ints, ends: Ints) -> tuple[Ints, Floats]:
    """Return pairs [R, 2] and shares [1, R] of who goes on to another form."""
    inside = (earlier >= 0) & (earlier != seen.form) & (seen.start >= 0) & (seen.start < seen.months)
    pairs, counts = np.unique(np.stack([earlier[inside], seen.form[inside]], axis=1), axis=0, return_counts=True)
    share = counts / np.maximum(ends[pairs[:, 0]], 1)
    whole = np.bincount(pairs[:, 0], weights=share, minlength=len(ends))
    return pairs.astype(np.int64), (share / np.maximum(whole[pairs[:, 0]], 1.0))[None]


def _stock(seen: Seen, cells: int, size: int, classes: int) -> Floats:
    """Return clients when the window closes by months behind, [K, C, F]."""
    stock = np.zeros((classes, cells, size))
    here = (seen.end > seen.months) & (seen.start < seen.months)
    behind = np.minimum(seen.months - seen.start[here], classes - 1)
    np.add.at(stock, (behind, seen.cell[here], seen.form[here]), 1.0)
    return stock


def _table(cell: Ints, form: Ints, cells: int, size: int) -> Floats:
    table = np.zeros((cells, size))
    np.add.at(table, (cell, form), 1.0)
    return table


def _ratio(above: Floats, below: Floats, otherwise: float = 0.0) -> Floats:
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), otherwise), where=below > 0))
