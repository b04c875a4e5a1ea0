"""The form on the web, page by page; going on with a code; and what happens with a question that was sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import public
from noaber.web.access.presence import by
from noaber.web.entrance.towns import district_of, language_now
from noaber.web.entrance.words import THEMES, named

from . import actions, codes
from .kinds import LARGEST, MOST, kind_of, safe_name
from .models import WebForm
from .pages import PAGES, WhoPage, missing, order

_WHY = "A resident may ask without saying who it is."
CODE = "web_form_code"
"""Under which the session keeps the code of the form that this browser is filling in."""


def _mine(request: HttpRequest) -> WebForm | None:
    code = request.session.get(CODE)
    return WebForm.objects.filter(code_hash=codes.hashed(code)).first() if code else None


@public(_WHY)
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Say what comes, and begin."""
    if request.method == "POST":
        code = codes.make()
        actions.begin(code=code, at=timezone.now(), by=by(request))
        request.session[CODE] = code
        return redirect("frontdesk:page", page="vraag")
    form = _mine(request)
    return render(request, "frontdesk/begin.html", {"unfinished": bool(form and not form.sent_at)})


@public(_WHY)
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, page: str) -> HttpResponse:
    """Ask one question."""
    kept = _mine(request)
    if page not in PAGES:
        raise Http404
    if kept is None or kept.sent_at:
        return redirect("frontdesk:begin")
    more = {"answer_by": kept.answers.get("answer_by", "")} if PAGES[page] is WhoPage else {}
    form = PAGES[page](request.POST or None, initial=kept.answers, **more)
    if request.method == "POST" and form.is_valid():
        actions.keep(kept, answers=form.cleaned_data, at=timezone.now(), by=by(request))
        return redirect("frontdesk:later") if "later" in request.POST else _following(kept, page)
    pages = order(kept.answers)
    place = pages.index(page) if page in pages else 0
    shown = {"form": form, "number": place + 1, "count": len(pages) + 2, "back": pages[place - 1] if place else ""}
    return render(request, "frontdesk/page.html", shown, status=422 if form.errors else 200)


def _following(kept: WebForm, page: str) -> HttpResponse:
    pages = order(kept.answers)
    later = pages[pages.index(page) + 1 :] if page in pages else []
    return redirect("frontdesk:page", page=later[0]) if later else redirect("frontdesk:files")


@public(_WHY)
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest) -> HttpResponse:
    """Let files come along; what they are is found by looking inside."""
    kept = _mine(request)
    if kept is None or kept.sent_at:
        return redirect("frontdesk:begin")
    fault = ""
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_files(kept, by=by(request))
        return redirect("frontdesk:files")
    if request.method == "POST":
        file = request.FILES.get("bestand")
        if file is None:
            return redirect("frontdesk:check")
        content = file.read(LARGEST + 1)
        found = kind_of(content)
        if len(content) > LARGEST or kept.uploads.count() >= MOST:
            fault = _("Een bestand mag 5 MB zijn, en u kunt er drie meesturen.")
        elif found is None:
            fault = _("Dit bestand kunnen we niet lezen. Stuur een PDF, of een foto (JPG of PNG).")
        else:
            name = safe_name(file.name or "", found[1])
            actions.add_file(kept, name=name, kind=found[0], content=content, by=by(request))
            return redirect("frontdesk:files")
    shown = {"uploads": kept.uploads.defer("content"), "fault": fault, "back": order(kept.answers)[-1]}
    return render(request, "frontdesk/files.html", shown, status=422 if fault else 200)


@public(_WHY)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show everything once more, and send it."""
    kept = _mine(request)
    if kept is None or kept.sent_at:
        return redirect("frontdesk:begin")
    if first := missing(kept.answers):
        return redirect("frontdesk:page", page=first)
    if request.method == "POST":
        district = district_of(kept.answers.get("postcode", "")) or ""
        actions.send(kept, district=district, at=timezone.now(), by=by(request))
        return redirect("frontdesk:sent")
    shown = {
        "answers": kept.answers,
        "theme": named(THEMES, kept.answers["theme"])(language_now()),
        "uploads": kept.uploads.defer("content"),
    }
    return render(request, "frontdesk/check.html", shown)


@public(_WHY)
@require_GET
def sent(request: HttpRequest) -> HttpResponse:
    """Say that the question came in, and with which code to look what happens."""
    kept = _mine(request)
    if kept is None or not kept.sent_at:
        return redirect("frontdesk:begin")
    return render(request, "frontdesk/code.html", {"code": request.session[CODE], "sent": True})


@public(_WHY)
@require_GET
def later(request: HttpRequest) -> HttpResponse:
    """Show the code with which to go on later."""
    kept = _mine(request)
    if kept is None or kept.sent_at:
        return redirect("frontdesk:begin")
    return render(request, "frontdesk/code.html", {"code": request.session[CODE], "sent": False})


@public("Who has the code may go on, or see what happens.")
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Go on with a code: with the form, or to what happens with it."""
    if request.method == "POST":
        typed = request.POST.get("code", "")
        kept = WebForm.objects.filter(code_hash=codes.hashed(typed)).first()
        if kept is not None:
            request.session[CODE] = typed
            first = missing(kept.answers)
            if kept.sent_at:
                return redirect("frontdesk:happens")
            return redirect("frontdesk:page", page=first) if first else redirect("frontdesk:check")
        messages.error(request, _("Deze code kennen we niet. Kijk of u hem goed hebt overgetypt."))
    return render(request, "frontdesk/enter.html", status=422 if request.method == "POST" else 200)


@public("Who has the code may see what happens with the question.")
@require_GET
def happens(request: HttpRequest) -> HttpResponse:
    """Say what happens with a question that was sent."""
    kept = _mine(request)
    if kept is None or not kept.sent_at:
        return redirect("frontdesk:enter")
    contact = kept.contact
    shown = {
        "form": kept,
        "questions": contact.questions.all() if contact else [],
        "calls": contact.call_backs.filter(ended_at__isnull=True) if contact else [],
        "worker": contact.worker if contact else None,
    }
    return render(request, "frontdesk/happens.html", shown)


@public("Who uses a computer of somebody else must be able to leave nothing behind.")
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget the form in this browser."""
    request.session.pop(CODE, None)
    return redirect("frontdesk:begin")
