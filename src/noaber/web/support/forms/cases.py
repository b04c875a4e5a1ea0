"""What is asked for each act on a case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.records import is_citizen_number
from noaber.rules import value
from noaber.web.access.models import Person

from .. import queries
from ..models import Goal, Member
from ..models.cases import END_REASONS, LEVELS, LOOKED_BACK, PARTS
from .asks import ActForm, RowForm, day_field, long_field

LARGEST = 5 * 1024 * 1024
MEDIA = {
    "application/pdf": b"%PDF-",
    "image/png": b"\x89PNG\r\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": b"PK\x03\x04",
}
"""The kinds of documents that are taken in, and how each begins: what a browser says of a file is not believed."""


class StartForm(ActForm):
    """Who becomes the first worker."""

    worker = forms.ModelChoiceField(Person.objects.none(), label=_("Vaste begeleider"))
    on = day_field(_("Vanaf"))

    def prepare(self) -> None:
        """Offer the people of the team."""
        self.among("worker", queries.people_of(self.of.team, self.viewer.on))
        self.initial["on"] = self.viewer.on

    def clean(self) -> None:
        """Refuse to begin before the question or after today."""
        super().clean()
        self.not_later("on")
        if (on := self.cleaned_data.get("on")) and on < self.of.asked_on:
            self.add_error("on", _("Dit ligt voor de dag van de vraag."))


class ScaleForm(ActForm):
    """More or less help."""

    level = forms.ChoiceField(label=_("Hoeveel hulp"), choices=LEVELS, widget=forms.RadioSelect)
    because = forms.CharField(label=_("Waarom?"), max_length=300)

    def prepare(self) -> None:
        """Begin with how it is."""
        self.initial["level"] = self.of.level


class EndForm(ActForm):
    """How it ended."""

    reason = forms.ChoiceField(label=_("Waarom stopt de ondersteuning?"), choices=END_REASONS, widget=forms.RadioSelect)
    words = long_field(_("Hoe gaat het nu verder?"), required=False)


class LookBackForm(ActForm):
    """How it went without help."""

    outcome = forms.ChoiceField(label=_("Hoe gaat het nu?"), choices=LOOKED_BACK, widget=forms.RadioSelect)
    words = long_field(_("In de woorden van de inwoner"))


class BecauseForm(ActForm):
    """Why."""

    because = forms.CharField(label=_("Waarom?"), max_length=300)


class ShieldForm(ActForm):
    """Whether only the own workers find this case."""

    restricted = forms.BooleanField(
        label=_("Alleen de eigen begeleiders kunnen dit dossier vinden en lezen"), required=False
    )
    because = forms.CharField(label=_("Waarom?"), max_length=300, required=False)

    def prepare(self) -> None:
        """Begin with how it is."""
        self.initial |= {"restricted": self.of.restricted, "because": self.of.restricted_because}

    def clean(self) -> None:
        """Ask why when it becomes restricted."""
        super().clean()
        if self.cleaned_data.get("restricted") and not self.cleaned_data.get("because"):
            self.add_error("because", _("Zeg waarom dit nodig is."))


class MemberForm(RowForm):
    """Somebody of the household or around it."""

    birth_year = forms.IntegerField(label=_("Geboortejaar"), required=False, min_value=1900, max_value=2100)
    left_on = day_field(_("Hoort er niet meer bij sinds"), required=False)

    class Meta:
        model = Member
        fields = ("name", "relation", "birth_year", "household", "tie", "reach", "left_on")
        labels = {  # noqa: RUF012
            "name": _("Naam"),
            "relation": _("Wie is dit voor degene die hulp vraagt?"),
            "household": _("Woont in dit huis"),
            "tie": _("Hoe is de band?"),
            "reach": _("Te bereiken"),
        }

    def prepare(self) -> None:
        """Know whose household it is."""
        self.instance.case = self.of

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has yet to come."""
        given = super().clean()
        self.not_later("left_on")
        return given or self.cleaned_data


class LinkForm(ActForm):
    """The citizen number that a resident gives to be able to see who looks."""

    number = forms.CharField(
        label=_("Burgerservicenummer"),
        help_text=_(
            "Alleen als de inwoner dit zelf wil, om te zien wie in het dossier kijkt. Wij bewaren het versleuteld."
        ),
        max_length=11,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric"}),
    )

    def clean_number(self) -> str:
        """Take out spaces and dots; refuse what is no citizen number."""
        number = "".join(char for char in self.cleaned_data["number"] if char.isdigit())
        if not is_citizen_number(number):
            raise forms.ValidationError(_("Dit is geen burgerservicenummer."))
        return number


