"""The page is one file: style inside, no script, no request, and a policy that allows neither."""

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from noaber.figures import factsheet
from protected import TOWN, whole_town


@pytest.fixture(scope="module", params=["nl", "en"])
def page(request):
    return factsheet.html(factsheet.compose(whole_town(), town=TOWN, year=2025), request.param)


class Outline(HTMLParser):
    """The levels of the headings, the ids, the addresses and the attributes of a page."""

    def __init__(self, page):
        super().__init__()
        self.levels, self.ids, self.links, self.styles, self.language = [], [], [], 0, ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        self.styles += "style" in found
        self.language = found.get("lang", self.language) if tag == "html" else self.language


def test_it_has_no_script_and_asks_for_nothing(page):
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!#|data:text/csv)', page)
    assert "default-src 'none'" in unescape(page)


def test_its_policy_allows_its_own_style_and_no_other(page):
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"sha256-{digest}" in page
    assert page.count("<style>") == 1
    assert Outline(page).styles == 0


def test_headings_go_down_one_level_at_a_time(page):
    levels = Outline(page).levels
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_every_link_within_the_page_arrives(page):
    outline = Outline(page)
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links if link.startswith("#")} <= set(outline.ids)


def test_it_says_its_language_and_its_source(page):
    assert Outline(page).language in {"nl", "en"}
    assert "24 november 2026" in page or "24 November 2026" in page
    assert "verzonnen" in page or "made up" in page


def test_every_download_holds_its_figures(page):
    links = re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', page)
    assert len(links) > 20
    for link in links:
        assert base64.b64decode(link).decode("utf-8-sig").startswith("indicator,period,")


def test_words_from_data_are_escaped():
    town = TOWN.__class__(**{name: getattr(TOWN, name) for name in TOWN.__struct_fields__} | {"name": "<b>Dorp"})
    page = factsheet.html(factsheet.compose(whole_town(), town=town, year=2025), "nl")
    assert "<b>Dorp" not in page
    assert "&lt;b&gt;Dorp" in page
