"""Every word of the field that the code uses has a row in the glossary, with its Dutch term."""

import importlib
import inspect
import re
from collections import Counter

from house import ROOT, modules

from noaber.indicators import INDICATORS
from noaber.records import TABLES, Kind, Law, Layer, NoaberError, Privacy, Status
from noaber.rules import RuleKind, Sure, all_rules

ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
SINGLE = ("municipality", "pseudonym", "results")
HOUSE = {"Entry", "Index", "Number", "Problem", "Setting", "Store"}
"""Classes that are carpentry: about files, tables and texts rather than about the field."""
PLAIN = {"BU", "CSV", "GM", "GM0164", "HMAC", "HTML", "ISO", "JSON", "PDF", "SHA", "SVG", "URL", "WK", "XML"}
LISTS = re.compile(r"(WMO|JZ|WJ|COD|CS|TR|IV|OP|CD)\d")


def rows():
    """Every row of the glossary as (English, Dutch, meaning, source)."""
    return ROW.findall((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))[2:]


def entries():
    """Every term with a row, in small letters."""
    return {english.lower() for english, *_ in rows()}


def spoken(name):
    """A name of the code as one says it: CareForm and care_form are a care form; Allocation301 is an allocation."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\d+$", "", name))
    return apart.replace("_", " ").lower()


def classes():
    """Every class that a room lets out or a single-file room defines, but errors and carpentry."""
    rooms = {name.partition("/")[0] for name, _ in modules() if name.endswith("/__init__.py")}
    for room in sorted(rooms | set(SINGLE)):
        module = importlib.import_module(f"noaber.{room}")
        for name in getattr(module, "__all__", dir(module)):
            item = getattr(module, name)
            ours = inspect.isclass(item) and item.__module__.startswith("noaber.") and not name.startswith("_")
            if ours and not issubclass(item, NoaberError) and name not in HOUSE:
                yield spoken(name)


def test_rows_are_whole_and_in_order():
    terms = [english.lower() for english, *_ in rows()]
    assert terms == sorted(terms)
    assert len(terms) == len(set(terms))
    assert len(terms) > 100


def test_every_public_class_has_a_row():
    assert not set(classes()) - entries()


def test_every_table_and_every_column_that_tables_share_has_a_row():
    shared = Counter(column.name for table in TABLES.values() for column in table.columns)
    needed = {*TABLES, *(name for name, times in shared.items() if times > 1)}
    assert not {spoken(name) for name in needed} - entries()


def test_every_dimension_has_a_row():
    needed = {name for item in INDICATORS.values() for name in (*item.dimensions, *item.split)}
    assert not {spoken(name) for name in needed} - entries()


def test_every_kind_of_thing_has_a_row():
    needed = {item.value for words in (Law, Layer, Kind, Privacy, Status, RuleKind, Sure) for item in words}
    assert not {spoken(name) for name in needed} - entries()


def test_every_abbreviation_that_readers_meet_has_a_row():
    texts = [column.description for table in TABLES.values() for column in table.all_columns]
    texts += [rule.description.en for rule in all_rules().values()]
    texts += [item.definition.en for item in INDICATORS.values()]
    met = {word for text in texts for word in re.findall(r"\b[A-Z]{2,}\w*\b", text) if not LISTS.match(word)}
    assert not {word.lower() for word in met - PLAIN} - entries()
