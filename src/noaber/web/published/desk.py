"""The desk behind the shelf: taking in, judging by a second person, rejecting with a reason, withdrawing."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import requires
from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, rights

from . import actions, shelf
from .folder import Post, post
from .forms import ApproveForm, ReasonForm
from .gallery import gallery
from .models import Version
from .views import around

_DESK = "published:desk"


@requires(Permission.SEE_DRAFTS)
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """Show what came in, what waits for a second person, and what was decided last."""
    return _desk(request, ApproveForm(_for(request)))


@requires(Permission.TAKE_FIGURES)
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """Take in everything that came in and is whole."""
    taken = actions.take(
        _post().arrivals, taker=_person(request), at=timezone.now(), by=by(request, Permission.TAKE_FIGURES)
    )
    said = ngettext("%d cijfer staat klaar.", "%d cijfers staan klaar.", len(taken)) % len(taken)
    messages.success(request, f"{said} {_('Een ander keurt ze goed.')}" if taken else _("Er was niets nieuws."))
    return HttpResponseRedirect(resolve_url(_DESK))


@requires(Permission.APPROVE_FIGURES)
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Approve the chosen drafts; what was just approved by the same click is not approved again."""
    chosen = request.POST.getlist("drafts")
    person = _person(request)
    done_before = Version.objects.filter(content_hash__in=chosen, decision="approved", decided_by=person)
    form = ApproveForm([*_for(request), *done_before], request.POST)
    if not form.is_valid():
        return _desk(request, form, status=422)
    done = actions.approve(
        form.cleaned_data["drafts"], approver=person, at=timezone.now(), by=by(request, Permission.APPROVE_FIGURES)
    )
    said = ngettext("%d cijfer is nu openbaar.", "%d cijfers zijn nu openbaar.", len(done)) % len(done)
    messages.success(request, said if done else _("Hierover was al besloten."))
    return HttpResponseRedirect(resolve_url(_DESK))


@requires(Permission.SEE_DRAFTS)
@require_http_methods(["GET"])
def draft(request: HttpRequest, short: str) -> HttpResponse:
    """Show a draft as it would stand on the site, beside what it would replace."""
    return _draft(request, _waiting_or_rejected(request, short), ReasonForm())


@requires(Permission.APPROVE_FIGURES)
@require_POST
def reject(request: HttpRequest, short: str) -> HttpResponse:
    """Reject a draft with a reason."""
    version = _waiting_or_rejected(request, short)
    form = ReasonForm(request.POST)
    if version.taken_by_id == request.user.pk:
        form.add_error(None, _("U zette dit cijfer zelf klaar; een ander besluit erover."))
    if not form.is_valid():
        return _draft(request, version, form, status=422)
    done = actions.reject(
        version.content_hash,
        reason=form.cleaned_data["reason"],
        rejecter=_person(request),
        at=timezone.now(),
        by=by(request, Permission.APPROVE_FIGURES),
    )
    messages.success(request, _("Het cijfer is afgewezen.") if done else _("Hierover was al besloten."))
    return HttpResponseRedirect(resolve_url(_DESK))


@requires(Permission.APPROVE_FIGURES)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, short: str) -> HttpResponse:
    """Take a version from the shelf, with a reason that stands where the figure stood."""
    version = Version.objects.shown().short(short).defer("content").first()
    if version is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw(
            version.content_hash,
            reason=form.cleaned_data["reason"],
            withdrawer=_person(request),
            at=timezone.now(),
            by=by(request, Permission.APPROVE_FIGURES),
        )
        messages.success(request, _("Het cijfer is ingetrokken; op de pagina staat waarom."))
        return HttpResponseRedirect(resolve_url("published:figure", version.indicator))
    status = 422 if form.is_bound else 200
    return render(
        request, "published/withdraw.html", {"version": version, "form": form, **around(request)}, status=status
    )


def _desk(request: HttpRequest, form: ApproveForm, status: int = 200) -> HttpResponse:
    mine = rights(request)
    drafts = Version.objects.waiting().select_related("taken_by").defer("content").order_by("title_nl", "pk")
    shown = {
        "post": _post(),
        "drafts": drafts,
        "mine": {item.pk for item in drafts if item.taken_by_id == request.user.pk},
        "decided": Version.objects.exclude(decision="")
        .select_related("decided_by")
        .defer("content")
        .order_by("-decided_at", "title_nl")[:40],
        "form": form,
        "may_take": mine.may(Permission.TAKE_FIGURES),
        "may_approve": mine.may(Permission.APPROVE_FIGURES),
    }
    return render(request, "published/desk.html", shown | around(request), status=status)


def _draft(request: HttpRequest, version: Version, form: ReasonForm, status: int = 200) -> HttpResponse:
    current = shelf.current().get(version.indicator)
    shown = {
        "version": version,
        "exhibits": list(gallery([version])),
        "current": current,
        "changes": shelf.changes(shelf.result_of(version), shelf.result_of(current)) if current else None,
        "form": form,
        "own": version.taken_by_id == request.user.pk,
        "may_approve": rights(request).may(Permission.APPROVE_FIGURES),
    }
    return render(request, "published/draft.html", shown | around(request), status=status)


def _for(request: HttpRequest) -> list[Version]:
    """Return the drafts that whoever asks may decide on: those of others."""
    return list(Version.objects.waiting().exclude(taken_by=request.user.pk).defer("content"))


def _waiting_or_rejected(request: HttpRequest, short: str) -> Version:
    unpublished = Version.objects.readable_to(rights(request)).exclude(decision="approved")
    version = unpublished.short(short).select_related("taken_by", "decided_by").first()
    if version is None or not shelf.is_whole(version):
        raise Http404
    return version


def _post() -> Post:
    town = shelf.town()
    return post(town) if town else Post()


def _person(request: HttpRequest) -> Person:
    return cast("Person", request.user)
