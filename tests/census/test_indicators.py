"""Every indicator is told in a small town, counted a second time, and owned by somebody."""

import re

import pytest
from house import ROOT

from noaber.indicators import INDICATORS

SPEC = ROOT / "tests" / "spec" / "indicators"


def test_every_indicator_has_a_story_and_every_story_an_indicator():
    assert {path.name for path in SPEC.iterdir() if path.is_dir() and any(path.glob("test_*.py"))} == set(INDICATORS)


def test_every_indicator_is_counted_a_second_time():
    twins = (ROOT / "tests" / "unit" / "twins" / "__init__.py").read_text(encoding="utf-8")
    assert not [name for name in INDICATORS if not re.search(rf"\b{name}\b", twins)]


@pytest.mark.parametrize("name", INDICATORS)
def test_an_indicator_is_defined_in_two_languages_and_owned(name):
    item = INDICATORS[name]
    assert len(item.definition.nl.split()) >= 8
    assert len(item.definition.en.split()) >= 8
    assert item.owner.nl
    assert item.population.nl
