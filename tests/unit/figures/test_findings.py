"""The sentence above a figure: what it says in small cases, and what it refuses to say."""

from datetime import date

import pytest

from noaber.figures import Subject, View, findings
from noaber.records import Text
from noaber.results import Break
from protected import OPENED, safe, years

RESIDENTS = Subject("Het aantal inwoners met ondersteuning", "The number of residents with support")
AMOUNTS = Subject("De uitgaven", "Spending", plural=True)
BROKEN = Break(
    on=date(2025, 1, 1), kind="measured", comparable=False, text=Text("Anders geteld.", "Counted otherwise.")
)


def said(values, language="nl", subject=RESIDENTS, **changes):
    """The finding of a single line of figures, the last of 2025."""
    cells = years(values, first=2026 - len(values))
    return findings.trend(View(result=safe(cells, **changes), language=language), subject)


def test_a_rise_is_told_with_its_size_and_where_it_ends():
    assert said([5000, 5500]) == "Het aantal inwoners met ondersteuning steeg in 2025 met 10,0% tot 5.500."
    assert said([5000, 5500], "en") == "The number of residents with support rose in 2025 by 10.0% to 5,500."


def test_a_fall_is_told_without_a_second_minus():
    assert said([5000, 4500]) == "Het aantal inwoners met ondersteuning daalde in 2025 met 10,0% tot 4.500."


def test_small_moves_are_called_slight_and_the_smallest_none():
    assert "steeg in 2025 licht met 2,0%" in said([5000, 5100])
    assert said([5000, 5020]) == "Het aantal inwoners met ondersteuning bleef in 2025 vrijwel gelijk: 5.020 (+0,4%)."


def test_small_counts_get_no_percentage():
    assert said([35, 45]) == "Het aantal inwoners met ondersteuning steeg in 2025 van 35 naar 45."
    assert said([45, 45]) == "Het aantal inwoners met ondersteuning bleef in 2025 gelijk: 45."


def test_zero_is_a_number_to_come_from_and_to_go_to():
    assert said([0, 25]) == "Het aantal inwoners met ondersteuning steeg in 2025 van 0 naar 25."
    assert said([25, 0]) == "Het aantal inwoners met ondersteuning daalde in 2025 van 25 naar 0."


def test_one_period_is_not_compared():
    expected = "Het aantal inwoners met ondersteuning was 5.000 in 2025; een jaar eerder is er geen cijfer."
    assert said([5000]) == expected


def test_no_growth_over_an_incomparable_break():
    sentence = said([5000, 4000], breaks=(BROKEN,))
    assert sentence == (
        "Het aantal inwoners met ondersteuning was 4.000 in 2025; dat is niet te vergelijken met een jaar eerder."
    )
    comparable = Break(on=BROKEN.on, kind="real", comparable=True, text=BROKEN.text)
    assert "daalde" in said([5000, 4000], breaks=(comparable,))


def test_what_is_hidden_stays_hidden_with_its_reason():
    assert said([5000, "small"]) == (
        "Het aantal inwoners met ondersteuning is in 2025 verborgen: rust op te weinig inwoners."
    )
    assert said(["secondary", 5000]) == (
        "Het aantal inwoners met ondersteuning was 5.000 in 2025; een jaar eerder is niet te tonen."
    )
    assert said([5000, "empty"]).startswith("Er is in 2025 geen cijfer voor het aantal")


def test_what_may_still_change_is_called_provisional():
    assert said([5000, 5500], provisional_from="2025").endswith("tot 5.500 (voorlopig).")
    assert said([5000, 5500], "en", provisional_from="2025").endswith("to 5,500 (provisional).")


def test_a_plural_subject_has_a_plural_verb():
    amounts = {"indicator": "spending"}
    assert said([1e9, 1.1e9], subject=AMOUNTS, **amounts).startswith("De uitgaven stegen in 2025")
    assert said([1e9], subject=AMOUNTS, **amounts).startswith("De uitgaven waren")


def test_shares_move_in_percentage_points():
    share = Subject("Het deel", "The share")
    assert said([60.0, 63.0], subject=share, indicator="experience") == (
        "Het deel steeg in 2025 met 3,0 procentpunt tot 63,0%."
    )


