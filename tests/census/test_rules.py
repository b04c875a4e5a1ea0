"""Every rule is sourced, says how sure it is, and agrees with the settings that repeat it."""

import ast
from datetime import date

import pytest
from house import SRC, modules

from noaber.demo.proportions import proportions
from noaber.municipality import Disclosure, ReferralAgreement
from noaber.rules import KIND_NAMES, SURE_NAMES, UNIT_NAMES, RuleKind, Sure, Unit, all_rules, value

VALUES = [item for rule in all_rules().values() for item in (*rule.values, *rule.planned)]


def test_every_file_is_read():
    files = {path.relative_to(SRC / "rules").with_suffix("").as_posix() for path in SRC.glob("rules/**/*.toml")}
    assert files == set(all_rules())
    assert len(files) > 50


@pytest.mark.parametrize("item", VALUES, ids=lambda item: f"{item.name} {item.from_}")
def test_a_value_says_where_it_stands_and_how_sure_that_is(item):
    assert len(item.source) > 8
    assert item.sure in Sure
    assert (item.low is not None) == (item.kind is RuleKind.ESTIMATE)
    assert bool(item.chosen_by) == (item.kind is RuleKind.CHOICE)
    assert item.kind is not RuleKind.LAW or any(char.isdigit() for char in item.source), "which article?"
    assert item.kind is not RuleKind.LAW or item.sure is Sure.HIGH or SURE_NAMES[item.sure].nl in item.cited("nl")


def test_descriptions_are_sentences_in_two_languages():
    for rule in all_rules().values():
        for words in (rule.description.nl, rule.description.en):
            assert words[0].isupper()
            assert not words.endswith(".")
        assert rule.description.nl != rule.description.en


def test_every_kind_unit_and_degree_has_words():
    assert set(KIND_NAMES) == set(RuleKind)
    assert set(SURE_NAMES) == set(Sure)
    assert set(UNIT_NAMES) == set(Unit)
    assert {item.unit for item in VALUES} <= set(Unit)


def test_the_settings_of_a_municipality_begin_as_the_rules_say():
    day = date(2020, 1, 1)
    for name in ("hide_up_to", "round_to", "minimum_denominator"):
        assert getattr(Disclosure(), name) == value(f"choice/{name}", day).value
    assert ReferralAgreement().baseline_year == value("contract/referral_baseline", day).value
    assert ReferralAgreement().reduction_percent == value("contract/referral_reduction", day).value


def test_the_made_up_town_knows_no_other_published_prices_than_the_rules():
    prices = proportions().prices
    told = {name: getattr(prices, name.upper()) for name in ("ova", "ppc", "cpi")}
    for name, years in told.items():
        for item in all_rules()[f"prices/{name}"].values:
            assert years[item.from_.year][0] == item.value, f"{name} of {item.from_.year}"
    assert prices.labour_share == value("prices/labour_share", date(2024, 1, 1)).value


def test_every_rule_that_the_code_names_exists():
    themes = {name.partition("/")[0] for name in all_rules()}
    named = {
        node.value
        for name, tree in modules()
        for node in ast.walk(tree)
        if not name.startswith("rules/") and isinstance(node, ast.Constant) and isinstance(node.value, str)
        if node.value.count("/") == 1 and node.value.partition("/")[0] in themes
    }
    assert named <= set(all_rules())
    assert named
