"""A scenario is what its measures do to unchanged policy, and nothing else."""

import numpy as np
import pytest

from noaber import scenarios
from noaber.scenarios import compare, variants
from scenario_town import baseline, measure, plan

BASE = baseline()
ROUTE = 'care_forms = ["LIGHT"]\nto = "SERVICE"'


def test_before_a_measure_starts_nothing_differs_by_a_bit():
    found = compare(BASE, plan(measure()), ["m"], draws=16)
    year = BASE.years.index(2023)
    assert (found.counted[0].net[:, year] == found.unchanged.net[:, year]).all()
    assert (found.counted[0].net[:, year + 1] != found.unchanged.net[:, year + 1]).any()


def test_a_measure_of_size_zero_changes_nothing():
    found = compare(BASE, plan(measure(size=0.0)), ["m"], draws=16)
    assert (found.counted[0].net == found.unchanged.net).all()
    assert not found.saving(0).any()


def test_workers_do_not_change_a_bit():
    text = plan(measure(low=-0.2, high=0.0))
    alone = compare(BASE, text, ["m"], draws=32)
    with scenarios.processes(2) as pool:
        together = compare(BASE, text, ["m"], draws=32, executor=pool)
    for one, other in zip((alone.unchanged, *alone.counted), (together.unchanged, *together.counted), strict=True):
        assert (one.net == other.net).all()
        assert (one.monthly == other.monthly).all()


def test_a_variant_costs_the_same_whatever_it_is_compared_with():
    text = plan(measure("a", low=-0.2, high=0.0) + measure("b", lever="price", size=-0.05, low=-0.1, high=0.0))
    alone, beside = (compare(BASE, text, names, draws=16).counted[-1] for names in (["b"], ["a", "b"]))
    assert (alone.net == beside.net).all()


def test_districts_add_up_to_the_town():
    found = compare(BASE, plan(measure(more='areas = ["WK990100"]')), ["m"], draws=16)
    saved = found.saving(0).sum(axis=3)
    assert saved[..., 0].sum() > 0
    assert not saved[..., 1].any()
    spread = compare(BASE, plan(measure()), ["m"], draws=16)
    assert spread.saving(0).shape == found.saving(0).shape


def test_people_who_are_sent_elsewhere_arrive_there():
    found = compare(BASE, plan(measure(lever="access", size=1.0, more=ROUTE)), ["m"], draws=16)
    last = (found.counted[0].starts - found.unchanged.starts).mean(axis=0)[-1].sum(axis=0)
    light, service = BASE.forms.index("LIGHT"), BASE.forms.index("SERVICE")
    assert last[service] == pytest.approx(-last[light], rel=0.04)  # who leaves the pool is at risk again


def test_what_another_payer_pays_is_no_saving_for_society():
    text = plan(measure(lever="access", size=1.0, more='care_forms = ["HEAVY"]\nto = "WLZ"'))
    found = compare(BASE, text, ["m"], draws=16)
    assert found.saving(0).mean(axis=0)[-1].sum() > 0
    assert found.saving(0, "society").mean(axis=0)[-1].sum() < 0


def test_a_stated_amount_is_taken_as_it_stands_and_has_no_band():
    row = '{ name = "Wmo", law = "wmo", amounts = { 2025 = 12000 } }'
    text = plan(f'[[scenarios]]\ncode = "s"\nname = "S"\nphilosophy = "x"\nrows = [{row}]')
    found = compare(BASE, text, [], draws=16)
    assert [item.code for item in found.variants] == ["s", "s:genoemd"]
    band = found.band_of_saving(1, np.ones((len(BASE.forms), 1)))
    year = BASE.years.index(2025)
    assert band.middle[year, 0] == pytest.approx(12000, abs=0.01)
    assert band.high[year, 0] - band.low[year, 0] < 1


def test_an_investment_comes_first_and_is_earned_back_later():
    text = plan(measure(size=-0.3, head="investments = { 2024 = 600000 }"))
    found = scenarios.answer(scenarios.prepare_answers(BASE), text.measures)
    assert found.investment[BASE.years.index(2024)] == pytest.approx(600000)
    assert found.payback is not None
    assert found.payback > 12


def test_a_measure_may_lose_money():
    text = plan(measure(lever="access", size=0.5, more='care_forms = ["LIGHT"]\nto = "HEAVY"'))
    assert scenarios.answer(scenarios.prepare_answers(BASE), text.measures).saving[-1].sum() < 0


def test_a_measure_on_hold_does_not_count_and_one_without_numbers_is_named():
    text = plan(
        measure("a", head='resolutions = [{ year = 2024, status = "on_hold" }]')
        + '[[measures]]\ncode = "b"\nname = "B"\n[[packages]]\ncode = "p"\nname = "P"\n'
    )
    (found,) = variants(text, ["a+b"])
    assert not found.measures
    assert [item.code for item in found.idle] == ["a"]
    assert [item.code for item in found.uncosted] == ["b"]
