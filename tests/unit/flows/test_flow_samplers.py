"""Against chance itself: the samplers spread around the expected values as far as they should, and no further."""

from dataclasses import replace

import numpy as np
import pytest

from noaber import flows

MONTHS, CELLS = 30, 3


def town(**changes):
    rates = flows.Rates(
        inflow=np.array([[[0.01, 0.004, 0.002], [0.004, 0.01, 0.01], [0.05, 0.02, 0.01]]]),
        exit=np.stack([[[0.02, 0.1, 0.05]], [[0.1, 0.05, 0.3]], [[0.06, 0.12, 0.08]]]),
        intensity=np.ones((1, 3)),
        price=np.array([[100.0, 300.0, 50.0]]),
        contribution=np.zeros((1, 3)),
        fixed=np.zeros((1, 3)),
        follows=np.array([[0, 1], [1, 0]]),
        through=np.array([[0.1, 0.05], [0.4, 0.1], [0.2, 0.1]]),
    )
    stock = np.zeros((3, CELLS, 3))
    stock[1:] = 8
    found = flows.Town(
        forms=flows.Forms(names=("hours", "group", "day"), laws=("wmo", "wmo", "youth")),
        months=MONTHS,
        residents=np.array([3000.0, 1500.0, 500.0]),
        areas=np.arange(CELLS),
        rates=rates,
        stock=stock,
    )
    return replace(found, **changes)


def reach(*forms):
    touches = np.zeros((CELLS, 3))
    touches[:, list(forms)] = 0.6
    return touches


def plan():
    bed = flows.Waterbed(share=0.4, to=flows.route(3, {0: {1: 1.0}}), delay=3)
    ramp = flows.ramp(MONTHS, 5, 12)
    return [
        flows.Measure(
            name="less inflow",
            effects=(flows.Effect(lever="inflow", size=-0.5, touches=reach(0), ramp=ramp, waterbed=bed),),
        ),
        flows.Measure(
            name="shorter", effects=(flows.Effect(lever="duration", size=-0.4, touches=reach(1), ramp=ramp),)
        ),
        flows.Measure(
            name="elsewhere",
            effects=(
                flows.Effect(
                    lever="access", size=0.5, touches=reach(1), ramp=ramp, to=flows.route(3, {1: {2: 0.5, 0: 0.3}})
                ),
            ),
        ),
    ]


def resolved(town, measures=()):
    found, weights = flows.resolve(town, measures, flows.Doubt(), slice(0, 1))
    return replace(found, zone=np.zeros(CELLS, dtype=int)), weights


def z_rms(sampled, expected):
    """Return how far means of replicates lie from what is expected, in standard errors: about 1 when it is right."""
    error = sampled.std(axis=0, ddof=1) / np.sqrt(len(sampled))
    off = (sampled.mean(axis=0) - expected)[5:]
    return float(np.sqrt(np.mean((off / error[5:]) ** 2)))


@pytest.mark.parametrize("measures", [(), plan()], ids=["unchanged policy", "with measures"])
def test_counts_spread_around_what_is_expected(measures):
    """The months of one run lean on each other, so that its z may well be 1.5: eight runs are pooled."""
    found, _ = resolved(town(), measures)
    expected = flows.expect(found)
    runs = [flows.count_samples(found, replicates=200, seed=seed) for seed in range(8)]
    for name in ("clients", "starts", "ends"):
        exact = getattr(expected, name)[0, :, 0]
        exact = found.by_form(exact) if exact.shape[-1] != 3 else exact
        squares = []
        for sampled in runs:
            wide = getattr(sampled, name)[:, :, 0]
            wide = wide if name == "starts" else found.by_form(wide) if wide.shape[-1] != 3 else wide
            squares.append(z_rms(wide, exact) ** 2)
        assert np.sqrt(np.mean(squares)) == pytest.approx(1.0, abs=0.25), name


