"""Every page of the entrance opens for who may see it, with nothing in it and with everything in it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from stage import a_place, acting, an_activity, heard

from noaber.web.entrance import actions, triage
from noaber.web.entrance.heard import Choice, Promise, Sampled, Who
from noaber.web.entrance.models import Contact

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partner")]

WORKER = ("vandaag/", "contact/", "terugbellen/", "inwoners/", "inwoners/dubbel/", "sociale-kaart/bijhouden/")
PUBLIC = ("beslisboom/", "sociale-kaart/", "sociale-kaart/bestand/", "plekken/")
COORDINATOR = ("steekproef/", "aantallen/", "plekken/nieuw/", "plekken/", "sociale-kaart/bijhouden/nieuw/")


def filled(cast):
    """A day at the entrance with one of everything."""
    now, on = timezone.now(), timezone.localdate()
    place = a_place()
    actions.set_shifts(place, person=cast.jolien, on=on, weekly_until=None, by=acting("Koen"))
    an_activity()
    promise = Promise(phone="074 000 00 01", on=on - timedelta(days=1), part="morning", owner=cast.jolien)
    question = heard(
        words="Mijn vader redt het niet meer alleen",
        caller=Who(name="Anja de Vries", phone="074 000 00 01"),
        about=Who(name="Henk de Vries"),
        relation="child",
        place=place,
        worker=cast.jolien,
        promise=promise,
        sampled=Sampled(one_in=3, chosen=True),
        files=[("brief.pdf", "application/pdf", b"%PDF-1.4")],
    )
    heard(outcome="", channel="web", words="Kan ik hulp krijgen?", district="")
    contact, acts = question.contact, {"at": now, "by": acting()}
    actions.try_call(contact.call_backs.get(), reached=False, person=cast.jolien, **acts)
    told = {"said": "Ik ben moe", "areas": {"health": "slaapt slecht"}, "read_back": True, "adults": 1}
    actions.clarify(question, told=told, person=cast.jolien, **acts)
    walk = triage.walk(triage.tree(), ["no", "no", "no", "no", "yes"])
    actions.decide(
        question,
        Choice(
            tree=triage.NEWEST,
            path=walk.steps,
            advice=walk.end.key,
            advised=walk.end.outcome,
            decided="basic_support",
            because="Eerst samen kijken",
            disagrees=True,
        ),
        person=cast.jolien,
        **acts,
    )
    actions.note(contact, text="Nog uitzoeken", draft=True, writer=cast.jolien, **acts)
    gone = actions.note(contact, text="Fout", draft=False, writer=cast.jolien, **acts)
    actions.delete_note(gone, why="verkeerd contact", person=cast.jolien, **acts)
    for days in (0, 3):
        due = on + timedelta(days=days)
        actions.agree_task(
            what="Folder sturen", due_on=due, owner=cast.jolien, contact=contact, promised=bool(days), **acts
        )
    return place, question


@pytest.mark.parametrize("full", [False, True], ids=["empty", "full"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_opens(cast, full, language):
    place, question = filled(cast) if full else (None, None)
    pages = [("jolien", path) for path in WORKER] + [("koen", path) for path in COORDINATOR]
    pages += [(None, path) for path in PUBLIC]
    if full:
        contact, client = question.contact, question.contact.about
        pages += [
            ("jolien", f"contact/{contact.key}/"),
            ("jolien", f"contact/{contact.key}/nog-een-vraag/"),
            ("jolien", f"contact/{contact.key}/langer/"),
            ("jolien", f"contact/{contact.key}/notitie/{contact.notes.first().key}/"),
            ("jolien", f"contact/{contact.key}/bijlage/{contact.attachments.get().key}/"),
            ("jolien", f"inwoners/{client.key}/"),
            ("jolien", "sociale-kaart/bijhouden/eetcafe/nagaan/"),
            ("jolien", "sociale-kaart/bijhouden/eetcafe/"),
            ("koen", f"plekken/{place.key}/"),
            (None, "sociale-kaart/eetcafe/"),
            (None, "sociale-kaart/wijk/WK990100/"),
            (None, "sociale-kaart/wijk/WK990100/analyse/"),
            ("jolien", f"contact/{Contact.objects.get(channel='web').key}/"),
        ]
        pages += [("jolien", f"vraag/{question.key}/{end}") for end in ("", "verhelderen/", "afwegen/", "afgewogen/")]
        pages += [("jolien", f"vraag/{question.key}/afwegen/?pad=no.yes")]
    for name, path in pages:
        client = cast.client(name) if name else Client()
        answer = client.get(f"/entree/{path}", headers={"accept-language": language})
        assert answer.status_code == 200, (path, answer.status_code)
        if answer["Content-Type"].startswith("text/html"):
            assert f'lang="{language}"' in answer.content.decode()
