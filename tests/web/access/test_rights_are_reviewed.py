"""Every year another person looks whether a role is still needed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cast import somebody
from noaber.web.access import actions, queries
from noaber.web.access.models import Assignment
from noaber.web.access.rights import rights_of
from noaber.web.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def old(cast):
    """The role of Berend, given thirteen months ago."""
    role = cast.berend.assignments.get()
    Assignment.objects.filter(pk=role.pk).update(begins_on=timezone.localdate() - timedelta(days=400))
    return Assignment.objects.get(pk=role.pk)


def due(cast, name="fenna"):
    today = timezone.localdate()
    return set(queries.to_review(rights_of(cast.people[name], today), cast.people[name], today))


def test_only_what_nobody_looked_at_for_a_year_is_due(cast, old):
    assert due(cast) == {old}


def test_a_confirmed_role_is_not_due_for_another_year(cast, old):
    page = cast.client("fenna")
    assert "Berend" in page.get("/toegang/nalopen/").content.decode()
    page.post(f"/toegang/nalopen/{old.pk}/", {"uitkomst": "nodig"})
    old.refresh_from_db()
    assert (old.reviewed_by, old.reviewed_on) == (cast.fenna, timezone.localdate())
    assert not due(cast)
    assert Entry.objects.first().event == "role_confirmed"


def test_a_role_that_is_not_needed_ends(cast, old):
    cast.client("fenna").post(f"/toegang/nalopen/{old.pk}/", {"uitkomst": "beeindigen"})
    old.refresh_from_db()
    assert old.ends_on == timezone.localdate()


def test_what_is_not_due_cannot_be_reviewed(cast):
    role = cast.berend.assignments.get()
    assert cast.client("fenna").post(f"/toegang/nalopen/{role.pk}/", {"uitkomst": "nodig"}).status_code == 404


def test_nobody_reviews_their_own_role_not_even_past_the_page(cast):
    role = cast.fenna.assignments.get()
    Assignment.objects.filter(pk=role.pk).update(begins_on=timezone.localdate() - timedelta(days=400))
    assert role not in due(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.confirm_role(role, reviewer=cast.fenna, on=timezone.localdate(), by=somebody())