def test_what_nobody_counted_yet_is_called_expected():
    cells = [("2017", "observed", 5000), ("2018", "expected", 5500), ("2017", "expected", 9000)]
    result = safe(cells, ("kind",), indicator="indications_by_care_form")
    view = View(result=result, fixed={"kind": "observed"}, otherwise={"kind": "expected"})
    assert findings.trend(view, RESIDENTS).endswith("stijgt in 2018 met 10,0% tot 5.500 (verwacht).")


def test_years_after_that_of_the_sheet_are_expected():
    result = safe(years([-1e8, -2e8], first=2018), indicator="funding_gap")
    assert findings.trend(View(result=result, counted_until="2018"), RESIDENTS).endswith("(verwacht).")
    assert not findings.trend(View(result=result, counted_until="2019"), RESIDENTS).endswith("(verwacht).")


def test_negative_amounts_get_no_percentage():
    balance = Subject("Het saldo", "The balance")
    sentence = said([-1e8, -2e8], subject=balance, indicator="funding_gap")
    assert sentence.replace("\N{NO-BREAK SPACE}", " ") == "Het saldo daalde in 2025 van € −1,0 mln naar € −2,0 mln."


def test_the_part_that_moved_most_is_named():
    cells = [("2024", "_T", 5000), ("2025", "_T", 5500), ("2024", "wmo", 3000), ("2025", "wmo", 3600)]
    cells += [("2024", "jeugdwet", 2000), ("2025", "jeugdwet", 1900)]
    view = View(result=safe(cells, ("law",)), along="law")
    assert findings.trend(view, RESIDENTS).endswith("tot 5.500, het sterkst bij de Wmo (+20,0%).")


def test_a_part_that_goes_against_the_whole_is_named_as_such():
    cells = [("2024", "_T", 5000), ("2025", "_T", 5500), ("2024", "wmo", 4000), ("2025", "wmo", 4100)]
    cells += [("2024", "jeugdwet", 1000), ("2025", "jeugdwet", 800)]
    view = View(result=safe(cells, ("law",)), along="law")
    assert findings.trend(view, RESIDENTS).endswith(", maar daalde bij de Jeugdwet (−20,0%).")


def test_a_part_that_is_hardly_there_is_not_what_moved_most():
    cells = [("2024", "_T", 50_000), ("2025", "_T", 55_000), ("2024", "wmo", 49_000), ("2025", "wmo", 53_000)]
    cells += [("2024", "jeugdwet", 1000), ("2025", "jeugdwet", 2000)]
    view = View(result=safe(cells, ("law",)), along="law")
    assert "bij de Wmo (+8,2%)" in findings.trend(view, RESIDENTS)


def test_a_part_of_a_plural_subject_has_a_plural_verb_too():
    cells = [("2024", "_T", 5e9), ("2025", "_T", 5.5e9), ("2024", "wmo", 4e9), ("2025", "wmo", 3.5e9)]
    view = View(result=safe(cells, ("law",), indicator="spending"), along="law")
    assert findings.trend(view, AMOUNTS).endswith(", maar daalden bij de Wmo (−12,5%).")


def test_a_total_that_is_broken_is_not_followed_by_its_parts():
    cells = [
        ("2024", "_T", 5000),
        ("2025", "_T", 4000),
        ("2024", "participatiewet", 1500),
        ("2025", "participatiewet", 1600),
    ]
    view = View(result=safe(cells, ("law",), breaks=(OPENED,)), along="law")
    assert findings.trend(view, RESIDENTS).endswith("dat is niet te vergelijken met een jaar eerder.")


def test_highest_and_lowest_leave_out_what_is_hidden_and_unknown():
    cells = [("2025", code, value) for code, value in [("a", 30), ("b", 12), ("c", "small"), ("_U", 90), ("_T", 140)]]
    view = View(result=safe(cells, ("district",)), along="district")
    assert findings.highest(view, RESIDENTS, view.rows()).endswith("het hoogst in a (30) en het laagst in b (12).")


def test_all_the_same_is_said_as_such():
    view = View(result=safe([("2025", "a", 30), ("2025", "b", 30)], ("district",)), along="district")
    assert findings.highest(view, RESIDENTS, view.rows()).endswith("overal gelijk: 30.")


