"""Clarifying and triage: the conversation aid, the tree one question at a time, and the decision of a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from noaber.web.access.door import public, requires
from noaber.web.access.presence import by

from . import actions, triage
from .forms import ClarifyForm, options
from .heard import Choice
from .models import Clarification, Question
from .scope import HANDLE
from .towns import language_now
from .tree_picture import picture
from .views import oneself, status, visible_question
from .words import OUTCOMES


class DecideForm(forms.Form):
    """What a person decides after the advice, and why when that differs."""

    decided = forms.ChoiceField(label=gettext_lazy("Wat wordt het?"), widget=forms.RadioSelect)
    because = forms.CharField(
        label=gettext_lazy("Waarom anders dan het advies?"),
        help_text=gettext_lazy("Alleen nodig als u iets anders kiest. Van uw redenen wordt de boom beter."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    disagrees = forms.BooleanField(
        label=gettext_lazy("De inwoner wil iets anders"),
        help_text=gettext_lazy("Dan leest u voor hoe een melding bij de gemeente gaat, en geeft u de brief mee."),
        required=False,
    )

    def __init__(self, advised: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.advised = advised
        self.fields["decided"].choices = options(OUTCOMES)  # type: ignore[attr-defined]
        self.fields["decided"].initial = advised

    def clean(self) -> dict[str, Any]:
        """Ask for a reason when the person decides otherwise."""
        given = super().clean() or {}
        if given.get("decided") not in (None, self.advised) and not given.get("because"):
            self.add_error("because", _("U kiest anders dan het advies. Schrijf in een paar woorden waarom."))
        return given


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def clarify(request: HttpRequest, key: str) -> HttpResponse:
    """Look together for the question behind the question, and read it back."""
    question = visible_question(request, key)
    form = ClarifyForm(request.POST or None, initial=_told_before(question))
    if request.method == "POST" and form.is_valid():
        actions.clarify(question, told=form.told(), person=oneself(request), at=timezone.now(), by=by(request, HANDLE))
        messages.success(request, _("Bewaard."))
        return redirect("entrance:triage" if "triage" in request.POST else "entrance:clarify", key=key)
    shown = {"form": form, "question": question, "kept": _kept(question)}
    return render(request, "entrance/clarify.html", shown, status=status(form))


def _kept(question: Question) -> Clarification | None:
    return Clarification.objects.filter(question=question).first()


def _told_before(question: Question) -> dict[str, Any]:
    kept = _kept(question)
    if kept is None:
        return {"said": question.words}
    names = ("said", "tried", "around", "difference", "adults", "children", "read_back")
    return {name: getattr(kept, name) for name in names} | {f"area_{key}": said for key, said in kept.areas.items()}


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def weigh(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the tree's questions one by one; at its end show the advice, and let a person decide."""
    question = visible_question(request, key)
    asked = triage.tree()
    answers = [part for part in request.GET.get("pad", "").split(".") if part]
    walk = triage.walk(asked, answers)
    form = None
    if walk.end:
        form = DecideForm(walk.end.outcome, request.POST or None)
        if request.method == "POST" and form.is_valid():
            return _decide(request, question, walk, form)
    language = language_now()
    given = [answer for _, answer in walk.steps]
    shown = {
        "question": question,
        "tree": asked,
        "walk": walk,
        "form": form,
        "path": ".".join(given),
        "back": ".".join(given[:-1]),
        "said": triage.told(asked, walk.steps),
        "picture": mark_safe(picture(asked, language, walk.steps)),  # noqa: S308 (our own drawing)
        "clarified": _kept(question),
    }
    return render(request, "entrance/weigh.html", shown, status=status(form) if form else 200)


def _decide(request: HttpRequest, question: Question, walk: triage.Walk, form: DecideForm) -> HttpResponse:
    assert walk.end is not None
    given = form.cleaned_data
    choice = Choice(
        tree=triage.NEWEST,
        path=walk.steps,
        advice=walk.end.key,
        advised=walk.end.outcome,
        **{name: given[name] for name in ("decided", "because", "disagrees")},
    )
    actions.decide(question, choice, person=oneself(request), at=timezone.now(), by=by(request, HANDLE))
    return redirect("entrance:weighed", key=question.key)


@requires(HANDLE)
@require_GET
def weighed(request: HttpRequest, key: str) -> HttpResponse:
    """Show what was decided along which path, the next step, and how to make a report anyway; ready to print."""
    question = visible_question(request, key)
    made = question.advices.select_related("person").first()
    if made is None:
        return redirect("entrance:triage", key=key)
    asked = triage.tree(made.tree)
    steps = [(str(name), str(given)) for name, given in made.path]
    end = asked.end(made.advice)
    shown = {
        "question": question,
        "made": made,
        "said": triage.told(asked, steps),
        "end": end,
        "picture": mark_safe(picture(asked, language_now(), steps)),  # noqa: S308 (our own drawing)
    }
    return render(request, "entrance/weighed.html", shown)


@public("Everyone may read how the entrance chooses which help fits.")
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Show the whole tree in a picture and in words, with the reason of every question."""
    asked = triage.tree()
    drawn = mark_safe(picture(asked, language_now()))  # noqa: S308 (our own drawing)
    return render(request, "entrance/tree.html", {"tree": asked, "picture": drawn})
