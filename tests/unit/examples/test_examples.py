"""Examples are copied whole, and never over something."""

from pathlib import Path

import pytest

from noaber import examples, municipality


@pytest.mark.parametrize("name", examples.EXAMPLES)
def test_an_example_is_a_municipality_with_its_mappings_and_deliveries(name: str, tmp_path: Path) -> None:
    town = municipality.read(examples.copy(name, tmp_path / name))
    delivered = [supplier for supplier in town.suppliers if any(town.folder.glob(supplier.files))]
    assert {supplier.source for supplier in delivered} == {"indications", "tables"}
    assert all((town.folder / supplier.mapping).exists() for supplier in town.suppliers if supplier.mapping)
    assert len({district.tile for district in town.districts}) == len(town.districts)


def test_it_never_lands_on_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(examples.ExampleError, match="holds something already"):
        examples.copy("hengelo", tmp_path)


def test_it_says_which_examples_there_are(tmp_path: Path) -> None:
    with pytest.raises(examples.ExampleError) as caught:
        examples.copy("atlantis", tmp_path / "new")
    assert "hengelo" in str(caught.value)
