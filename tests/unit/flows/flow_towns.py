"""Small towns and measures that Hypothesis makes, for the tests of the flow engine."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from noaber import flows

POOLS = (("wmo", "wmo", "youth"), ("wmo", "wmo", "wmo"), ("wmo", "youth", "basic"))


def numbers(shape, low=0.0, high=1.0):
    return arrays(np.float64, shape, elements=st.floats(low, high).map(lambda value: round(value, 3)))


@st.composite
def towns(draw, months=7, cells=2, demography=True):
    forms, classes = 3, draw(st.integers(1, 3))
    pools = draw(st.sampled_from(POOLS))
    pairs = draw(st.sampled_from([np.zeros((0, 2), dtype=int), np.array([[0, 1], [0, 2], [2, 0]])]))
    moving = None
    if demography and draw(st.booleans()):
        moving = flows.Demography(
            maps=draw(numbers((1, cells, cells), 0, 1 / cells)),
            at=np.where(np.arange(months) % 3 == 1, 0, -1),
            newcomers=draw(numbers((months, cells), 0, 30)),
        )
    rates = flows.Rates(
        inflow=draw(numbers((draw(st.sampled_from([1, months])), cells, forms), 0, 0.3)),
        exit=draw(numbers((classes, draw(st.sampled_from([1, cells])), forms))),
        intensity=draw(numbers((1, forms), 0, 20)),
        price=draw(numbers((months, forms), 0, 90)),
        contribution=draw(numbers((1, forms), 0, 20)),
        fixed=draw(numbers((1, forms), 0, 900)),
        follows=pairs,
        through=draw(numbers((draw(st.sampled_from([1, classes])), len(pairs)), 0, 0.5)),
    )
    return flows.Town(
        forms=flows.Forms(names=("hours", "group", "day"), laws=pools),
        months=months,
        residents=draw(numbers(cells, 100, 900)),
        areas=np.arange(cells),
        rates=rates,
        stock=draw(numbers((classes, cells, forms), 0, 10)),
        demography=moving,
    )


@st.composite
def effects(draw, months=7, cells=2, levers=flows.PIPELINE):
    forms, lever = 3, draw(st.sampled_from(levers))
    low, high = {"access": (0.1, 1), "eligibility": (-1, 0.5), "duration": (-0.9, 1)}.get(lever, (-1, 0.5))
    start = draw(st.integers(0, months))
    ramp = flows.ramp(months, start, start + draw(st.integers(0, 4)), draw(st.sampled_from(["linear", "logistic"])))
    touches = draw(numbers((cells, forms)))
    to = draw(numbers((forms, forms), 0, 1 / forms)) if lever == "access" else None
    if lever == "throughflow" and draw(st.booleans()):
        to = draw(numbers((forms, forms)))
    if lever == "fixed":
        touches = np.broadcast_to(touches[:1], touches.shape)
    bed = None
    if lever in ("eligibility", "inflow", "access", "duration") and draw(st.booleans()):
        bed = flows.Waterbed(
            share=draw(st.floats(0, 1)),
            to=draw(numbers((forms, forms), 0, 1 / forms)),
            delay=draw(st.integers(0, 3)),
        )
    size = round(draw(st.floats(low, high)), 3)
    return flows.Effect(
        lever=lever, size=size, touches=touches, ramp=ramp, to=to, present=draw(st.booleans()), waterbed=bed
    )


def measures(count=4, **options):
    return st.lists(effects(**options), min_size=0, max_size=count).map(
        lambda made: [flows.Measure(name=f"measure {n}", effects=(effect,)) for n, effect in enumerate(made)]
    )
