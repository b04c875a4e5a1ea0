"""The desk: a contact in one screen, its page, calling back, notes and tasks, Today, and finding people."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import public, requires
from noaber.web.access.models import Person
from noaber.web.access.presence import by, rights

from . import actions, queries, search
from .forms import (
    AnswerForm,
    CallForm,
    ContactForm,
    DeleteNoteForm,
    NoteForm,
    OwnerForm,
    PlaceContactForm,
    QuestionForm,
    TaskForm,
    where_shown,
)
from .heard import NOT_ASKED, Heard, Promise, Sampled
from .models import Client, Contact, Question, SamplingRate
from .passing import GOES_TO, HAND_OVER
from .sampling import chosen
from .scope import HANDLE
from .towns import districts
from .words import OUTCOMES, THEMES

DESK = "entrance_desk"
"""Under which the session keeps how the last contact came and where, since the next one mostly does too."""


def oneself(request: HttpRequest) -> Person:
    """Return the person who asks; for views whose door asks for a permission."""
    return cast("Person", request.user)


def status(form: Any) -> int:
    """Return 422 for a form that was filled in wrong."""
    return 422 if form.is_bound and form.errors else 200


@public("Residents find here where they can come in; who works here finds their day.")
@require_GET
def hall(request: HttpRequest) -> HttpResponse:
    """Lead workers to their day, and everyone else to where and when we are open."""
    mine = rights(request)
    if mine.may(HANDLE):
        return redirect("entrance:today")
    return redirect("entrance:handovers" if mine.may(HAND_OVER) else "entrance:places")


@requires(HANDLE)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what needs somebody now, this week, and what was promised."""
    found = queries.today(rights(request), oneself(request), timezone.now())
    return render(request, "entrance/today.html", {"today": found, "on": timezone.localdate()})


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Register a contact in one screen; without names unless somebody wants to be known."""
    now, person = timezone.now(), oneself(request)
    form = ContactForm(rights(request), person, timezone.localdate(now), request.POST or None, initial=_desk(request))
    if request.method == "POST" and "look" not in request.POST and form.is_valid():
        return _register(request, form)
    looked = request.POST.get("caller_name", "") if "look" in request.POST else ""
    shown = {
        "form": form,
        "line": queries.thin_line(rights(request), person, timezone.localdate(now)),
        "districts": districts(),
        "themes": THEMES,
        "outcomes": OUTCOMES,
        "known": search.find(rights(request), looked) if looked else [],
        "looked": bool(looked),
        "ends": queries.own_open_ends(rights(request), person),
    }
    return render(request, "entrance/contact.html", shown, status=200 if looked else status(form))


def _desk(request: HttpRequest) -> dict[str, Any]:
    """Return how the last contact came; before the first of a day, from the place that one staffs today."""
    today, last = timezone.localdate(), request.session.get(DESK)
    if last is None:
        place = queries.place_today(oneself(request), today)
    else:
        place = queries.open_places(today).filter(pk=last.get("place")).first()
    kept = {"channel": "desk", **(last or {}), "place": place}
    return kept | {"where": where_shown(place.district) if place else ""}


def _register(request: HttpRequest, form: ContactForm) -> HttpResponse:
    given = form.cleaned_data
    place = given["place"]
    request.session[DESK] = {"channel": given["channel"], "place": place.pk if place else None}
    rate = SamplingRate.objects.filter(
        plan__ends_on__isnull=True, district=given["where"], channel=given["channel"]
    ).first()
    heard = Heard(
        district=given["where"],
        place=place,
        caller=form.caller(),
        about=form.about(),
        **{name: given[name] for name in ("channel", "theme", "outcome", "words", "relation", "seconds")},
    )
    question = actions.register(
        heard,
        promise=form.promise(),
        sampled=Sampled(one_in=rate.one_in, chosen=chosen(rate.one_in)) if rate else NOT_ASKED,
        at=timezone.now(),
        worker=oneself(request),
        by=by(request, HANDLE),
    )
    messages.success(request, _("Bewaard."))
    if question.contact.sampled:
        return redirect("entrance:long_form", key=question.contact.key)
    if "more" in request.POST:
        return redirect("entrance:also", key=question.contact.key)
    if "clarify" in request.POST:
        return redirect("entrance:clarify", key=question.key)
    if "triage" in request.POST:
        return redirect("entrance:triage", key=question.key)
    return redirect("entrance:contact")


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def also(request: HttpRequest, key: str) -> HttpResponse:
    """Add a question to a contact that is still going on."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask_also(found, **form.cleaned_data, at=timezone.now(), by=by(request, HANDLE))
        messages.success(request, _("Bewaard."))
        return redirect("entrance:also", key=key) if "more" in request.POST else redirect("entrance:contact")
    shown = {"form": form, "contact": found, "number": found.questions.count() + 1}
    return render(request, "entrance/also.html", shown, status=status(form))


