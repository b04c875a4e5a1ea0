"""Some rules are about the whole message: when one is broken the sender must send it again, so no line is kept."""

from __future__ import annotations

from judged import TOWN, allocation, claim, line, refused, remarked
from noaber.messages.rules import Book, check, check_against

LINES = (line(reference="P1"), line("2026-01-01", number=1002, reference="P2"))


def whole(rule: str) -> list[str]:
    return [rule, rule]


def test_the_claim_period_is_one_calendar_month() -> None:
    assert refused(allocation(), claim(*LINES, until="2026-01-30")) == whole("CS340")


def test_the_total_is_the_sum_of_the_lines() -> None:
    assert refused(allocation(), claim(*LINES, total=1)) == whole("TR358")
    assert refused(allocation(), claim(line(volume=10, tariff=100), total=1000)) == []


def test_a_line_is_not_credited_in_the_message_that_claims_it() -> None:
    assert refused(allocation(), claim(line(reference="P"), line(takes_back="P"))) == whole("TR316")


def test_a_line_is_not_credited_twice_in_one_message() -> None:
    twice = claim(line(takes_back="P"), line(takes_back="P"), month="2026-02-01")
    assert refused(allocation(), claim(line(reference="P")), twice) == whole("TR315")


def test_a_claim_number_is_used_once() -> None:
    again = claim(line("2026-02-01"), month="2026-02-01", number="D1")
    assert refused(allocation(), claim(line(), number="D1"), again) == ["TR333"]


def test_a_message_is_called_by_a_name_of_its_own() -> None:
    assert refused(allocation(named="B"), allocation(named="B")) == ["TR056"]


def test_a_claim_before_the_month_is_over_is_remarked() -> None:
    assert remarked(allocation(), claim(line(), on="2026-01-30")) == ["TR137"]


def test_a_message_for_another_municipality_is_refused() -> None:
    found = [verdict.refusal for verdict in check_against(claim(*LINES), Book(), municipality="0363")]
    assert [violation.rule for violation in found if violation] == whole("IV046")
    assert check(claim(*LINES), municipality=TOWN) == []


def test_a_refused_message_leaves_no_trace() -> None:
    wrong = claim(line(reference="P"), number="D1", total=1)
    right = claim(line(reference="P"), number="D1")
    assert refused(allocation(), wrong, right) == ["TR358"]


def test_whoever_writes_a_message_can_ask_the_same_rules_before_sending() -> None:
    found = check(claim(line(volume=0), total=1), municipality=TOWN)
    assert [(broken.rule, broken.subject, broken.line) for broken in found] == [
        ("TR358", "Prestatie 1", 7),
        ("IV079", "Prestatie 1", 7),
    ]
