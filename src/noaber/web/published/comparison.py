"""Our figures beside those of other municipalities: about as large, around us, or chosen by whoever reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from noaber.disclosure import SafeResult
from noaber.figures import Figure, FigureError, View, chart
from noaber.municipality import Municipality
from noaber.records import Language, Text

from .themes import COMPARED

Key = Literal["grootte", "buren", "alle", "eigen"]
RESIDENTS: Final = "municipalities_residents"
_EDGES: Final = (0, 5_000, 10_000, 20_000, 50_000, 100_000, 150_000, 250_000, 10_000_000)
"""Where the size classes of CBS begin."""
_WORDS: Final[dict[Key, Text]] = {
    "grootte": Text("gemeenten van onze grootte", "municipalities of our size"),
    "buren": Text("gemeenten om ons heen", "municipalities around us"),
    "alle": Text("gemeenten", "municipalities"),
    "eigen": Text("gekozen gemeenten", "chosen municipalities"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Another municipality: its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """Municipalities to lay ours beside, and what they are called after their number."""

    key: Key
    words: Text
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of ours beside others, the indicator that it shows, and the version that it is drawn from."""

    indicator: str
    short: str
    figure: Figure


def others(results: Mapping[str, SafeResult], town: Municipality) -> list[Place]:
    """Return every other municipality that has a figure, by name."""
    found = {
        code: name.nl
        for indicator in COMPARED
        if (result := results.get(indicator))
        for code, name in result.labels.get("municipality", {}).items()
    }
    found.pop(town.gm_code, None)
    return sorted((Place(code, name) for code, name in found.items()), key=lambda place: place.name)


def groups(results: Mapping[str, SafeResult], town: Municipality, chosen: Sequence[str]) -> dict[Key, Group]:
    """Return the groups on offer that hold anyone; one's own choice always is on offer."""
    known = frozenset(place.code for place in others(results, town))
    codes: dict[Key, frozenset[str]] = {
        "grootte": _of_our_size(results.get(RESIDENTS), town),
        "buren": frozenset(f"GM{code}" for code in town.neighbours),
        "alle": known,
        "eigen": frozenset(chosen),
    }
    there = {key: Group(key, _WORDS[key], found & known) for key, found in codes.items()}
    return {key: group for key, group in there.items() if group.codes or key == "eigen"}


def size_class(residents: float) -> tuple[int, int]:
    """Return the size class that CBS puts a municipality in: from, and up to but not including."""
    return next((low, high) for low, high in pairwise(_EDGES) if residents < high)


def compare(
    results: Mapping[str, SafeResult], shorts: Mapping[str, str], town: Municipality, group: Group, language: Language
) -> list[Compared]:
    """Return every figure that ours can be laid beside others in; but how many live where only says who is as large.

    `shorts` has the short hash of the version of each result.
    """
    found = []
    for indicator, subject in COMPARED.items():
        result = results.get(indicator)
        if result is None or indicator == RESIDENTS:
            continue
        with suppress(FigureError):
            view = View(result=result, language=language, along="municipality")
            drawn = chart.beside(view, here=town.gm_code, among=group.codes, group=group.words, subject=subject)
            found.append(Compared(indicator, shorts[indicator], drawn))
    return found


def _of_our_size(result: SafeResult | None, town: Municipality) -> frozenset[str]:
    """Return the other municipalities in our size class, by the last year in which ours was counted."""
    if result is None:
        return frozenset()
    cells = result.cells.drop_nulls("value").sort("period")
    ours = cells.filter(cells["municipality"] == town.gm_code)
    if not ours.height:
        return frozenset()
    low, high = size_class(float(ours["value"][-1]))
    last = cells.group_by("municipality").last()
    alike = last.filter(last["value"].is_between(low, high, closed="left"), last["municipality"] != town.gm_code)
    return frozenset(alike["municipality"].to_list())
