"""Spending per client: claims over the residents for whom was claimed."""

from people import cost, figure

CLAIMS = [
    cost("Ann", "2024-01", 100),
    cost("Ann", "2024-02", 100),
    cost("Bob", "2024-02", 400),
    cost("Bob", "2024-03", 60, care_form="OZL1"),
]


def test_only_who_was_claimed_for_shares():
    assert figure("spending_per_client", "2024", cost=CLAIMS) == 330_00


def test_a_client_of_two_forms_counts_in_each():
    assert figure("spending_per_client", "2024", codes={"care_form": "HO"}, cost=CLAIMS) == 300_00
    assert figure("spending_per_client", "2024", codes={"care_form": "OZL1"}, cost=CLAIMS) == 60_00
