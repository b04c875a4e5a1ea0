"""Residents per municipality: of ours the first count of the year by our own register, of others as CBS says."""

from key_figures import told
from people import figures, inhabitants


def test_ours_by_our_own_register_and_others_as_cbs_says():
    rows = [told(2024, "GM9901", "residents", 990.0), told(2024, "GM9902", "residents", 2000.0)]
    counted = [inhabitants("2024-01-01", "GM9901", 1000), inhabitants("2024-07-01", "GM9901", 1500)]
    found = figures("municipalities_residents", key_figure=rows, population=counted)
    assert found.cells.select("municipality", "value").rows() == [("GM9901", 1000.0), ("GM9902", 2000.0)]