def test_spread_counts_districts_above_the_whole():
    cells = [("2025", "a", 30), ("2025", "b", 12), ("2025", "c", 11), ("2025", "_T", 20)]
    view = View(result=safe(cells, ("district",)), along="district")
    *rows, total = (*(row for row in view.rows() if row.code != "_T"), view.rows()[0])
    assert "in 1 van de 3 wijken boven dat van de hele gemeente (20)" in findings.spread(view, RESIDENTS, rows, total)


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (110, ": € 10 meer dan de begroting"),
        (90, ": € 10 minder dan de begroting"),
        (100, ", evenveel als de begroting"),
        (None, "; de begroting: geen cijfer"),
    ],
)
def test_against_says_more_less_the_same_or_nothing_to_compare(spent, words):
    cells = [("2025", "realised", 100.0 * (spent or 100))] + ([("2025", "revised", 10_000.0)] if spent else [])
    view = View(result=safe(cells, ("version",), indicator="budget_realisation"), fixed={"version": "realised"})
    row = view.rows(beside=("version", "revised"))[0]
    sentence = findings.against(view, AMOUNTS, row, Text("de begroting", "the budget"))
    assert words in sentence.replace("\N{NO-BREAK SPACE}", " ")


def test_layers_are_told_from_wide_to_narrow_and_never_added():
    cells = [("2025", layer, value) for layer, value in [("indicated_support", 300), ("social_basis", 900)]]
    view = View(result=safe(cells, ("layer",), indicator="pyramid"), along="layer")
    assert findings.layers(view) == (
        "In 2025 bereikte de sociale basis naar schatting 900 inwoners en geïndiceerde ondersteuning 300; "
        "basisondersteuning is niet geteld."
    )


def test_layers_that_are_hidden_are_told_apart_from_those_not_counted():
    cells = [("2025", layer, value) for layer, value in [("basic_support", "small"), ("social_basis", 900)]]
    view = View(result=safe(cells, ("layer",), indicator="pyramid"), along="layer", language="en")
    assert findings.layers(view) == (
        "In 2025 the social basis reached an estimated 900 residents; indicated support was not counted; "
        "basic support was not to be shown."
    )


def test_layers_that_break_all_say_so_once():
    cells = [(year, layer, 900) for year in ("2024", "2025") for layer in ("basic_support", "social_basis")]
    view = View(result=safe(cells, ("layer",), indicator="pyramid", breaks=(BROKEN,)), along="layer")
    assert findings.layers(view).count("niet te vergelijken") == 1


def test_prices_are_told_as_paid_and_as_corrected():
    cells = [
        ("2024", "nominal", 1e9),
        ("2025", "nominal", 1.1e9),
        ("2024", "contract", 1.05e9),
        ("2025", "contract", 1.1e9),
    ]
    view = View(result=safe(cells, ("price",), indicator="spending_real"), along="price")
    told = findings.prices(view, AMOUNTS).replace("\N{NO-BREAK SPACE}", " ")
    assert told == "De uitgaven stegen in 2025 met 10,0% tot € 11,0 mln; gecorrigeerd voor prijzen is dat +4,8%."


def test_among_parts_the_largest_move_counts_and_not_the_largest_percentage():
    cells = [("2024", "00-17", 15_000), ("2025", "00-17", 15_900), ("2024", "95+", 300), ("2025", "95+", 360)]
    view = View(result=safe(cells, ("age",), indicator="population_by_age"), along="age")
    assert "het sterkst bij 0 tot en met 17 jaar" in findings.trend(view, RESIDENTS)


def test_among_many_kinds_the_two_largest_are_the_finding():
    cells = [("2025", f"form {number}", 100.0 * number) for number in range(1, 10)]
    view = View(result=safe(cells, ("care_form",)), along="care_form")
    assert findings.highest(view, RESIDENTS, view.rows()).endswith(
        "het hoogst bij form 9 (900) en daarna bij form 8 (800)."
    )


def test_classes_are_shares_of_their_sum_and_of_the_total_when_one_is_hidden():
    cells = [("2025", "01_up_to_60", 30), ("2025", "02_61_to_120", 10), ("2025", "_T", 100)]
    result = {"dimensions": ("intensity",), "indicator": "intensity_individual"}
    open_ = View(result=safe(cells, **result), along="intensity")
    assert findings.shares(open_, "2025") == {"01_up_to_60": 0.75, "02_61_to_120": 0.25}
    hidden = View(result=safe([*cells, ("2025", "03_121_to_240", "small")], **result), along="intensity")
    assert findings.shares(hidden, "2025") == {"01_up_to_60": 0.3, "02_61_to_120": 0.1}
