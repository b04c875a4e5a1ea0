"""Sliders, sensitivity, waiting, income limits and national runs."""

import os
import signal
from datetime import date

import numpy as np
import pytest

from noaber import scenarios
from noaber.scenarios import read_municipalities, run_national
from noaber.scenarios.baseline import AGES
from scenario_town import baseline, measure, plan

BASE = baseline()
READY = scenarios.prepare_answers(BASE)


def test_an_answer_is_the_comparison_without_doubt():
    text = plan(measure())
    found = scenarios.answer(READY, text.measures)
    full = scenarios.compare(BASE, text, ["m"], draws=16)
    assert found.saving[-1].sum() == pytest.approx(full.saving(0).mean(axis=0)[-1].sum(), rel=0.01)
    assert found.by_area.sum(axis=1) == pytest.approx(found.saving.sum(axis=1))


def test_the_ends_of_an_answer_are_those_of_its_effects():
    found = scenarios.answer(READY, plan(measure(low=-0.2, high=0.0)).measures)
    assert found.low[-1] == pytest.approx(0)
    assert found.high[-1] > found.saving[-1].sum() > 0


def test_what_saves_least_comes_together_whatever_its_sign():
    shorter = measure("shorter", lever="duration", size=-0.1, low=-0.15, high=-0.05, more='care_forms = ["HEAVY"]')
    elsewhere = measure(
        "elsewhere", lever="access", size=0.1, low=0.05, high=0.15, more='care_forms = ["HEAVY"]\nto = "SERVICE"'
    )
    both, one, other = (
        scenarios.answer(READY, plan(text).measures) for text in (shorter + elsewhere, shorter, elsewhere)
    )
    width = both.high - both.low
    assert width[-1] == pytest.approx(sum((item.high - item.low)[-1] for item in (one, other)), rel=0.1)


def test_sending_people_to_what_costs_more_saves_most_when_fewest_go():
    heavier = measure(
        "heavier", lever="access", size=0.5, low=0.2, high=0.8, more='care_forms = ["LIGHT"]\nto = "HEAVY"'
    )
    shorter = measure("shorter", lever="duration", size=-0.1, low=-0.15, high=-0.05, more='care_forms = ["HEAVY"]')
    both, one, other = (scenarios.answer(READY, plan(text).measures) for text in (heavier + shorter, heavier, shorter))
    assert both.low[-1] < one.saving[-1].sum() < 0 < other.low[-1]
    assert both.low[-1] == pytest.approx(one.low[-1] + other.low[-1], rel=0.3)


def test_the_assumption_that_moves_most_comes_first():
    text = plan(measure("big", low=-0.4, high=0.2) + measure("small", lever="price", size=-0.1, low=-0.11, high=-0.09))
    found = scenarios.tornado(READY, text.measures)
    assert found[0].name == "big, effect 1"
    assert [item.width for item in found] == sorted((item.width for item in found), reverse=True)


def test_the_break_even_lies_where_nothing_is_left():
    text = plan(measure(size=-0.2, head="investments = { 2024 = 100000 }"))
    found = scenarios.break_even(READY, text.measures[0])
    assert 0 < found.factor < 1
    assert found.paid_back is not None


def test_what_can_never_be_earned_back_says_so():
    text = plan(measure(size=-0.01, head="investments = { 2024 = 900000000 }"))
    assert scenarios.break_even(READY, text.measures[0]).factor is None


def test_several_measures_earn_back_together_what_one_of_them_never_does():
    text = plan(
        measure("dear", size=-0.01, head="investments = { 2024 = 300000 }") + measure("good", lever="price", size=-0.2)
    )
    assert scenarios.break_even(READY, text.measures[0]).factor > 1
    assert scenarios.break_even(READY, text.measures).factor < 1


def test_an_assumption_at_its_ends_gives_what_the_answer_gives_with_that_size():
    found = {item.name: item for item in scenarios.tornado(READY, plan(measure(low=-0.2, high=0.0)).measures)}
    largest = scenarios.answer(READY, plan(measure(size=-0.2)).measures)
    assert found["m, effect 1"].low == pytest.approx(largest.saving[-1].sum(), rel=0.001)
    assert found["m, effect 1"].high == pytest.approx(0, abs=0.01)
    assert found["inflow of LIGHT"].high > found["inflow of LIGHT"].low, "more inflow leaves more to save"


