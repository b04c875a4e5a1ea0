"""How Statistics Netherlands writes ages, titles and how firm a figure is."""

import pytest

from noaber.records import Status
from noaber.sources import cbs
from office import desk


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Totaal leeftijd", (0, None)),
        ("0 tot 5 jaar", (0, 4)),
        ("95 jaar of ouder", (95, None)),
        ("65 jaar en ouder", (65, None)),
        ("17 jaar", (17, 17)),
        ("jonger dan 20 jaar", (0, 19)),
        ("Eengezinswoning", None),
        ("2024", None),
    ],
)
def test_ages(title: str, expected: tuple[int, int | None] | None) -> None:
    assert cbs.ages(title) == expected


@pytest.mark.parametrize(
    ("said", "title", "expected"),
    [
        ("Definitief", "2022", Status.FINAL),
        ("Voorlopig", "2024", Status.PROVISIONAL),
        ("NaderVoorlopig", "2023", Status.REVISED),
        ("Nader voorlopig", "2023", Status.REVISED),
        ("", "2024*", Status.PROVISIONAL),
        ("", "2023**", Status.REVISED),
        ("", "2022", None),
    ],
)
def test_how_firm_a_period_is(said: str, title: str, expected: Status | None) -> None:
    assert cbs.status(said, title) == expected


def test_titles_are_the_same_however_they_are_spaced_and_accented() -> None:
    assert cbs.plain("Wmo-cliënten, per 1 000 inwoners") == "wmoclientenper1000inwoners"
    assert cbs.slug("Hulp bij het huishouden (HbH)") == "hulp_bij_het_huishouden_hbh"


@pytest.mark.parametrize("content", ["", "{}", "<html>", '{"table": 3}', "\xff"])
def test_a_file_that_is_no_table_of_cbs_is_an_error(tmp_path, content):
    with pytest.raises(cbs.CbsFileError):
        desk(tmp_path).take(cbs, "85984NED.json", content.encode("latin-1"))
