"""When a colleague leaves, every case goes somewhere, and the count closes."""

import pytest
from django.db import IntegrityError, transaction

from noaber.web.support import actions, queries
from noaber.web.support.models import CaseWorker, Handover

pytestmark = pytest.mark.django_db


def hand_over(team, to):
    return actions.hand_over(
        team.janna, to=to, because="andere baan", actor=team.liesbeth, on=team.on, by=team.by("liesbeth")
    )


def test_everything_goes_along_and_the_count_closes(team):
    first, second, third = (team.case(f"Gezin {number}") for number in range(3))
    escalation = team.escalated(first)
    told = {"due_on": team.on, "promised": True, "at": team.at(), "by": team.by()}
    actions.set_task(first, owner=team.janna, words="bellen", **told)
    actions.add_worker(second, person=team.ruud, on=team.ago(3), by=team.by())
    done = hand_over(team, {first.pk: team.ruud, second.pk: team.ruud, third.pk: None})
    assert (done.before, done.moved, done.stayed, done.tasks) == (3, 2, 1, 1)
    escalation.refresh_from_db()
    assert escalation.case_owner == team.ruud
    assert first.tasks.get().owner == team.ruud
    open_ = CaseWorker.objects.filter(ends_on__isnull=True, part="first")
    assert {item.case_id: item.person for item in open_} == {
        first.pk: team.ruud,
        second.pk: team.ruud,
        third.pk: team.janna,
    }


def test_who_forgets_a_case_hands_over_nothing(team):
    first, _second = team.case("Gezin 1"), team.case("Gezin 2")
    with pytest.raises(actions.HandoverError):
        hand_over(team, {first.pk: team.ruud})
    assert not Handover.objects.exists()
    assert CaseWorker.objects.filter(person=team.janna, ends_on__isnull=True).count() == 2


def test_the_database_refuses_a_count_that_does_not_close(team):
    told = {"person": team.janna, "by": team.liesbeth, "on": team.on, "because": "x", "tasks": 0}
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.create(before=3, moved=1, stayed=1, **told)


def test_only_who_leads_the_team_hands_over(team):
    case = team.case()
    address = f"/ondersteuning/teams/{team.noord.pk}/overdracht/{team.janna.key}/"
    given = {"because": "andere baan", f"case_{case.pk}": str(team.ruud.pk)}
    assert team.client("ruud").post(address, given).status_code == 403
    assert team.client("liesbeth").post(address, given).status_code == 302
    assert Handover.objects.get().moved == 1
    given[f"case_{case.pk}"] = str(team.marijke.pk)
    other = f"/ondersteuning/teams/{team.noord.pk}/overdracht/{team.ruud.key}/"
    assert team.client("liesbeth").post(other, given).status_code == 422


def test_the_load_is_seen_beside_that_of_the_fullest_colleague(team):
    for number in range(3):
        team.case(f"Gezin {number}", worker="janna" if number else "ruud")
    actions.keep_expertise(team.ruud, words=["schulden"], on=team.on, by=team.by())
    found = {item.person.name: item for item in queries.load(team.noord, team.on)}
    assert (found["Janna"].first, found["Janna"].share, found["Ruud"].share) == (2, 100, 50)
    assert found["Ruud"].expertises == ("schulden",)
    assert "Marijke" not in found
