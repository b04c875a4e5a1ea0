"""A scenario is kept with a reason, read by colleagues through a link, and put beside others."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cast import somebody
from noaber.web.access import actions as access
from noaber.web.journal.models import Entry
from noaber.web.oversight.actions import destroy_due, system
from noaber.web.workbench.models import SavedScenario, ScenarioLink

pytestmark = pytest.mark.django_db
CHEAPER = "bekend=2022-12-31&tarief=-10&tarief-waar=HO"
FEWER = "bekend=2022-12-31&instroom=-20&instroom-waar=jeugdwet"


def text(answer):
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def save(client, bench, address=CHEAPER, name="Goedkoper", reason="om te zien wat het scheelt"):
    """Save a position; the scenario."""
    answer = client.post(f"{bench}bewaren/?{address}", {"name": name, "reason": reason})
    assert answer.status_code == 302
    return SavedScenario.objects.get(name=name)


@pytest.fixture
def adviser(cast):
    """A client of Hilda, who became policy adviser."""
    today = timezone.localdate()
    access.give_role(
        cast.hilda,
        role="policy_adviser",
        begins_on=today - timedelta(days=1),
        ends_on=today + timedelta(days=30),
        reason="leest mee",
        given_by=None,
        by=somebody(),
    )
    return cast.client("hilda")


def test_a_scenario_is_kept_with_its_reason_and_what_it_rests_on(bench, cast, point):
    client = cast.client("berend")
    scenario = save(client, bench)
    assert scenario.snapshot == point.baseline.snapshot
    assert scenario.sentence.startswith("Dit scenario bespaart de gemeente in 2026")
    page = text(client.get(f"{bench}scenarios/{scenario.key}/"))
    assert "om te zien wat het scheelt" in page
    assert scenario.sentence.replace("\xa0", " ") in page
    line = Entry.objects.get(event="scenario_saved")
    assert (line.object_name, line.actor_name) == ("Goedkoper", "Berend")


@pytest.mark.parametrize("missing", ["name", "reason"])
def test_without_a_name_or_a_reason_nothing_is_kept(bench, cast, missing):
    given = {"name": "Goedkoper", "reason": "daarom"} | {missing: " "}
    answer = cast.client("berend").post(f"{bench}bewaren/?{CHEAPER}", given)
    assert answer.status_code == 422
    assert not SavedScenario.objects.exists()


def test_a_name_that_looks_like_a_script_is_a_name(bench, cast):
    client = cast.client("berend")
    scenario = save(client, bench, name="<script>alert(1)</script>", reason="<b>vet</b>")
    for page in ("scenarios/", f"scenarios/{scenario.key}/", f"scenarios/vergelijken/?s={scenario.key}"):
        content = client.get(bench + page).content.decode()
        assert "<script>alert" not in content
        assert "<b>vet" not in content


def test_a_newer_snapshot_is_told_with_what_it_then_came_to(bench, cast):
    client = cast.client("berend")
    scenario = save(client, bench)
    assert "Sinds het bewaren" not in text(client.get(f"{bench}scenarios/{scenario.key}/"))
    SavedScenario.objects.update(snapshot="0" * 16, sentence="Toen bespaarde het meer.")
    page = text(client.get(f"{bench}scenarios/{scenario.key}/"))
    assert "Sinds het bewaren is er een nieuwe momentopname" in page
    assert "Toen bespaarde het meer." in page


def test_a_link_lets_a_colleague_read_and_nothing_more(bench, cast, adviser):
    client = cast.client("berend")
    scenario = save(client, bench)
    client.post(f"{bench}scenarios/{scenario.key}/delen/")
    link = ScenarioLink.objects.get()
    assert len(link.key) >= 43, "nobody guesses it"
    address = f"{bench}gedeeld/{link.key}/"
    page = adviser.get(address)
    assert "om te zien wat het scheelt" in text(page)
    assert 'action="/werkbank/' not in page.content.decode(), "there is nothing to change"
    assert adviser.get(f"{bench}scenarios/{scenario.key}/").status_code == 403
    assert cast.client("derk").get(address).status_code == 403
    assert cast.client("aaltje").get(address).status_code == 403
    assert Client().get(address).status_code == 302
    assert adviser.get(f"{bench}gedeeld/{'a' * 43}/").status_code == 404


def test_a_link_is_made_once_and_can_be_withdrawn(bench, cast, adviser):
    client = cast.client("berend")
    scenario = save(client, bench)
    for _ in range(2):
        client.post(f"{bench}scenarios/{scenario.key}/delen/")
    link = ScenarioLink.objects.get()
    assert link.key in client.get(f"{bench}scenarios/{scenario.key}/").content.decode()
    client.post(f"{bench}scenarios/{scenario.key}/delen/intrekken/")
    client.post(f"{bench}scenarios/{scenario.key}/delen/intrekken/")
    assert adviser.get(f"{bench}gedeeld/{link.key}/").status_code == 404
    client.post(f"{bench}scenarios/{scenario.key}/delen/")
    assert ScenarioLink.objects.filter(withdrawn_at__isnull=True).get().key != link.key
    events = list(Entry.objects.filter(event__startswith="scenario_").values_list("event", flat=True))
    assert sorted(events) == [
        "scenario_link_withdrawn",
        "scenario_saved",
        "scenario_shared",
        "scenario_shared",
    ]


def test_what_is_taken_from_the_list_takes_its_link_along(bench, cast, adviser):
    client = cast.client("berend")
    scenario = save(client, bench)
    client.post(f"{bench}scenarios/{scenario.key}/delen/")
    link = ScenarioLink.objects.get()
    client.post(f"{bench}scenarios/{scenario.key}/weghalen/")
    assert adviser.get(f"{bench}gedeeld/{link.key}/").status_code == 404
    assert client.get(f"{bench}scenarios/{scenario.key}/").status_code == 404
    assert "Hier komen de scenario" in text(client.get(f"{bench}scenarios/"))
    assert SavedScenario.objects.get().dropped_by == cast.berend


def test_up_to_four_stand_beside_each_other(bench, cast):
    client = cast.client("berend")
    saved = [
        save(client, bench, address, name)
        for name, address in (
            ("Een", CHEAPER),
            ("Twee", FEWER),
            ("Drie", CHEAPER),
            ("Vier", FEWER),
            ("Vijf", CHEAPER),
        )
    ]
    page = client.get(f"{bench}scenarios/vergelijken/?" + "&".join(f"s={item.key}" for item in saved))
    assert [name for name in ("Een", "Twee", "Drie", "Vier", "Vijf") if name in text(page)] == [
        "Een",
        "Twee",
        "Drie",
        "Vier",
    ]
    assert "<svg" in page.content.decode()
    assert client.get(f"{bench}scenarios/vergelijken/").status_code == 302


def test_a_saved_scenario_is_gone_on_with_from_where_it_stood(bench, cast):
    client = cast.client("berend")
    scenario = save(client, bench)
    page = client.get(f"{bench}scenarios/{scenario.key}/").content.decode()
    (address,) = set(re.findall(r'href="(/werkbank/\?bekend=[^"]+)"', page))
    assert "Dit scenario bespaart de gemeente in 2026" in text(client.get(address.replace("&amp;", "&")))


def test_what_cannot_be_counted_whole_on_the_starting_point_is_not_shown_as_nothing(bench, cast):
    client = cast.client("berend")
    now = save(client, bench, "tarief=-10&tarief-waar=HO", "Nu")
    then = save(client, bench, "bekend=2022-12-31&m=ho-taakgericht", "Toen")
    page = text(client.get(f"{bench}scenarios/vergelijken/?s={now.key}&s={then.key}"))
    assert "Niet heel door te rekenen op dit uitgangspunt: Toen" in page


# Attacks


def test_a_link_dies_with_the_role_of_who_reads(bench, cast, adviser):
    client = cast.client("berend")
    scenario = save(client, bench)
    client.post(f"{bench}scenarios/{scenario.key}/delen/")
    address = f"{bench}gedeeld/{ScenarioLink.objects.get().key}/"
    assert adviser.get(address).status_code == 200
    access.end_role(cast.hilda.assignments.get(), on=timezone.localdate() - timedelta(days=1), by=somebody())
    assert adviser.get(address).status_code == 403


def test_the_key_of_a_scenario_is_no_link(bench, cast, adviser):
    scenario = save(cast.client("berend"), bench)
    assert adviser.get(f"{bench}gedeeld/{scenario.key}/").status_code == 404


def test_a_link_acts_on_nothing(bench, cast):
    client = cast.client("berend")
    scenario = save(client, bench)
    before = Entry.objects.count()
    for act in ("delen", "delen/intrekken", "weghalen"):
        assert client.get(f"{bench}scenarios/{scenario.key}/{act}/").status_code == 405
    assert client.get(f"{bench}rekenen/band/?{CHEAPER}").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(f"{bench}scenarios/{scenario.key}/weghalen/").status_code == 403
    assert strict.post(f"{bench}bewaren/?{CHEAPER}", {"name": "x", "reason": "x"}).status_code == 403
    assert Entry.objects.count() == before


def test_a_form_fills_no_more_than_it_asks(bench, cast):
    more = {"saved_by": cast.derk.pk, "key": "abc", "sentence": "Bespaart alles", "snapshot": "x", "position": "{}"}
    cast.client("berend").post(f"{bench}bewaren/?{CHEAPER}", {"name": "Meer", "reason": "proef", **more})
    scenario = SavedScenario.objects.get()
    assert (scenario.saved_by, len(scenario.key)) == (cast.berend, 32)
    assert "alles" not in scenario.sentence + scenario.position


def test_what_was_dropped_long_ago_is_destroyed(bench, cast):
    client = cast.client("berend")
    kept, gone = save(client, bench), save(client, bench, name="Weg")
    client.post(f"{bench}scenarios/{gone.key}/delen/")
    client.post(f"{bench}scenarios/{gone.key}/weghalen/")
    for _night in range(2):
        later = timezone.now() + timedelta(days=366 * 30)
        destroy_due(at=later, by=system(later))
    assert list(SavedScenario.objects.all()) == [kept]
