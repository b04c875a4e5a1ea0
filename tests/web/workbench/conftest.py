"""The workbench of a village that took in its deliveries and has the plans of the made-up town."""

from datetime import date

import msgspec
import pytest

from noaber.web.workbench import starting_point
from noaber.web.workbench.position import Position
from noaber.web.workbench.starting_point import StartingPoint

THEN = date(2022, 12, 31)
"""The day before the measures of the plan begin."""


@pytest.fixture
def bench(village, settings):
    """The installation of the village: its address of the workbench."""
    settings.NOABER = msgspec.structs.replace(settings.NOABER, municipality=str(village / "municipality.toml"))
    return "/werkbank/"


@pytest.fixture
def point(bench):
    """The starting point of the end of 2022, four years ahead."""
    made = starting_point.ready(starting_point.ground(), THEN, Position(known_on=THEN).until)
    assert isinstance(made, StartingPoint)
    return made
