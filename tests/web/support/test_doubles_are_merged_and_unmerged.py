"""Households and people that stand twice: found, merged by a pointer, counted once, and taken apart again."""

import pytest

from noaber.web.support.counts import counts
from noaber.web.support.duplicates import households, people
from noaber.web.support.models import Case, Member

pytestmark = pytest.mark.django_db
ROOM = "/ondersteuning/dubbel/"


def twice(team):
    """Two cases of one family, of which the telephone number is the same."""
    first = team.case("Familie Wolters", reach="06 11 22 33 44", days=20)
    second = team.case("Fam. Wolters", reach="0611223344")
    return first, second


def test_a_pair_is_found_by_name_and_number_and_the_oldest_stays(team):
    first, second = twice(team)
    team.case("Meneer Asbroek", reach="0611223344")
    (pair,) = households(team.viewer("janna"))
    assert (pair.into, pair.twin, pair.why) == (first, second, "telefoonnummer")
    assert households(team.viewer("marijke")) == []


def test_a_restricted_case_is_never_paired_with_an_open_one(team):
    first, _ = twice(team)
    Case.objects.filter(pk=first.pk).update(restricted=True)
    assert households(team.viewer("janna")) == []


def test_merging_points_shows_both_stories_and_can_be_undone(team):
    first, second = twice(team)
    client = team.client("janna")
    before = list(Member.objects.values())
    page = client.post(f"{ROOM}dossiers/{second.key}/{first.key}/", follow=True).content.decode()
    assert "Ook van dit huishouden" in page
    assert "Fam. Wolters" in page
    assert client.get(f"/ondersteuning/dossiers/{second.key}/")["Location"].endswith(f"{first.key}/")
    assert "Fam. Wolters" not in client.get("/ondersteuning/dossiers/?welke=team").content.decode()
    assert list(Member.objects.values()) == before, "nothing moved"
    assert households(team.viewer("janna")) == []
    client.post(f"{ROOM}dossiers/{second.key}/losmaken/")
    second.refresh_from_db()
    assert second.merged_into is None
    assert client.get(f"/ondersteuning/dossiers/{second.key}/").status_code == 200


def test_who_may_not_know_a_case_cannot_merge_it(team):
    first, second = twice(team)
    assert team.client("marijke").post(f"{ROOM}dossiers/{second.key}/{first.key}/").status_code == 404
    assert team.client("nelis").post(f"{ROOM}dossiers/{second.key}/{first.key}/").status_code == 403
    other = team.case("Fam. Wolters", team=team.zuid, worker="marijke", reach="0611223344")
    assert team.client("janna").post(f"{ROOM}dossiers/{other.key}/{first.key}/").status_code == 404


def test_a_household_and_its_people_count_once(team):
    first, second = twice(team)
    month = team.on.replace(day=1)
    assert [(row.persons, row.households) for row in counts(month)] == [(2, 2)]
    client = team.client("janna")
    client.post(f"{ROOM}dossiers/{second.key}/{first.key}/")
    assert [(row.persons, row.households) for row in counts(month)] == [(2, 1)]
    (one, other) = Member.objects.order_by("pk")
    client.post(f"{ROOM}mensen/{other.pk}/{one.pk}/")
    assert [(row.persons, row.households) for row in counts(month)] == [(1, 1)]
    client.post(f"{ROOM}mensen/{other.pk}/losmaken/")
    assert [(row.persons, row.households) for row in counts(month)] == [(2, 1)]


def test_a_child_of_two_households_is_one_child(team):
    mother, father = team.case("Sanne Nijhof"), team.case("Bram Kuipers")
    one = team.member(mother, "Timo", birth_year=2011)
    other = team.member(father, "Timo", birth_year=2011)
    (pair,) = people(team.viewer("ruud"))
    assert (pair.into, pair.twin, pair.why) == (one, other, "geboortejaar")
    page = team.client("ruud").get(ROOM).content.decode()
    assert "geboortejaar" in page
