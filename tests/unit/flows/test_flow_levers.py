"""What measures may say, how they meet on the same people, and what is refused in a clear sentence."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber import flows
from noaber.flows.levers import kept

MONTHS = 24


def town(**changes):
    found = flows.Town(
        forms=flows.Forms(
            names=("individual", "group", "wlz"), laws=("wmo", "wmo", "wlz"), payers=("municipality",) * 2 + ("state",)
        ),
        months=MONTHS,
        residents=np.array([2000.0, 1000.0]),
        areas=np.array([0, 1]),
        rates=flows.Rates(
            inflow=np.array([[[0.01, 0.005, 0.001], [0.02, 0.01, 0.002]]]),
            exit=flows.geometric([12.0, 10.0, 40.0]),
            intensity=np.array([[10.0, 8.0, 1.0]]),
            price=np.array([[60.0, 30.0, 4000.0]]),
            contribution=np.array([[19.0, 19.0, 0.0]]),
            fixed=np.array([[500.0, 0.0, 0.0]]),
        ),
        stock=np.full((1, 2, 3), 20.0),
    )
    return replace(found, **changes)


def effect(lever="inflow", size=-0.2, forms=(0,), reach=1.0, start=6, end=12, **options):
    touches = np.zeros((2, 3))
    touches[:, list(forms)] = reach
    return flows.Effect(lever=lever, size=size, touches=touches, ramp=flows.ramp(MONTHS, start, end), **options)


def measure(*effects, name="measure", **options):
    return flows.Measure(name=name, effects=effects, **options)


# Ramps


@given(st.integers(0, 30), st.integers(0, 20), st.sampled_from(["linear", "logistic"]))
def test_a_ramp_is_nothing_before_it_starts_and_everything_from_its_end(start, length, shape):
    way = flows.ramp(40, start, start + length, shape)
    assert (way[: start + (length > 0)] == 0).all() or length == 0
    assert (way[start + length :] == 1).all()
    assert (np.diff(way) >= 0).all()


# Effects on the same people


def both(one, other, overlap):
    return kept([np.array([one[0]]), np.array([other[0]])], [np.array([one[1]]), np.array([other[1]])], overlap)[0]


def test_the_smaller_reach_lies_inside_the_larger_when_people_are_the_same():
    """30% reached by a halving, 10% of them also by another halving: 10% keep a quarter, 20% a half, 70% all."""
    assert both((0.3, -0.5), (0.1, -0.5), "same") == pytest.approx(0.1 * 0.25 + 0.2 * 0.5 + 0.7)


def test_people_apart_are_simply_added():
    assert both((0.3, -0.5), (0.1, -0.5), "apart") == pytest.approx(1 - 0.15 - 0.05)


def test_people_who_meet_by_chance_are_multiplied():
    halving = [measure(effect(size=-0.5, reach=reach, start=0, end=0), name=str(reach)) for reach in (0.3, 0.1)]
    found, _ = flows.resolve(town(), halving, flows.Doubt(), slice(0, 1))
    assert found.hazard[0, 0, 0, 0] / 0.01 == pytest.approx((1 - 0.15) * (1 - 0.05))
    declared = [measure(replace(one.effects[0], people="frail"), name=one.name) for one in halving]
    found, _ = flows.resolve(town(), declared, flows.Doubt(), slice(0, 1))
    assert found.hazard[0, 0, 0, 0] / 0.01 == pytest.approx(0.1 * 0.25 + 0.2 * 0.5 + 0.7)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-1, 1)), min_size=1, max_size=4))
def test_what_is_kept_is_a_walk_through_the_people(effects):
    """A thousand people in line; an effect with reach r touches the first r of them."""
    people = np.ones(2000)
    place = (np.arange(2000) + 0.5) / 2000
    for reach, change in effects:
        people[place < reach] *= 1 + change
    found = kept([np.array([r]) for r, _ in effects], [np.array([c]) for _, c in effects], "same")
    assert found[0] == pytest.approx(people.mean(), abs=0.01)


def test_durations_of_the_same_people_make_nested_groups():
    shorter = [
        measure(effect("duration", -0.5, reach=reach, start=0, end=0, people="frail", present=False), name=str(reach))
        for reach in (0.5, 0.2)
    ]
    found, _ = flows.resolve(town(), shorter, flows.Doubt(), slice(0, 1))
    individual = found.track_form == 0
    shares = dict(zip(found.exit[0, 0, 0, individual].round(6), found.weight[0, 0, 0, individual], strict=True))
    stay = 1 - 1 / 12
    wanted = {1 / 12: 0.5, 1 - stay**2: 0.3, 1 - stay**4: 0.2}
    assert {round(key, 6): pytest.approx(value) for key, value in wanted.items()} == {
        key: value for key, value in shares.items() if value > 1e-12
    }


def test_people_apart_who_are_more_than_everyone_are_refused():
    for lever in ("inflow", "duration"):
        two = [
            measure(effect(lever, -0.5, reach=0.6, people="frail", overlap="apart"), name=name) for name in ("a", "b")
        ]
        with pytest.raises(flows.OverlapError, match="apart"):
            flows.evaluate(town(), two)


def test_durations_of_the_same_people_at_two_paces_are_refused():
    two = [measure(effect("duration", -0.5, people="frail", end=end), name=str(end)) for end in (8, 12)]
    with pytest.raises(flows.RampError, match="paces"):
        flows.evaluate(town(), two)


# New clients only, or present ones too


def test_a_price_for_new_clients_only_leaves_present_ones_alone():
    new = flows.evaluate(town(), [measure(effect("price", -0.5, present=False, start=0, end=0))])
    every = flows.evaluate(town(), [measure(effect("price", -0.5, start=0, end=0))])
    before = flows.evaluate(town())
    present = 40 * (1 - 1 / 12) ** np.arange(MONTHS) * 600
    gross = [outcome.gross[0, :, :, 0].sum(axis=1) for outcome in (before, new, every)]
    assert gross[1] == pytest.approx((gross[0] - present) / 2 + present)
    assert gross[2] == pytest.approx(gross[0] / 2)


def test_present_clients_are_reassessed_at_the_pace_of_the_ramp():
    """No inflow; half of the clients are reached over ten months, and then leave twice as fast."""
    quiet = town(rates=replace(town().rates, inflow=np.zeros((1, 2, 3))))
    shorter = measure(effect("duration", -0.5, reach=0.5, start=0, end=10))
    clients = flows.evaluate(quiet, [shorter]).clients[0, :, :, 0].sum(axis=1)
    stay, moved, left, expected = 1 - 1 / 12, 0.0, 40.0, []
    way = flows.ramp(MONTHS, 0, 10)
    for month in range(MONTHS):
        step = 0.5 * (way[month] - (way[month - 1] if month else 0)) / (1 - 0.5 * (way[month - 1] if month else 0))
        moved, left = moved + left * step, left * (1 - step)
        expected.append(moved + left)
        moved, left = moved * stay**2, left * stay
    assert clients == pytest.approx(expected)


# Who pays


def test_municipal_and_societal_euros_are_shown_apart():
    """Half of who is kept from individual support asks long-term care, three months later, at the state's cost."""
    bed = flows.Waterbed(share=0.5, to=flows.route(3, {0: {2: 1.0}}), delay=3)
    outcome = flows.evaluate(town(), [measure(effect(waterbed=bed))])
    before = flows.evaluate(town())
    saved = {payer: (before.paid_by(payer) - outcome.paid_by(payer)).sum() for payer in ("municipality", "all")}
    assert saved["municipality"] > 0
    assert saved["all"] < 0
    same = [(before.paid_by("all") - outcome.paid_by("all"))[0, month] for month in range(9)]
    assert same[8] > 0  # in the first months nobody has come back yet


