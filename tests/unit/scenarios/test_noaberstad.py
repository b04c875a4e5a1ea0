"""The three scenarios that come with the made-up town: complete, with reasons, and in step with the households."""

from datetime import date
from importlib import resources

import duckdb
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


def test_the_income_limits_are_counted_from_the_households(plan):
    households = scenarios.incomes(["poor", "rich"], np.array([700.0, 300.0]), np.array([22.0, 31.0]), date(2022, 7, 1))
    counted, remarks = scenarios.limited(plan, households)
    sizes = {item.code: item.effects[0].size for item in counted.measures if item.code.startswith("grens-")}
    for code, limit in (("grens-110", 110), ("grens-100", 100)):
        assert sizes[code].value == pytest.approx(-households.lost_in_all(120, limit))
        assert sizes[code].low < sizes[code].value < sizes[code].high, "the shares of the country are not sure"
        assert "berekend uit de huishoudens" in sizes[code].because
    assert len(remarks) == 2
    others = [(old, new) for old, new in zip(plan.measures, counted.measures, strict=True) if old != new]
    assert [old.code for old, _ in others] == ["grens-110", "grens-100"], "nothing else changes"


def test_what_the_plan_writes_for_who_has_no_households_lies_near_the_country(plan):
    country = scenarios.incomes(["town"], np.array([1.0]), np.array([25.0]), date(2022, 7, 1))
    counted, _ = scenarios.limited(plan, country)
    for old, new in zip(plan.measures, counted.measures, strict=True):
        if old != new:
            assert old.effects[0].size.value == pytest.approx(new.effects[0].size.value, abs=0.03)


def test_without_households_the_numbers_of_the_plan_stand_and_the_report_says_so(plan):
    with duckdb.connect() as nothing:
        nothing.execute('CREATE TABLE households (area TEXT, households INTEGER, "on" DATE)')
        nothing.execute("CREATE TABLE key_figure (area TEXT, name TEXT, value DOUBLE, year INTEGER)")
        counted, remarks = scenarios.with_incomes(plan, nothing, ["WK990100"], date(2022, 7, 1))
    assert counted == plan
    [said] = remarks
    assert "zoals het plan ze schrijft" in said.nl


def test_the_plan_says_with_whose_knowledge_it_was_made(plan):
    assert plan.known_on == date(2022, 6, 30)


def _town():
    with resources.as_file(resources.files("noaber.demo") / "noaberstad.toml") as file:
        return municipality.read(file)
