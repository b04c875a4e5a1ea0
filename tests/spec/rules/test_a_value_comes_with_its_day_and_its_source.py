"""Rules: what a law, contract, tariff, estimate or choice says on a day, and where that stands."""

from datetime import date

import pytest

from noaber import rules


def test_a_fee_is_that_of_its_year():
    paid = [rules.value("wmo/own_contribution", date(year, 7, 1)).stated("nl") for year in (2023, 2024, 2025)]
    assert paid == ["€ 19,00 per maand", "€ 20,60 per maand", "€ 21,00 per maand"]


def test_a_fee_that_nobody_has_told_us_is_not_made_up():
    with pytest.raises(rules.NoValueError, match="no value on 2026-01-01"):
        rules.value("wmo/own_contribution", date(2026, 1, 1))


def test_a_letter_can_cite_the_article():
    assert rules.value("awb/objection_term", date(2026, 1, 1)).cited("nl") == "6 weken (Awb art. 6:7)"


def test_an_article_that_was_not_read_back_says_so():
    term = rules.value("wmo/inquiry_term", date(2026, 1, 1))
    assert term.cited("nl") == "6 weken (Wmo 2015 art. 2.3.2 lid 1; uit een tweede bron of een oudere tekst)"


def test_a_bill_is_no_law():
    day = date(2027, 1, 1)
    with pytest.raises(rules.NoValueError, match="planned from 2027-01-01"):
        rules.value("wmo/own_contribution_maximum", day)
    assert rules.value("wmo/own_contribution_maximum", day, planned=True).stated("nl") == "€ 328,00 per maand"


def test_an_estimate_has_a_range_and_a_reason():
    price = rules.value("estimates/ova", date(2026, 1, 1))
    assert (price.low, price.number, price.high) == (2.0, 3.5, 5.0)
    assert "6.0 and 4.18" in price.because


def test_a_choice_says_whose_it_is():
    norm = rules.value("choice/waiting_norm", date(2026, 1, 1))
    assert norm.stated("nl") == "42 dagen"
    assert norm.chosen_by.startswith("Noaber")


def test_a_name_that_is_nearly_right_brings_a_suggestion():
    with pytest.raises(rules.UnknownRuleError, match=r"Did you mean wmo/inquiry_term\?"):
        rules.value("wmo/inquiry_terms", date(2026, 1, 1))
