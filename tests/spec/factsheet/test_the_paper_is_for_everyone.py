"""On paper: two pages and then the tables, for who sees, who listens, and who keeps archives."""

import re

import page
import pytest
import typst

from noaber.figures import factsheet, theme
from protected import TOWN, documents_only, whole_town

MISCOUNTED = "PDFA2A-STREAM-LENGTH-001"
SHEETS = {"everything": (whole_town(), 2025), "documents": (documents_only(), 2018)}


@pytest.fixture(scope="module", params=[(name, language) for name in SHEETS for language in ("nl", "en")], ids=str)
def paper(request):
    name, language = request.param
    results, year = SHEETS[name]
    return factsheet.pdf(factsheet.compose(results, town=TOWN, year=year), language)


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
def test_it_conforms_to_the_standards_for_access_and_for_archives(paper, profile):
    failures = page.validate_pdf_bytes(paper, profile=profile).failures
    # The validator takes a last byte 13 of compressed data for the end of a line, and then miscounts; so we count.
    counted = [failure for failure in failures if failure.rule_id != MISCOUNTED]
    assert not [(failure.rule_id, failure.message) for failure in counted]
    assert streams_are_as_long_as_they_say(paper)


def streams_are_as_long_as_they_say(paper):
    found = list(re.finditer(rb"<<(?:(?!>>\s*stream).)*?/Length (\d+).*?>>\s*stream\r?\n", paper, re.DOTALL))
    ends = [found_.end() + int(found_[1]) for found_ in found]
    return len(found) > 5 and all(paper[end : end + 11].strip().startswith(b"endstream") for end in ends)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", list(SHEETS))
def test_the_sheet_itself_is_two_pages_at_most(name, language):
    results, year = SHEETS[name]
    given = factsheet.for_paper(factsheet.compose(results, town=TOWN, year=year), language)
    source = theme.look("factsheet.typ").encode()
    last = typst.query(source, "<last-page>", field="value", one=True, sys_inputs=given)
    assert int(last) <= 2


def test_the_same_sheet_gives_the_same_bytes():
    sheet = factsheet.compose(documents_only(), town=TOWN, year=2018)
    assert factsheet.pdf(sheet, "nl") == factsheet.pdf(sheet, "nl")
