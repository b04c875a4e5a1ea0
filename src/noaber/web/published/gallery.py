"""The figures of the shelf, drawn in one language and kept: drawing is the slow part of a page, and seldom changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from noaber.disclosure import SafeResult
from noaber.figures import Figure, FigureError, View, chart
from noaber.figures.factsheet import Sheet, draw
from noaber.municipality import Municipality
from noaber.records import TOTAL, Language
from noaber.web.access.presence import language

from . import shelf
from .models import Version
from .themes import ALL_ENTRIES, THEMES, Theme, theme_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One figure on the wall: what it shows, and the version that it was drawn from."""

    figure: Figure
    small: str
    """A small drawing of the whole; empty where there is no whole, or only one period of it."""
    broken: bool
    """Whether a break keeps the latest period from being compared with a year earlier."""
    indicator: str
    short: str
    theme: Theme


@dataclass(frozen=True, slots=True)
class Gallery:
    """All figures of some versions, in the order of the themes."""

    exhibits: tuple[Exhibit, ...] = ()

    def __iter__(self) -> Iterator[Exhibit]:
        return iter(self.exhibits)

    def of_theme(self, key: str) -> list[Exhibit]:
        """Return the figures of a theme."""
        return [item for item in self if item.theme.key == key]

    def of_indicator(self, indicator: str) -> list[Exhibit]:
        """Return the figures of an indicator."""
        return [item for item in self if item.indicator == indicator]

    @property
    def themes(self) -> list[Theme]:
        """The themes that have figures."""
        there = {item.theme.key for item in self}
        return [theme for theme in THEMES if theme.key in there]

    def named(self, name: str) -> Exhibit | None:
        """Return the figure with this name."""
        return next((item for item in self if item.figure.name == name), None)


def gallery(versions: Sequence[Version] | None = None) -> Gallery:
    """Return the figures of some versions, of what counts now when none are named, in the language of the reader."""
    chosen = shelf.current().values() if versions is None else versions
    if shelf.town() is None:
        return Gallery()
    drawn = [_drawn(item.content_hash, shelf.edition(), language()) for item in chosen if shelf.is_whole(item)]
    return Gallery(tuple(sorted((item for exhibits in drawn for item in exhibits), key=_place)))


def sheet(versions: Mapping[str, Version]) -> Sheet | None:
    """Return what the fact sheet is made of: what counts now, up to the last whole year; None when there is nothing."""
    town = shelf.town()
    if town is None or not versions:
        return None
    return _sheet(shelf.results(versions.values()), town)


def _sheet(results: Mapping[str, SafeResult], town: Municipality) -> Sheet:
    known = min(result.provenance.known_on for result in results.values())
    return Sheet(results=results, town=town, year=known.year - 1)


@lru_cache(maxsize=256)
def _drawn(content_hash: str, _edition: int, tongue: Language) -> tuple[Exhibit, ...]:
    version = Version.objects.defer("content").get(content_hash=content_hash)
    result, town = shelf.result_of(version), shelf.town()
    assert town is not None, "drawn only where there is a municipality"
    made = _sheet({version.indicator: result}, town)
    entries = [entry for entry in ALL_ENTRIES if entry.indicator == version.indicator]
    drawn = [found for entry in entries if (found := draw(made, entry, tongue)) is not None]
    return tuple(
        Exhibit(
            figure=figure,
            small=_small(view),
            broken=_broken(view),
            indicator=version.indicator,
            short=version.short,
            theme=theme_of(version.indicator),
        )
        for view, figure in drawn or _in_some_way(result, tongue)
    )


_THEMES: Final = [theme.key for theme in THEMES]
_PLACES: Final = {entry.indicator: place for place, entry in reversed(list(enumerate(ALL_ENTRIES)))}


def _place(exhibit: Exhibit) -> tuple[int, int, str]:
    """Return where a figure hangs: by theme, then by indicator; those of one indicator stay in their order."""
    return _THEMES.index(exhibit.theme.key), _PLACES.get(exhibit.indicator, len(_PLACES)), exhibit.indicator


def _small(view: View) -> str:
    whole = view.total or (view.series[0] if len(view.series) == 1 else None)
    return chart.small(view) if whole is not None and len(whole.shown) > 1 else ""


def _broken(view: View) -> bool:
    point = (view.total or view.series[0]).by_period.get(view.now)
    return point is not None and point.no_change == "break"


def _in_some_way(result: SafeResult, tongue: Language) -> list[tuple[View, Figure]]:
    """Return bars along the first dimension that can be drawn, for an indicator that nobody chose a drawing for."""
    for along in result.dimensions or (None,):
        held = {name: _total_or_first(result, name) for name in result.dimensions if name != along}
        try:
            view = View(result=result, language=tongue, along=along, fixed=held)
            return [(view, chart.bar(view) if along else chart.line(view))]
        except FigureError:
            continue
    return []


def _total_or_first(result: SafeResult, dimension: str) -> str:
    codes = sorted(set(result.cells[dimension].to_list()))
    return TOTAL if TOTAL in codes else codes[0]