def test_counts_follow_people_who_age_move_come_and_go():
    demography = flows.Demography(
        maps=np.array([[[0.9, 0.0, 0.0], [0.08, 0.95, 0.0], [0.0, 0.04, 0.9]]]),
        at=np.where(np.arange(MONTHS) % 12 == 3, 0, -1),
        newcomers=np.full((MONTHS, CELLS), 4.0),
    )
    found, _ = resolved(town(demography=demography))
    expected, sampled = flows.expect(found), flows.count_samples(found, replicates=400, seed=6)
    assert z_rms(sampled.clients[:, :, 0], expected.clients[0, :, 0]) == pytest.approx(1.0, abs=0.4)


def test_the_spread_of_the_euros_is_as_large_as_the_closed_form_says():
    simple = town(rates=replace(town().rates, follows=np.zeros((0, 2), dtype=int), through=np.zeros((1, 0))))
    found, weights = resolved(simple)
    sampled = flows.count_samples(found, replicates=4000, seed=5)
    euros = (sampled.clients * (weights.units * weights.price)).sum(axis=(1, 2, 3))
    exact = flows.chance(simple, months=np.ones(MONTHS), forms=np.ones(3))
    assert euros.mean() == pytest.approx(exact.mean[0], rel=4 * euros.std() / 63 / euros.mean())
    assert euros.var() == pytest.approx(exact.variance[0], rel=0.1)
    people = flows.residents(simple)
    full = flows.expect(replace(found, zone=np.arange(CELLS)))
    spread = flows.client_variance(full.clients, people).sum(axis=2)[0]
    assert sampled.clients[:, :, 0].var(axis=0)[5:] == pytest.approx(spread[5:], rel=0.25)


def test_spells_drawn_person_by_person_give_the_same_expected_values():
    found, _ = resolved(town())
    ceiling = found.hazard[0].max(axis=0)
    clients = np.stack(
        [flows.count(flows.event_samples(found, seed=seed, ceiling=ceiling), found).sum(axis=1) for seed in range(60)]
    )
    assert z_rms(clients, flows.expect(found).clients[0, :, 0]) == pytest.approx(1.0, abs=0.4)


def test_a_measure_that_lowers_the_inflow_only_takes_spells_away():
    simple = town(rates=replace(town().rates, follows=np.zeros((0, 2), dtype=int), through=np.zeros((1, 0))))
    less = flows.Measure(
        name="less", effects=(flows.Effect(lever="inflow", size=-0.3, touches=reach(0, 1, 2), ramp=np.ones(MONTHS)),)
    )
    before, _ = resolved(simple)
    after, _ = resolved(simple, [less])
    ceiling = before.hazard[0].max(axis=0)

    def rows(found):
        spells = flows.event_samples(found, seed=9, ceiling=ceiling)
        return set(zip(spells.person.tolist(), spells.form.tolist(), spells.start.tolist(), strict=True))

    gone, new = rows(before) - rows(after), rows(after) - rows(before)
    assert len(gone) > 50
    assert len(new) < 0.3 * len(gone)  # only who was busy and is free now


def test_a_resident_keeps_the_same_random_numbers_in_every_scenario():
    found, _ = resolved(town())
    ceiling = found.hazard[0].max(axis=0)
    one, two = (flows.event_samples(found, seed=3, ceiling=ceiling) for _ in range(2))
    other = flows.event_samples(found, seed=4, ceiling=ceiling)
    assert np.array_equal(one.start, two.start)
    assert not np.array_equal(one.start[:100], other.start[:100])


def test_the_event_sampler_refuses_what_it_cannot_do():
    found, _ = resolved(town(), plan())
    with pytest.raises(flows.FlowInputError):
        flows.event_samples(found, seed=1, ceiling=found.hazard[0].max(axis=0))
    found, _ = resolved(town())
    with pytest.raises(flows.FlowInputError):
        flows.event_samples(found, seed=1, ceiling=found.hazard[0].max(axis=0) / 2)
