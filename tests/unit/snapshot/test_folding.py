"""The fold and its slow twin agree on every day, whatever was said in whatever order."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from replay import COST, SUPPORT, as_folded, replay_cost, replay_support

from noaber.records import TABLES
from noaber.snapshot import fold_cost, fold_support
from said import TOWN, allocation, claim, frames, request, said, start, stop, unclaimed

FIRST = date(2024, 1, 1)
DAYS = [(FIRST + timedelta(days=step)).isoformat() for step in range(5)]
HOURS = [f"{day}T{hour}:00" for day in DAYS[:3] for hour in ("09", "15")]

days = st.sampled_from(DAYS)
numbers = st.sampled_from(["1", "2"])
began = st.sampled_from(DAYS[:3])
ended = st.sampled_from(DAYS[2:])
districts = st.sampled_from(["WK990101", "WK990102", None])

allocations = st.builds(
    allocation,
    numbers,
    at=st.sampled_from(HOURS),
    change_reason=st.sampled_from([None, None, "04", "13"]),
    valid_until=st.sampled_from([None, "2024-12-31"]),
    volume=st.sampled_from([None, 3]),
    district=districts,
    care_form=st.sampled_from(["HO", "OZL1"]),
    reference=st.sampled_from([None, "R1", "R2"]),
    referrer=st.sampled_from([None, None, "04"]),
)
requests = st.builds(request, st.sampled_from(["R1", "R2"]), referrer=st.sampled_from(["02", "04", None]))
lines = {"status": st.sampled_from(["1", "1", "3"]), "sequence": st.integers(0, 2)}
starts = st.builds(start, began, numbers, **lines)
stops = st.builds(stop, began, ended, numbers, end_reason=st.sampled_from(["19", "20"]), **lines)
spoken = st.lists(st.one_of(allocations, requests, starts, stops), max_size=5)
deliveries = st.lists(
    st.tuples(days, spoken, st.sampled_from(["messages", "messages", "backoffice"])), min_size=1, max_size=6
)


def every_day():
    return [FIRST + timedelta(days=step) for step in range(-1, len(DAYS) + 1)]


def batches(found):
    return [said(on, *rows, source=source, name=f"{place}") for place, (on, rows, source) in enumerate(found)]


@settings(max_examples=200, deadline=None)
@given(deliveries)
def test_support_is_what_a_replay_of_the_deliveries_says(found):
    tables, office = frames(batches(found))
    folded = fold_support(tables, town=TOWN, office=office)
    for on in every_day():
        assert as_folded(folded, SUPPORT, on) == replay_support(tables, office, on)
    _no_version_repeats_the_one_before(folded, SUPPORT, ("law", "allocation_number", "began_on"))
    assert TABLES["support"].problems(folded).is_empty()


claims = st.builds(
    claim,
    st.sampled_from(["a", "b", "c"]),
    st.sampled_from([-100, 0, 100, 250]),
    previous_reference=st.sampled_from([None, "a", "b"]),
    allocation_number=numbers,
    district=districts,
    volume=st.sampled_from([None, 4]),
)
rejections = st.builds(unclaimed, st.sampled_from(["a", "b", "c"]), return_code=st.sampled_from(["0200", "9321"]))
claimed = st.lists(
    st.tuples(days, st.lists(st.one_of(claims, claims, rejections, allocations), max_size=4), st.just("messages")),
    min_size=1,
    max_size=5,
)


@settings(max_examples=200, deadline=None)
@given(claimed)
def test_cost_is_what_a_replay_of_the_deliveries_says(found):
    tables, office = frames(batches(found))
    folded = fold_cost(tables, town=TOWN, office=office)
    for on in every_day():
        assert as_folded(folded, COST, on) == replay_cost(tables, office, on)
    assert TABLES["cost"].problems(folded).is_empty()


def test_a_reference_that_is_used_again_as_a_credit_takes_the_place_of_what_it_was():
    first = said("2024-01-01", claim("a", 100), claim("b", 100), claim("c", 100))
    second = said("2024-01-02", claim("b", -100, previous_reference="a"), claim("c", -100, previous_reference="b"))
    tables, office = frames([first, second])
    folded = fold_cost(tables, town=TOWN, office=office)
    for on in every_day():
        assert as_folded(folded, COST, on) == replay_cost(tables, office, on)
    assert folded.filter(folded["known_until"].is_null())["amount_cents"].to_list() == [-100]


def _no_version_repeats_the_one_before(folded, columns, thing):
    before = {}
    for row in folded.sort("known_from").iter_rows(named=True):
        spell, content = tuple(row[name] for name in thing), tuple(row[name] for name in columns)
        if spell in before:
            earlier, until = before[spell]
            assert until is not None, "two versions stand at once"
            assert until <= row["known_from"]
            assert until < row["known_from"] or earlier != content, "a version says what the one before it said"
        before[spell] = (content, row["known_until"])
