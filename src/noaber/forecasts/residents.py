"""The projection of residents as a result: per district and age, with its variants apart, beside what others say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from noaber.records import TOTAL, Text
from noaber.results import Result

from . import shape
from .ages import OLDEST, Band
from .population import VARIANTS, Population
from .shape import Declared, Origin, Row

SHOWN: Final[tuple[Band, ...]] = ((0, 24), (25, 64), (65, 74), (75, 84), (85, OLDEST))
"""The bands that municipalities publish for young and old, and what lies between."""

_RESIDENTS: Final = Declared(
    indicator="forecast_population",
    title=Text("Inwoners naar leeftijd, geteld en verwacht", "Residents by age, counted and expected"),
    definition=Text(
        "Inwoners op 1 januari: geteld, en daarna verwacht met geboorte, sterfte en verhuizingen. De lage en hoge "
        "variant hebben andere aannames en worden nooit gemiddeld.",
        "Residents on 1 January: counted, and then expected with births, deaths and moves. The low and high variant "
        "have other assumptions and are never averaged.",
    ),
    unit="persons",
    dimensions=("district", "age", "kind"),
    sources=("population",),
    additive_over=("district",),
)


def projection(found: Population, origin: Origin, *, bands: Sequence[Band] = SHOWN) -> Result:
    """Return residents per year, district and age band: counted, expected, and by the low and the high variant."""
    kept = [band for band in bands if found.ages[0] <= band[0] and band[1] <= found.ages[1]]

    def rows() -> Iterator[Row]:
        for variant in VARIANTS:
            for band in kept:
                persons = found.within(band, variant)
                for place in range(len(persons)):
                    year = found.first + place
                    counted = year <= found.counted
                    if counted and variant != VARIANTS[0]:
                        continue
                    kind = "observed" if counted else variant
                    areas = dict(zip(found.areas, persons[place], strict=True)) if len(found.areas) > 1 else {}
                    for area, value in [*areas.items(), (TOTAL, persons[place].sum())]:
                        yield (str(year), area, code(band), kind, float(value), None, None, None)

    return shape.result(
        origin,
        _RESIDENTS,
        rows(),
        notes=(
            Text(
                "Verhuizingen zoals de laatste vijf jaar van de gemeente zelf; een wijk wijkt daarvan af zover haar "
                "eigen cijfers meer laten zien dan toeval. Wijken tellen op tot de gemeente.",
                "Moves as in the last five years of the municipality itself; a district differs from these as far as "
                "its own figures show more than chance. Districts add up to the municipality.",
            ),
        ),
        rules=found.rules,
    )


def beside(found: Population, published: Mapping[Band, Mapping[int, float]]) -> list[tuple[Band, int, float, float]]:
    """Return what others expect beside our projection: (band, year, theirs, ours), for bands that ours covers."""
    return [
        (band, year, theirs, float(found.within(band)[year - found.first].sum()))
        for band, series in sorted(published.items())
        if found.ages[0] <= band[0] and band[1] <= found.ages[1]
        for year, theirs in sorted(series.items())
        if found.counted < year <= found.last
    ]


def code(band: Band) -> str:
    """Return the code of an age band: 00-24, 75-84, 85+."""
    first, last = band
    return f"{first:02d}+" if last >= OLDEST else f"{first:02d}-{last:02d}"
