"""Spending per inhabitant: spending of a year over everyone who lived in the municipality on 1 January."""

from people import cost, figure, inhabitants


def test_all_inhabitants_share_the_spending():
    claims = [cost("Ann", "2024-02", 600), cost("Bob", "2024-02", 400)]
    counts = [inhabitants("2024-01-01", "GM9901", 50), inhabitants("2025-01-01", "GM9901", 100)]
    assert figure("spending_per_resident", "2024", cost=claims, population=counts) == 20_00
