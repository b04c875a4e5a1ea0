"""Inhabitants by age: the bands of the source, men and women added where the source counts them apart."""

from people import WEST, figure, inhabitants


def test_bands_are_those_of_the_source():
    counts = [
        inhabitants("2024-01-01", "GM9901", 50, age_until=24, sex="1"),
        inhabitants("2024-01-01", "GM9901", 48, age_until=24, sex="2"),
        inhabitants("2024-01-01", "GM9901", 7, age_from=85),
        inhabitants("2025-01-01", "GM9901", 8, age_from=85),
        inhabitants("2025-07-01", "GM9901", 6, age_from=85),
        inhabitants("2024-01-01", WEST, 3, age_from=85),
        inhabitants("2026-01-01", "GM9901", 9, age_from=85, kind="forecast"),
    ]

    def persons(period: str, age: str, kind: str = "observed", **codes: str) -> float:
        codes = {"age": age, "kind": kind, **codes}
        return figure("population_by_age", period, codes=codes, population=counts)

    assert persons("2024", "00-24") == 98
    assert persons("2024", "00-24", sex="2") == 48
    assert [persons("2024", "85+"), persons("2024", "85+", district=WEST)] == [7, 3]
    assert persons("2025", "85+") == 6, "the latest count of the year"
    assert persons("2026", "85+", kind="forecast") == 9
