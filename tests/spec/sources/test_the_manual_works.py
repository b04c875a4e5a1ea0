"""The mappings in the manual are real: what they say is taken in."""

import re
from pathlib import Path

from noaber.sources import backoffice, indications, tables
from office import ANNA, desk

DOCS = Path(__file__).parents[3] / "docs"


def blocks(page: str) -> list[str]:
    """Return the TOML on a page."""
    return re.findall(r"```toml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


def test_the_mapping_of_a_back_office(tmp_path: Path) -> None:
    (mapping,) = [block for block in blocks("how-to/take-in-a-back-office-export.md") if "[provisions]" in block]
    content = (
        "Voorzieningnummer;Clientnummer;BSN;Geboortedatum;Geslacht;Postcode;Huisnummer;AGB-code aanbieder;"
        "Productcategorie;Productcode;Datum besluit;Ingangsdatum;Einddatum;Start zorg;Stop zorg;Reden einde\n"
        f"1;17;{ANNA};03-05-1941;vrouw;8990AB;1;99010001;01;01A05;01-02-2024;01-03-2024;;02-03-2024;01-09-2024;overleden\n"
        f"2;17;{ANNA};03-05-1941;vrouw;8990AB;1;99010001;01;01A05;01-02-2024;01-03-2024;;02-03-2024;01-09-2024;\n"
    )
    batch = desk(tmp_path).take(backoffice, "voorzieningen_2024-12-31.csv", content, mapping)
    assert batch.receipt.refusals == batch.receipt.remarks == ()
    assert batch.rows["stop"]["end_reason"].to_list() == ["20", "19"]


def test_the_mapping_of_a_table(tmp_path: Path) -> None:
    (mapping,) = [block for block in blocks("reference/deliveries.md") if "[[tables]]" in block]
    content = "Jaar;Wet;Begrotingsregel;Bedrag\n2025;Wmo;Lonen;1.200,50\n"
    batch = desk(tmp_path).take(tables, "begroting_2024-11-05.csv", content, mapping)
    assert batch.rows["budget"]["amount_cents"].to_list() == [120_050]


def test_the_mapping_of_a_document(tmp_path: Path) -> None:
    (mapping,) = [block for block in blocks("reference/deliveries.md") if "[[sheets]]" in block]
    content = "Wet;Post;2025;2026;Groei;Noot\nwmo;Lonen;1.200;1.260;5%;raming\nwmo;Totaal;1.200;1.260;;\n"
    batch = desk(tmp_path).take(indications, "begroting_2024-11-05.csv", content, mapping)
    assert batch.rows["budget"]["amount_cents"].to_list() == [120_000_000, 126_000_000]
    assert [remark.code for remark in batch.receipt.remarks] == ["note"]
