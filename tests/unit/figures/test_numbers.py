"""Numbers and periods as a reader of each language writes them."""

import pytest

from noaber.figures import numbers

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "decimals", "dutch", "english"),
    [
        (1234567.84, 1, "1.234.567,8", "1,234,567.8"),
        (0.04, 1, "0,0", "0.0"),
        (-0.04, 1, "0,0", "0.0"),
        (-12, 0, f"{MINUS}12", f"{MINUS}12"),
    ],
)
def test_numbers_have_the_separators_of_their_language(value, decimals, dutch, english):
    assert numbers.number(value, "nl", decimals) == dutch
    assert numbers.number(value, "en", decimals) == english


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (690_000_000, f"€{SPACE}6,9{SPACE}mln", "€6.9m"),
        (1_234_500, f"€{SPACE}12.345", "€12,345"),
        (-371_300_000, f"€{SPACE}{MINUS}3,7{SPACE}mln", f"{MINUS}€3.7m"),
        (99_960_000, f"€{SPACE}1,0{SPACE}mln", "€1.0m"),
        (-20, f"€{SPACE}0", "€0"),
    ],
)
def test_amounts_are_in_euros_and_large_ones_in_millions(cents, dutch, english):
    assert numbers.figure(cents, "cents", "nl") == dutch
    assert numbers.figure(cents, "cents", "en") == english


def test_a_sentence_says_what_a_figure_counts():
    assert numbers.in_words(1, "days", "nl") == "1 dag"
    assert numbers.in_words(34, "days", "nl") == "34 dagen"
    assert numbers.in_words(61.24, "per_1000", "en") == "61.2 per 1,000 inhabitants"
    assert numbers.in_words(64, "percent", "nl") == "64,0%"


def test_an_axis_has_no_decimals_that_say_nothing():
    assert numbers.tick(10_000_000_000, "cents", "nl") == f"€{SPACE}100{SPACE}mln"
    assert numbers.tick(250_000_000, "cents", "nl") == f"€{SPACE}2,5{SPACE}mln"
    assert numbers.tick(50, "percent", "en") == "50%"
    assert numbers.tick(1.5, "ratio", "nl") == "1,50"


@pytest.mark.parametrize(
    ("period", "dutch", "english"),
    [
        ("2024", "in 2024", "in 2024"),
        ("2024-Q1", "in het 1e kwartaal van 2024", "in Q1 2024"),
        ("2024-03", "in maart 2024", "in March 2024"),
        ("2024-12-31", "op 31 december 2024", "on 31 December 2024"),
    ],
)
def test_periods_stand_in_a_sentence(period, dutch, english):
    assert numbers.when(period, "nl") == dutch
    assert numbers.when(period, "en") == english


def test_a_change_over_a_small_number_has_no_decimal():
    assert numbers.change(3.14, 5000, "nl") == "+3,1%"
    assert numbers.change(-3.14, 300, "nl") == f"{MINUS}3%"
