"""The pages of this room. Cases come from what the person may see, and their rows from the case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import requires
from noaber.web.access.models import Person, Team
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, rights
from noaber.web.entrance.towns import name_of

from . import actions, queries
from .acts import CASE_ACTS, GROUP_ACTS, TEAM_ACTS, Act, Asked
from .arrivals import arrivals
from .counts import counts, csv
from .drawing import draw
from .duplicates import merged_cases
from .forms import ConcludeForm, GroupForm, HandoverForm, JudgeForm, MonthForm, PhaseForm, QuestionForm
from .models import Case, Discussion, Group, Meeting, Phase
from .search import find
from .timeline import story
from .today import today as today_of
from .viewer import Viewer, named, own, parts_of, shown, twins_of, visible_to, worked_by

_SEE, _WORK, _LEAD = Permission.SEE_SUPPORT, Permission.WORK_IN_SUPPORT, Permission.LEAD_SUPPORT
_MANAGE, _COUNT = Permission.MANAGE_SUPPORT, Permission.COUNT_SUPPORT
_PAGE = 50


@requires(_SEE)
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """Show what needs this person now, this week, and what was promised."""
    return render(request, "support/today.html", {"today": today_of(viewer(request)), "on": timezone.localdate()})


@requires(_WORK)
@require_POST
def do_task(request: HttpRequest, number: int) -> HttpResponse:
    """Finish a task of one's own, or of somebody for whom one stands in."""
    task = get_object_or_404(queries.open_tasks(viewer(request)), pk=number)
    actions.do_task(task, at=timezone.now(), by=by(request, _WORK))
    messages.success(request, _("Gedaan: %s") % task.words)
    return redirect("support:today")


# Questions


@requires(_WORK)
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """List the new questions of one's teams: those that wait for these eyes first."""
    looks = viewer(request)
    mine = list(queries.to_judge(looks))
    rest = queries.questions(looks).exclude(pk__in=[item.pk for item in mine])
    shown_ = {
        "arrived": len(arrivals(looks)),
        "mine": mine,
        "open": rest.filter(settled_by__isnull=True),
        "settled": rest.filter(settled_by__isnull=False).order_by("-settled_at")[:_PAGE],
    }
    return render(request, "support/questions.html", shown_)


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def take_up(request: HttpRequest) -> HttpResponse:
    """Take up a new question."""
    looks = viewer(request)
    form = QuestionForm(request.POST or None, viewer=looks, of=None)
    if request.method == "POST" and form.is_valid():
        form.instance.taken_by = looks.person
        question = actions.take_up(form.instance, by=by(request, _WORK))
        messages.success(request, _("De vraag is vastgelegd. Twee collega's kijken ernaar, elk eerst zelf."))
        return redirect("support:question", key=question.key)
    return form_page(request, form, _("Nieuwe vraag"), reverse("support:questions"))


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, key: str) -> HttpResponse:
    """Show a question, and ask what this person makes of it; the first answer stays hidden until they gave theirs."""
    looks = viewer(request)
    found = get_object_or_404(queries.questions(looks), key=key)
    me = looks.person
    to_settle = found.differs and found.settled_by is None and me in (found.first_by, found.second_by)
    to_judge = found.second_by is None and found.first_by != me
    form = JudgeForm(request.POST or None)
    if request.method == "POST" and not (to_judge or to_settle):
        messages.info(request, _("Hierover was al besloten."))
        return redirect("support:question", key=key)
    if request.method == "POST" and form.is_valid():
        act = actions.settle if to_settle else actions.judge
        act(found, **form.cleaned_data, person=me, at=timezone.now(), by=by(request, _WORK))
        messages.success(request, _("Uw oordeel is vastgelegd."))
        return redirect("support:question", key=key)
    case = visible_to(looks).filter(question=found).first()
    shown_ = {
        "question": found,
        "form": form if to_judge or to_settle else None,
        "to_settle": to_settle,
        "answers_open": found.settled_by is not None or to_settle,
        "may_lay_back": found.from_entrance and found.first_by is None,
        "case": case,
    }
    return render(request, "support/question.html", shown_, status=_status(form))


# Cases


