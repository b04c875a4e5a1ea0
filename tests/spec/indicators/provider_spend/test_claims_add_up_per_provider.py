"""Spending per provider: claims per provider and care form, credits subtracted."""

from people import cost, figure


def test_claims_add_up_per_provider():
    claims = [
        cost("Ann", "2024-01", 100),
        cost("Bob", "2024-05", 40),
        cost("Bob", "2024-05", -40),
        cost("Cor", "2024-01", 25, care_form="OZL1"),
        cost("Dia", "2024-01", 75, provider="00000002"),
    ]

    def euros(**codes: str) -> float:
        return figure("provider_spend", "2024", codes=codes, cost=claims) / 100

    assert [euros(provider="00000001"), euros(provider="00000002"), euros(provider="_T")] == [125, 75, 200]
    assert euros(provider="00000001", care_form="OZL1") == 25