@requires(HANDLE)
@require_POST
def known(request: HttpRequest) -> HttpResponse:
    """Show residents near a name that was typed, as a part of the contact screen; names stand in no address."""
    found = search.find(rights(request), request.POST.get("caller_name", ""))
    actions.look_for(len(found), by=by(request, HANDLE))
    return render(request, "entrance/parts/known.html", {"known": found, "looked": True})


@requires(HANDLE)
@require_GET
def show(request: HttpRequest, key: str) -> HttpResponse:
    """Show a contact with its questions, promises, notes and tasks."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    actions.look_at(found, by=by(request, HANDLE))
    return _show(request, found)


def _show(request: HttpRequest, found: Contact, **forms: Any) -> HttpResponse:
    person, on = oneself(request), timezone.localdate()
    mine = rights(request)
    told = {
        "contact": found,
        "questions": found.questions.prefetch_related("advices__person").select_related("clarification"),
        "calls": found.call_backs.select_related("owner").prefetch_related("attempts__person"),
        "notes": queries.notes_of(found, person),
        "tasks": found.tasks.select_related("owner"),
        "attachments": found.attachments.defer("content"),
        "districts": districts(),
        "call_form": CallForm(mine, on, auto_id="bel_%s", initial={"owner": person, "phone": _phone(found), "on": on}),
        "note_form": NoteForm(auto_id="notitie_%s"),
        "task_form": TaskForm(mine, person, on, auto_id="taak_%s"),
        "place_form": PlaceContactForm(initial={"where": where_shown(found.district)}),
        **forms,
    }
    return render(request, "entrance/show.html", told, status=422 if forms else 200)


def _phone(found: Contact) -> str:
    return next((who.phone for who in (found.caller, found.about) if who and who.phone), "")


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Answer a question that waited."""
    question = get_object_or_404(queries.questions(rights(request)), key=key)
    form = AnswerForm(request.POST or None, initial={"words": question.answer, "outcome": question.outcome})
    if request.method == "POST" and form.is_valid():
        actions.answer(
            question, **form.cleaned_data, worker=oneself(request), at=timezone.now(), by=by(request, HANDLE)
        )
        messages.success(request, _("Bewaard."))
        if question.outcome in GOES_TO and not question.passed.exists():
            return redirect("entrance:pass_on", key=key)
        return redirect("entrance:show", key=question.contact.key)
    return render(request, "entrance/answer.html", {"form": form, "question": question}, status=status(form))


@requires(HANDLE)
@require_POST
def place_contact(request: HttpRequest, key: str) -> HttpResponse:
    """Say in which district a contact belongs."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    form = PlaceContactForm(request.POST)
    if not form.is_valid():
        return _show(request, found, place_form=form)
    actions.place_contact(found, district=form.cleaned_data["where"], by=by(request, HANDLE))
    return redirect("entrance:show", key=key)


@requires(HANDLE)
@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """List the calls that were promised, what is late first."""
    now = timezone.now()
    found = [(item, item.due_at < now) for item in queries.call_backs(rights(request))]
    form = OwnerForm(rights(request), timezone.localdate(now))
    return render(request, "entrance/calls.html", {"calls": found, "owner_form": form})


@requires(HANDLE)
@require_POST
def promise_call(request: HttpRequest, key: str) -> HttpResponse:
    """Promise to call back after a contact."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    form = CallForm(rights(request), timezone.localdate(), request.POST, auto_id="bel_%s")
    if not form.is_valid():
        return _show(request, found, call_form=form)
    actions.promise_call(found, Promise(**form.cleaned_data), by=by(request, HANDLE))
    messages.success(request, _("De afspraak om te bellen staat."))
    return redirect("entrance:show", key=key)


@requires(HANDLE)
@require_POST
def try_call(request: HttpRequest, key: str) -> HttpResponse:
    """Keep how a call went: reached, not reached, given up, or handed to a colleague."""
    found = get_object_or_404(queries.call_backs(rights(request)), key=key)
    now, acting = timezone.now(), by(request, HANDLE)
    how = request.POST.get("how", "")
    if how == "owner":
        form = OwnerForm(rights(request), timezone.localdate(now), request.POST)
        if form.is_valid():
            actions.hand_over_call(found, owner=form.cleaned_data["owner"], by=acting)
    elif how == "given_up":
        actions.give_up_call(found, at=now, by=acting)
    elif how in {"reached", "missed"}:
        actions.try_call(found, reached=how == "reached", person=oneself(request), at=now, by=acting)
    return redirect("entrance:show", key=found.contact.key) if how == "reached" else redirect("entrance:calls")


