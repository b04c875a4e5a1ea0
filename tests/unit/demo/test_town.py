"""The town as a whole: the same asked is the same made, and nothing in it could be a real person."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from noaber import demo, municipality
from noaber.records import is_citizen_number, test_citizen_numbers

MAKE = """
import sys
from datetime import date
from pathlib import Path
from noaber import demo
demo.make(Path(sys.argv[1]), seed=7, until=date(2025, 3, 31), scale=0.02)
"""


def fingerprint(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_same_seed_gives_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for hash_seed in ("1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": hash_seed}
        subprocess.run([sys.executable, "-c", MAKE, str(tmp_path / hash_seed)], env=environment, check=True)
    first, second = (fingerprint(tmp_path / hash_seed) for hash_seed in ("1", "4242"))
    assert first == second
    assert len(first) > 100


def test_another_seed_gives_another_town(tmp_path: Path, small_town: demo.Town) -> None:
    other = demo.make(tmp_path / "other", seed=small_town.seed + 1, until=date(2016, 12, 31), scale=0.02)
    assert other.truth.years[2016] != small_town.truth.years[2016]


def test_only_test_citizen_numbers_appear_and_never_a_valid_other(small_town: demo.Town) -> None:
    reserved = set(test_citizen_numbers())
    found: set[str] = set()
    for path in (small_town.folder / "deliveries" / "backoffice").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found |= {row["BSN"] for row in csv.DictReader(file, delimiter=";")}
    found.discard("")
    valid = {number for number in found if is_citizen_number(number)}
    assert valid
    assert valid <= reserved
    assert all("999900000" < number <= "999999999" for number in found), "even a wrong number stays near the range"
    assert len(found - valid) <= small_town.flaws["citizen_number"]


def test_the_municipality_file_reads_and_names_the_switch(small_town: demo.Town) -> None:
    town = municipality.read(small_town.folder / "municipality.toml")
    assert town.made_up
    assert len(town.districts) == 10
    assert small_town.messages_from in {event.on for event in town.events}
    assert {form.code for form in town.care_forms} == {product.care_form for product in town.products}
    assert all(re.fullmatch(r"[1-9][0-9]{3}([A-Z]{2})?", code) for item in town.districts for code in item.postcodes)


def test_the_truth_stays_out_of_the_deliveries(small_town: demo.Town) -> None:
    plain = json.loads((small_town.folder / "truth.json").read_text("utf-8"))
    assert plain["truth"]["years"]["2018"]["residents"] == small_town.truth.years[2018].residents
    assert not list((small_town.folder / "deliveries").rglob("truth*"))


@pytest.mark.parametrize(
    "asked",
    [
        {"until": date(2015, 1, 1), "scale": 0.02},
        {"until": date(2099, 1, 1), "scale": 0.02},
        {"until": date(2020, 1, 1), "scale": 0.0},
        {"until": date(2020, 1, 1), "scale": 2.0},
    ],
)
def test_what_cannot_be_made_is_refused(tmp_path: Path, asked: dict[str, object]) -> None:
    with pytest.raises(demo.DemoError, match="N-801"):
        demo.make(tmp_path, seed=1, **asked)
    assert not list(tmp_path.iterdir())


def test_it_never_writes_over_deliveries(small_town: demo.Town) -> None:
    with pytest.raises(demo.DemoError, match="deliveries here already"):
        demo.make(small_town.folder, seed=1, until=small_town.until, scale=0.02)
