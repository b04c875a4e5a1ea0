"""Journeys in a real browser: an evening visit, a colleague who leaves, an escalation up to four and down, a group."""

from contextlib import contextmanager
from datetime import timedelta

import pytest

import visits
from browser import browser
from noaber.web.support import actions
from noaber.web.support.models import Case, Group, Handover, Phase

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(team):
    """The team, with phases in place: a test that really commits begins with empty tables."""
    if not Phase.objects.exists():
        terms = {1: ("green", None), 2: ("yellow", 30), 3: ("orange", 10), 4: ("dark", 2)}
        for number, (colour, days) in terms.items():
            directs = {"case_direction": "begeleider", "process_direction": "teamleider", "responsible": "de partner"}
            phase = Phase(number=number, name=f"Fase {number}", colour=colour, working_days=days, **directs)
            actions.keep_phase(phase, by=team.by())
    return team


def visit(browser, live_server, team, name, **how):
    """A page of this room in which somebody is logged in."""
    return visits.visit(browser, live_server.url, team.client(name), "/ondersteuning/", **how)


def test_a_family_worker_in_the_evening(browser, live_server, scene):
    """On a telephone, in the dark: a draft after the visit, a promise, a goal, and the note is made final."""
    scene.case("Familie Wolters")
    phone = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}
    with visit(browser, live_server, scene, "janna", **phone) as page:
        page.check()
        page.get_by_role("link", name="Dossiers").click()
        page.get_by_role("link", name="Familie Wolters").click()
        page.check()
        page.get_by_role("link", name="Notitie schrijven").click()
        page.check()
        page.get_by_label("Notitie").fill("Rob wil nu wel hulp.")
        page.get_by_label("Nog een concept").check()
        page.get_by_role("button", name="Bewaren").click()
        page.get_by_role("link", name="Taak noteren").click()
        page.get_by_label("Wat", exact=True).fill("Rob terugbellen")
        page.get_by_label("Voor wanneer?").fill(scene.on.isoformat())
        page.get_by_label("Dit is beloofd").check()
        page.get_by_role("button", name="Bewaren").click()
        page.get_by_role("link", name="Doel toevoegen").click()
        page.get_by_role("button", name="Bewaren").click()
        page.wait_for_selector("#fouten")
        page.check()
        page.get_by_label("Doel").fill("Rust in huis")
        page.get_by_role("button", name="Bewaren").click()
        page.get_by_role("link", name="Afmaken").click()
        page.get_by_label("Nog een concept").uncheck()
        page.get_by_role("button", name="Bewaren").click()
        assert "Rob wil nu wel hulp." in page.locator("#verhaal").inner_text()
        page.goto(page.home)
        assert "Rob terugbellen" in page.locator("main").inner_text()
        page.get_by_role("button", name="Gedaan").click()
        assert "Er wacht niets op u." in page.locator("main").inner_text()
    case = Case.objects.get()
    assert (case.goals.get().words, case.notes.get().final_at is None) == ("Rust in huis", False)


def test_the_cases_of_a_colleague_are_handed_over(browser, live_server, scene):
    for number in range(3):
        scene.case(f"Gezin {number}")
    with visit(browser, live_server, scene, "liesbeth", viewport={"width": 1280, "height": 900}) as page:
        page.get_by_role("link", name="Team").click()
        page.check()
        page.get_by_role("link", name="Overdragen Janna").click()
        page.check()
        page.get_by_label("Waarom?").fill("Andere baan")
        for number, to in enumerate(("Ruud", "Liesbeth", "blijft")):
            page.get_by_label(f"Gezin {number}").select_option(label=to)
        page.get_by_role("button", name="Overdragen").click()
        said = "Van 3 dossiers gingen er 2 over en bleven er 1."
        assert said in page.get_by_role("status").inner_text()
    done = Handover.objects.get()
    assert (done.before, done.moved, done.stayed) == (3, 2, 1)


def test_an_escalation_goes_to_four_and_down_again(browser, live_server, scene):
    scene.case("Familie Wolters")
    with visit(browser, live_server, scene, "janna", viewport={"width": 768, "height": 1000}) as page:
        page.get_by_role("link", name="Dossiers").click()
        page.get_by_role("link", name="Familie Wolters").click()
        page.get_by_role("link", name="Opschalen").click()
        page.check()
        page.get_by_label(Phase.objects.get(number=2).name).check()
        page.get_by_label("Wat is de aanleiding?").fill("De verhuurder dreigt")
        page.get_by_label("Eigenaar van het proces").select_option(label="Liesbeth")
        page.get_by_role("button", name="Bewaren").click()
        page.get_by_text("Hoe komen we daaraan?").click()
        page.check()
        for number, because in ((4, "Er is gevaar"), (2, "Het is rustiger")):
            page.get_by_role("link", name="Op- of afschalen").click()
            page.get_by_label(Phase.objects.get(number=number).name).check()
            page.get_by_label("Waarom?").fill(because)
            page.get_by_role("button", name="Bewaren").click()
        page.get_by_role("link", name="Opschaling", exact=True).click()
        page.check()
        assert "Familie Wolters" in page.locator("main").inner_text()
        page.get_by_role("link", name="Familie Wolters").click()
        page.get_by_role("link", name="Opschaling beëindigen").click()
        page.get_by_label("Waarom?").fill("Het gewone leven")
        page.get_by_role("button", name="Bewaren").click()
        assert "De opschaling is voorbij." in page.locator("#verhaal").inner_text()
    numbers = [change.phase.number for change in Case.objects.get().escalations.get().changes.select_related("phase")]
    assert numbers == [2, 4, 2, 1]


def test_a_programme_is_planned_on_a_telephone_without_scripts(browser, live_server, scene):
    """Four Thursdays in one go, one of them called off, and afterwards who came: nothing needs a script."""
    group = Group(
        team=scene.noord, name="Eettafel", district="WK990100", moment="do", place="De Kern", begins_on=scene.ago(90)
    )
    actions.keep_group(group, by=scene.by())
    actions.add_participant(group, name="Gerard", reach="06 00", on=scene.ago(60), by=scene.by())
    with bare(browser, live_server, scene, "janna") as page:
        page.get_by_role("link", name="Groepen").click()
        page.get_by_role("link", name="Eettafel").click()
        page.get_by_role("link", name="Bijeenkomsten plannen").click()
        page.get_by_label("Dag").fill(scene.on.isoformat())
        page.get_by_label("Elke week, tot en met").fill((scene.on + timedelta(weeks=3)).isoformat())
        page.get_by_role("button", name="Bewaren").click()
        assert page.locator(".programme li").count() == 4
        page.get_by_role("link", name="Afzeggen").last.click()
        page.get_by_label("Waarom?").fill("De keuken is dicht")
        page.get_by_role("button", name="Bewaren").click()
        assert page.locator(".programme .off").count() == 1
        page.get_by_role("link", name="Vastleggen wie er waren").click()
        page.get_by_label("Gerard").check()
        page.get_by_label("En hoeveel zonder naam?").fill("7")
        page.get_by_role("button", name="Bewaren").click()
    assert sorted(group.sessions.values_list("state", flat=True)) == ["cancelled", "met", "planned", "planned"]


@contextmanager
def bare(browser, live_server, team, name):
    """A page on a telephone that runs no script."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    cookie = team.client(name).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/ondersteuning/")
    yield page
    context.close()