def test_without_a_limit_of_ones_own_the_dearest_form_of_each_law_gets_nine_in_ten_of_its_places():
    places = scenarios.usual_limits(BASE)
    clients = dict(zip(BASE.forms, BASE.town.stock.sum(axis=(0, 1)), strict=True))
    assert set(places) == {"HEAVY", "STAY"}
    assert all(0.85 * clients[form] < room <= 0.9 * clients[form] for form, room in places.items())


def test_a_limit_makes_people_wait_and_saves_euros():
    found = scenarios.waiting(BASE, "HEAVY", places=100)
    assert found.months_waited > 0
    assert found.saved > 0
    assert scenarios.waiting(BASE, "HEAVY", places=1e9).months_waited == 0


def test_a_lower_income_limit_touches_the_poorer_district_more():
    found = scenarios.incomes(["rich", "poor"], np.array([1000.0, 1000.0]), np.array([40.0, 25.0]), date(2022, 7, 1))
    assert found.below(110)[1] > found.below(110)[0]
    assert (found.below(100) < found.below(110)).all()
    assert (found.below(110) < found.below(120)).all()
    assert 0.2 < found.lost_in_all(120, 110) < 0.4
    assert found.lost(120, 120) == pytest.approx(0)


def test_a_municipality_like_the_town_saves_what_the_town_saves(tmp_path):
    table = "code;name;" + ";".join(f"{first}-{last}" for first, last in AGES) + "\n"
    people = [round(BASE.town.residents[BASE.band == band].sum()) for band in range(len(AGES))]
    table += "GM0001;Een;" + ";".join(map(str, people)) + "\n0002;=Twee;" + ";".join(str(2 * n) for n in people)
    (tmp_path / "table.csv").write_text(table, encoding="utf-8")
    known = read_municipalities(tmp_path / "table.csv", date(2026, 11, 24))
    text = plan(measure(low=-0.2, high=0.0))
    found = run_national(BASE, text, known, ["m"], draws=16)
    full = scenarios.compare(BASE, text, ["m"], draws=16)
    assert found.middle[0, -1, 0] == pytest.approx(full.saving(0).mean(axis=0)[-1].sum(), rel=1e-3)
    assert found.middle[0, -1, 1] == pytest.approx(2 * found.middle[0, -1, 0])
    assert found.middle[0, -1, 2] == pytest.approx(3 * found.middle[0, -1, 0])
    assert "'=Twee" in found.csv()


def test_a_lost_process_costs_time_and_no_result():
    text = plan(measure(low=-0.2, high=0.0))
    alone = scenarios.compare(BASE, text, ["m"], draws=128)

    class Losing(scenarios.Processes):
        def map(self, function, items, /):
            for number, answer in enumerate(super().map(function, items)):
                if number == 0:
                    os.kill(next(iter(self.pool._processes)), signal.SIGKILL)
                yield answer

    pool = Losing(2)
    try:
        found = scenarios.compare(BASE, text, ["m"], draws=128, executor=pool)
    finally:
        pool.close()
    assert (alone.counted[0].net == found.counted[0].net).all()


def test_a_lost_worker_of_a_cluster_costs_time_and_no_result():
    distributed = pytest.importorskip("distributed")
    text = plan(measure(low=-0.2, high=0.0))
    alone = scenarios.compare(BASE, text, ["m"], draws=128)

    class Losing(scenarios.Cluster):
        def map(self, function, items, /):
            for number, answer in enumerate(super().map(function, items)):
                if number == 0:
                    os.kill(next(iter(self.client.run(os.getpid).values())), signal.SIGKILL)
                yield answer

    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
        ) as here,
        distributed.Client(here) as client,
    ):
        found = scenarios.compare(BASE, text, ["m"], draws=128, executor=Losing(client))
    assert (alone.counted[0].net == found.counted[0].net).all()
