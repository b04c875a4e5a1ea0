"""Whether claims fit, held to the slow and obvious test of every group of claims."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from noaber.plans.bases import Claim, shortages

LINES = ("a", "b", "c", "d")
held_by = st.fixed_dictionaries({line: st.integers(0, 12) for line in LINES})
claims_on = st.lists(
    st.builds(
        lambda cents, lines: Claim(cents=cents, lines=frozenset(lines)),
        st.integers(0, 15),
        st.sets(st.sampled_from(LINES), min_size=1),
    ),
    max_size=6,
)


def fits(claims: list[Claim], held: dict[str, int]) -> bool:
    """Whether no group of claims asks more than the lines of the group hold (Hall)."""
    groups = [group for size in range(1, len(claims) + 1) for group in combinations(claims, size)]
    return all(
        sum(claim.cents for claim in group) <= sum(held[line] for line in set().union(*(c.lines for c in group)))
        for group in groups
    )


@given(claims_on, held_by)
def test_there_is_a_shortage_exactly_when_some_group_asks_too_much(claims: list[Claim], held: dict[str, int]) -> None:
    assert bool(shortages(claims, held)) is not fits(claims, held)


@given(claims_on, held_by)
def test_a_shortage_names_a_group_that_asks_too_much(claims: list[Claim], held: dict[str, int]) -> None:
    for group in shortages(claims, held):
        asked = [claims[number] for number in group.claims]
        assert set(group.lines) == set().union(*(claim.lines for claim in asked))
        assert sum(claim.cents for claim in asked) > sum(held[line] for line in group.lines)


@given(claims_on, held_by, st.randoms())
def test_the_order_of_measures_makes_no_difference(claims: list[Claim], held: dict[str, int], random: object) -> None:
    mixed = list(claims)
    random.shuffle(mixed)
    assert bool(shortages(claims, held)) is bool(shortages(mixed, held))
