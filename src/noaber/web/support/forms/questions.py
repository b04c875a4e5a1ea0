"""What is asked of a new question, and of the two people who look at it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Question
from ..models.questions import OUTCOMES
from .asks import RowForm, day_field, long_field


class QuestionForm(RowForm):
    """A new question, in the words of who asks it."""

    field_order = ("own_words", "who", "reach", "themes", "team", "district", "asked_on")
    own_words = long_field(_("Wat is de vraag, in eigen woorden?"))
    who = forms.CharField(
        label=_("Wie vraagt het?"), required=False, max_length=200, help_text=_("Leeg als iemand geen naam geeft.")
    )
    reach = forms.CharField(label=_("Hoe bereiken we diegene?"), required=False, max_length=200)
    themes = forms.CharField(label=_("Waar gaat het over?"), required=False, max_length=200)
    district = forms.CharField(label=_("Wijk of buurt"), max_length=10, help_text=_("CBS-code, zoals WK016401."))
    asked_on = day_field(_("Gevraagd op"))

    class Meta:
        model = Question
        fields = ("own_words", "who", "reach", "themes", "team", "district", "asked_on")
        labels = {"team": _("Team")}  # noqa: RUF012

    def prepare(self) -> None:
        """Offer one's own teams, and today."""
        teams = self.viewer.teams()
        self.among("team", teams)
        self.offer_districts("district")
        self.fields["team"].empty_label = None  # type: ignore[attr-defined]
        self.initial.setdefault("asked_on", self.viewer.on)
        first = teams.first()
        if first and first.districts:
            self.initial.setdefault("district", first.districts[0])

    def clean(self) -> None:
        """Refuse a question from tomorrow."""
        super().clean()
        self.not_later("asked_on")


class JudgeForm(forms.Form):
    """What one person makes of a question, or two who differed make of it together."""

    outcome = forms.ChoiceField(label=_("Wat past hier het best?"), choices=OUTCOMES, widget=forms.RadioSelect)
    words = long_field(_("Waarom?"))