def test_a_larger_waterbed_saves_less():
    def saving(share):
        bed = flows.Waterbed(share=share, to=flows.route(3, {0: {1: 1.0}}), delay=2)
        return -flows.evaluate(town(), [measure(effect(waterbed=bed))]).net.sum()

    assert np.all(np.diff([saving(share) for share in (0, 0.3, 0.6, 1)]) < 0)


# Investments and stated amounts


def test_an_investment_is_a_series_of_its_own():
    spent = np.zeros(MONTHS)
    spent[:6] = 1000
    outcome = flows.evaluate(town(), [measure(effect(), investment=spent)])
    assert (outcome.paid_by("municipality") - outcome.net[..., :2].sum(axis=(2, 3)))[0] == pytest.approx(
        spent, abs=1e-6
    )


def test_an_investment_is_paid_back_in_the_month_in_which_the_savings_have_made_up_for_it():
    before, spent = flows.evaluate(town()), np.zeros(MONTHS)
    spent[3] = 30_000
    after = flows.evaluate(town(), [measure(effect(size=-0.9, start=6, end=6), investment=spent)])
    month = int(flows.payback(before, after)[0])
    balance = (before.paid_by("municipality") - after.paid_by("municipality"))[0].cumsum()
    assert month > 6
    assert balance[month - 1] < 0 <= balance[month]
    spent[3] = 1e9
    never = flows.evaluate(town(), [measure(effect(size=-0.9, start=6, end=6), investment=spent)])
    assert flows.payback(before, never)[0] == -1
    assert flows.payback(before, before)[0] == 0


