"""A rule file that says something odd is refused, by name; a good one says which value holds on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from noaber.rules import NoValueError, RuleFileError, all_rules, value
from noaber.rules.read import parse

HEAD = """
description.nl = "Weken om iets te doen"
description.en = "Weeks to do something"
unit = "weeks"
kind = "law"
"""
GOOD = (
    HEAD
    + """
[[values]]
from = 2015-01-01
value = 6
source = "Wet art. 1"
sure = "high"
[[values]]
from = 2020-01-01
value = 8
source = "Wet art. 1, gewijzigd"
sure = "medium"
"""
)


def test_a_value_ends_the_day_before_the_next_begins():
    rule = parse("wmo/something", GOOD.encode())
    assert [(item.value, item.until) for item in rule.values] == [(6, date(2019, 12, 31)), (8, None)]
    assert rule.on(date(2014, 12, 31)) is None
    assert [rule.on(day).value for day in (date(2019, 12, 31), date(2020, 1, 1), date(2050, 1, 1))] == [6, 8, 8]


def test_what_is_not_read_back_in_the_law_says_so_to_its_readers():
    first, second = parse("wmo/something", GOOD.encode()).values
    assert first.cited("nl") == "6 weken (Wet art. 1)"
    assert second.cited("nl") == "8 weken (Wet art. 1, gewijzigd; uit een tweede bron of een oudere tekst)"
    assert str(first) == "wmo/something = 6 weeks (Wet art. 1)"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("unit =", "units =", "units"),
        ('unit = "weeks"', 'unit = "fortnights"', "fortnights"),
        ('description.en = "Weeks to do something"', "", "missing required field"),
        ('source = "Wet art. 1"', "", "missing required field `source`"),
        ('sure = "high"', 'sure = "high"\nchosen_by = "us"', "only a choice has it"),
        ('sure = "high"', 'sure = "high"\nlow = 1', "has a range but is no estimate"),
        ('kind = "law"', 'kind = "estimate"', "needs low, high and because"),
        ('kind = "law"', 'kind = "choice"', "needs chosen_by"),
        ('sure = "high"', 'sure = "high"\nuntil = 2020-01-01', "overlap"),
        ('sure = "high"', 'sure = "high"\nuntil = 2014-01-01', "ends before it begins"),
        ("from = 2020-01-01", "from = 2015-01-01", "overlap or are out of order"),
        ('unit = "weeks"', 'unit = "version"', "is not a value in version"),
        ("value = 6", 'value = "six"', "is not a value in weeks"),
        ("value = 6", "value = 6\nvalue = 7", "cannot be used"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused_by_name(old, new, says):
    with pytest.raises(RuleFileError, match="wmo/something") as caught:
        parse("wmo/something", GOOD.replace(old, new, 1).encode())
    assert says in str(caught.value)


def test_amounts_are_whole_cents():
    with pytest.raises(RuleFileError, match="whole cents"):
        parse("wmo/something", GOOD.replace("weeks", "cents").replace("value = 6", "value = 6.5").encode())


@pytest.mark.parametrize("value", [0.5, 2.5])
def test_an_estimate_lies_within_its_own_range(value):
    estimate = GOOD.replace('"law"', '"estimate"').replace(
        'sure = "', 'low = 1\nhigh = 2\nbecause = "we saw it"\nsure = "'
    )
    estimate = estimate.replace("value = 8", "value = 1.5")
    with pytest.raises(RuleFileError, match="outside its own range"):
        parse("wmo/something", estimate.replace("value = 6", f"value = {value}").encode())
    good = parse("wmo/something", estimate.replace("value = 6", "value = 1.25").encode()).values[0]
    assert good.cited("nl") == "1,25 weken (Wet art. 1; 1 week – 2 weken)"


@pytest.mark.parametrize("name", ["Wmo/term", "wmo", "wmo/Term", "wmo/inquiry-term"])
def test_names_are_theme_and_rule_in_small_letters(name):
    with pytest.raises(RuleFileError, match="small letters"):
        parse(name, GOOD.encode())


def test_a_day_without_a_value_says_for_which_days_there_is_one():
    with pytest.raises(NoValueError, match="2025-01-01 to 2025-12-31"):
        value("wmo/own_contribution", date(2026, 1, 1))


def test_numbers_texts_and_amounts_are_told_apart():
    day = date(2025, 1, 1)
    assert value("prices/labour_share", day).number == 0.9
    assert value("wmo/inquiry_term", day).whole == 6
    assert value("estimates/yearly_shortfall", day).stated("en") == "€ 9,500,000.00 a year"
    with pytest.raises(TypeError):
        _ = value("standard/release", day).number
    with pytest.raises(TypeError):
        _ = value("prices/labour_share", day).whole


def test_the_rules_are_read_once_and_cannot_be_changed():
    assert all_rules() is all_rules()
    with pytest.raises(TypeError):
        all_rules()["wmo/inquiry_term"] = None


@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2019, 1, 1)])
def test_the_highest_penalty_is_that_of_all_its_days(day):
    first, second, third = (value(f"awb/penalty_{step}", day).whole for step in ("first", "second", "third"))
    step, days = value("awb/penalty_step", day).whole, value("awb/penalty_days", day).whole
    assert step * (first + second) + (days - 2 * step) * third == value("awb/penalty_maximum", day).whole


EDGES = st.lists(st.dates(date(2015, 1, 1), date(2030, 12, 31)), min_size=1, max_size=6, unique=True).map(sorted)


@given(EDGES, st.lists(st.integers(0, 400), min_size=6, max_size=6), st.dates(date(2014, 1, 1), date(2032, 12, 31)))
def test_the_value_of_a_day_is_that_of_the_last_period_that_began_and_has_not_ended(edges, lengths, day):
    periods = []
    for place, (start, length) in enumerate(zip(edges, lengths, strict=False)):
        last = date.max if place + 1 == len(edges) else edges[place + 1] - timedelta(days=1)
        end = min(start + timedelta(days=length), last) if length else last
        periods.append((start, end, place, length))
    text = HEAD + "".join(
        f"[[values]]\nfrom = {start}\n{f'until = {end}' if length else ''}\nvalue = {place}\n"
        'source = "Wet art. 1"\nsure = "high"\n'
        for start, end, place, length in periods
    )
    slow = [place for start, end, place, _ in periods if start <= day <= end]
    found = parse("wmo/something", text.encode()).on(day)
    assert ([found.value] if found else []) == slow
