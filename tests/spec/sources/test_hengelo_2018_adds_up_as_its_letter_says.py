"""The figures of a real council letter come in as printed: its totals hold, and where they do not, it is said."""

import polars as pl
import pytest

from hengelo import take_in, together
from noaber.records import Batch


@pytest.fixture(scope="module")
def batches(tmp_path_factory: pytest.TempPathFactory) -> list[Batch]:
    return list(take_in(tmp_path_factory.mktemp("hengelo") / "town"))


def test_nothing_is_refused(batches: list[Batch]) -> None:
    assert [batch.receipt.refusals for batch in batches] == [()] * len(batches)


@pytest.mark.parametrize(("law", "euros"), [("jeugdwet", 23_080_007), ("wmo", 15_468_594)])
def test_the_budgets_per_care_form_add_up_to_care_in_kind(batches: list[Batch], law: str, euros: int) -> None:
    stated = together(batches, "indication_table").filter(pl.col("law") == law)
    assert stated["budget_cents"].sum() == euros * 100


@pytest.mark.parametrize(("law", "euros"), [("jeugdwet", 26_342_668), ("wmo", 28_960_426)])
def test_the_budget_lines_add_up_to_the_budget_of_the_law(batches: list[Batch], law: str, euros: int) -> None:
    assert together(batches, "budget").filter(pl.col("law") == law)["amount_cents"].sum() == euros * 100


@pytest.mark.parametrize(("year", "persons"), [(2014, 18_864), (2015, 18_624), (2016, 18_453), (2017, 18_237)])
def test_the_age_bands_add_up_to_the_young_people(batches: list[Batch], year: int, persons: int) -> None:
    counted = together(batches, "population").filter(
        (pl.col("on").dt.year() == year) & (pl.col("kind") == "observed") & (pl.col("age_until") < 20)
    )
    bands = counted.filter(pl.col("age_until") - pl.col("age_from") == 4)["persons"].sum()
    assert bands == counted.filter(pl.col("age_until") == 19, pl.col("age_from") == 0)["persons"].item() == persons


def test_every_balance_is_income_minus_expense_but_the_two_that_are_not(batches: list[Batch]) -> None:
    assert said(batches, "balance") == [
        "Saldo 2019 (wmo): vermeld is -3.713.000 euro, inkomsten min uitgaven is -3.712.000; het verschil is -1.000.",
        "Saldo 2022 (wmo): vermeld is -3.528.000 euro, inkomsten min uitgaven is -3.529.000; het verschil is 1.000.",
    ]


def test_a_balance_that_does_not_add_up_stays_as_it_was_printed(batches: list[Batch]) -> None:
    printed = together(batches, "funding").filter(
        pl.col("law") == "wmo", pl.col("kind") == "balance", pl.col("year").is_in([2019, 2022])
    )
    assert printed.sort("year")["amount_cents"].to_list() == [-371_300_000, -352_800_000]


def test_the_printed_growth_of_youth_care_is_held_to_the_figures(batches: list[Batch]) -> None:
    assert said(batches, "growth") == [
        "'Groei volgens de brief': vermeld is +60,0 procent, de cijfers van 2014 en 2017 geven +64,5 procent.",
        "'Groei volgens paragraaf 3.3': vermeld is +60,0 procent, de cijfers van 2014 en 2017 geven +64,5 procent.",
        "'Groei volgens paragraaf 3.3': vermeld is +50,0 procent, de cijfers van 2014 en 2017 geven +100,8 procent.",
    ]


def test_names_that_were_inferred_are_said_to_be(batches: list[Batch]) -> None:
    assert [text.split(":")[0] for text in said(batches, "note")] == ["25 keer", "9 keer"]


def said(batches: list[Batch], code: str) -> list[str]:
    return [remark.text for batch in batches for remark in batch.receipt.remarks if remark.code == code]
