"""Spending at the prices of one year: nominal, and corrected by contract prices and by consumer prices beside it."""

import pytest

from people import cost, figure, figures

CLAIMS = [cost("Ann", "2022-02", 1000), cost("Ann", "2023-02", 1000), cost("Ann", "2024-02", 1000)]
PRICES = [
    {"year": year, "index": index, "change": change, "status": "final"}
    for year, index, change in [
        *[(2023, "OVA", 5.0), (2023, "PPC", 10.0), (2023, "CPI", 4.0)],
        *[(2024, "OVA", 6.0), (2024, "PPC", 3.1), (2024, "CPI", 3.3)],
    ]
]


def euros(period: str, price: str) -> float:
    return figure("spending_real", period, codes={"price": price}, cost=CLAIMS, price_index=PRICES) / 100


def test_nominal_stands_beside_it_always():
    assert [euros(year, "nominal") for year in ("2022", "2023", "2024")] == [1000, 1000, 1000]


def test_contract_prices_weigh_labour_for_nine_tenths():
    assert euros("2023", "contract") == pytest.approx(1000 * 1.0571), "0.9 × 6.00 + 0.1 × 3.10 percent"
    assert euros("2022", "contract") == pytest.approx(1000 * 1.0571 * 1.055)


def test_consumer_prices_stand_beside_them():
    assert euros("2023", "consumer") == pytest.approx(1033.0)


def test_the_latest_year_with_prices_is_the_base_and_is_named():
    assert euros("2024", "contract") == 1000
    result = figures("spending_real", cost=CLAIMS, price_index=PRICES)
    assert "Prijspeil 2024" in result.notes[0].nl


def test_a_year_without_a_price_change_cannot_be_corrected():
    with pytest.raises(KeyError):
        figure("spending_real", "2022", codes={"price": "contract"}, cost=CLAIMS, price_index=PRICES[3:])
