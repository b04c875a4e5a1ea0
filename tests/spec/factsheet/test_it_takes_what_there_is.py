"""A fact sheet shows what was published for its year, and says in words what is missing."""

import pytest

from noaber.figures import FigureError, factsheet
from protected import TOWN, documents_only, whole_town


def content(results, year=2025, language="nl"):
    return factsheet.content(factsheet.compose(results, town=TOWN, year=year), language)


def test_a_town_with_everything_misses_nothing():
    found = content(whole_town())
    assert found.missing == ()
    assert found.pyramid is not None
    assert [theme.key for theme in found.themes] == ["use", "intensity", "spending", "access"]


def test_a_town_with_documents_only_still_has_a_sheet():
    found = content(documents_only(), 2018)
    assert found.pyramid is None
    assert [theme.key for theme in found.themes] == ["use", "spending"]
    assert "wachttijd" in found.missing
    assert "de piramide van de drie lagen" in found.missing


def test_a_document_stands_in_only_where_records_are_missing():
    both = content({**whole_town(), **documents_only()}, 2018 + 7)
    assert "budget-by-care-form" not in " ".join(figure.name for theme in both.themes for figure in theme.figures)


def test_there_are_three_findings_about_different_things():
    for results, year in ((whole_town(), 2025), (documents_only(), 2018)):
        found = content(results, year)
        assert len(found.findings) == 3
        names = {figure.name for figure in found.figures}
        assert {finding.target for finding in found.findings} <= names


def test_what_can_be_compared_with_a_year_earlier_goes_first():
    first = content(whole_town()).findings[0]
    assert "niet te vergelijken" not in first.title


def test_later_years_stay_out():
    figures = content(whole_town(), 2024).figures
    assert not [figure.name for figure in figures if "2025" in figure.title]


def test_plans_for_later_years_stay_in():
    balance = next(figure for figure in content(documents_only(), 2018).figures if "funding" in figure.name)
    assert "2022" in balance.title


def test_nothing_to_show_is_refused():
    with pytest.raises(FigureError, match="nothing to put on a fact sheet of 1990"):
        factsheet.compose(whole_town(), town=TOWN, year=1990)
    with pytest.raises(FigureError):
        factsheet.compose({}, town=TOWN, year=2025)
