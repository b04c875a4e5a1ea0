"""Young people with youth care per municipality: names come along, and what is provisional is said."""

from key_figures import told
from people import figures


def test_names_come_along_and_what_is_provisional_is_said():
    rows = [
        told(2023, "GM9902", "youth_clients_share", 12.0),
        told(2024, "GM9902", "youth_clients_share", 13.0, status="provisional"),
    ]
    names = [{"year": 2024, "area": "GM9902", "name": "Elders", "source": "CBS"}]
    found = figures("municipalities_youth", key_figure=rows, area_name=names)
    assert found.labels["municipality"]["GM9902"].nl == "Elders"
    assert found.provisional_from == "2024"
