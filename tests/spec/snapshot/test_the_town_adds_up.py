"""The made-up town, through its doors and folded, says exactly what was true of it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import polars as pl
import pytest

from noaber import municipality, pseudonym
from noaber.records import DELIVERED, FOLDED
from noaber.snapshot import Store
from noaber.sources import backoffice, messages

DOORS = {"backoffice": backoffice, "messages": messages}
KNOWN = ("allocation", "start", "stop", "claim", "request", "answer")


@pytest.fixture(scope="module")
def batches(small_town, tmp_path_factory):
    """What the back office and the messages of the town say, in the order in which it came."""
    town = municipality.read(small_town.folder / "municipality.toml")
    pseudonyms = pseudonym.make(tmp_path_factory.mktemp("keys") / "9901.key")
    known = {table: DELIVERED[table].empty() for table in KNOWN}
    found = []
    files = [
        (supplier, path)
        for supplier in town.suppliers
        if supplier.source in DOORS
        for path in small_town.folder.glob(supplier.files)
    ]
    for supplier, path in sorted(files, key=lambda item: (item[0].source, item[1].name.rpartition("_")[2])):
        door = DOORS[supplier.source]
        batch = door.read(
            path, town=town, supplier=supplier, pseudonyms=pseudonyms, received=small_town.until, known=known
        )
        found.append(batch)
        known |= {table: pl.concat([known[table], batch.rows[table]]) for table in KNOWN if table in batch.rows}
    return town, found


@pytest.fixture(scope="module")
def snapshot(batches, tmp_path_factory):
    town, found = batches
    return Store(tmp_path_factory.mktemp("town") / "store").add(found, town=town)


def counted(snapshot, query):
    """Return {year: {care form: number}}; the query gives rows of those three."""
    found = defaultdict(dict)
    with snapshot.connect() as connection:
        for year, form, number in connection.execute(query).fetchall():
            if number:
                found[year][form] = number
    return dict(found)


def true(small_town, what):
    years = {year: getattr(told, what) for year, told in small_town.truth.years.items()}
    plain = {year: {key: number for key, number in told.items() if number} for year, told in years.items()}
    return {year: told for year, told in plain.items() if told}


@pytest.mark.parametrize("what", ["began", "ended"])
def test_every_beginning_and_end_is_there(snapshot, small_town, what):
    query = f"SELECT year({what}_on), care_form, count(*) FROM support WHERE year({what}_on) >= 2016 GROUP BY ALL"
    assert counted(snapshot, query) == true(small_town, what)


def test_every_cent_is_there(snapshot, small_town):
    query = "SELECT year(month), care_form, sum(amount_cents)::BIGINT FROM cost WHERE year(month) >= 2016 GROUP BY ALL"
    assert counted(snapshot, query) == true(small_town, "cents")


def test_every_client_is_one_person(snapshot, small_town):
    for year, told in small_town.truth.years.items():
        first, last = date(year, 1, 1), min(date(year, 12, 31), small_town.until)
        with snapshot.connect() as connection:
            found = connection.execute(
                "SELECT law, count(DISTINCT person) FROM support "
                "WHERE began_on <= ? AND (ended_on IS NULL OR ended_on >= ?) GROUP BY law",
                [last, first],
            ).fetchall()
        assert dict(found) == {law: number for law, number in told.clients.items() if number}


def test_every_referral_by_a_certified_institution_is_there(snapshot, small_town):
    query = (
        "SELECT year(allocated_on), quarter(allocated_on), count(*) FROM support "
        "WHERE law = 'jeugdwet' AND referrer = '04' AND year(allocated_on) >= 2016 GROUP BY ALL"
    )
    told = {
        year: {place: number for place, number in enumerate(years.certified, start=1) if number}
        for year, years in small_town.truth.years.items()
    }
    assert counted(snapshot, query) == {year: found for year, found in told.items() if found}


def test_what_was_known_at_the_end_of_a_year_was_true_but_for_what_came_later(snapshot, small_town):
    on = date(2019, 12, 31)
    with snapshot.connect(on) as connection:
        (found,) = connection.execute(
            "SELECT count(*) FROM support WHERE began_on <= ? AND (ended_on IS NULL OR ended_on >= ?)", [on, on]
        ).fetchone()
        (later,) = connection.execute("SELECT count(*) FROM support WHERE known_from > ?", [on]).fetchone()
    assert found == sum(small_town.truth.years[2019].stock.values())
    assert later == 0


@pytest.mark.parametrize("name", ["support", "cost"])
def test_rows_are_what_their_table_declares_and_no_two_have_one_key(snapshot, name):
    table = FOLDED[name]
    (file,) = snapshot.manifest.files(name)
    rows = pl.read_parquet(snapshot.folder / file.path)
    assert table.problems(rows).is_empty()
    assert len(rows) == rows.select(table.key).n_unique()


def test_the_order_of_deliveries_makes_no_difference(batches, snapshot, tmp_path):
    town, found = batches
    store = Store(tmp_path / "store")
    half = len(found) // 2
    store.add(found[half:][::-1], town=town)
    assert store.add(found[:half], town=town).hash == snapshot.hash
