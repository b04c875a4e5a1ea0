"""What the one partner counts from 2025, never who: basic support, the social basis, and contacts at the entrance."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import numpy as np

from noaber.records import Layer

from .proportions import Proportions
from .spells import BASIC_SUPPORT
from .streams import Floats, Ints, stream

_CHANNELS = {"desk": 0.34, "telephone": 0.36, "web": 0.16, "home": 0.14}
_THEMES = {
    "wonen en huishouden": 0.22,
    "gezondheid": 0.16,
    "opvoeden en opgroeien": 0.19,
    "geld en schulden": 0.17,
    "meedoen en ontmoeten": 0.15,
    "mantelzorg": 0.11,
}
_OUTCOMES = {
    "information": 0.37,
    "social_basis": 0.19,
    "basic_support": 0.26,
    "indicated_support": 0.12,
    "elsewhere": 0.06,
}
Row = dict[str, object]


def month_ends(until: date) -> list[date]:
    """Return the last day of each full month since basic support began, up to `until`."""
    ends = []
    year, month = BASIC_SUPPORT.year, BASIC_SUPPORT.month
    while (end := date(year, month, monthrange(year, month)[1])) <= until:
        ends.append(end)
        year, month = year + month // 12, month % 12 + 1
    return ends


def counts(given: Proportions, light: dict[str, Floats], *, seed: int, until: date) -> dict[date, list[Row]]:
    """Return per month end the rows of table `partner_count`.

    `light` holds per kind (individual, group) the light indications per district at the end of 2024: the partner
    starts with part of them, takes over the rest during the transition year, and then draws its own residents.
    """
    random = stream(seed, "partner")
    before = {kind: np.zeros(len(districts), dtype=np.int64) for kind, districts in light.items()}
    found: dict[date, list[Row]] = {}
    for step, end in enumerate(month_ends(until)):
        ramp = min(1.0, (step + 1) / given.partner.months_to_full)
        share = given.partner.start_share + (given.partner.full_share - given.partner.start_share) * ramp
        rows: list[Row] = []
        for kind, districts in light.items():
            persons = np.rint(districts * share * random.normal(1.0, 0.02, len(districts))).astype(np.int64)
            ended = random.binomial(before[kind], 1 / given.partner.mean_months)
            started = np.maximum(0, persons - before[kind] + ended)
            persons = before[kind] - ended + started
            before[kind] = persons
            rows += _rows(given, Layer.BASIC_SUPPORT, kind, end, (persons, started, ended))
        found[end] = rows
    return found


def social_basis(given: Proportions, *, seed: int, until: date, scale: float) -> dict[date, list[Row]]:
    """Return per month end the rows of table `partner_count` that estimate whom activities and volunteers reach.

    Most in groups; as many as the residents of a district would have, less in the months in which the partner begins.
    """
    random = stream(seed, "social basis")
    residents = np.array([district.residents for district in given.districts]) * scale
    reached = residents * given.partner.social_basis_per_1000 / 1000 * random.normal(1.0, 0.12, len(residents))
    in_groups = given.partner.social_basis_in_groups
    before = {kind: np.zeros(len(residents), dtype=np.int64) for kind in ("group", "individual")}
    found: dict[date, list[Row]] = {}
    for step, end in enumerate(month_ends(until)):
        ramp = 0.8 + 0.2 * min(1.0, step / given.partner.months_to_full)
        found[end] = []
        for kind, share in (("group", in_groups), ("individual", 1 - in_groups)):
            persons = np.rint(reached * share * ramp * random.normal(1.0, 0.02, len(residents))).astype(np.int64)
            ended = random.binomial(before[kind], 1 / given.partner.social_basis_mean_months)
            started = np.maximum(0, persons - before[kind] + ended)
            before[kind] = before[kind] - ended + started
            found[end] += _rows(given, Layer.SOCIAL_BASIS, kind, end, (before[kind], started, ended))
    return found


def _rows(given: Proportions, layer: Layer, kind: str, end: date, tallies: tuple[Ints, Ints, Ints]) -> list[Row]:
    """Return the rows of a month; `tallies` are the residents present, started and ended per district."""
    return [
        {
            "month": end.replace(day=1),
            "district": district.code,
            "layer": layer.value,
            "kind": kind,
            "persons": persons,
            "households": round(persons / given.partner.persons_per_household),
            "started": started,
            "ended": ended,
        }
        for district, persons, started, ended in zip(given.districts, *(part.tolist() for part in tallies), strict=True)
    ]


def contacts(given: Proportions, *, seed: int, until: date, scale: float) -> dict[date, list[Row]]:
    """Return per month end the rows of table `contact`: working days only, growing while the entrance gets known."""
    random = stream(seed, "contacts")
    residents = np.array([district.residents for district in given.districts]) * scale
    mix = [np.array(list(words.values())) for words in (_CHANNELS, _THEMES, _OUTCOMES)]
    names = [list(words) for words in (_CHANNELS, _THEMES, _OUTCOMES)]
    found: dict[date, list[Row]] = {}
    for step, end in enumerate(month_ends(until)):
        days = [end.replace(day=1) + timedelta(item) for item in range(end.day)]
        days = [item for item in days if item.weekday() < 5]
        growth = 0.7 + 0.3 * min(1.0, step / 12)
        mean = given.partner.contacts_per_1000_a_month * growth * residents / 1000
        numbers = random.poisson(mean)
        place = np.repeat(np.arange(len(residents)), numbers)
        draws = [random.choice(len(part), len(place), p=part / part.sum()) for part in mix]
        on = random.integers(0, len(days), len(place))
        keys, totals = np.unique(np.stack([on, place, *draws]), axis=1, return_counts=True)
        found[end] = [
            {
                "on": days[one],
                "district": given.districts[where].code,
                "channel": names[0][channel],
                "theme": names[1][theme],
                "outcome": names[2][outcome],
                "contacts": number,
            }
            for (one, where, channel, theme, outcome), number in zip(keys.T.tolist(), totals.tolist(), strict=True)
        ]
    return found
