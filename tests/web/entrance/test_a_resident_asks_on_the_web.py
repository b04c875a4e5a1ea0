"""A resident asks a question on the web: with the keyboard alone on a phone, later with a code, and sees the answer."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from stage import acting

from browser import faults
from noaber.web.entrance import actions
from noaber.web.entrance.models import Contact
from noaber.web.frontdesk.models import WebForm

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partner")]


def filled_in(client, answer_by="code", **who):
    """Fill in all pages as a resident would."""
    client.post("/vraag/")
    for page, told in (
        ("vraag", {"words": "Mag mijn kind naar <b>judo</b>?"}),
        ("onderwerp", {"theme": "opvoeden en opgroeien"}),
        ("postcode", {"postcode": "8991 AB"}),
        ("antwoord", {"answer_by": answer_by}),
        *([("wie", who)] if who else []),
    ):
        answer = client.post(f"/vraag/stap/{page}/", told)
        assert answer.status_code == 302, answer.content.decode()
    return answer


def test_who_wants_no_name_is_asked_for_none(client):
    assert filled_in(client)["Location"] == "/vraag/bestanden/"
    assert client.post("/vraag/nakijken/")["Location"] == "/vraag/verstuurd/"
    contact = Contact.objects.get()
    assert (contact.channel, contact.district, contact.caller) == ("web", "WK990101", None)
    assert contact.questions.get().outcome == ""
    assert WebForm.objects.get().answers == {}, "what was sent stands with the contact alone"


def test_a_resident_goes_on_with_a_code_and_sees_the_answer(client, cast):
    filled_in(client, "phone", name="Ilse", phone="074 000 00 02")
    code = client.get("/vraag/later/").content.decode().split('class="codes"><strong>')[1].split("<")[0]
    assert code not in str(WebForm.objects.values())
    other = Client()
    assert other.get("/vraag/nakijken/")["Location"] == "/vraag/"
    assert other.post("/vraag/code/", {"code": "bcdf 2345 ghjk"}).status_code == 422
    assert other.post("/vraag/code/", {"code": code.lower().replace("-", " ")})["Location"] == "/vraag/nakijken/"
    other.post("/vraag/nakijken/")
    assert "Een medewerker leest hem" in other.get("/vraag/wat-gebeurt-er/").content.decode()
    question = Contact.objects.get().questions.get()
    told = {"outcome": "information", "words": "Ja, met het jeugdfonds."}
    actions.answer(question, **told, worker=cast.jolien, at=timezone.now(), by=acting())
    page = other.get("/vraag/wat-gebeurt-er/").content.decode()
    assert "Ja, met het jeugdfonds." in page
    assert "<b>judo</b>" not in page


def test_what_a_file_is_shows_inside_it(client, cast):
    filled_in(client)
    script = SimpleUploadedFile("foto.png", b"<script>alert(1)</script>", content_type="image/png")
    assert client.post("/vraag/bestanden/", {"bestand": script}).status_code == 422
    picture = SimpleUploadedFile("brief; x=é.html", PNG, content_type="text/html")
    assert client.post("/vraag/bestanden/", {"bestand": picture}).status_code == 302
    client.post("/vraag/nakijken/")
    file = Contact.objects.get().attachments.get()
    assert (file.kind, file.name) == ("image/png", "brief xé.png")
    answer = cast.client("jolien").get(f"/entree/contact/{file.contact.key}/bijlage/{file.key}/")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"


def test_a_postcode_of_elsewhere_is_no_reason_to_stop(client):
    client.post("/vraag/")
    answer = client.post("/vraag/stap/postcode/", {"postcode": "1234"})
    assert answer.status_code == 422
    assert "Leeg laten mag ook" in answer.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_with_the_keyboard_alone_on_a_phone(browser, live_server):
    """Every page is passed by Tab, letters, the space bar and Enter; axe finds nothing on any of them."""
    context = browser.new_context(locale="nl-NL", viewport={"width": 360, "height": 640}, bypass_csp=True)
    page = context.new_page()
    page.goto(live_server.url + "/vraag/")
    wrong = []

    def reach(selector):
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("target => document.activeElement.matches(target)", selector):
                return
        raise AssertionError(f"the keyboard does not reach {selector} on {page.url}")

    def go(*steps):
        wrong.extend((page.url, fault) for fault in faults(page))
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wrong.append((page.url, "sticks out"))
        for selector, keys in steps:
            reach(selector)
            if keys == "Enter":
                with page.expect_navigation():
                    page.keyboard.press("Enter")
            elif keys == "Space":
                page.keyboard.press("Space")
            else:
                page.keyboard.type(keys)

    onward = ("main form .utrecht-button--primary-action", "Enter")
    go(("main form button", "Enter"))
    go(("[name=words]", "Ik weet het niet meer"), onward)
    go(("[name=theme]", "Space"), onward)
    go(("[name=postcode]", "8990"), onward)
    go(("[name=answer_by]", "Space"), onward)
    go(("a.utrecht-button--primary-action", "Enter"))
    go(onward)
    go(("a.utrecht-button--primary-action", "Enter"))
    go()
    assert wrong == []
    assert Contact.objects.get().district == "WK990100"
    context.close()
