"""The forms of this room: deciding on drafts, withdrawing, asking and answering."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Version


class ApproveForm(forms.Form):
    """Which drafts, by the hash of what was read; only those that another person took in."""

    drafts = forms.MultipleChoiceField(
        error_messages={
            "required": _("Kies minstens één cijfer."),
            "invalid_choice": _(
                "Dit cijfer kunt u niet (meer) goedkeuren: u zette het zelf klaar, of er is al besloten."
            ),
        }
    )

    def __init__(self, waiting: Iterable[Version], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["drafts"].choices = [(item.content_hash, item.title_nl) for item in waiting]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason for rejecting or withdrawing, that others will read."""

    reason = forms.CharField(
        label=_("Waarom?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Schrijf op waarom; een ander moet het kunnen begrijpen.")},
    )


class QuestionForm(forms.Form):
    """A question under a figure."""

    text = forms.CharField(
        label=_("Uw vraag"),
        help_text=_(
            "Iedereen kan uw vraag lezen zodra er een antwoord is. Noem geen inwoners. Uw naam staat er niet bij."
        ),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Schrijf uw vraag op.")},
    )


class AnswerForm(forms.Form):
    """The answer to a question, or why it is not published."""

    text = forms.CharField(
        label=_("Antwoord"),
        help_text=_("Vraag en antwoord staan daarna samen onder het cijfer, voor iedereen."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Schrijf het antwoord op, of waarom de vraag niet wordt geplaatst.")},
    )
    publish = forms.ChoiceField(
        label=_("Wat gebeurt ermee?"),
        choices=[
            ("yes", _("Plaatsen onder het cijfer, voor iedereen")),
            ("no", _("Niet plaatsen; alleen wie het vroeg leest waarom")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )
