"""A house with published figures of the made-up town: a folder as `noaber publish` leaves it, and what people did."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import msgspec
import polars as pl
import pytest
from django.utils import timezone

from cast import Cast, somebody
from noaber import municipality
from noaber.disclosure import SafeResult
from noaber.disclosure.published import write
from noaber.municipality import Municipality
from noaber.web.published import actions, folder
from noaber.web.published.models import Version
from protected import DISTRICTS, whole_town

_TOWN = """\
code = "9901"
name = "Noaberstad"
made_up = true
figures_from = 2016-01-01
care_forms = []
"""


@dataclass(frozen=True)
class House:
    """The municipality of the installation, whose folder of published files a test may add to."""

    town: Municipality

    def publish(self, *results: SafeResult) -> None:
        """Write results as a release does, without its audit."""
        write([in_full(result) for result in results], self.town.published)

    def revise(self, indicator: str, on: date) -> None:
        """Publish a later version of an indicator of the whole town: every shown figure five higher."""
        before = whole_town()[indicator]
        cells = before.cells.with_columns(before.cells["value"] + 5)
        self.publish(replace(before, cells=cells, provenance=replace(before.provenance, known_on=on)))


def in_full(result: SafeResult) -> SafeResult:
    """Return a result made by hand with what the gate adds: the unit of each column of numbers."""
    numbers = [name for name, kind in result.cells.schema.items() if kind == pl.Float64]
    return replace(result, units=dict.fromkeys(numbers, result.unit))


@pytest.fixture(scope="session")
def published_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("town")
    rows = [
        f'[[districts]]\ncode = "{code}"\nname = "{name}"\ntile = [{tile[0]}, {tile[1]}]\npostcodes = ["{8990 + at}"]\n'
        for at, (code, (name, tile)) in enumerate(DISTRICTS.items())
    ]
    (place / "municipality.toml").write_text(_TOWN + "".join(rows), encoding="utf-8")
    write([in_full(result) for result in whole_town().values()], place / "published")
    return place


@pytest.fixture
def house(published_folder: Path, tmp_path: Path, settings) -> House:
    """An installation whose municipality has published files that nobody took in yet."""
    shutil.copytree(published_folder, tmp_path, dirs_exist_ok=True)
    town = municipality.read(tmp_path / "municipality.toml")
    settings.NOABER = msgspec.structs.replace(settings.NOABER, municipality=str(tmp_path / "municipality.toml"))
    return House(town)


@pytest.fixture
def shown(house: House, cast: Cast) -> House:
    """A house whose figures Berend took in and Carolien approved, so that everyone can read them."""
    take_in(house, cast)
    approve_all(cast)
    return house


def take_in(house: House, cast: Cast) -> list[Version]:
    """Let Berend take in everything that came in."""
    post = folder.post(house.town)
    return actions.take(post.arrivals, taker=cast.berend, at=timezone.now(), by=somebody())


def approve_all(cast: Cast) -> list[str]:
    """Let Carolien approve everything that waits."""
    waiting = list(Version.objects.waiting().values_list("content_hash", flat=True))
    return actions.approve(waiting, approver=cast.carolien, at=timezone.now(), by=somebody())
