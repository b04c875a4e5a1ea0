"""The pages of oversight; each look at people is itself in the journal."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access import presence
from noaber.web.access.door import requires
from noaber.web.access.door import resident as residents_only
from noaber.web.access.models import Person, Resident
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, language
from noaber.web.journal import queries as journal
from noaber.web.journal.sentences import sentence
from noaber.web.privacy.declaration import Declaration, declarations
from noaber.web.privacy.held import held_on, people_by, same_as
from noaber.web.privacy.labels import shown
from noaber.web.privacy.register import register as registered
from noaber.web.privacy.retention import due

from . import actions, queries, schedule
from .forms import JournalForm, WhoseForm

_KINDS: dict[str, type[models.Model]] = {"inwoner": Resident, "medewerker": Person}
"""Those whom everyone knows by their own word; who is a person elsewhere is called by the room and the model."""


@requires(Permission.READ_JOURNAL)
@require_GET
def read_journal(request: HttpRequest) -> HttpResponse:
    """Show the journal, newest first, limited as the address says."""
    form = JournalForm(request.GET)
    wanted = journal.Filter(**form.cleaned_data) if form.is_valid() else journal.Filter()
    below = request.GET.get("voor", "")
    found = list(journal.entries(wanted, below=int(below) if below.isdigit() else None))
    actions.read_journal(limited_by=wanted.used, by=by(request, Permission.READ_JOURNAL))
    shown = {
        "form": form,
        "entries": [(item, sentence(item, language())) for item in found[: journal.PAGE]],
        "older": found[journal.PAGE - 1].number if len(found) > journal.PAGE else None,
        "verified": queries.last_verified(),
        "address": _without(request, "voor"),
    }
    return render(request, "oversight/journal.html", shown, status=422 if form.errors else 200)


@requires(Permission.READ_JOURNAL)
@require_POST
def verify_journal(request: HttpRequest) -> HttpResponse:
    """Let the chain be followed from its beginning, in the background."""
    schedule.verify_journal.enqueue()
    messages.success(request, _("Het logboek wordt nagelopen. De uitkomst komt in het logboek zelf te staan."))
    return redirect("oversight:journal")


@residents_only("Everyone may know who looked into their own file (AVG art. 15; Wmo 2015 art. 5.3.2).")
@require_GET
def own_looks(request: HttpRequest) -> HttpResponse:
    """Show residents who looked at something about them, by organisation and role."""
    here = presence.resident(request)
    keys = [str(getattr(one, "key", "")) for one in same_as(here)]
    found = list(journal.looks_at(*keys)[:500])
    actions.read_own_looks(here.key, by=by(request))
    return render(request, "oversight/own_looks.html", {"looks": found})


@requires(Permission.GUARD_PRIVACY)
@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Show the processing register, made from what the models declare."""
    rows = [
        {"row": row, "purpose": _(row.purpose), "kinds": row.kinds(language()), "term": row.term(language())}
        for row in registered(timezone.localdate())
    ]
    return render(request, "oversight/register.html", {"rows": rows})


@requires(Permission.GUARD_PRIVACY)
@require_GET
def retention(request: HttpRequest) -> HttpResponse:
    """Show what is past its term today, and what was destroyed before."""
    past = [(item, item.rows.count()) for item in due(timezone.localdate())]
    shown = {"past": [pair for pair in past if pair[1]], "batches": queries.batches()[:200]}
    return render(request, "oversight/retention.html", shown)


@requires(Permission.GUARD_PRIVACY)
@require_http_methods(["GET", "POST"])
def find_held(request: HttpRequest) -> HttpResponse:
    """Ask whom a request for access is about; a number is sent in the form, never in an address."""
    form = WhoseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number, email = form.cleaned_data["number"], form.cleaned_data["email"]
        if form.cleaned_data["words"]:
            return _choose(request, form)
        found = queries.resident_with(number) if number else queries.person_with(email)
        if found is not None:
            return redirect("oversight:held", kind="inwoner" if number else "medewerker", key=found.key)
        form.add_error(None, _("Over deze persoon is hier niets vastgelegd."))
    return render(request, "oversight/find_held.html", {"form": form}, status=422 if form.errors else 200)


def _choose(request: HttpRequest, form: WhoseForm) -> HttpResponse:
    """Show who is known by some words, to choose from; the words stand in no address."""
    people = [(_kind(item), row) for item, row in people_by(form.cleaned_data["words"])]
    actions.look_for(len(people), by=by(request, Permission.GUARD_PRIVACY))
    return render(request, "oversight/find_held.html", {"form": form, "people": people, "looked": True})


@requires(Permission.GUARD_PRIVACY)
@require_GET
def held(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Show all that is held on one person."""
    person = _subject(kind, key)
    told = {
        "person": person,
        "kind": kind,
        "held": [
            (item, _(item.declaration.purpose), [shown(item.declaration, row, language()) for row in item.rows])
            for item in held_on(person)
        ],
        "name": getattr(person, "name", ""),
    }
    actions.show_held(person, by=by(request, Permission.GUARD_PRIVACY))
    return render(request, "oversight/held.html", told)


@requires(Permission.GUARD_PRIVACY)
@require_GET
def export_held(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Give all that is held on one person as a file that a machine can read."""
    person = _subject(kind, key)
    told: dict[str, Any] = {
        item.declaration.label: {
            "purpose": item.declaration.purpose,
            "basis": item.declaration.basis,
            "keep": item.declaration.keep,
            "rows": item.rows,
        }
        for item in held_on(person)
    }
    actions.export_held(person, by=by(request, Permission.GUARD_PRIVACY))
    answer = JsonResponse(
        {"about": f"{kind} {key}", "held": told}, json_dumps_params={"indent": 2, "ensure_ascii": False}
    )
    answer["Content-Disposition"] = f'attachment; filename="vastgelegd-{key}.json"'
    return answer


def _subject(kind: str, key: str) -> models.Model:
    known = {_kind(item): item.model for item in declarations() if item.found_by}
    model = _KINDS.get(kind) or known.get(kind)
    found = model._default_manager.filter(key=key).first() if model else None
    if found is None:
        raise Http404
    return found


def _kind(declaration: Declaration) -> str:
    return f"{declaration.room}-{declaration.model._meta.model_name}"


def _without(request: HttpRequest, name: str) -> str:
    """Return the query of this address without one of its names, ready to be continued."""
    query = request.GET.copy()
    query.pop(name, None)
    return query.urlencode()
