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


def _certain(base):
    return replace(base, parameters=())
