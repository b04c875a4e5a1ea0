"""The tables of rules and the examples in this folder keep each other whole."""

from __future__ import annotations

from pathlib import Path

from noaber.messages.rules import FAMILIES, Effect, Rule

EXAMPLES = "\n".join(
    path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")) if path != Path(__file__)
)
RULES: list[Rule] = [
    rule for family in FAMILIES.values() for part in (family.message, family.alone, family.against) for rule in part
]


def test_every_rule_is_broken_in_an_example() -> None:
    assert not {rule.code for rule in RULES if f'"{rule.code}"' not in EXAMPLES}


def test_reasons_are_sentences_without_a_personal_detail() -> None:
    for rule in RULES:
        assert rule.reason.endswith(".")
        assert rule.reason[0].isupper()


def test_a_remark_has_no_return_code_and_a_refusal_never_repeats_a_reason() -> None:
    for name, family in FAMILIES.items():
        rules = (*family.message, *family.alone, *family.against)
        assert not [rule for rule in rules if rule.effect is Effect.REMARKED and rule.return_code]
        reasons = [rule.reason for rule in rules]
        assert len(reasons) == len(set(reasons)), name