class WorkerForm(ActForm):
    """Who helps beside the first worker."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Wie helpt mee?"))

    def prepare(self) -> None:
        """Offer who does not help yet."""
        helping = self.of.workers.filter(ends_on__isnull=True).values("person")
        self.among("person", queries.people_of(self.of.team, self.viewer.on).exclude(pk__in=helping))


class ShareForm(ActForm):
    """With whom of the second shell a part is shared, for what, with whose consent, until when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Met wie van de tweede schil?"))
    parts = forms.MultipleChoiceField(
        label=_("Wat mag diegene zien?"), choices=PARTS, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.CharField(label=_("Waarvoor?"), max_length=300)
    consent = forms.CharField(
        label=_("Wie gaf toestemming, wanneer en hoe?"),
        max_length=300,
        help_text=_("Zonder toestemming deelt u niet. Bespreek de vraag dan zonder naam in het casusoverleg."),
    )
    ends_on = day_field(_("Tot en met"))

    def prepare(self) -> None:
        """Offer who is attached to the team now, for three months."""
        attached = queries.shell_of(self.of.team, self.viewer.on).values("person")
        self.among("person", Person.objects.filter(pk__in=attached).order_by("name"))
        self.initial["ends_on"] = self.viewer.on + timedelta(days=90)

    def clean_ends_on(self) -> date:
        """Refuse to share for longer than a year, or in the past."""
        ends_on: date = self.cleaned_data["ends_on"]
        if not self.viewer.on <= ends_on <= self.viewer.on + timedelta(days=366):
            raise forms.ValidationError(_("Kies een dag tussen vandaag en een jaar verder."))
        return ends_on


class PlanForm(ActForm):
    """What a person or family wants, in their own words."""

    words = long_field(_("Wat wilt u, in uw eigen woorden?"), help_text=_("Lees het voor en vraag of het klopt."))
    agreed_on = day_field(_("Samen eens op"), required=False)

    def prepare(self) -> None:
        """Begin with what there is."""
        self.initial |= {"words": self.of.plan_words, "agreed_on": self.of.plan_agreed_on}

    def clean(self) -> None:
        """Refuse a day that has yet to come."""
        super().clean()
        self.not_later("agreed_on")


class GoalForm(ActForm):
    """A goal; a few are enough."""

    words = forms.CharField(label=_("Doel"), max_length=300, help_text=_("Zoals de inwoner het zelf zegt."))

    def clean(self) -> None:
        """Refuse more goals than anyone can remember."""
        super().clean()
        most = int(value("choice/open_goals", self.viewer.on).number)
        if self.of.goals.filter(ended_on__isnull=True).count() >= most:
            raise forms.ValidationError(_("Er staan al %d doelen open. Rond er eerst een af.") % most)


class GoalEndForm(ActForm):
    """What came of a goal."""

    outcome = forms.ChoiceField(label=_("Hoe ging het?"), choices=Goal.OUTCOMES, widget=forms.RadioSelect)
    words = forms.CharField(label=_("In eigen woorden"), max_length=300, required=False)


class StepForm(ActForm):
    """A step towards a goal."""

    words = forms.CharField(label=_("Wat gaat er gebeuren?"), max_length=300)
    who = forms.CharField(label=_("Wie doet dat?"), max_length=200)
    by_on = day_field(_("Voor wanneer?"), required=False)


class NoteForm(ActForm):
    """A note; as a draft only its author sees it."""

    words = long_field(_("Notitie"), help_text=_("De inwoner kan dit lezen. Schrijf wat u ook zou zeggen."))
    draft = forms.BooleanField(label=_("Nog een concept: alleen ik zie het"), required=False)

    def prepare(self) -> None:
        """Go on with one's own draft."""
        if self.row is not None:
            self.initial |= {"words": self.row.words, "draft": True}


class TaskForm(ActForm):
    """Something that somebody will do."""

    words = forms.CharField(label=_("Wat"), max_length=300)
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Wie doet het?"))
    due_on = day_field(_("Voor wanneer?"))
    promised = forms.BooleanField(label=_("Dit is beloofd aan de inwoner"), required=False)

    def prepare(self) -> None:
        """Offer the people of the team, oneself first."""
        self.among("owner", queries.people_of(self.of.team, self.viewer.on))
        self.initial["owner"] = self.viewer.person.pk


class DocumentForm(ActForm):
    """A document for the file."""

    file = forms.FileField(label=_("Document"), help_text=_("PDF, Word of een foto; ten hoogste 5 MB."))
    name = forms.CharField(label=_("Wat is het?"), max_length=200)

    def clean_file(self) -> tuple[str, bytes]:
        """Return the kind and the bytes; refuse what is too large, empty, or not what we take in."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("Dit bestand is groter dan 5 MB."))
        content: bytes = given.read()
        kinds = [kind for kind, begins in MEDIA.items() if content.startswith(begins)]
        if not kinds:
            raise forms.ValidationError(_("Dit is geen PDF, Word-document of foto."))
        return kinds[0], content
