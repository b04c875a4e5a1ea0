"""Wmo clients per municipality: as CBS says, of the latest table; a break of ours touches only ours."""

from key_figures import told
from people import figures


def test_wmo_clients_are_as_cbs_says_of_whole_years_and_municipalities():
    rows = [
        told(2024, "GM9901", "wmo_clients_per_1000", 50.0),
        told(2024, "GM9902", "wmo_clients_per_1000", 61.0),
        told(2024, "GM9902", "wmo_clients_per_1000", 60.0, table="84580NED"),
        told(2024, "GM9903", "wmo_clients_per_1000", 99.0, period="2024HJ01"),
        told(2024, "WK990100", "wmo_clients_per_1000", 70.0),
        told(2024, "GM9904", "wmo_clients_per_1000", None),
    ]
    found = figures("municipalities_wmo", key_figure=rows)
    assert found.cells.select("municipality", "value").rows() == [("GM9901", 50.0), ("GM9902", 61.0)]


def test_a_break_of_ours_does_not_keep_others_from_being_compared():
    rows = [told(year, area, "wmo_clients_per_1000", 50.0) for year in (2024, 2025) for area in ("GM9901", "GM9902")]
    for item in figures("municipalities_wmo", key_figure=rows).breaks:
        assert not item.breaks({"municipality": "GM9902"})
        assert item.breaks({"municipality": "GM9901"})
