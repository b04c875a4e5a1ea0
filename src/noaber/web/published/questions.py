"""Questions under a figure: asked by the council, answered by who knows the figures, public once answered."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from noaber.web.access.door import requires
from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import by, rights

from . import actions, shelf
from .forms import AnswerForm, QuestionForm
from .gallery import gallery
from .models import Question
from .views import around


@requires(Permission.ASK_ABOUT_FIGURES)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, indicator: str) -> HttpResponse:
    """Ask a question under a figure that is public."""
    version = shelf.current().get(indicator)
    exhibits = gallery([version]).of_indicator(indicator) if version else []
    if version is None or not exhibits:
        raise Http404
    title = exhibits[0].figure.title
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask(
            indicator=indicator,
            figure_title=title[:300],
            text=form.cleaned_data["text"],
            asker=cast("Person", request.user),
            at=timezone.now(),
            by=by(request, Permission.ASK_ABOUT_FIGURES),
        )
        messages.success(
            request, _("Uw vraag is gesteld. U ziet het antwoord hier; tot die tijd ziet niemand anders uw vraag.")
        )
        return HttpResponseRedirect(resolve_url("published:figure", indicator) + "#vragen")
    shown = {"title": title, "indicator": indicator, "form": form, **around(request)}
    return render(request, "published/ask.html", shown, status=422 if form.is_bound else 200)


@requires(Permission.ANSWER_ABOUT_FIGURES)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the questions that wait for an answer, oldest first, and the last that were answered."""
    seen = Question.objects.visible_to(rights(request), request.user).select_related("asked_by", "answered_by")
    shown = {
        "open": seen.filter(outcome="").order_by("asked_at"),
        "done": seen.exclude(outcome="").order_by("-answered_at")[:30],
    }
    return render(request, "published/inbox.html", shown | around(request))


@requires(Permission.ANSWER_ABOUT_FIGURES)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Answer a question, or say to the asker why it is not published."""
    seen = Question.objects.visible_to(rights(request), request.user).select_related("asked_by")
    question = get_object_or_404(seen, pk=number, outcome="")
    form = AnswerForm(request.POST or None)
    if form.is_bound and question.asked_by_id == request.user.pk:
        form.add_error(None, _("U stelde deze vraag zelf; een ander beantwoordt haar."))
    if request.method == "POST" and form.is_valid():
        publish = form.cleaned_data["publish"] == "yes"
        actions.answer(
            question,
            text=form.cleaned_data["text"],
            publish=publish,
            answerer=cast("Person", request.user),
            at=timezone.now(),
            by=by(request, Permission.ANSWER_ABOUT_FIGURES),
        )
        messages.success(
            request, _("Het antwoord staat onder het cijfer.") if publish else _("De vraag is niet geplaatst.")
        )
        return HttpResponseRedirect(resolve_url("published:inbox"))
    version = shelf.current().get(question.indicator)
    exhibits = list(gallery([version])) if version else []
    shown = {"question": question, "exhibits": exhibits[:1], "form": form, **around(request)}
    return render(request, "published/answer.html", shown, status=422 if form.is_bound else 200)
