"""One row of the back office says that help was allocated, that it began and that it ended."""

from datetime import date
from pathlib import Path

from noaber.sources import backoffice
from office import ANNA, KEY, MAPPING, desk, export, provision


def test_a_provision_that_ended_is_an_allocation_a_start_and_a_stop(tmp_path: Path) -> None:
    row = provision(Begin="05-02-2024", Einde="30-11-2024", Reden="19")
    batch = desk(tmp_path).take(backoffice, "voorzieningen_2024-12-31.csv", export(row), MAPPING)

    (allocation,) = batch.rows["allocation"].to_dicts()
    assert (allocation["care_form"], allocation["district"], allocation["birth_year"]) == ("HO", "WK990100", 1941)
    assert batch.rows["start"]["began_on"].to_list() == [date(2024, 2, 5)]
    assert batch.rows["stop"]["ended_on"].to_list() == [date(2024, 11, 30)]


def test_it_counts_once_on_the_receipt(tmp_path: Path) -> None:
    row = provision(Einde="30-11-2024", Reden="19")
    receipt = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(row), MAPPING).receipt
    assert (receipt.rows_in, receipt.rows_kept, receipt.refusals) == (1, 1, ())


def test_the_day_in_the_file_name_is_the_day_it_was_known(tmp_path: Path) -> None:
    batch = desk(tmp_path).take(backoffice, "voorzieningen_2024-12-31.csv", export(provision()), MAPPING)
    assert batch.receipt.known_on == date(2024, 12, 31)
    assert batch.rows["allocation"]["known_on"].to_list() == [date(2024, 12, 31)]


def test_who_has_a_citizen_number_is_known_by_it_and_who_has_none_by_the_client_number(tmp_path: Path) -> None:
    rows = (provision(), provision(Nummer="4002", BSN="", Client="18"))
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(*rows), MAPPING)
    assert batch.rows["allocation"]["person"].to_list() == [KEY.person(ANNA), KEY.client("map", "18")]


def test_everyone_at_one_address_shares_a_household(tmp_path: Path) -> None:
    rows = (
        provision(Postcode="8990 AB", Huisnummer="12"),
        provision(Nummer="4002", Client="18", BSN="", Postcode="8990ab", Huisnummer="12"),
        provision(Nummer="4003", Client="19", BSN="", Postcode="8991CD", Huisnummer="12"),
    )
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(*rows), MAPPING)
    first, second, third = batch.rows["allocation"]["household"].to_list()
    assert first == second != third


def test_no_number_name_or_address_passes_the_door(tmp_path: Path) -> None:
    rows = (provision(), provision(Nummer="4002", Einde="01-01-2023", Reden="19"))
    batch = desk(tmp_path).take(backoffice, "voorzieningen.csv", export(*rows), MAPPING)
    everything = str(batch.receipt) + "".join(frame.write_csv() for frame in batch.rows.values())
    for secret in (ANNA, "8990", "03-05-1941", "1941-05-03"):
        assert secret not in everything