@requires(HANDLE)
@require_POST
def write_note(request: HttpRequest, key: str) -> HttpResponse:
    """Write a note about a contact."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    form = NoteForm(request.POST, auto_id="notitie_%s")
    if not form.is_valid():
        return _show(request, found, note_form=form)
    actions.note(found, **form.cleaned_data, writer=oneself(request), at=timezone.now(), by=by(request, HANDLE))
    return redirect("entrance:show", key=key)


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def edit_note(request: HttpRequest, key: str, note: str) -> HttpResponse:
    """Go on with a draft of one's own, or delete a note of one's own and say why."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    kept = get_object_or_404(
        queries.notes_of(found, oneself(request)), key=note, writer=oneself(request), deleted_at__isnull=True
    )
    deleting = "why" in request.POST
    form = NoteForm(None if deleting else request.POST or None, initial={"text": kept.text, "draft": kept.draft})
    why = DeleteNoteForm(request.POST if deleting else None)
    now, acting = timezone.now(), by(request, HANDLE)
    if why.is_bound and why.is_valid():
        actions.delete_note(kept, why=why.cleaned_data["why"], person=oneself(request), at=now, by=acting)
        return redirect("entrance:show", key=key)
    if kept.draft and form.is_bound and form.is_valid():
        actions.finish_note(kept, **form.cleaned_data, at=now, by=acting)
        return redirect("entrance:show", key=key)
    wrong = why if why.errors else form
    return render(
        request, "entrance/note.html", {"form": form, "why": why, "note": kept, "contact": found}, status=status(wrong)
    )


@requires(HANDLE)
@require_POST
def agree_task(request: HttpRequest, key: str) -> HttpResponse:
    """Agree who does what by when about a contact."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    form = TaskForm(rights(request), oneself(request), timezone.localdate(), request.POST, auto_id="taak_%s")
    if not form.is_valid():
        return _show(request, found, task_form=form)
    actions.agree_task(contact=found, **form.cleaned_data, at=timezone.now(), by=by(request, HANDLE))
    return redirect("entrance:show", key=key)


@requires(HANDLE)
@require_POST
def finish_task(request: HttpRequest, key: str) -> HttpResponse:
    """Say that one's own task is done."""
    task = get_object_or_404(queries.tasks_of(oneself(request)), key=key)
    actions.finish_task(task, at=timezone.now(), by=by(request, HANDLE))
    messages.success(request, _("Gedaan."))
    return redirect("entrance:today")


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find residents despite typing errors; the words stand in no address, since addresses are kept in logs."""
    asked = request.POST.get("wie", "").strip()
    found = search.find(rights(request), asked) if asked else []
    if asked:
        actions.look_for(len(found), by=by(request, HANDLE))
    return render(request, "entrance/find.html", {"found": found, "asked": asked})


@requires(HANDLE)
@require_GET
def client(request: HttpRequest, key: str) -> HttpResponse:
    """Show all contacts of a resident that somebody may see."""
    found = get_object_or_404(Client.objects.visible_to(rights(request)), key=key)
    if found.merged_into:
        return redirect("entrance:client", key=found.itself.key)
    actions.look_at_client(found, by=by(request, HANDLE))
    shown = {"client": found, "contacts": queries.history(found, rights(request)), "merged": found.merged.all()}
    return render(request, "entrance/client.html", shown)


@requires(HANDLE)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """Show pairs of residents that may be one person."""
    found = search.twins(rights(request))
    actions.look_for(2 * len(found), by=by(request, HANDLE))
    return render(request, "entrance/duplicates.html", {"pairs": found})


@requires(HANDLE)
@require_POST
def merge(request: HttpRequest, key: str, into: str) -> HttpResponse:
    """Say that two residents are one person."""
    visible = Client.objects.visible_to(rights(request)).themselves()
    twin, kept = get_object_or_404(visible, key=key), get_object_or_404(visible, key=into)
    if twin.pk != kept.pk:
        actions.merge(twin, into=kept, person=oneself(request), at=timezone.now(), by=by(request, HANDLE))
        messages.success(request, _("Samengevoegd. Bij de inwoner kunt u dit weer ongedaan maken."))
    return redirect("entrance:duplicates")


@requires(HANDLE)
@require_POST
def unmerge(request: HttpRequest, key: str) -> HttpResponse:
    """Take a merge back."""
    twin = get_object_or_404(Client.objects.visible_to(rights(request)), key=key, merged_into__isnull=False)
    kept = twin.itself
    actions.unmerge(twin, by=by(request, HANDLE))
    messages.success(request, _("Het zijn weer twee inwoners."))
    return redirect("entrance:client", key=kept.key)


@requires(HANDLE)
@require_GET
def attachment(request: HttpRequest, key: str, file: str) -> HttpResponse:
    """Give a file that a resident sent: to keep, never to open in the browser."""
    found = get_object_or_404(queries.contacts(rights(request)), key=key)
    kept = get_object_or_404(found.attachments, key=file)
    actions.take_attachment(kept, by=by(request, HANDLE))
    answer = HttpResponse(bytes(kept.content), content_type="application/octet-stream")
    answer["Content-Disposition"] = str(content_disposition_header(as_attachment=True, filename=kept.name))
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def visible_question(request: HttpRequest, key: str) -> Question:
    """Return a question that whoever asks may see, or say that there is none."""
    found: Question = get_object_or_404(queries.questions(rights(request)), key=key)
    return found
