"""The gate itself: a `Result` goes in, a `SafeResult` comes out. Only this file makes one from true numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from noaber.municipality import Disclosure
from noaber.records import TOTAL, Text
from noaber.results import BAND, Result, Unit

from .attacker import Area
from .errors import MissingKeyError
from .noise import noisy
from .safe import Relation, SafeResult
from .small import COUNTS, reasons, rests_on_persons, units
from .suppression import suppress

_KEY_BYTES: Final = 16
_FRACTIONS: Final[tuple[Unit, ...]] = ("percent", "per_1000", "ratio", "months", "half_days_per_week")
"""Units in which one decimal means something."""
_NO_PERSONS: Final = Text(
    "Deze cijfers gaan niet over personen; er is niets verborgen of afgerond.",
    "These figures are not about persons; nothing was hidden or rounded.",
)


def protect(
    result: Result, at: Disclosure, *, beside: Sequence[SafeResult] = (), areas: Sequence[Area] = (), key: bytes = b""
) -> SafeResult:
    """Return what of a result may leave the house, under the rule and thresholds of the municipality.

    `cbs5` hides what rests on few persons and rounds the rest, every cell and total on its own; a rate is computed from
    the rounded numbers. `exact` shows true numbers. `noise` moves each count by a little, the same people always by the
    same amount, under the secret `key` of the installation. Under each, further cells are hidden as long as a hidden
    one can be worked out, also together with the results `beside` it, such as those published earlier. Figures that
    rest on nobody pass as they are. Raises `RecoverableError` (N-551) when what is beside it gives a hidden figure
    away, and `MissingKeyError` (N-552) when there is no key to make noise with.
    """
    return protect_together([result], at, beside=beside, areas=areas, key=key)[0]


def protect_together(
    results: Sequence[Result],
    at: Disclosure,
    *,
    beside: Sequence[SafeResult] = (),
    areas: Sequence[Area] = (),
    key: bytes = b"",
) -> list[SafeResult]:
    """Return results that will stand beside each other, protected as one: see `protect`.

    Better than one by one, because the cell that gives another away can then be hidden in whichever table is best.
    """
    return suppress([_draft(result, at, key) for result in results], beside, areas)


def _draft(result: Result, at: Disclosure, key: bytes) -> SafeResult:
    """Return a result with every cell protected for its own sake, whatever the others show."""
    cells = reasons(result, at)
    kinds = units(result)
    true = {name: kind for name, kind in kinds.items() if name not in BAND}
    persons = rests_on_persons(result)
    if persons and at.rule != "exact":
        cells = _changed(cells, result, kinds, at, key)
    return SafeResult(
        indicator=result.indicator,
        title=result.title,
        definition=result.definition,
        unit=result.unit,
        frequency=result.frequency,
        dimensions=result.dimensions,
        cells=_blank(cells, result.dimensions, kinds),
        polarity=result.polarity,
        breaks=result.breaks,
        provisional_from=result.provisional_from,
        notes=result.notes,
        labels=result.labels,
        provenance=result.provenance,
        protection=_sentence(at) if persons else _NO_PERSONS,
        rule=at,
        persons=persons,
        units=kinds,
        relations={name: _relations(result, name) for name, kind in true.items() if kind in (*COUNTS, "cents")},
        bounded=_bounded(reasons(result, at), true, at),
        whole=_whole(result, true),
        over_time=result.over_time,
    )


def nearest(column: str, step: int) -> pl.Expr:
    """Return a column rounded to the nearest multiple of `step`, halves up."""
    return (pl.col(column) / step + 0.5).floor() * step


def _changed(
    cells: pl.DataFrame, result: Result, kinds: Mapping[str, Unit], at: Disclosure, key: bytes
) -> pl.DataFrame:
    """Return the cells with counts and amounts rounded or moved, and rates computed again from those."""
    # How a ratio is written (percent, per thousand) follows from the true cell itself.
    ratio = "denominator" in kinds
    scale = cells["value"] * cells["denominator"] / cells["numerator"] if ratio else cells["value"]
    measured = pl.col("value").round(1 if kinds["value"] in _FRACTIONS else 0)
    if at.rule == "noise":
        if len(key) < _KEY_BYTES:
            raise MissingKeyError(
                "Noise needs the secret key of the installation.",
                where=result.indicator,
                now=f"Give a key of at least {_KEY_BYTES} bytes, made once and kept outside the store.",
            )
        bands = {name: kind for name, kind in kinds.items() if name in BAND}
        true = {name: kind for name, kind in kinds.items() if name not in BAND}
        changed = _rounded(noisy(cells, result, true, at, key), bands, at)
    else:
        changed = _rounded(cells, kinds, at)
    if ratio:
        again = scale * pl.col("numerator") / pl.col("denominator")
        return changed.with_columns(value=pl.when(pl.col("denominator").is_null()).then(measured).otherwise(again))
    return changed if kinds["value"] in (*COUNTS, "cents") else changed.with_columns(value=measured)


def _rounded(cells: pl.DataFrame, kinds: Mapping[str, Unit], at: Disclosure) -> pl.DataFrame:
    """Return the cells with counts and amounts rounded, each on its own."""
    return cells.with_columns(
        nearest(name, at.round_cents_to if kind == "cents" else at.round_to)
        for name, kind in kinds.items()
        if kind in (*COUNTS, "cents")
    )


def _blank(cells: pl.DataFrame, dimensions: tuple[str, ...], kinds: Mapping[str, Unit]) -> pl.DataFrame:
    """Return only what may be seen: codes, numbers where nothing is hidden, and the reason where something is."""
    shown = [pl.when(pl.col("hidden").is_null()).then(pl.col(name).cast(pl.Float64)).alias(name) for name in kinds]
    return cells.select("period", *dimensions, *shown, "hidden")


def _sentence(at: Disclosure) -> Text:
    hidden = Text(
        f"Aantallen tot en met {at.hide_up_to} zijn verborgen, ook nul",
        f"Numbers up to {at.hide_up_to} are hidden, zero included",
    )
    if at.rule == "exact":
        return Text(
            f"{hidden.nl}; soms ook een ander getal, zodat niemand een verborgen getal kan uitrekenen. Wat er staat, "
            "is precies.",
            f"{hidden.en}; sometimes another number too, so that nobody can work out a hidden one. What is shown is "
            "exact.",
        )
    if at.rule == "noise":
        return Text(
            f"{hidden.nl}; andere zijn met opzet hoogstens {at.noise_up_to} hoger of lager, dezelfde inwoners altijd "
            "evenveel. Delen tellen dus niet altijd op.",
            f"{hidden.en}; others are up to {at.noise_up_to} higher or lower on purpose, the same residents always by "
            "the same amount. So parts do not always add up.",
        )
    return Text(
        f"{hidden.nl}; andere zijn afgerond op {at.round_to}, elk getal en elk totaal op zichzelf, dus tellen delen "
        "niet altijd op.",
        f"{hidden.en}; others are rounded to {at.round_to}, each number and each total on its own, so parts do not "
        "always add up.",
    )


def _bounded(cells: pl.DataFrame, kinds: Mapping[str, Unit], at: Disclosure) -> bool:
    """Return whether small counts are small themselves (one person can begin twice) and nothing is negative."""
    counts = [name for name, kind in kinds.items() if kind in COUNTS and name != "denominator"]
    small = cells.filter(pl.col("hidden") == "small")
    low = all(bool((small[name].fill_null(0) <= at.hide_up_to).all()) for name in counts)
    return low and all(bool((cells[name].fill_null(0) >= 0).all()) for name in kinds)


def _whole(result: Result, kinds: Mapping[str, Unit]) -> bool:
    """Return whether every count is a whole number."""
    counts = [result.cells[name].drop_nulls() for name, kind in kinds.items() if kind in COUNTS]
    return all(bool((numbers == numbers.floor()).all()) for numbers in counts)


def _relations(result: Result, column: str) -> dict[str, Relation]:
    """Return per dimension how the true parts stand to their totals in every line of the table.

    What holds everywhere an attacker may guess, whether the declaration says so or not; what fails in one line nobody
    can build on.
    """
    found: dict[str, Relation] = {}
    for name in result.dimensions:
        rest = ["period", *(other for other in result.dimensions if other != name)]
        parts = (
            result.cells.filter(pl.col(name) != TOTAL)
            .group_by(rest)
            .agg(added=pl.col(column).sum(), largest=pl.col(column).max())
        )
        whole = result.cells.filter(pl.col(name) == TOTAL).select(*rest, whole=column)
        lines = whole.join(parts, on=rest).drop_nulls()
        if lines.is_empty():
            # Nothing to try it on here; another table may have the totals.
            found |= {name: "adds"} if name in result.additive_over else {}
        elif lines.select(((pl.col("added") - pl.col("whole")).abs() < 0.5).all()).item():
            found[name] = "adds"
        elif result.unit != "cents" and lines.select((pl.col("largest") <= pl.col("whole")).all()).item():
            covered = lines.select((pl.col("whole") <= pl.col("added")).all()).item()
            found[name] = "union" if covered else "within"
        else:
            found[name] = "none"
    return found
