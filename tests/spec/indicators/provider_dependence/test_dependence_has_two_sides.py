"""Dependence: our spending at a provider as a share of all we spend, and as a share of all it turns over."""

import pytest

from people import cost, figure

CLAIMS = [cost("Ann", "2024-01", 300), cost("Bob", "2024-01", 100, provider="00000002")]
REGISTER = [
    {"year": 2024, "provider": "00000001", "name": "Groot", "kind": "provider", "turnover_cents": 60_000_00},
    {"year": 2024, "provider": "00000002", "name": "Klein", "kind": "provider", "turnover_cents": 125_00},
]


def share(provider: str, statistic: str) -> float:
    codes = {"provider": provider, "statistic": statistic}
    return figure("provider_dependence", "2024", codes=codes, cost=CLAIMS, provider_register=REGISTER)


def test_we_depend_on_the_large_one():
    assert share("00000001", "of_our_spend") == 75
    assert share("00000001", "of_turnover") == 0.5


def test_the_small_one_depends_on_us():
    assert share("00000002", "of_our_spend") == 25
    assert share("00000002", "of_turnover") == 80


def test_concentration_is_the_sum_of_squared_shares():
    assert share("_T", "concentration") == pytest.approx(100 * (0.75**2 + 0.25**2))