def test_a_stated_amount_is_shown_on_its_base_and_not_modelled():
    stated = flows.Stated(base=np.array([1.0, 0.0, 0.0]), amount=np.full(MONTHS, -5000.0))
    outcome, before = flows.evaluate(town(), [measure(stated=stated)]), flows.evaluate(town())
    assert np.array_equal(outcome.clients, before.clients)
    assert outcome.stated.sum(axis=(2, 3)) == pytest.approx(np.full((1, MONTHS), -5000))
    assert outcome.stated[..., 1:].sum() == 0


def test_a_claim_larger_than_its_base_and_a_second_claim_on_it_are_refused():
    def claim(amount, name):
        stated = flows.Stated(base=np.array([0.0, 1.0, 0.0]), amount=np.full(MONTHS, amount))
        return measure(stated=stated, name=name)

    with pytest.raises(flows.ClaimError, match="big claims"):
        flows.evaluate(town(), [claim(-1e6, "big")])
    flows.evaluate(town(), [claim(-9000, "one")])
    with pytest.raises(flows.ClaimError, match="two claims"):
        flows.evaluate(town(), [claim(-9000, "one"), claim(-9000, "two")])


# What is refused

RATES = town().rates


@pytest.mark.parametrize(
    ("error", "wrong"),
    [
        (flows.DurationError, lambda: flows.geometric([-3.0])),
        (flows.DurationError, lambda: flows.exits([1.0, 0.5, 0.6], 0.1)),
        (flows.DurationError, lambda: flows.exits([1.0, 0.5], 0.0)),
        (flows.DurationError, lambda: effect("duration", -1.0)),
        (flows.DurationError, lambda: flows.Waterbed(share=0.5, to=np.zeros((3, 3)), delay=-1)),
        (flows.DurationError, lambda: flows.Doubt(duration=np.array([[0.0]]))),
        (flows.RampError, lambda: flows.ramp(24, 12, 6)),
        (flows.RampError, lambda: replace(effect(), ramp=np.full(MONTHS, 1.2))),
        (flows.RampError, lambda: replace(effect("duration"), ramp=np.linspace(1, 0, MONTHS))),
        (flows.ShareError, lambda: effect(reach=1.3)),
        (flows.ShareError, lambda: effect(size=-1.2)),
        (flows.ShareError, lambda: effect("eligibility", 1.5)),
        (flows.ShareError, lambda: flows.Waterbed(share=1.5, to=np.zeros((3, 3)))),
        (flows.ShareError, lambda: flows.Waterbed(share=1.0, to=np.full((3, 3), 0.5))),
        (flows.ShareError, lambda: effect("access", 0.5, to=np.full((3, 3), 0.5))),
        (flows.ShareError, lambda: town(rates=replace(RATES, inflow=np.full((1, 2, 3), 0.7)))),
        (flows.ShareError, lambda: town(rates=replace(RATES, exit=np.full((1, 1, 3), 1.7)))),
        (
            flows.ShareError,
            lambda: town(rates=replace(RATES, follows=np.array([[0, 1], [0, 2]]), through=np.array([[0.7, 0.7]]))),
        ),
        (flows.UnknownFormError, lambda: town().forms.index("huishoudelijke hulp")),
        (flows.UnknownFormError, lambda: flows.route(3, {0: {7: 1.0}})),
        (
            flows.UnknownFormError,
            lambda: town(rates=replace(RATES, follows=np.array([[0, 9]]), through=np.array([[0.1]]))),
        ),
        (flows.FlowInputError, lambda: flows.Forms(names=(), laws=())),
        (flows.FlowInputError, lambda: flows.Forms(names=("a", "a"), laws=("wmo", "wmo"))),
        (flows.FlowInputError, lambda: town(residents=np.zeros(2))),
        (flows.FlowInputError, lambda: town(residents=np.zeros(0))),
        (flows.FlowInputError, lambda: town(months=0)),
        (flows.FlowInputError, lambda: town(stock=np.full((1, 2, 3), 900.0))),
        (flows.FlowInputError, lambda: town(areas=np.array([0]))),
        (flows.FlowInputError, lambda: town(rates=replace(RATES, price=np.full((1, 3), np.nan)))),
        (flows.FlowInputError, lambda: town(rates=replace(RATES, price=np.ones((7, 3))))),
        (flows.FlowInputError, lambda: town(rates=replace(RATES, price=np.ones(3)))),
        (flows.FlowInputError, lambda: effect("inflow", to=np.zeros((3, 3)))),
        (flows.FlowInputError, lambda: effect("access", 0.5)),
        (flows.FlowInputError, lambda: effect("price", waterbed=flows.Waterbed(share=0.5, to=np.zeros((3, 3))))),
        (flows.FlowInputError, lambda: effect("tariff")),
        (flows.FlowInputError, lambda: flows.evaluate(town(), [measure(effect("access", 0.5, to=np.zeros((2, 2))))])),
        (flows.FlowInputError, lambda: flows.evaluate(town(), [measure(investment=np.zeros(7))])),
        (flows.FlowInputError, lambda: flows.evaluate(town(), doubt=flows.Doubt(price=np.ones((4, 2))))),
        (
            flows.FlowInputError,
            lambda: flows.evaluate(
                town(),
                capacity=flows.Capacity(places=np.ones((1, 2)), admissions=np.ones((1, 3)), gives_up=np.zeros(3)),
            ),
        ),
        (
            flows.FlowInputError,
            lambda: town(
                demography=flows.Demography(
                    maps=np.zeros((1, 3, 3)), at=np.full(MONTHS, -1), newcomers=np.zeros((MONTHS, 2))
                )
            ),
        ),
        (flows.FlowInputError, lambda: flows.evaluate(town(), [measure(replace(effect(), ramp=np.ones(3)))])),
        (flows.FlowInputError, lambda: flows.evaluate(town(), [measure(replace(effect(), touches=np.ones((1, 1))))])),
        (
            flows.FlowInputError,
            lambda: flows.evaluate(
                town(), [measure(effect(size=np.full(4, -0.1))), measure(effect(size=np.full(8, -0.1)), name="b")]
            ),
        ),
        (
            flows.FlowInputError,
            lambda: flows.evaluate(
                town(), [measure(replace(effect("fixed"), touches=np.array([[1.0, 0, 0], [0, 0, 0]])))]
            ),
        ),
    ],
)
def test_what_cannot_be_is_refused_with_what_is_wrong_and_what_now(error, wrong):
    with pytest.raises(error) as caught:
        wrong()
    assert caught.value.what.endswith(".")
    assert caught.value.where
    assert caught.value.now
    assert caught.value.code.startswith("N-72")


def test_a_single_client_is_no_problem_once_rates_are_known():
    alone = town(residents=np.array([1.0, 0.0]), stock=np.zeros((1, 2, 3)))
    assert 0 < flows.evaluate(alone).clients[..., 0].max() < 1
