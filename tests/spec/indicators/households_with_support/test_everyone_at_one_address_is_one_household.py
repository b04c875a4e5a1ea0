"""Households with support: addresses where support runs for at least one resident."""

from people import figure, support


def test_everyone_at_one_address_is_one_household():
    people = [
        support("Ann", "2024-01-01", household="Dorpsstraat"),
        support("Bob", "2024-02-01", household="Dorpsstraat"),
        support("Cor", "2024-01-01", household="Kerkweg"),
        support("Dia", "2024-01-01", "2024-06-30", household="Molenpad"),
        support("Eef", "2024-01-01", household=None),
    ]
    assert figure("households_with_support", "2024", support=people) == 2, "Eef has no known address"
