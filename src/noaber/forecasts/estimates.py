"""Rates of care forms from what was seen of them, each over its own window: where policy changed, only since then.

A law is a pool: who has one of its forms is not at risk of starting another, and goes on to it or not when it ends.
Shapes as in flows/words.py; register numbers of forms are those of `Register.forms`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from noaber.records import Text

from ..flows import Calibration, Floats, Forms, Ints, Seen, calibrate
from ..flows.calibrate import before, joined
from ..flows.words import one_hot
from .balance import YEAR
from .months import between, moved
from .population import Population
from .spells import AGES, POOL, Register

WINDOW: Final = 60
"""Months of the past that rates are estimated from, where nothing changed."""
_SINCE: Final = 6
"""Months that must have gone by since a change before what was seen since can stand alone."""
_CLASSES: Final = 30
"""Months of support that are told apart."""
FEWEST: Final = 25
"""Spells, and half as many ends, that a form needs to stand by itself."""
_RARE: Final = 12
"""Clients who must have gone from one form on to another for the pair to be followed."""

NEVER: Final = Text(
    "niemand had deze zorgvorm sinds het begin van de gebruikte periode",
    "nobody has had this care form since the start of the period used",
)
ONCE: Final = Text("één cliënt is geen basis voor een verwachting", "one client is no basis for an expectation")
ENDLESS: Final = Text(
    "er is nog geen einde van gezien, dus de duur is onbekend", "no end has been seen, so how long it lasts is unknown"
)
CEASED: Final = Text(
    "niemand heeft deze zorgvorm nog en er kwam het laatste jaar, of sinds het beleid veranderde, niemand bij",
    "nobody has this care form any more and nobody came in the last year, or since the policy changed",
)


@dataclass(frozen=True, kw_only=True)
class Estimates:
    """Rates of the forms that can be forecast, side by side, F of them."""

    forms: Ints
    """[F] register numbers."""
    inflow: Floats
    """[C, F]"""
    exit: Floats
    """[K, F]"""
    stock: Floats
    """[K, C, F]"""
    starts: Ints
    ends: Ints
    follows: Ints
    """[R, 2]"""
    through: Floats
    """[1, R]"""
    seen: Floats
    """[Y, F] starts in blocks of twelve months, the last ending where the window closes; NaN before a window."""
    expected: Floats
    """[Y, F] the same at constant rates; 0 before a window."""
    clients: Floats
    """[Y + 1, F] clients when the window opens and at the end of each block; NaN before a window."""


def estimate(
    register: Register, population: Population, *, opens: date, window: int, changed: Mapping[str, date]
) -> tuple[Estimates | None, dict[str, Text]]:
    """Return rates as of the month `opens`, and why forms have none; None when no form has any."""
    begins = _begins(register, opens, window, changed)
    counts = {since: _counted(register, since, opens) for since in set(begins)}
    left_out: dict[str, Text] = {}
    for form, (code, since) in enumerate(zip(register.forms, begins, strict=True)):
        why = counts[since].unfit(form, changed=since != moved(opens, -window))
        left_out |= {code: why} if why else {}
    chosen = [form for form, code in enumerate(register.forms) if code not in left_out]
    if not chosen:
        return None, left_out
    parts = [
        _of_window(register, population, counts[since], chosen, [form for form in chosen if begins[form] == since])
        for since in sorted({begins[form] for form in chosen})
    ]
    return _together(parts, chosen), left_out


def small(register: Register, *, opens: date, window: int, changed: Mapping[str, date]) -> dict[str, str]:
    """Return which forms are to be taken together with others of their law, and under which name.

    Those with few spells or ends, when there is another one of the law and together they have ends enough for a
    duration. Whoever is gone is not taken along.
    """
    begins = _begins(register, opens, window, changed)
    counts = {since: _counted(register, since, opens) for since in set(begins)}
    few: dict[str, list[tuple[str, int]]] = {}
    for form, (code, since) in enumerate(zip(register.forms, begins, strict=True)):
        seen = counts[since]
        if not seen.gone(form) and (seen.fresh[form] < FEWEST or seen.ended[form] < FEWEST / 2):
            few.setdefault(POOL + register.laws[form].upper(), []).append((code, int(seen.ended[form])))
    enough = {name: found for name, found in few.items() if len(found) > 1 and sum(ends for _, ends in found) >= 2}
    return {code: name for name, found in enough.items() for code, _ in found}


def changed_on(register: Register, form: str, changed: Mapping[str, date]) -> date | None:
    """Return since when the policy on a form is another; of forms taken together, since the last change."""
    members = [code for code, name in register.pooled.items() if name == form]
    return max((changed[code] for code in (members or [form]) if code in changed), default=None)


def _begins(register: Register, opens: date, window: int, changed: Mapping[str, date]) -> list[date]:
    """Return per form of the register when its window begins."""
    usual, found = moved(opens, -window), []
    for form in register.forms:
        since = changed_on(register, form, changed)
        late = since is not None and since > usual and between(since, opens) >= _SINCE
        found.append(since if late and since else usual)
    return found


@dataclass(frozen=True, kw_only=True)
class _Counts:
    """What was seen of every form of the register in a window, [F] each."""

    begins: date
    months: int
    spells: Ints
    fresh: Ints
    """Spells that began in the window."""
    lately: Ints
    """Those in its last year."""
    present: Ints
    """Spells that run when it closes."""
    ended: Ints

    def gone(self, form: int) -> bool:
        """Return whether nobody has the form when the window closes, and nobody came in its last year."""
        return not self.present[form] and not self.lately[form]

    def unfit(self, form: int, *, changed: bool = False) -> Text | None:
        """Return why a form has no rates: what the engine would refuse it for; None when it has."""
        if not self.spells[form]:
            return NEVER
        if changed and self.gone(form):
            return CEASED
        if self.spells[form] == 1:
            return ONCE
        if not self.ended[form]:
            return ENDLESS
        return CEASED if self.gone(form) else None


def _counted(register: Register, begins: date, opens: date) -> _Counts:
    months, size = between(begins, opens), len(register.forms)
    known = register.seen(np.arange(size), begins, months)
    none = np.zeros(size, dtype=np.int64)
    if known is None:
        return _Counts(begins=begins, months=months, spells=none, fresh=none, lately=none, present=none, ended=none)
    seen = joined(known)

    def per_form(chosen: NDArray[np.bool_]) -> Ints:
        return np.bincount(seen.form[chosen], minlength=size)

    return _Counts(
        begins=begins,
        months=months,
        spells=np.bincount(seen.form, minlength=size),
        fresh=per_form(seen.start >= 0),
        lately=per_form(seen.start >= max(months - 12, 0)),
        present=per_form(seen.end > months),
        ended=per_form((seen.end > 0) & (seen.end <= months)),
    )


@dataclass(frozen=True, kw_only=True)
class _Window:
    """What one window says: rates of all forms that were seen enough in it, of which some are `own`."""

    forms: list[int]
    own: list[int]
    rates: Calibration
    seen: Floats
    expected: Floats
    clients: Floats


def _of_window(
    register: Register, population: Population, counts: _Counts, chosen: list[int], own: list[int]
) -> _Window:
    """Return the rates in one window; all forms count for who is at risk and who goes on."""
    begins = counts.begins
    forms = [form for form in chosen if form in own or counts.unfit(form) is None]
    seen = register.seen(np.array(forms), begins, counts.months)
    assert seen is not None, "forms without spells were left out before"
    named = Forms(names=tuple(register.forms[f] for f in forms), laws=tuple(register.laws[f] for f in forms))
    residents = monthly(population, begins, seen.months)
    groups = np.tile(np.arange(len(AGES)), len(population.areas))
    rates, kept = _followed(calibrate(seen, residents, named, groups=groups, classes=_CLASSES))
    whole = joined(seen)
    earlier = before(whole, named)
    fresh = (whole.start >= 0) & (whole.start < seen.months) & ~((earlier >= 0) & kept[earlier, whole.form])
    starts = np.zeros((seen.months, len(forms)))
    np.add.at(starts, (whole.start[fresh], whole.form[fresh]), 1.0)
    at_risk = _at_risk(whole, residents, named)[:, :, named.pool]
    closes = np.arange(seen.months % YEAR, seen.months + 1, YEAR)[:, None]
    there = (whole.start < closes) & (whole.end > closes)
    return _Window(
        forms=forms,
        own=own,
        rates=rates,
        seen=_years(starts),
        expected=_years(np.einsum("tcf,cf->tf", at_risk, rates.inflow[0])),
        clients=there.astype(np.float64) @ one_hot(whole.form, len(forms)),
    )


def _followed(found: Calibration) -> tuple[Calibration, NDArray[np.bool_]]:
    """Return the rates without pairs of forms that rarely follow each other, and which pairs are kept, [F, F].

    Starts of a pair that is not followed count as inflow instead.
    """
    source, target = found.follows.T
    moved_ = found.through[0] * found.ends[source]
    kept = moved_ >= _RARE
    more = np.bincount(target[~kept], weights=moved_[~kept], minlength=len(found.starts))
    pairs = np.zeros((len(found.starts),) * 2, dtype=bool)
    pairs[source[kept], target[kept]] = True
    inflow = found.inflow * (1 + more / found.starts)
    return replace(found, follows=found.follows[kept], through=found.through[:, kept], inflow=inflow), pairs


def _together(parts: Sequence[_Window], chosen: list[int]) -> Estimates:
    """Return the own forms of all windows side by side; a pair comes from the shorter window of its two forms."""
    place = {form: number for number, form in enumerate(chosen)}
    order = np.argsort([place[form] for part in parts for form in part.own])
    picks = [[part.forms.index(form) for form in part.own] for part in parts]

    def beside(arrays: Sequence[Floats]) -> Floats:
        picked = [array[..., pick] for array, pick in zip(arrays, picks, strict=True)]
        return np.asarray(np.concatenate(picked, axis=-1)[..., order])

    window_of = {form: number for number, part in enumerate(parts) for form in part.own}
    pairs, shares = [], []
    for number, part in enumerate(parts):
        for (source, target), share in zip(part.rates.follows.tolist(), part.rates.through[0], strict=True):
            one, other = part.forms[source], part.forms[target]
            if max(window_of[one], window_of[other]) == number:
                pairs.append((place[one], place[other]))
                shares.append(share)
    through = np.array(shares)
    follows = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    whole = np.bincount(follows[:, 0], weights=through, minlength=len(chosen))
    return Estimates(
        forms=np.array(chosen, dtype=np.int64),
        inflow=beside([part.rates.inflow[0] for part in parts]),
        exit=beside([part.rates.exit[:, 0] for part in parts]),
        stock=beside([part.rates.stock for part in parts]),
        starts=beside([part.rates.starts.astype(np.float64) for part in parts]).astype(np.int64),
        ends=beside([part.rates.ends.astype(np.float64) for part in parts]).astype(np.int64),
        follows=follows,
        through=(through / np.maximum(whole[follows[:, 0]], 1.0))[None],
        seen=beside(_blocks([part.seen for part in parts], np.nan)),
        expected=beside(_blocks([part.expected for part in parts], 0.0)),
        clients=beside(_blocks([part.clients for part in parts], np.nan)),
    )


def _blocks(parts: Sequence[Floats], filler: float) -> list[Floats]:
    """Return yearly blocks of equal length, the years before a window filled."""
    longest = max(len(part) for part in parts)
    return [np.vstack([np.full((longest - len(part), part.shape[1]), filler), part]) for part in parts]


def monthly(population: Population, first: date, months: int) -> Floats:
    """Return residents per month and cell, [T, C], between the counts of 1 January; beyond the last, the last."""
    bands = np.stack([population.within(band) for band in AGES], axis=2)
    yearly = bands.reshape(len(bands), -1)
    when = first.year + (first.month - 1) / 12 + np.arange(months) / 12 - population.first
    when = np.clip(when, 0, len(yearly) - 1)
    earlier = np.floor(when).astype(int)
    after = np.minimum(earlier + 1, len(yearly) - 1)
    share = (when - earlier)[:, None]
    return np.asarray(yearly[earlier] * (1 - share) + yearly[after] * share)


def _at_risk(seen: Seen, residents: Floats, forms: Forms) -> Floats:
    """Return residents without a form of the pool, per month, cell and pool, [T, C, P]."""
    change = np.zeros((seen.months + 1, residents.shape[1], len(forms.pool_names)))
    pool = forms.pool[seen.form]
    np.add.at(change, (np.clip(seen.start, 0, seen.months), seen.cell, pool), 1.0)
    np.add.at(change, (np.clip(seen.end, 0, seen.months), seen.cell, pool), -1.0)
    return np.asarray(np.maximum(residents[:, :, None] - change.cumsum(axis=0)[:-1], 0.0))


def _years(per_month: Floats) -> Floats:
    """Return sums over blocks of twelve months, [Y, F], the last block ending with the last month."""
    blocks = max(len(per_month) // YEAR, 1)
    kept = per_month[-YEAR * blocks :]
    return np.asarray(kept.reshape(blocks, -1, per_month.shape[1]).sum(axis=1))
