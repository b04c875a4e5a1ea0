"""Recovery: rates that are known, a town that lives by them, and estimates that find them as often as they say."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from noaber import flows
from noaber.flows.calibrate import joined

OPENS = date(2021, 1, 1)
EARLIER, WINDOW = 36, 48
"""The town lives for 36 months before anyone looks, and is then seen for 48."""
FORMS = flows.Forms(names=("hours", "group", "day"), laws=("wmo", "wmo", "youth"))


def month_start(month):
    return (np.datetime64(OPENS, "M") + np.asarray(month).astype("timedelta64[M]")).astype("datetime64[D]")


AREAS = np.repeat(np.arange(8), 2)
AGES = np.tile([0, 1], 8)


def town(seed=0):
    """Eight areas of unequal size with two age bands; use differs by age, and by area around it."""
    by_age = np.array([[2.0, 1.0, 1.0], [6.0, 3.0, 0.8]]) / 1000
    inflow = by_age[AGES] * np.random.default_rng(seed).gamma(12, 1 / 12, (16, 3))
    rates = flows.Rates(
        inflow=inflow[None],
        exit=np.stack([[[0.02, 0.05, 0.04]], [[0.08, 0.05, 0.10]], [[0.05, 0.08, 0.06]]]),
        intensity=np.ones((1, 3)),
        price=np.ones((1, 3)),
        contribution=np.zeros((1, 3)),
        fixed=np.zeros((1, 3)),
        follows=np.array([[0, 1]]),
        through=np.array([[0.2]]),
    )
    return flows.Town(
        forms=FORMS,
        months=EARLIER + WINDOW,
        residents=np.linspace(300.0, 1800.0, 16),
        areas=AREAS,
        rates=rates,
        stock=np.zeros((3, 16, 3)),
    )


def watched(spells):
    """Return what is seen of spells from the day the window opens."""
    start, end = spells.start - EARLIER, spells.end - EARLIER
    inside = (end > 0) & (start < WINDOW)
    running = end[inside] > WINDOW
    last = month_start(end[inside]) - np.timedelta64(1, "D")
    return flows.Seen(
        person=spells.person[inside],
        cell=spells.cell[inside],
        form=spells.form[inside],
        begin=month_start(start[inside]),
        last=np.where(running, np.datetime64("NaT", "D"), last).astype("datetime64[D]"),
        opens=OPENS,
        months=WINDOW,
    )


def lived(seed):
    found, _ = flows.resolve(town(seed), (), flows.Doubt(), slice(0, 1))
    return watched(flows.event_samples(found, seed=seed, ceiling=found.hazard[0, 0]))


def estimate(seed):
    residents = np.broadcast_to(town().residents, (WINDOW, 16))
    return flows.calibrate(lived(seed), residents, FORMS, groups=AGES, classes=3)


@pytest.fixture(scope="module")
def estimates():
    return [estimate(seed) for seed in range(40)]


def covered(found, error, truth):
    """Return how often the truth lies within the 80% interval."""
    return np.mean(np.abs(np.stack(found) - truth) < 1.2816 * np.stack(error))


def test_durations_cover_the_truth_as_often_as_they_say(estimates):
    truth = town().rates.exit[:, 0]
    assert covered([e.exit[:, 0] for e in estimates], [e.exit_error for e in estimates], truth) == pytest.approx(
        0.8, abs=0.08
    )


def test_inflow_per_age_and_area_covers_the_truth_as_often_as_it_says(estimates):
    truth = np.stack([town(seed).rates.inflow[0] for seed in range(len(estimates))])
    found = covered([e.inflow[0] for e in estimates], [e.inflow_error for e in estimates], truth)
    assert found == pytest.approx(0.8, abs=0.04)


def test_the_level_of_a_form_covers_the_truth_as_often_as_its_parameter_says(estimates):
    inside = []
    for seed, found in enumerate(estimates):
        people = town().residents
        ratio = (people @ town(seed).rates.inflow[0]) / (people @ found.inflow[0])
        drawn = {parameter.name: parameter for parameter in found.doubt(FORMS)}
        for number, name in enumerate(FORMS.names):
            parameter = drawn[f"inflow of {name}"]
            inside.append(parameter.low < ratio[number] < parameter.high)
    assert np.mean(inside) == pytest.approx(0.8, abs=0.09)


def test_pooling_brings_areas_closer_to_the_truth(estimates):
    raw, pooled = [], []
    for seed, found in enumerate(estimates[:10]):
        truth, seen = town(seed).rates.inflow[0], lived(seed)
        fresh = (seen.start >= 0) & (seen.start < WINDOW)
        starts = np.zeros((16, 3))
        np.add.at(starts, (seen.cell[fresh], seen.form[fresh]), 1)
        raw.append(((starts / (town().residents[:, None] * WINDOW) - truth) ** 2).mean())
        pooled.append(((found.inflow[0] - truth) ** 2).mean())
    assert np.mean(pooled) < 0.8 * np.mean(raw)


def test_throughflow_is_found(estimates):
    pairs = [dict(zip(map(tuple, e.follows.tolist()), e.through[0], strict=True)) for e in estimates]
    assert np.mean([found[0, 1] for found in pairs]) == pytest.approx(0.2, abs=0.02)


def test_the_clients_at_the_close_are_counted_by_months_behind_them(estimates):
    found = []
    for seed in range(len(estimates)):
        expected = flows.expect(flows.resolve(town(seed), (), flows.Doubt(), slice(0, 1))[0])
        found.append((expected.clients - expected.ends)[0, -1].sum(axis=0))
    counted = np.mean([e.stock.sum(axis=(0, 1)) for e in estimates], axis=0)
    assert counted == pytest.approx(np.mean(found, axis=0), rel=0.05)
    assert all((e.stock[0] == 0).all() for e in estimates)


def test_a_forecast_from_the_estimates_goes_on_where_the_truth_goes(estimates):
    """Calibrated towns, carried on for two years, lie around the true expectation."""
    truth, found = [], []
    for seed, e in enumerate(estimates[:20]):
        truth.append(flows.evaluate(replace(town(seed), months=EARLIER + WINDOW + 24)).clients[0, -1].sum())
        rates = replace(town().rates, inflow=e.inflow, exit=e.exit, follows=e.follows, through=e.through)
        found.append(flows.evaluate(replace(town(), months=24, rates=rates, stock=e.stock)).clients[0, -1].sum())
    assert np.mean(found) == pytest.approx(np.mean(truth), rel=0.03)


def spells(*rows, months=WINDOW):
    """Return what was seen from (person, form, begin, last or None)."""
    person, form, begin, last = zip(*rows, strict=True)
    return flows.Seen(
        person=np.array(person),
        cell=np.zeros(len(rows), dtype=int),
        form=np.array(form),
        begin=np.array(begin, dtype="datetime64[D]"),
        last=np.array([day or "NaT" for day in last], dtype="datetime64[D]"),
        opens=OPENS,
        months=months,
    )


def test_a_renewal_within_31_days_goes_on_as_one_spell():
    seen = joined(
        spells(
            (1, 0, "2021-02-03", "2021-08-02"),
            (1, 0, "2021-09-02", None),
            (2, 0, "2021-02-03", "2021-08-02"),
            (2, 0, "2021-09-03", "2021-12-31"),
            (3, 0, "2021-01-01", "2022-01-01"),
            (3, 0, "2021-03-01", "2021-04-01"),
            (3, 0, "2022-01-20", "2022-03-01"),
        )
    )
    assert seen.person.tolist() == [1, 2, 2, 3]
    assert np.isnat(seen.last[0])
    assert str(seen.last[3]) == "2022-03-01"


ENOUGH = [(n, form, "2021-02-03", "2021-08-02") for form in range(3) for n in range(10 * form, 10 * form + 10)]


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (lambda: spells(*ENOUGH[:20]), "Nobody was ever seen with day"),
        (lambda: spells(*ENOUGH[:21]), "Only one client was seen with day"),
        (lambda: spells(*ENOUGH[:20], *[(n, 2, "2021-02-03", None) for n in range(50, 60)]), "No end was seen of day"),
    ],
)
def test_what_was_not_seen_is_said_and_never_zero(seen, says):
    with pytest.raises(flows.TooFewError, match=says):
        flows.calibrate(seen(), np.full((WINDOW, 1), 1000.0), FORMS, groups=np.array([0]), classes=3)


def test_nothing_seen_at_all_or_backwards_or_unknown_is_refused():
    empty = np.zeros(0, dtype=int)
    days = np.zeros(0, dtype="datetime64[D]")
    with pytest.raises(flows.TooFewError):
        flows.Seen(person=empty, cell=empty, form=empty, begin=days, last=days, opens=OPENS, months=12)
    with pytest.raises(flows.DurationError):
        spells((1, 0, "2021-02-03", "2021-02-02"))
    with pytest.raises(flows.UnknownFormError):
        flows.calibrate(
            spells((1, 7, "2021-02-03", None)), np.full((WINDOW, 1), 9.0), FORMS, groups=np.array([0]), classes=3
        )


def test_the_price_is_what_was_spent_over_what_was_delivered():
    price = flows.average_price(
        np.array([50.0, 60.0, 10.0, 20.0]), np.array([1.0, 3.0, 5.0, 5.0]), np.array([0, 0, 1, 2]), FORMS
    )
    assert price == pytest.approx([57.5, 10, 20])
    with pytest.raises(flows.TooFewError, match="group, day"):
        flows.average_price(np.array([50.0]), np.array([1.0]), np.array([0]), FORMS)
