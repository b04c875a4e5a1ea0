"""What is asked for each act of a team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from noaber.web.access.models import Person, Team

from .. import queries
from ..models import Case, Discussion
from .asks import ActForm, day_field, long_field


class LeaveForm(ActForm):
    """Who is away and who stands in."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Wie is er niet?"))
    stand_in = forms.ModelChoiceField(Person.objects.none(), label=_("Wie valt in?"))
    begins_on = day_field(_("Vanaf"))
    ends_on = day_field(_("Tot en met"))

    def prepare(self) -> None:
        """Offer the people of the team."""
        for name in ("person", "stand_in"):
            self.among(name, queries.people_of(self.of, self.viewer.on))

    def clean(self) -> None:
        """Refuse to stand in for oneself."""
        super().clean()
        self.forwards("begins_on", "ends_on")
        person, stand_in = self.cleaned_data.get("person"), self.cleaned_data.get("stand_in")
        if person and person == stand_in:
            self.add_error("stand_in", _("Kies iemand anders dan wie er niet is."))


class ExpertiseForm(ActForm):
    """What somebody knows more of than most."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Wie?"))
    words = forms.CharField(
        label=_("Waar weet diegene veel van?"),
        max_length=300,
        required=False,
        help_text=_("Met komma's ertussen: schulden, opvoeden."),
    )

    def prepare(self) -> None:
        """Offer the people of the team."""
        self.among("person", queries.people_of(self.of, self.viewer.on))

    def clean_words(self) -> list[str]:
        """Return the words one by one."""
        return sorted({item.strip()[:100] for item in self.cleaned_data["words"].split(",") if item.strip()})


class AttachForm(ActForm):
    """Who of the second shell attaches, knowing what, when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Wie?"))
    expertise = forms.CharField(label=_("Vakgebied"), max_length=100)
    moments = forms.CharField(label=_("Wanneer en waar?"), max_length=200)
    begins_on = day_field(_("Vanaf"))
    ends_on = day_field(_("Tot en met"))

    def prepare(self) -> None:
        """Offer who has the role of the second shell."""
        today = self.viewer.on
        running = {"assignments__begins_on__lte": today, "assignments__ends_on__gte": today}
        found = Person.objects.filter(assignments__role="second_shell", closed_at__isnull=True, **running)
        self.among("person", found.distinct().order_by("name"))
        self.initial["begins_on"] = today

    def clean(self) -> None:
        """Refuse an end before the beginning."""
        super().clean()
        self.forwards("begins_on", "ends_on")


class ContactPersonForm(ActForm):
    """Whom to call elsewhere."""

    organisation = forms.CharField(label=_("Organisatie"), max_length=200)
    name = forms.CharField(label=_("Naam"), max_length=200)
    about = forms.CharField(label=_("Waarover?"), max_length=200)
    reach = forms.CharField(label=_("Te bereiken"), max_length=200)


class MeetingForm(ActForm):
    """When the team discusses cases."""

    on = day_field(_("Wanneer?"))
    place = forms.CharField(label=_("Waar?"), max_length=200, required=False)


class DiscussionForm(ActForm):
    """A case for the agenda, with consent or without a name."""

    meeting = forms.ModelChoiceField(Team.objects.none(), label=_("Welk overleg?"), empty_label=None)
    question = forms.CharField(
        label=_("Wat wilt u aan het team vragen?"),
        max_length=300,
        help_text=_("Zonder namen, als er geen toestemming is."),
    )
    consent = forms.ChoiceField(label=_("Mag het met naam?"), choices=Discussion.CONSENT, widget=forms.RadioSelect)
    consent_words = forms.CharField(label=_("Wie gaf toestemming, wanneer en hoe?"), max_length=300, required=False)

    def prepare(self) -> None:
        """Offer the meetings to come."""
        self.among("meeting", self.of.team.meetings.filter(on__gte=self.viewer.on))

    def clean(self) -> None:
        """Ask who agreed."""
        super().clean()
        if self.cleaned_data.get("consent") == "given" and not self.cleaned_data.get("consent_words"):
            self.add_error("consent_words", _("Zeg wie toestemming gaf, wanneer en hoe."))


class ConcludeForm(ActForm):
    """What came of a discussion."""

    outcome = long_field(_("Wat kwam eruit?"))
    present = forms.CharField(label=_("Wie waren erbij?"), max_length=300)


class HandoverForm(forms.Form):
    """Of each case of somebody: where it goes."""

    because = forms.CharField(label=_("Waarom?"), max_length=300)

    def __init__(
        self, *args: Any, held: list[tuple[Any, Case]], names: list[str], people: QuerySet[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("blijft")), *((str(person.pk), person.name) for person in people)]
        self.people = {str(person.pk): person for person in people}
        self.cases = [item.case_id for item, _case in held]
        for (item, _case), name in zip(held, names, strict=True):
            self.fields[f"case_{item.case_id}"] = forms.ChoiceField(label=name, choices=choices, required=False)

    @property
    def to(self) -> dict[int, Person | None]:
        """Where each case goes, by its number; None when it stays."""
        return {number: self.people.get(self.cleaned_data[f"case_{number}"]) for number in self.cases}
