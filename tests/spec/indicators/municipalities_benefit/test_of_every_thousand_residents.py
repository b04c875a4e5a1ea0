"""People on social assistance per municipality: of every thousand residents, ours by our own register."""

from key_figures import told
from people import figure, figures, inhabitants


def of(indicator, period, municipality, rows, **tables):
    return figure(indicator, period, codes={"municipality": municipality}, key_figure=rows, **tables)


def test_people_on_benefit_are_of_every_thousand_residents_ours_by_our_own_register():
    rows = [
        told(2024, "GM9901", "benefit_recipients", 30.0),
        told(2024, "GM9902", "benefit_recipients", 50.0),
        told(2024, "GM9902", "residents", 2000.0),
        told(2024, "GM9903", "benefit_recipients", 10.0),
    ]
    counted = [inhabitants("2024-01-01", "GM9901", 1000), inhabitants("2024-07-01", "GM9901", 1500)]
    assert of("municipalities_benefit", "2024", "GM9901", rows, population=counted) == 30
    assert of("municipalities_benefit", "2024", "GM9902", rows, population=counted) == 25
    found = figures("municipalities_benefit", key_figure=rows, population=counted)
    assert "GM9903" not in found.cells["municipality"], "nobody said how many live there"
