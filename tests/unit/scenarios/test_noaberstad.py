"""The three scenarios that come with the made-up town: complete, with reasons, and in step with the households."""

from datetime import date
from importlib import resources

import numpy as np
import pytest

from noaber import municipality, plans, scenarios
from noaber.examples import copy_plans


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    folder = tmp_path_factory.mktemp("plans")
    copy_plans("noaberstad", folder)
    return plans.read(folder)


def test_every_scenario_has_stated_amounts_measures_and_a_leaflet(plan):
    assert len(plan.scenarios) == 3
    for item in plan.scenarios:
        assert item.leaflet is not None
        assert item.rows
        (found,) = scenarios.variants(plan, [item.code])
        assert len(found.measures) >= 10
    assert [item.code for item in scenarios.variants(plan, [])][:2] == ["contract", "contract:genoemd"]


def test_the_plan_says_itself_what_does_not_add_up(plan):
    care_forms = {item.code for item in _town().care_forms}
    found = plans.check(plan, care_forms=care_forms)
    assert {item.kind for item in found} <= {"total", "misprint"}


def test_every_assumption_has_a_range_and_a_reason(plan):
    found = list(scenarios.assumptions(plan, scenarios.variants(plan, [])))
    assert len(found) > 40
    assert not [words for words, item in found if item.low == item.high or len(item.because) < 15]


def test_the_income_limits_are_those_of_the_households(plan):
    incomes = scenarios.incomes(["town"], np.array([1.0]), np.array([25.0]), date(2022, 7, 1))
    sizes = {item.code: item.effects[0].size for item in plan.measures if item.code.startswith("grens-")}
    for code, limit in (("grens-110", 110), ("grens-100", 100)):
        lost = incomes.lost_in_all(120, limit)
        assert sizes[code].low <= -lost <= sizes[code].high
        assert sizes[code].value == pytest.approx(-lost, abs=0.03)


def _town():
    with resources.as_file(resources.files("noaber.demo") / "noaberstad.toml") as file:
        return municipality.read(file)
