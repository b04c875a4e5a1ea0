"""Levers to euros once more, slowly and obviously; and what must hold of any plan on any small town.

The twin resolves each effect cell by cell and form by form from what the plan says, and lets the slow twin of the flow
engine count months, one cohort after the other.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flow_twin import Twin
from noaber import flows, scenarios
from noaber.records import Text
from noaber.scenarios import Baseline, compare
from scenario_town import baseline as whole_town
from scenario_town import measure, plan

BANDS = ((0, 17), (18, 104))
FORMS, LAWS = ("LIGHT", "HEAVY", "YOUTH"), ("wmo", "wmo", "jeugdwet")
MONTHS = 13
shares = st.integers(0, 100).map(lambda number: number / 100)


@st.composite
def towns(draw):
    """A town of two ages in two districts, with three forms, from December 2023 on."""
    few = [draw(st.integers(200, 900)) for _ in range(4)]
    rate = np.array([[draw(st.integers(1, 40)) / 1000 for _ in FORMS] for _ in range(4)])
    stock = np.zeros((2, 4, 3))
    stock[1] = [[draw(st.integers(0, 20)) for _ in FORMS] for _ in range(4)]
    one = np.ones((1, 3))
    town = flows.Town(
        forms=flows.Forms(names=FORMS, laws=LAWS),
        months=MONTHS,
        residents=np.array(few, dtype=float),
        areas=np.array([0, 0, 1, 1]),
        rates=flows.Rates(
            inflow=rate[None],
            exit=np.array([[[draw(st.integers(5, 40)) / 100 for _ in FORMS]] for _ in range(2)]),
            intensity=one,
            price=np.array([[draw(st.integers(100, 900)) for _ in FORMS]], dtype=float),
            contribution=one * draw(st.integers(1, 20)),
            fixed=one * 0,
        ),
        stock=stock,
    )
    small = whole_town(MONTHS)
    return replace(
        small,
        town=town,
        start=date(2023, 12, 1),
        names=tuple(Text(name, name) for name in FORMS),
        elsewhere=(),
        areas=("WK990100", "WK990101"),
        bands=BANDS,
        band=np.array([0, 1, 0, 1]),
        referrers={},
        parameters=(),
        pooled={},
        left_out=(),
    )


@st.composite
def measures(draw, code="m"):
    """A measure with one effect on one form, in one district or both, at any age."""
    lever = draw(st.sampled_from(["inflow", "access", "duration", "intensity", "price", "contribution"]))
    form = draw(st.sampled_from(FORMS))
    size = draw(shares) * (1 if lever == "access" else -0.9)
    more = f'care_forms = ["{form}"]\nreach = {draw(shares)}\nmonths = {draw(st.integers(0, 5))}\n'
    more += draw(st.sampled_from(["", 'areas = ["WK990101"]\n', "ages = [0, 49]\n", 'clients = "new"\n']))
    if lever == "access":
        more += f'to = "{draw(st.sampled_from(FORMS))}"\n'
    if lever in ("inflow", "duration") and draw(st.booleans()):
        share, delay = draw(shares), draw(st.integers(0, 3))
        more += (
            f'waterbed = {{ share = {{ value = {share}, low = {share}, high = {share}, because = "a test" }}, '
            f'delay = {delay}, to = "{draw(st.sampled_from(FORMS))}" }}\n'
        )
    law = LAWS[FORMS.index(form)]
    return measure(code, lever=lever, law=law, size=round(size, 4), more=more)


def plainly(effect, base):
    """An effect for the slow twin: what it reaches of each cell and form, and how far it is in each month."""
    touches, to = np.zeros((4, 3)), np.zeros((3, 3))
    for cell in range(4):
        for number, form in enumerate(FORMS):
            first, last = base.bands[base.band[cell]]
            ages = range(first, min(last, 94) + 1)
            low, high = effect.ages or (0, 104)
            old = sum(low <= age <= high for age in ages) / len(ages)
            here = not effect.areas or base.areas[base.town.areas[cell]] in effect.areas
            touches[cell, number] = effect.reach * old * here * (form in effect.care_forms)
    begin = base.month_of(effect.from_)
    ramp = [
        min(max((month - begin) / effect.months, 0), 1) if effect.months else float(month >= begin)
        for month in range(MONTHS)
    ]
    if effect.to:
        to[FORMS.index(effect.care_forms[0]), FORMS.index(effect.to)] = 1
    bed = None
    if effect.waterbed is not None:
        back = np.zeros((3, 3))
        back[FORMS.index(effect.care_forms[0]), FORMS.index(effect.waterbed.to)] = 1
        bed = flows.Waterbed(share=effect.waterbed.share.value, to=back, delay=effect.waterbed.delay)
    return flows.Effect(
        lever=effect.lever,
        size=effect.size.value,
        touches=touches,
        ramp=np.array(ramp),
        to=to if effect.lever == "access" else None,
        present=effect.clients == "all",
        waterbed=bed,
    )


def reaches(base, text):
    """Whether every effect of a plan reaches somebody: the others are refused, as another test says."""
    return all(plainly(effect, base).touches.any() for item in text.measures for effect in item.effects)


def slowly(base, measures=()):
    """Euros of 2024 per district and form, [A, F], from the slow twin."""
    return np.array(Twin(base.town, measures).run()["net"])[1:].sum(axis=0).reshape(2, 2, 3).sum(axis=1)


@settings(max_examples=20, deadline=None)
@given(towns(), measures("a"), measures("b"))
def test_a_plan_costs_what_its_slow_twin_says(base: Baseline, one, other):
    """Every number is sure here; where some are not, the mean over their draws is another number, and rightly so."""
    text = plan(one + other)
    if not reaches(base, text):
        return
    before, after = (
        slowly(base, plain)
        for plain in (
            (),
            [flows.Measure(name=m.code, effects=tuple(plainly(e, base) for e in m.effects)) for m in text.measures],
        )
    )
    found = compare(base, text, ["a+b"], draws=1)
    assert found.unchanged.net[0, 0] == pytest.approx(before, rel=1e-9, abs=1e-6)
    assert found.counted[0].net[0, 0] == pytest.approx(after, rel=1e-9, abs=1e-6)
    answer = scenarios.answer(scenarios.prepare_answers(base), text.measures)
    assert answer.by_area[0] == pytest.approx((before - after).sum(axis=1), rel=1e-6, abs=1e-4)


@settings(max_examples=10, deadline=None)
@given(towns(), measures("a"), measures("b"))
def test_the_order_of_the_list_never_matters_and_areas_add_up(base, one, other):
    text = plan(one + other)
    if not reaches(base, text):
        return
    ready = scenarios.prepare_answers(base)
    first, last = (scenarios.answer(ready, text.measures[::step]) for step in (1, -1))
    assert first.by_form == pytest.approx(last.by_form, abs=1e-6)
    assert first.by_area.sum() == pytest.approx(first.saving.sum(), abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(towns(), st.sampled_from(["inflow", "price", "duration", "intensity"]))
def test_a_size_of_zero_changes_nothing(base, lever):
    found = scenarios.answer(scenarios.prepare_answers(base), plan(measure(lever=lever, size=0.0)).measures)
    assert not found.by_form.any()


@settings(max_examples=10, deadline=None)
@given(towns(), shares.filter(bool))
def test_a_full_waterbed_without_delay_into_the_same_form_saves_nothing(base, size):
    bed = 'waterbed = { share = { value = 1.0, low = 1.0, high = 1.0, because = "a test" }, to = "LIGHT" }'
    text = plan(measure(size=-size, more=f'care_forms = ["LIGHT"]\n{bed}'))
    found = scenarios.answer(scenarios.prepare_answers(base), text.measures)
    assert found.by_form == pytest.approx(np.zeros_like(found.by_form), abs=1e-5)


@settings(max_examples=10, deadline=None)
@given(towns(), measures())
def test_doubled_prices_double_euros(base, text):
    if not reaches(base, text := plan(text)):
        return
    rates = base.town.rates
    dear = replace(rates, price=rates.price * 2, contribution=rates.contribution * 2)
    twice = replace(base, town=replace(base.town, rates=dear))
    one, two = (scenarios.answer(scenarios.prepare_answers(item), text.measures) for item in (base, twice))
    assert two.by_form == pytest.approx(2 * one.by_form, abs=1e-5)
