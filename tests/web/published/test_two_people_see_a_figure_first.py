"""A figure becomes public when a second person approved exactly what was taken in; drafts are nobody else's."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.web.journal.models import Entry
from noaber.web.published import actions, folder, shelf
from noaber.web.published.models import Version
from shelves import approve_all, take_in

pytestmark = pytest.mark.django_db
DESK = "/cijfers/concepten/"


def entries(event):
    return Entry.objects.filter(event=event).count()


def test_the_analyst_takes_in_and_the_controller_approves(house, cast):
    analyst, controller, public = cast.client("berend"), cast.client("carolien"), Client()
    assert analyst.post(f"{DESK}klaarzetten/").status_code == 302
    drafts = list(Version.objects.waiting())
    assert len(drafts) > 20
    assert public.get("/cijfers/cijfer/waiting/").status_code == 404
    answer = controller.post(f"{DESK}goedkeuren/", {"drafts": [item.content_hash for item in drafts]})
    assert answer.status_code == 302
    assert public.get("/cijfers/cijfer/waiting/").status_code == 200
    assert (entries("figures_taken"), entries("figures_approved")) == (1, 1)


def test_taking_in_twice_takes_in_once(house, cast):
    first = take_in(house, cast)
    assert first
    assert take_in(house, cast) == []
    assert entries("figures_taken") == 1


def test_nobody_approves_their_own_work_and_the_database_says_so_too(house, cast):
    draft = take_in(house, cast)[0]
    with pytest.raises(DatabaseError, match="version_four_eyes"), transaction.atomic():
        actions.approve([draft.content_hash], approver=cast.berend, at=timezone.now(), by=somebody())
    assert not Version.objects.shown().exists()


def test_the_page_refuses_own_work_in_words(house, cast):
    """Carolien may approve, and once took something in herself."""
    arrivals = folder.post(house.town).arrivals
    draft = actions.take(arrivals[:1], taker=cast.carolien, at=timezone.now(), by=somebody())[0]
    client = cast.client("carolien")
    answer = client.post(f"{DESK}goedkeuren/", {"drafts": [draft.content_hash]})
    assert answer.status_code == 422
    assert "u zette het zelf klaar" in answer.content.decode()
    assert client.post(f"{DESK}{draft.short}/afwijzen/", {"reason": "x"}).status_code == 422


def test_a_second_click_decides_nothing_and_writes_nothing(house, cast):
    take_in(house, cast)
    client = cast.client("carolien")
    chosen = {"drafts": list(Version.objects.values_list("content_hash", flat=True))}
    first, second = (client.post(f"{DESK}goedkeuren/", chosen) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert entries("figures_approved") == 1


def test_what_was_rejected_is_not_approved_by_a_late_click(house, cast):
    draft = take_in(house, cast)[0]
    client = cast.client("carolien")
    assert client.post(f"{DESK}{draft.short}/afwijzen/", {"reason": "De breuk ontbreekt."}).status_code == 302
    assert client.post(f"{DESK}goedkeuren/", {"drafts": [draft.content_hash]}).status_code == 422
    draft.refresh_from_db()
    assert (draft.decision, draft.rejection) == ("rejected", "De breuk ontbreekt.")
    assert "De breuk ontbreekt." in cast.client("berend").get(f"{DESK}{draft.short}/").content.decode()


def test_a_rejection_needs_a_reason(house, cast):
    draft = take_in(house, cast)[0]
    answer = cast.client("carolien").post(f"{DESK}{draft.short}/afwijzen/", {"reason": " "})
    assert answer.status_code == 422
    with pytest.raises(DatabaseError, match="version_rejected_with_reason"), transaction.atomic():
        actions.reject(draft.content_hash, reason="", rejecter=cast.carolien, at=timezone.now(), by=somebody())


def test_an_approval_is_of_one_content(house, cast):
    """The database refuses an approval of other content than the version holds."""
    draft = take_in(house, cast)[0]
    approve_all(cast)
    with pytest.raises(DatabaseError, match="version_approved_as_read"), transaction.atomic():
        Version.objects.filter(pk=draft.pk).update(decided_hash="0" * 64)


def test_content_that_was_altered_afterwards_is_not_shown(shown):
    version = Version.objects.get(indicator="waiting")
    altered = version.content.replace('"value"', '"value" ', 1)
    assert altered != version.content
    Version.objects.filter(pk=version.pk).update(content=altered)
    shelf._result.cache_clear()
    assert Client().get("/cijfers/cijfer/waiting/").status_code == 200
    assert "waiting" not in shelf.current()
    assert Client().get(f"/cijfers/bestand/{version.short}/alles.csv").status_code == 404


def test_a_file_that_was_changed_after_it_was_written_is_not_taken_in(house, cast):
    file = next(house.town.published.glob("waiting.*.json"))
    file.write_bytes(file.read_bytes() + b" ")
    post = folder.post(house.town)
    assert post.damaged == (file.name,)
    assert file.name in cast.client("berend").get(DESK).content.decode()
    assert "waiting" not in {item.indicator for item in take_in(house, cast)}


@pytest.mark.parametrize("name", ["", "aaltje", "derk", "fenna", "hilda"])
def test_drafts_are_invisible_to_everyone_else(house, cast, name):
    draft = take_in(house, cast)[0]
    client = cast.client(name) if name else Client()
    for address in (DESK, f"{DESK}{draft.short}/"):
        assert client.get(address).status_code in {302, 403}
    for address in (
        f"/cijfers/bestand/{draft.short}/alles.csv",
        f"/cijfers/cijfer/{draft.indicator}/",
        f"/cijfers/cijfer/{draft.indicator}/{draft.short}/",
    ):
        assert client.get(address).status_code == 404, address
    for address in ("/cijfers/", "/raad/", "/raad/zoeken/?q=de"):
        assert draft.title_nl not in client.get(address).content.decode()


def test_the_desk_says_what_a_draft_would_change(shown, cast):
    shown.revise("waiting", date(2026, 12, 15))
    draft = take_in(shown, cast)[0]
    page = cast.client("carolien").get(f"{DESK}{draft.short}/").content.decode()
    cells = Version.objects.get(pk=draft.pk)
    changed = shelf.result_of(cells).cells["value"].is_not_null().sum()
    assert f"{changed} cellen veranderd, 0 erbij, 0 weg" in page
