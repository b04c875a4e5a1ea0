"""The order of a costing report: a chapter for each scenario, then all beside each other, then what limits do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import polars as pl

from noaber.disclosure import REASONS, SafeResult
from noaber.records import TOTAL, Language, Text

from . import chart, doubts, numbers, savings, shares, touched
from .answer import answer
from .figure import Figure, Table
from .findings import Subject
from .series import FigureError, View, value_of
from .told import Told

UNCHANGED: Final = "ongewijzigd"
_SPENDING: Final = Subject("De uitgaven", "Spending", plural=True)
_WORDS: Final = {
    "beside": Text("Naast elkaar", "Beside each other"),
    "limits": Text("Als er niet genoeg plaats is", "When there is not enough room"),
}
_NO_DRAWING: Final = ""
Places = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A heading and its figures."""

    key: str
    title: str
    figures: tuple[Figure, ...]


def opening(told: Told, stated: Mapping[str, str]) -> Figure | None:
    """Return the figure of the first page: all scenarios with their band; None without a saving to show."""
    try:
        return answer(told, modelled(told.results, stated), stated)
    except FigureError:
        return None


def chapters(told: Told, stated: Mapping[str, str], places: Places) -> list[Chapter]:
    """Return the chapters that the results allow; `stated` gives per scenario the code of what its document states."""
    codes = modelled(told.results, stated)
    found = [
        Chapter(
            key=f"scenario-{number}",
            title=_name(told, code),
            figures=tuple(_of_scenario(told, code, stated.get(code, ""), places)),
        )
        for number, code in enumerate(codes, 1)
    ]
    beside = _made([lambda: touched.payers(told, codes), lambda: _spending(told, codes)])
    found.append(Chapter(key="beside", title=_WORDS["beside"](told.language), figures=tuple(beside)))
    limited = _made([lambda: doubts.limits(told)])
    found.append(Chapter(key="limits", title=_WORDS["limits"](told.language), figures=tuple(limited)))
    return [item for item in found if item.figures]


def modelled(results: Mapping[str, SafeResult], stated: Mapping[str, str]) -> list[str]:
    """Return the codes of the scenarios that were counted, in their order."""
    source = results.get("scenario_saving") or results.get("scenario_shares")
    taken = set(stated.values())
    return [] if source is None else [code for code in dict.fromkeys(source.cells["scenario"]) if code not in taken]


def _of_scenario(told: Told, code: str, stated: str, places: Places) -> Iterator[Figure]:
    """Yield the figures of one scenario: what it saves, by which measures, how sure, at what cost, for whom."""
    mine, results, until, language = told.holding(code), told.results, told.counted_until, told.language
    changes = {
        "scenario_by_care_form": Text("De uitgaven veranderen", "Spending changes"),
        "scenario_clients": Text("Het aantal cliënten verandert", "The number of clients changes"),
    }
    yield from _made(
        [
            lambda: savings.saved(results["scenario_saving"], code, language, stated=stated, counted_until=until),
            lambda: chart.waterfall(mine.view("scenario_shares", "measure", statistic="share")),
        ]
    )
    yield from _made([lambda: touched.districts(mine, places)]) or _tables(mine, "scenario_by_district")
    yield from _made(
        [
            lambda: shares.between(mine),
            lambda: shares.overlap(mine),
            lambda: doubts.tornado(mine),
            lambda: savings.earned(results["scenario_investment"], code, language, counted_until=until),
            lambda: doubts.earning(mine),
        ]
    )
    for name, words in changes.items():
        yield from _made([partial(touched.moved, mine, name, words, UNCHANGED)]) or _tables(mine, name)


def _spending(told: Told, codes: Sequence[str]) -> Figure:
    """Return what the municipality spends over time with unchanged policy and under each scenario that was counted."""
    result = told.results["scenario_spending"]
    kept = replace(result, cells=result.cells.filter(pl.col("scenario").is_in([UNCHANGED, *codes])))
    view = View(
        result=kept,
        language=told.language,
        along="scenario",
        fixed={"statistic": "middle"},
        counted_until=told.counted_until,
    )
    now = {item.code: value_of(item.by_period.get(view.now)) for item in view.series}
    before, after = now[UNCHANGED], min((now[code] or 0.0 for code in codes if now.get(code)), default=None)
    if before is None or after is None:
        return chart.line(view, subject=_SPENDING)
    lowest = next(code for code in codes if now.get(code) == after)
    without, with_ = (numbers.in_words(amount, view.unit, told.language) for amount in (before, after))
    name = view.label(lowest)
    title = told.say(
        f"Zonder plan geeft de gemeente in {view.now} {without} uit, met ‘{name}’ {with_}.",
        f"Without a plan the municipality spends {without} in {view.now}, with ‘{name}’ {with_}.",
    )
    return chart.line(view, title=title)


def _made(asked: list[Callable[[], Figure]]) -> list[Figure]:
    """Return the figures that can be made: without a result, or with all of it hidden, there is none."""
    found = []
    for make in asked:
        try:
            found.append(make())
        except (FigureError, KeyError):
            continue
    return found


def _tables(told: Told, name: str) -> list[Figure]:
    """Return a result of a scenario as a table only, that says why its cells are hidden; none without the result."""
    return [plain(told.results[name], told)] if name in told.results else []


def plain(result: SafeResult, told: Told) -> Figure:
    """Return the last period of a scenario as a table without a drawing."""
    language, last = told.language, str(result.cells["period"].max())
    cells = [row for row in result.cells.iter_rows(named=True) if row["period"] == last]
    shown = [name for name in result.dimensions if name != "scenario"]
    rows = tuple(
        (
            *(_word(result, name, row[name], language) for name in shown),
            numbers.exact(row["value"], result.unit, language)
            if row["hidden"] is None
            else REASONS[row["hidden"]](language),
        )
        for row in cells
        if row["scenario"] == told.code
    )
    about = f"{_word(result, 'scenario', told.code, language)} · {last}"
    heads = [chart.DIMENSIONS[name](language) for name in shown]
    return Figure(
        name=f"{result.indicator}-{told.code}".replace("_", "-").replace("+", "-").replace(":", "-").lower(),
        language=language,
        title=f"{result.title(language)}.",
        about=about,
        svg=_NO_DRAWING,
        table=Table(caption=about, columns=(*heads, last), rows=rows, words=len(shown)),
        sentence=result.definition(language),
        definition=result.definition(language),
        foot=result.protection(language),
        short_foot=result.protection(language),
    )


def _name(told: Told, code: str) -> str:
    """Return the name of a scenario."""
    result = told.results.get("scenario_saving") or told.results["scenario_shares"]
    return _word(result, "scenario", code, told.language)


def _word(result: SafeResult, name: str, code: str, language: Language) -> str:
    words = result.labels.get(name, {}).get(code)
    return words(language) if words else Text("Samen", "Together")(language) if code == TOTAL else code
