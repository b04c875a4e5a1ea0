"""Whose saving it is: shares add up, and groups of forms change nothing about them."""

from dataclasses import replace

import numpy as np
import pytest

from noaber import scenarios
from noaber.flows import attribute, evaluate
from noaber.scenarios.attribution import groups
from noaber.scenarios.baseline import by_age
from noaber.scenarios.levers import resolve
from scenario_town import baseline, measure, plan

BASE = baseline(36)
TEXT = plan(
    measure("fewer", size=-0.2)
    + measure("shorter", lever="duration", size=-0.2, more='care_forms = ["LIGHT", "HEAVY"]')
    + measure("cheaper", lever="price", law="jeugdwet", size=-0.1)
)
FOUND = scenarios.attribute_variant(BASE, TEXT, "fewer+shorter+cheaper", draws=2)


def test_shares_add_up_to_the_total_to_the_cent():
    assert FOUND.share.sum(axis=0) == pytest.approx(FOUND.total)
    assert FOUND.cents().sum(axis=0) == pytest.approx(np.rint(FOUND.total.sum(axis=1) * 100))


def test_forms_that_do_not_touch_are_divided_apart_and_come_to_the_same():
    arrays = [resolve(item, by_age(BASE)) for item in TEXT.measures]
    town = by_age(BASE).town
    assert len(groups(arrays, town)) == 2
    whole = attribute(
        ["fewer", "shorter", "cheaper"],
        lambda members: np.asarray(
            evaluate(town, [item for n, item in enumerate(arrays) if n in members]).net[0, -12:].sum()
        ),
    )
    certain = scenarios.attribute_variant(_certain(BASE), TEXT, "fewer+shorter+cheaper", draws=1)
    assert certain.share.sum(axis=2)[:, -1] == pytest.approx(-whole.share)


def test_two_that_overlap_are_worth_less_together():
    assert FOUND.alone.sum(axis=2)[0, -1] > FOUND.last.sum(axis=2)[0, -1]
    assert FOUND.overlap[0, 1, -1] < 0
    assert FOUND.overlap[0, 2, -1] == pytest.approx(0, abs=1e-6)


MANY = plan(
    "".join(measure(f"m{n}", size=-0.02 * (1 + n % 4), head=f'package = "p{n % 3}"') for n in range(14))
    + "".join(f'[[packages]]\ncode = "p{n}"\nname = "P{n}"\n' for n in range(3))
)
ALL = "+".join(f"m{n}" for n in range(14))


def test_beyond_twelve_measures_orders_are_sampled_and_the_error_is_told():
    found = scenarios.attribute_variant(BASE, MANY, ALL, draws=1)
    assert found.share.sum(axis=0) == pytest.approx(found.total)
    assert (found.error.sum(axis=2)[:, -1] > 0).all()
    result = scenarios.divided_tables([found], MANY, BASE)[0]
    assert "error" in set(result.cells["statistic"])
    assert "steekproef" in result.definition.nl


@pytest.mark.parametrize("by", ["measure", "package"])
def test_workers_do_not_change_a_bit_of_a_division(by):
    alone = scenarios.attribute_variant(BASE, MANY, ALL, by=by, draws=1)
    with scenarios.processes(2) as pool:
        together = scenarios.attribute_variant(BASE, MANY, ALL, by=by, draws=1, executor=pool)
    for name in ("share", "alone", "last", "error", "low", "high", "total"):
        assert (getattr(alone, name) == getattr(together, name)).all(), name


def test_the_measures_of_a_package_share_what_the_package_gets_and_nothing_is_sampled():
    found = scenarios.attribute_variant(BASE, MANY, ALL, by="package", draws=1)
    assert found.packages is not None
    assert found.packages.names == ("p0", "p1", "p2")
    assert not found.error.any()
    for number, package in enumerate(found.packages.names):
        mine = [place for place, name in enumerate(found.names) if int(name[1:]) % 3 == int(package[1:])]
        assert found.share[mine].sum(axis=0) == pytest.approx(found.packages.share[number], abs=1e-6)
    assert found.packages.share.sum(axis=0) == pytest.approx(found.total)
    assert (found.packages.alone >= found.packages.last - 1e-6).all()
    measures, packages = scenarios.divided_tables([found], MANY, BASE)[:2]
    assert packages.labels["measure"]["p0"].nl == "P0"
    assert "Owen" in measures.definition.nl


def test_sampled_orders_come_near_what_is_exact():
    ten = plan("".join(measure(f"m{n}", size=-0.03 * (1 + n % 3)) for n in range(10)))
    names = "+".join(f"m{n}" for n in range(10))
    exact = scenarios.attribute_variant(_certain(BASE), ten, names, draws=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("noaber.scenarios.attribution.EXACT", 3)
        sampled = scenarios.attribute_variant(_certain(BASE), ten, names, draws=1)
    off = np.abs(exact.share - sampled.share)[:, -1].sum(axis=1)
    assert (off <= 4 * sampled.error[:, -1].sum(axis=1) + 0.01).all()


def _certain(base):
    return replace(base, parameters=())