@requires(_SEE)
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """List cases: one's own, those that wait, or all of the team; found by names that are not spelt quite right."""
    looks = viewer(request)
    which, typed = request.GET.get("welke", "mijn"), request.GET.get("zoek", "").strip()
    found = visible_to(looks)
    if typed:
        order = find(typed, found)
        by_number = {case.pk: case for case in found.filter(pk__in=order)}
        listed = [by_number[number] for number in order]
    elif which == "wachten":
        listed = list(queries.waiting(looks))
    elif which == "gesloten":
        listed = list(found.filter(ended_on__isnull=False).order_by("-ended_on"))
    elif which == "team" or not looks.teams():
        listed = list(found.filter(ended_on__isnull=True).order_by("name"))
    else:
        listed = list(own(looks).filter(looked_back_on__isnull=True).order_by("name"))
    page = Paginator(listed, _PAGE).get_page(request.GET.get("blad"))
    shown_ = {
        "page": page,
        "cases": queries.with_first_workers(page.object_list, looks.on),
        "which": which,
        "typed": typed,
        "norm": queries.waiting_norm(looks.on),
        "in_team": looks.teams().exists(),
    }
    return render(request, "support/cases.html", shown_)


@requires(_SEE)
@require_GET
def case(request: HttpRequest, key: str) -> HttpResponse:
    """Show a case, as far as this person may see it; that they looked is in the journal."""
    looks = viewer(request)
    if twin := merged_cases(looks).filter(key=key).first():
        return redirect("support:case", key=twin.itself.key)
    found = get_object_or_404(visible_to(looks), key=key)
    parts, also = parts_of(looks, found), twins_of(looks, found)
    running = found.escalations.filter(ended_on__isnull=True).first()
    shown_ = {
        "case": found,
        "parts": parts,
        "works": worked_by(looks).filter(pk=found.pk).exists(),
        "me": looks.person,
        "lines": story(found, parts),
        "drafts": found.notes.filter(author=looks.person, final_at__isnull=True, deleted_at__isnull=True),
        "drawing": draw(found.members.all()),
        "members": found.members.filter(left_on__isnull=True)
        .exclude(merged_into__case=found)
        .select_related("resident"),
        "workers": found.workers.filter(ends_on__isnull=True).select_related("person").order_by("part"),
        "goals": found.goals.prefetch_related("steps"),
        "tasks": found.tasks.filter(done_at__isnull=True).select_related("owner"),
        "shares": found.shares.exclude(parts=[]).filter(ends_on__gte=looks.on).select_related("person"),
        "waited": queries.waited(found, looks.on),
        "norm": queries.waiting_norm(looks.on),
        "standing": queries.standing(running, found) if running else None,
        "also": [(twin, told, story(twin, told)) for twin, told in also],
        "on": looks.on,
    }
    actions.look(found, *(twin for twin, _told in also), by=by(request, _SEE))
    return render(request, "support/case.html", shown_)


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def case_act(request: HttpRequest, key: str, act: str, row: int | None = None) -> HttpResponse:
    """Do one thing with a case."""
    found = get_object_or_404(worked_by(viewer(request)), key=key)
    return _perform(request, CASE_ACTS, act, found, row, reverse("support:case", args=[key]))


