"""A small back office, municipality and key for tests of the doors: everything in memory but the files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from noaber.municipality import CareForm, District, Municipality, Product, Supplier
from noaber.pseudonym import Pseudonymiser
from noaber.records import Batch, Kind, Law, Text, test_citizen_numbers

RECEIVED: Final = date(2025, 1, 15)
KEY: Final = Pseudonymiser((bytes(range(32)),))
ANNA, BRAM, CEES = test_citizen_numbers()[:3]
HEADINGS: Final = (
    "Nummer;Wet;Client;BSN;Geboren;Geslacht;Postcode;Huisnummer;AGB;Categorie;Product;Toegekend;Van;Tot;Begin;Einde;"
    "Reden;Volume;Eenheid;Frequentie"
)
MAPPING: Final = """
date = "%d-%m-%Y"
[provisions]
files = "voorzieningen*.csv"
[provisions.columns]
allocation_number = "Nummer"
law = "Wet"
client_number = "Client"
citizen_number = "BSN"
birth_date = "Geboren"
sex = "Geslacht"
postcode = "Postcode"
house_number = "Huisnummer"
provider = "AGB"
category = "Categorie"
product = "Product"
allocated_on = "Toegekend"
valid_from = "Van"
valid_until = "Tot"
began_on = "Begin"
ended_on = "Einde"
end_reason = "Reden"
volume = "Volume"
unit = "Eenheid"
frequency = "Frequentie"
[costs]
files = "kosten*.csv"
[costs.columns]
reference = "Regel"
law = "Wet"
client_number = "Client"
citizen_number = "BSN"
allocation_number = "Nummer"
provider = "AGB"
product = "Product"
period_from = "Van"
period_until = "Tot"
amount = "Bedrag"
[costs.fixed]
category = "01"
[values.law]
Wmo = "wmo"
[values.sex]
man = "1"
vrouw = "2"
[values.unit]
minuut = "01"
[values.frequency]
"per week" = "2"
"""


@dataclass(frozen=True)
class Desk:
    """A folder in which a supplier leaves files, and the municipality that takes them in."""

    folder: Path
    town: Municipality

    def take(self, door: Any, name: str, content: str | bytes, mapping: str | None = None, **known: Any) -> Batch:
        """Return what `door` makes of a file with this name, content and mapping."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        if mapping is not None:
            (self.folder / "map.toml").write_text(mapping, encoding="utf-8")
        supplier = Supplier(
            name="Leverancier", source="backoffice", files="*", mapping="" if mapping is None else "map.toml"
        )
        frames: Mapping[str, pl.DataFrame] = known
        batch = door.read(path, town=self.town, supplier=supplier, pseudonyms=KEY, received=RECEIVED, known=frames)
        assert isinstance(batch, Batch)
        return batch


def desk(folder: Path) -> Desk:
    """Return a desk in `folder`, of a town with two districts, a help in the household and a day activity."""
    town = Municipality(
        code="9901",
        name="Proefstad",
        districts=(
            District(code="WK990100", name="Markt", tile=(0, 0), postcodes=("8990",)),
            District(code="WK990101", name="Es", tile=(1, 0), postcodes=("8991",)),
        ),
        care_forms=(
            CareForm(code="HO", law=Law.WMO, name=Text("Hulp", "Help"), kind=Kind.HOUSEHOLD_HELP),
            CareForm(code="OMD", law=Law.WMO, name=Text("Dagbesteding", "Day activity"), kind=Kind.GROUP),
        ),
        products=(
            Product(law=Law.WMO, category="01", code="01A05", care_form="HO"),
            Product(law=Law.WMO, category="07", care_form="OMD"),
        ),
        folder=folder,
    )
    return Desk(folder, town)


def provision(**cells: object) -> str:
    """Return one row of the back office: a running help in the household of Anna, but for the cells that are named."""
    usual: dict[str, object] = {
        "Nummer": "4001",
        "Wet": "Wmo",
        "Client": "17",
        "BSN": ANNA,
        "Geboren": "03-05-1941",
        "Geslacht": "vrouw",
        "Postcode": "8990 AB",
        "Huisnummer": "12",
        "AGB": "99010001",
        "Categorie": "01",
        "Product": "01A05",
        "Toegekend": "20-01-2024",
        "Van": "01-02-2024",
        "Tot": "31-01-2026",
        "Begin": "05-02-2024",
        "Einde": "",
        "Reden": "",
        "Volume": "120",
        "Eenheid": "minuut",
        "Frequentie": "per week",
    }
    unknown = set(cells) - set(usual)
    assert not unknown, unknown
    return ";".join(str(value) for value in (usual | cells).values())


def export(*rows: str) -> str:
    """Return an export of provisions with these rows."""
    return "\r\n".join((HEADINGS, *rows)) + "\r\n"
