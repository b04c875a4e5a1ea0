"""The council's home: what stands out, what was promised, what is next, and a search that obeys the same rule."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from noaber.web.council.models import Moment
from noaber.web.council.search import search
from noaber.web.journal.models import Entry
from noaber.web.published.models import Version
from shelves import take_in

pytestmark = pytest.mark.django_db


def home(client=None, address="/raad/"):
    return (client or Client()).get(address).content.decode()


def test_everyone_sees_the_pyramid_three_findings_and_what_was_promised(shown):
    page = home()
    assert "In 2025 bereikte" in page
    assert page.count('class="finding-small"') == 3
    assert "afgesproken" in page
    assert "zodra daar cijfers over zijn gepubliceerd" not in page
    assert "/cijfers/andere-gemeenten/" in page


def test_the_search_finds_figures_definitions_documents_districts_and_questions(shown):
    kinds = {
        "wachttijd": "figure",
        "toewijzing": "definition",
        "factsheet": "document",
        "hooge esch": "district",
    }
    for words, kind in kinds.items():
        assert kind in {hit.kind for hit in search(words)}, words


def test_the_search_ignores_capitals_and_accents_and_puts_titles_first(shown):
    assert search("CLIENT") == search("cliënt") != []
    first = search("huishoudens")[0]
    assert "huishoudens" in first.title.lower()


@pytest.mark.parametrize("nothing", ["", "  ", "_", "zzzz"])
def test_the_search_finds_nothing_for_nothing(shown, nothing):
    assert search(nothing) == []


def test_the_search_finds_no_draft_and_nothing_withdrawn(house, cast):
    take_in(house, cast)
    assert [hit for hit in search("wachten") if hit.kind != "district"] == []
    assert "Niets gevonden" in home(cast.client("berend"), "/raad/zoeken/?q=wachten")


def test_what_is_asked_stands_in_the_page_as_text(shown):
    page = home(address="/raad/zoeken/?q=%22%3E%3Cscript%3Ealert")
    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;alert" in page


def plan(client, days=7, title="Trendrapportage", **more):
    on = timezone.localdate() + timedelta(days=days)
    return client.post("/raad/momenten/plannen/", {"on": on.isoformat(), "kind": "report", "title": title} | more)


def test_the_analyst_keeps_the_moments_and_everyone_reads_them(shown, cast):
    client = cast.client("berend")
    assert plan(client).status_code == 302
    assert "Trendrapportage" in home()
    moment = Moment.objects.get()
    assert client.post(f"/raad/momenten/{moment.pk}/weghalen/").status_code == 302
    assert "Er is nu niets gepland" in home()
    assert client.post(f"/raad/momenten/{moment.pk}/weghalen/").status_code == 302
    assert [item.event for item in Entry.objects.all()[:2]] == ["moment_dropped", "moment_planned"]


def test_a_moment_that_was_is_no_longer_next(shown, cast):
    plan(cast.client("berend"), days=-2)
    assert "Er is nu niets gepland" in home()
    assert "Trendrapportage" in home(address="/raad/momenten/")


def test_the_same_moment_twice_is_refused_in_words(shown, cast):
    client = cast.client("berend")
    plan(client)
    answer = plan(client)
    assert answer.status_code == 422
    assert "staat op deze dag al in de planning" in answer.content.decode()


@pytest.mark.parametrize("name", ["aaltje", "carolien", "derk", "hilda"])
def test_others_do_not_keep_the_moments(shown, cast, name):
    assert plan(cast.client(name)).status_code == 403


def test_the_home_of_who_works_here_says_what_waits(house, cast):
    take_in(house, cast)
    count = Version.objects.waiting().count()
    assert f'<span class="count">{count}</span>' in home(cast.client("carolien"), "/cijfers/")
    assert 'class="count"' not in home(cast.client("aaltje"), "/cijfers/")
