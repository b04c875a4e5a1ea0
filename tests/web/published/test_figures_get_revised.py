"""A later version takes the place of an earlier one, which stays readable; a withdrawn one leaves its reason."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.web.journal.models import Entry
from noaber.web.published import actions, shelf
from noaber.web.published.models import Version
from shelves import approve_all, take_in

pytestmark = pytest.mark.django_db
PAGE = "/cijfers/cijfer/waiting/"


@pytest.fixture
def revised(shown, cast):
    """The waiting times, known on two days."""
    shown.revise("waiting", date(2026, 12, 15))
    take_in(shown, cast)
    approve_all(cast)
    later, earlier = Version.objects.filter(indicator="waiting").order_by("-known_on")
    return earlier, later


def text(address, client=None):
    answer = (client or Client()).get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_later_version_counts_and_the_earlier_stays_readable(revised):
    earlier, later = revised
    assert shelf.current()["waiting"] == later
    page = text(PAGE)
    assert "15 december 2026" in page
    assert earlier.short in page
    old = text(f"{PAGE}{earlier.short}/")
    assert "Dit is een oudere versie, zoals bekend op 24 november 2026" in old
    assert "<svg" in old


def test_a_withdrawn_version_says_why_and_the_earlier_counts_again(revised, cast):
    earlier, later = revised
    answer = cast.client("carolien").post(f"/cijfers/intrekken/{later.short}/", {"reason": "Dubbel geteld."})
    assert answer.status_code == 302
    assert shelf.current()["waiting"] == earlier
    assert "Dubbel geteld." in text(PAGE)
    gone = text(f"{PAGE}{later.short}/")
    assert "Dubbel geteld." in gone
    assert "<table" in gone
    assert 'class="chart"' not in gone
    assert Client().get(f"/cijfers/bestand/{later.short}/alles.csv").status_code == 404
    assert Entry.objects.filter(event="figure_withdrawn").count() == 1


def test_when_all_is_withdrawn_the_page_still_says_why(shown, cast):
    version = Version.objects.get(indicator="waiting")
    for _ in range(2):
        actions.withdraw(
            version.content_hash, reason="Onjuist.", withdrawer=cast.carolien, at=timezone.now(), by=somebody()
        )
    page = text(PAGE)
    assert "Onjuist." in page
    assert 'class="chart"' not in page
    assert Client().get("/cijfers/thema/wachten/").status_code == 200, "how long support lasts is still there"
    assert Entry.objects.filter(event="figure_withdrawn").count() == 1


def test_withdrawing_takes_a_permission_and_a_reason(shown, cast):
    version = Version.objects.get(indicator="waiting")
    address = f"/cijfers/intrekken/{version.short}/"
    assert cast.client("berend").post(address, {"reason": "x"}).status_code == 403
    assert cast.client("carolien").post(address, {"reason": ""}).status_code == 422
    with pytest.raises(DatabaseError, match="version_withdrawn_with_reason"), transaction.atomic():
        actions.withdraw(version.content_hash, reason="", withdrawer=cast.carolien, at=timezone.now(), by=somebody())
