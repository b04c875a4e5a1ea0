"""Every column of every table says what it means, in which unit, and how private it is."""

import pytest

from noaber.records import TABLES, Privacy, Type

UNITLESS = {
    "line",  # a place in a file
    "sequence",  # an order, and no amount
    "value",  # of a key figure, whose unit differs per figure
}
NUMBERS = {Type.INTEGER, Type.NUMBER, Type.CENTS}
OUTSIDE = {"bsn", "citizen_number", "birth_date", "surname", "street", "house_number", "postcode", "phone", "mail"}
"""What stays at the door, by any of the names a column could give it."""


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_and_its_columns_explain_themselves(table):
    for words in (table.description, *(column.description for column in table.all_columns)):
        assert len(words) > 5
        assert words[0].isupper() or words[0].isdigit(), words
        assert not words.endswith("."), words
    assert table.key
    assert {column.privacy for column in table.all_columns} <= set(Privacy)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_number_has_a_unit(table):
    numbers = [column for column in table.all_columns if column.type in NUMBERS and column.name not in UNITLESS]
    assert not [column.name for column in numbers if not column.unit]
    assert not [column.name for column in numbers if column.type is Type.CENTS and not column.name.endswith("_cents")]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_who_a_row_is_about_is_a_pseudonym(table):
    about = [column for column in table.all_columns if column.name in {"person", "household"}]
    assert {column.privacy for column in about} <= {Privacy.PSEUDONYM}
    assert not OUTSIDE & {column.name for column in table.all_columns}
