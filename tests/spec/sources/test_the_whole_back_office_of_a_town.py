"""All exports and tables of the made-up town: every fault that was put in is refused, and nothing else is."""

from collections import Counter
from collections.abc import Iterator

import pytest

from noaber import demo, municipality
from noaber.municipality import Municipality
from noaber.pseudonym import Pseudonymiser
from noaber.records import Batch
from noaber.sources import backoffice, tables
from town import UNTIL

DOORS = {"backoffice": backoffice, "tables": tables}


@pytest.fixture(scope="module")
def town(small_town: demo.Town) -> Municipality:
    return municipality.read(small_town.folder / "municipality.toml")


@pytest.fixture(scope="module")
def batches(town: Municipality) -> list[Batch]:
    return list(take_in(town))


def take_in(town: Municipality) -> Iterator[Batch]:
    for supplier in town.suppliers:
        if supplier.source in DOORS:
            for path in sorted(town.folder.glob(supplier.files)):
                yield DOORS[supplier.source].read(
                    path,
                    town=town,
                    supplier=supplier,
                    pseudonyms=Pseudonymiser((bytes(range(32)),)),
                    received=UNTIL,
                    known={},
                )


def test_every_fault_is_refused_under_its_own_name_and_nothing_else(
    small_town: demo.Town, batches: list[Batch]
) -> None:
    refused = Counter(refusal.rule for batch in batches for refusal in batch.receipt.refusals)
    put_in = {kind: small_town.flaws[kind] for kind in ("citizen_number", "unknown_product", "runs_backwards")}
    assert refused == put_in


def test_every_receipt_closes_and_nothing_is_remarked_upon(batches: list[Batch]) -> None:
    for batch in batches:
        receipt = batch.receipt
        assert receipt.rows_in == receipt.rows_kept + len(receipt.refusals)
        assert receipt.remarks == ()


def test_costs_are_of_the_people_who_have_a_provision(batches: list[Batch]) -> None:
    people = {
        person for batch in batches if "allocation" in batch.rows for person in batch.rows["allocation"]["person"]
    }
    claimed = {person for batch in batches if "claim" in batch.rows for person in batch.rows["claim"]["person"]}
    assert claimed <= people


def test_every_provision_has_a_care_form_a_district_and_a_household(batches: list[Batch]) -> None:
    for batch in batches:
        if "allocation" in batch.rows:
            found = batch.rows["allocation"].select("care_form", "district", "household").null_count()
            assert sum(found.row(0)) == 0


def test_the_same_delivery_gives_the_same_rows(town: Municipality, batches: list[Batch]) -> None:
    again = next(take_in(town))
    assert again.receipt == batches[0].receipt
    assert all(again.rows[name].equals(frame) for name, frame in batches[0].rows.items())
