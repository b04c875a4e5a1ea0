"""Totals, held to plain addition over plans with random amounts."""

from hypothesis import given
from hypothesis import strategies as st

from noaber import plans
from noaber.plans.sums import explanation

amounts = st.dictionaries(st.integers(2017, 2020), st.integers(-5000, 5000), max_size=4)


def inline(values: dict[int, int]) -> str:
    """Amounts as TOML writes them."""
    return "{ " + ", ".join(f"{year} = {value}" for year, value in values.items()) + " }"


@given(st.lists(amounts, min_size=1, max_size=5), amounts, st.integers(0, 3000))
def test_a_finding_for_exactly_the_years_in_which_the_total_is_off(
    parts: list[dict[int, int]], off: dict[int, int], rounded_to: int
) -> None:
    stated = {year: sum(part.get(year, 0) for part in parts) + more for year, more in off.items()}
    text = f"""unit = "keur"
source = "Made up"
[[packages]]
code = "P"
name = "Package"
amounts = {inline(stated)}
rounded_to = {rounded_to}
"""
    for number, part in enumerate(parts):
        text += f"[[measures]]\ncode = 'M{number}'\nname = 'M'\npackage = 'P'\namounts = {inline(part)}\n"
    found = plans.check(plans.together([plans.parse(text, "plan.toml")]))
    expected = sorted(year for year, more in off.items() if 2 * abs(more) > rounded_to) if any(parts) else []
    assert [item.year for item in found] == expected
    assert {(item.kind, item.line, item.subjects) for item in found} <= {("total", 6, ("P",))}


@given(st.integers(-(10**12), 10**12), st.sampled_from([10**3, 10**5, 10**8]))
def test_a_rounded_total_is_explained_by_rounding(found: int, step: int) -> None:
    stated = round(found / step) * step
    if abs(found) % step != step // 2 and stated not in (0, found):
        assert explanation(stated, found).en.startswith(", which fits rounding to ")


@given(st.integers(1, 10**9), st.integers(51, 99))
def test_a_total_that_was_cut_is_explained_by_cutting(euros: int, cents: int) -> None:
    if euros % 10:
        assert "cutting off at €1 instead" in explanation(100 * euros, 100 * euros + cents).en


def test_a_difference_larger_than_the_last_unit_is_not_explained() -> None:
    assert explanation(150_600_000, 150_500_000).en == ", and rounding does not explain it"


def test_every_amount_is_written_in_both_languages() -> None:
    written = [plans.finding.money(cents) for cents in (0, 123_456_789, -100, 5)]
    assert [item.nl for item in written] == ["€ 0", "€ 1.234.567,89", "€ -1", "€ 0,05"]
    assert [item.en for item in written] == ["€0", "€1,234,567.89", "-€1", "€0.05"]