@requires(_SEE)
@require_GET
def document(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Give a document to take along: never shown in the page, so that it cannot do anything there."""
    looks = viewer(request)
    found = get_object_or_404(visible_to(looks), key=key)
    if "documents" not in parts_of(looks, found):
        raise Http404
    kept = get_object_or_404(found.documents.filter(deleted_at__isnull=True), pk=number)
    answer = HttpResponse(bytes(kept.content), content_type=kept.media_type)
    ending = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}.get(kept.media_type, "docx")
    answer["Content-Disposition"] = f'attachment; filename="document-{kept.pk}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    actions.download(kept, by=by(request, _SEE))
    return answer


# Escalation


@requires(_SEE)
@require_GET
def escalations(request: HttpRequest) -> HttpResponse:
    """Show who must act today in which escalation, and what things get stuck on."""
    looks = viewer(request)
    shown_ = {"running": queries.escalations(looks), "reasons": queries.stuck_reasons(looks), "on": looks.on}
    return render(request, "support/escalations.html", shown_ | {"phases": Phase.objects.all()})


@requires(_MANAGE)
@require_GET
def phases(request: HttpRequest) -> HttpResponse:
    """Show the phases as they were agreed."""
    return render(request, "support/phases.html", {"phases": Phase.objects.all()})


@requires(_MANAGE)
@require_http_methods(["GET", "POST"])
def phase(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Record a phase, or what changed of one."""
    found = get_object_or_404(Phase, number=number) if number is not None else None
    form = PhaseForm(request.POST or None, viewer=viewer(request), of=None, row=found)
    if request.method == "POST" and form.is_valid():
        actions.keep_phase(form.instance, by=by(request, _MANAGE))
        return redirect("support:phases")
    return form_page(request, form, found.name if found else _("Fase toevoegen"), reverse("support:phases"))


# The team


@requires(_WORK)
@require_GET
def teams(request: HttpRequest) -> HttpResponse:
    """Show the only team that one has, or a choice."""
    own_teams = list(viewer(request).teams())
    if len(own_teams) == 1:
        return redirect("support:team", number=own_teams[0].pk)
    return render(request, "support/teams.html", {"teams": own_teams})


@requires(_WORK)
@require_GET
def team(request: HttpRequest, number: int) -> HttpResponse:
    """Show a team: who carries what, who is away, who attaches, whom to call, and when cases are discussed."""
    looks = viewer(request)
    found = _team(looks, number)
    shown_ = {
        "team": found,
        "districts": [name_of(code) for code in found.districts],
        "load": queries.load(found, looks.on),
        "leads": looks.teams(_LEAD).filter(pk=found.pk).exists(),
        "shell": queries.shell_of(found, looks.on),
        "contact_persons": queries.contact_persons(found),
        "meetings": queries.meetings(found)[:10],
        "handovers": queries.handovers(found, looks.on)[:10],
        "on": looks.on,
    }
    return render(request, "support/team.html", shown_)


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def team_act(request: HttpRequest, number: int, act: str, row: int | None = None) -> HttpResponse:
    """Do one thing with a team."""
    found = _team(viewer(request), number)
    return _perform(request, TEAM_ACTS, act, found, row, reverse("support:team", args=[number]))


@requires(_LEAD)
@require_http_methods(["GET", "POST"])
def handover(request: HttpRequest, number: int, key: str) -> HttpResponse:
    """Hand over the work of somebody: of each case where it goes, and the count that must close."""
    looks = viewer(request)
    found = get_object_or_404(looks.teams(_LEAD), pk=number)
    person = get_object_or_404(queries.people_of(found, looks.on), key=key)
    held = queries.held_by(person, looks)
    people = queries.people_of(found, looks.on).exclude(pk=person.pk)
    form = HandoverForm(request.POST or None, held=held, names=[shown(item) for _row, item in held], people=people)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.hand_over(
                person,
                to=form.to,
                because=form.cleaned_data["because"],
                actor=looks.person,
                on=looks.on,
                by=by(request, _LEAD),
            )
        except actions.HandoverError:
            messages.error(request, _("Er kwam intussen een dossier bij of er ging er een af. Kijk opnieuw."))
            return redirect("support:handover", number=number, key=key)
        counted = {"before": done.before, "moved": done.moved, "stayed": done.stayed, "tasks": done.tasks}
        words = _(
            "Van %(before)d dossiers gingen er %(moved)d over en bleven er %(stayed)d. Er gingen %(tasks)d taken mee."
        )
        messages.success(request, words % counted)
        return redirect("support:team", number=number)
    shown_ = {"team": found, "person": person, "form": form, "count": len(held)}
    return render(request, "support/handover.html", shown_, status=_status(form))


@requires(_SEE)
@require_GET
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """Show the agenda of a case discussion: by name with consent, otherwise as a question about nobody.

    Who attaches from outside reads a question about somebody only when that case was shared with them.
    """
    looks = viewer(request)
    found = _meeting(looks, number)
    talks = list(found.discussions.select_related("asked_by", "outcome_by"))
    known = {item.pk: item for item in named(Case.objects.filter(discussions__in=talks), looks)}
    rows = [
        (talk, known[talk.case_id] if talk.consent == "given" and known[talk.case_id].known else None) for talk in talks
    ]
    works = looks.teams().filter(pk=found.team_id).exists()
    told = [(talk, case) for talk, case in rows if works or case or talk.consent == "anonymous"]
    shown_ = {"meeting": found, "rows": told, "works": works, "withheld": len(rows) - len(told)}
    return render(request, "support/meeting.html", shown_)


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def conclude(request: HttpRequest, number: int, talk: int) -> HttpResponse:
    """Record what came of a discussion."""
    looks = viewer(request)
    found: Discussion = get_object_or_404(_meeting(looks, number).discussions.filter(outcome_at__isnull=True), pk=talk)
    form = ConcludeForm(request.POST or None, viewer=looks, of=found)
    back = reverse("support:meeting", args=[number])
    if request.method == "POST" and form.is_valid():
        actions.conclude_discussion(
            found, **form.cleaned_data, person=looks.person, at=timezone.now(), by=by(request, _WORK)
        )
        return redirect(back)
    return form_page(request, form, _("Wat kwam eruit?"), back, explain=found.question)


# Groups


@requires(_WORK)
@require_GET
def groups(request: HttpRequest) -> HttpResponse:
    """List the groups of one's teams."""
    return render(
        request, "support/groups.html", {"groups": queries.groups(viewer(request)), "on": timezone.localdate()}
    )


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def keep_group(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """Record a new group, or what changed of one."""
    looks = viewer(request)
    found = get_object_or_404(queries.groups(looks), pk=number) if number else None
    form = GroupForm(request.POST or None, viewer=looks, of=None, row=found)
    if request.method == "POST" and form.is_valid():
        kept = actions.keep_group(form.instance, by=by(request, _WORK))
        return redirect("support:group", number=kept.pk)
    return form_page(request, form, found.name if found else _("Nieuwe groep"), reverse("support:groups"))


@requires(_WORK)
@require_GET
def group(request: HttpRequest, number: int) -> HttpResponse:
    """Show a group: its programme, who takes part by name, and how many came."""
    found = get_object_or_404(queries.groups(viewer(request)), pk=number)
    shown_ = {
        "group": found,
        "participants": found.participants.filter(ends_on__isnull=True),
        "programme": queries.programme(found, timezone.localdate()),
        "sessions": queries.sessions(found)[:20],
        "on": timezone.localdate(),
    }
    actions.look_at_group(found, by=by(request, _WORK))
    return render(request, "support/group.html", shown_)


@requires(_WORK)
@require_http_methods(["GET", "POST"])
def group_act(request: HttpRequest, number: int, act: str, row: int | None = None) -> HttpResponse:
    """Do one thing with a group."""
    found: Group = get_object_or_404(queries.groups(viewer(request)), pk=number)
    return _perform(request, GROUP_ACTS, act, found, row, reverse("support:group", args=[number]))


# Counts


@requires(_COUNT)
@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """Show the counts of a month; how many, never who."""
    form = MonthForm(request.GET or {"month": f"{timezone.localdate():%Y-%m}"})
    rows = counts(form.cleaned_data["month"]) if form.is_valid() else []
    named_ = [(name_of(row.district), row) for row in rows]
    shown_ = {"form": form, "rows": named_, "month": form.cleaned_data.get("month")}
    return render(request, "support/counts.html", shown_, status=_status(form))


@requires(_COUNT)
@require_POST
def download_counts(request: HttpRequest) -> HttpResponse:
    """Give the counts of a month as the figures take them in."""
    form = MonthForm(request.POST)
    if not form.is_valid():
        raise Http404
    month = form.cleaned_data["month"]
    answer = HttpResponse(csv(counts(month)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="partner_count_{timezone.localdate()}.csv"'
    actions.count(month=month, by=by(request, _COUNT))
    return answer


def viewer(request: HttpRequest) -> Viewer:
    """Return who asks for a page, with what they may do today."""
    return Viewer(cast("Person", request.user), rights(request), timezone.localdate())


def _team(looks: Viewer, number: int) -> Team:
    return get_object_or_404(looks.teams(), pk=number)


def _meeting(looks: Viewer, number: int) -> Meeting:
    return get_object_or_404(queries.meetings_for(looks), pk=number)


def _perform(
    request: HttpRequest, table: Mapping[str, Act], name: str, of: Any, number: int | None, back: str
) -> HttpResponse:
    """Ask what an act of a table needs, do it, and go back; the row comes from what it is done to."""
    act, looks = table.get(name), viewer(request)
    if act is None or not act.allowed(of):
        raise Http404
    if act.lead and not looks.teams(_LEAD).filter(pk=of.pk).exists():
        raise PermissionDenied
    row = _row(act, of, number, looks)
    form = act.form(request.POST or None, request.FILES or None, viewer=looks, of=of, row=row) if act.form else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = dict(form.cleaned_data) if form else {}
        act.do(Asked(of, row, given, looks, timezone.now(), by(request, act.permission), form))
        messages.success(request, _("Vastgelegd: %s.") % str(act.title).lower())
        return redirect(back)
    return form_page(request, form, act.title, back, explain=act.explain, row=row)


def _row(act: Act, of: Any, number: int | None, looks: Viewer) -> Any:
    if number is None:
        if act.rows is not None and not act.new:
            raise Http404
        return None
    if act.rows is None:
        raise Http404
    rows = act.rows(of)
    return get_object_or_404(rows.filter(author=looks.person) if act.mine else rows, pk=number)


def form_page(
    request: HttpRequest, form: Any, title: Any, back: str, *, explain: Any = "", row: Any = None
) -> HttpResponse:
    """Ask what an act needs."""
    shown_ = {"form": form, "title": title, "back": back, "explain": explain, "row": row}
    return render(request, "support/act.html", shown_, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form is not None and form.is_bound and form.errors else 200
