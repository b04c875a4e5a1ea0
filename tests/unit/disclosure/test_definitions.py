"""What the gate knows of the indicators, held to their declarations and to figures made from people."""

from __future__ import annotations

import random
from datetime import date

import pytest

from counts import CBS5, EXACT
from noaber.disclosure import SafeResult, audit, protect_together, publish, published
from noaber.disclosure.definitions import AT_MOST, BALANCES, LAYERS, shared
from noaber.indicators import INDICATORS, calculate
from noaber.municipality import Disclosure
from noaber.results import Result
from people import EAST, TOWN, WEST, connect, cost, inhabitants, support

KNOWN_ON = date(2025, 6, 30)


def test_every_figure_that_the_gate_names_exists():
    named = {name for names in (*BALANCES, *AT_MOST) for name in names} | {name for name, _ in shared()} | set(LAYERS)
    assert named <= set(INDICATORS)


def test_a_ratio_whose_part_is_another_indicator_is_listed():
    """A numerator with the name of an indicator is its number, and an attacker can read names too."""
    names = {indicator.name.en: indicator.id for indicator in INDICATORS.values()}
    missing = [
        (indicator.id, part)
        for indicator in INDICATORS.values()
        for part, words in (("numerator", indicator.numerator), ("denominator", indicator.denominator))
        if words is not None and words.en in names and (indicator.id, part) not in shared()
    ]
    assert missing == []


@pytest.fixture(scope="module")
def town_results() -> list[Result]:
    """Every indicator over a small made-up town, per year and per quarter."""
    chance = random.Random(8)
    people = [_support(chance, number) for number in range(900) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    costs = [
        cost(
            str(row["person"]),
            f"{year}-{month}",
            chance.uniform(100, 900),
            **{name: row[name] for name in ("law", "care_form", "district", "provider")},
        )
        for row in people
        for year, month in ((2023, "01"), (2024, "05"))
        if chance.random() < 0.5
    ]
    counted = [
        inhabitants(f"{year}-01-01", area, number)
        for year in range(2022, 2026)
        for area, number in ((TOWN.gm_code, 5000), (WEST, 4000), (EAST, 1000))
    ]
    with connect({"support": people, "cost": costs, "population": counted}) as connection:
        return [
            calculate(name, connection, town=TOWN, known_on=KNOWN_ON, snapshot_hash="0" * 16, frequency=often)
            for name, indicator in INDICATORS.items()
            for often in indicator.frequencies[:2]
        ]


def _support(chance: random.Random, number: int) -> dict[str, object]:
    began = date(chance.randint(2022, 2024), chance.randint(1, 12), 1)
    ended = date(chance.randint(began.year, 2025), 12, 28)
    law, form = chance.choice((("wmo", "HO"), ("wmo", "OZL1"), ("jeugdwet", "GGZ"), ("participatiewet", "BIJ")))
    return support(
        f"p{number}",
        str(began),
        None if chance.random() < 0.4 else str(ended),
        law=law,
        care_form=form,
        allocation_number=f"{number}-{chance.random()}",
        kind=chance.choice(("individual", "group")),
        household=f"h{number // 2}",
        district=chance.choice((WEST, WEST, WEST, EAST, None)),
        provider=f"{chance.randint(1, 40):08}",
        volume=chance.choice((30, 90, 200, 600)),
        unit="01",
        frequency="2",
        referrer=chance.choice(("01", "02", "04")),
        referrer_code=chance.choice(("x", "y", None)),
    )


@pytest.mark.parametrize("at", [CBS5, EXACT, Disclosure(rule="noise")], ids=["cbs5", "exact", "noise"])
def test_all_indicators_of_a_town_stand_beside_each_other(town_results, at, tmp_path):
    """The relations that the gate assumes hold in figures made from people: else it would find a contradiction."""
    safe = protect_together(town_results, at, key=b"a key of this town")
    found = publish(safe, tmp_path).audit
    assert len(found.hidden) > 100
    assert found.recoverable == ()
    assert _shown(safe) > 0.5
    again = publish(protect_together(town_results, at, beside=published(tmp_path), key=b"a key of this town"), tmp_path)
    assert again.written == ()


def test_each_table_protected_alone_gives_something_away(town_results):
    alone = [protect_together([result], EXACT)[0] for result in town_results]
    assert len(audit(alone).recoverable) > 5


def _shown(results: list[SafeResult]) -> float:
    cells = sum(result.cells.height for result in results)
    return sum(result.cells["hidden"].null_count() for result in results) / cells
