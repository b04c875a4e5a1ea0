"""The forms of the desk: a contact in one screen, answering, calling back, clarifying, notes and tasks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from noaber.web.access.models import Person
from noaber.web.access.rights import Rights

from .heard import Promise, Who
from .models import Client
from .queries import colleagues, open_places
from .towns import district_of, districts, language_now, name_of
from .words import AREAS, CHANNELS, OUTCOMES, PARTS, RELATIONS, THEMES, Word


def options(words: tuple[Word, ...], *, empty: str = "") -> list[tuple[str, str]]:
    """Return choices in the language of the page, with one for none when it has words."""
    told = [(word.key, word.name(language_now())) for word in words]
    return [("", empty), *told] if empty else told


class DistrictField(forms.CharField):
    """A postcode, or (the beginning of) the name of a district; gives its code."""

    def clean(self, value: Any) -> str:
        """Return the code of the district that was meant."""
        typed: str = super().clean(value)
        if not typed:
            return ""
        found = district_of(typed)
        if found is None:
            raise forms.ValidationError(_("Deze postcode of wijk kennen we niet. Begin met de naam van de wijk."))
        return found


class DayInput(forms.DateInput):
    """A day, as browsers let one choose it."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class QuestionForm(forms.Form):
    """A question: in own words, its theme, what came of it; theme and outcome are all that must be chosen."""

    words = forms.CharField(
        label=_("Wat is de vraag?"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "autofocus": True, "aria-keyshortcuts": "Enter"}),
    )
    theme = forms.ChoiceField(label=_("Waar gaat het over?"), widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("Wat komt eruit?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].choices = options(THEMES)  # type: ignore[attr-defined]
        self.fields["outcome"].choices = options(OUTCOMES)  # type: ignore[attr-defined]


class ContactForm(QuestionForm):
    """A contact in one screen; who and for whom may stay empty, since anonymous is normal."""

    where = DistrictField(label=_("Postcode of wijk"), widget=forms.TextInput(attrs={"list": "wijken"}))
    channel = forms.ChoiceField(label=_("Hoe kwam de vraag?"), widget=forms.RadioSelect)
    place = forms.ModelChoiceField(label=_("Openingsplek"), queryset=None, required=False)
    caller_name = forms.CharField(label=_("Naam"), max_length=200, required=False)
    caller_phone = forms.CharField(label=_("Telefoonnummer"), max_length=40, required=False)
    caller_born = forms.DateField(label=_("Geboortedatum"), required=False, widget=DayInput())
    caller_known = forms.CharField(required=False, widget=forms.HiddenInput)
    relation = forms.ChoiceField(label=_("De beller is de … van wie het gaat om"), required=False)
    about_name = forms.CharField(label=_("Naam van wie het gaat om"), max_length=200, required=False)
    about_known = forms.CharField(required=False, widget=forms.HiddenInput)
    call_on = forms.DateField(label=_("Terugbellen op"), required=False, widget=DayInput())
    call_part = forms.ChoiceField(label=_("Wanneer op de dag"), required=False)
    call_owner = forms.ModelChoiceField(label=_("Wie belt"), queryset=None, required=False)
    seconds = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, rights: Rights, person: Person, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights, self.person, self.today = rights, person, today
        self.fields["channel"].choices = options(CHANNELS)  # type: ignore[attr-defined]
        self.fields["relation"].choices = options(RELATIONS, empty=" ")  # type: ignore[attr-defined]
        self.fields["call_part"].choices = options(PARTS)  # type: ignore[attr-defined]
        self.fields["place"].queryset = open_places(today)  # type: ignore[attr-defined]
        self.fields["call_owner"].queryset = colleagues(rights, today)  # type: ignore[attr-defined]
        self.fields["call_owner"].initial = person
        self.fields["where"].required = bool(districts())

    def _known(self, name: str) -> Client | None:
        key = self.cleaned_data.get(name)
        return Client.objects.visible_to(self.rights).filter(key=key).first() if key else None

    def clean(self) -> dict[str, Any]:
        """Ask for what belongs together: a number with a call, a name with a relation."""
        given = super().clean() or {}
        if given.get("call_on"):
            if not given.get("caller_phone") and not getattr(self._known("caller_known"), "phone", ""):
                self.add_error("caller_phone", _("Zonder nummer kunnen we niet terugbellen."))
            if given["call_on"] < self.today:
                self.add_error("call_on", _("Die dag is al voorbij."))
        if given.get("relation") and not given.get("about_name") and not given.get("about_known"):
            self.add_error("about_name", _("Om wie gaat het? Een voornaam is genoeg."))
        given["seconds"] = min(given.get("seconds") or 0, 3600) or None
        return given

    def caller(self) -> Who:
        """Return who asked."""
        given = self.cleaned_data
        return Who(
            known=self._known("caller_known"),
            name=given["caller_name"],
            phone=given["caller_phone"],
            born_on=given["caller_born"],
        )

    def about(self) -> Who:
        """Return about whom it is, when that is somebody else."""
        return Who(known=self._known("about_known"), name=self.cleaned_data["about_name"])

    def promise(self) -> Promise | None:
        """Return the promise to call back, when one was made."""
        given = self.cleaned_data
        if not given["call_on"]:
            return None
        known = self._known("caller_known")
        return Promise(
            phone=given["caller_phone"] or (known.phone if known else ""),
            on=given["call_on"],
            part=given["call_part"] or "day",
            owner=given["call_owner"] or self.person,
        )


class AnswerForm(forms.Form):
    """What came of a question that waited, and what was said."""

    outcome = forms.ChoiceField(label=_("Wat komt eruit?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Wat hebt u gezegd of gedaan?"),
        help_text=_("Kort, en zo dat de inwoner het ook mag lezen."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = options(OUTCOMES)  # type: ignore[attr-defined]


class PlaceContactForm(forms.Form):
    """In which district a contact belongs."""

    where = DistrictField(label=_("Postcode of wijk"), widget=forms.TextInput(attrs={"list": "wijken"}))


class CallForm(forms.Form):
    """A promise to call somebody back."""

    phone = forms.CharField(label=_("Telefoonnummer"), max_length=40)
    on = forms.DateField(label=_("Op"), widget=DayInput())
    part = forms.ChoiceField(label=_("Wanneer op de dag"))
    owner = forms.ModelChoiceField(label=_("Wie belt"), queryset=None, empty_label=_("kies iemand"))

    def __init__(self, rights: Rights, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["part"].choices = options(PARTS)  # type: ignore[attr-defined]
        self.fields["owner"].queryset = colleagues(rights, today)  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """Refuse a day that is over."""
        on: date = self.cleaned_data["on"]
        if on < self.today:
            raise forms.ValidationError(_("Die dag is al voorbij."))
        return on


class OwnerForm(forms.Form):
    """Who takes over a call."""

    owner = forms.ModelChoiceField(label=_("Wie belt"), queryset=None, empty_label=_("kies iemand"))

    def __init__(self, rights: Rights, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues(rights, today)  # type: ignore[attr-defined]


class ClarifyForm(forms.Form):
    """The question behind the question; nothing has to be filled in, and nothing is asked that is not needed."""

    said = forms.CharField(
        label=_("Wat zegt de inwoner zelf?"),
        help_text=_("In de woorden van de inwoner. Vraag door: wat maakt dat u nu belt?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    tried = forms.CharField(
        label=_("Wat is al geprobeerd?"),
        help_text=_("Ook wat niet hielp. En wat ging vroeger wel goed?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    around = forms.CharField(
        label=_("Wie is er in de buurt?"),
        help_text=_("Wie mag het weten, wie kan iets doen? Namen zijn niet nodig: ‘de buurvrouw’ is genoeg."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    difference = forms.CharField(
        label=_("Wat zou het verschil maken?"),
        help_text=_("Stel, het is een half jaar later en het gaat beter: wat is er dan anders?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    adults = forms.IntegerField(label=_("Volwassenen in huis"), required=False, min_value=0, max_value=20)
    children = forms.IntegerField(label=_("Kinderen in huis"), required=False, min_value=0, max_value=20)
    read_back = forms.BooleanField(
        label=_("Voorgelezen, en de inwoner herkent het"),
        help_text=_("Lees voor wat hierboven staat, en verander het tot het klopt."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = language_now()
        for area in AREAS:
            self.fields[f"area_{area.key}"] = forms.CharField(
                label=area.name(language), help_text=area.about(language), required=False, max_length=500
            )

    @property
    def areas(self) -> list[forms.BoundField]:
        """The fields of the areas of life."""
        return [self[f"area_{area.key}"] for area in AREAS]

    def told(self) -> dict[str, Any]:
        """Return what was said, as the action wants it."""
        given = {key: value for key, value in self.cleaned_data.items() if not key.startswith("area_")}
        areas = {area.key: self.cleaned_data[f"area_{area.key}"] for area in AREAS}
        return given | {"areas": {key: words for key, words in areas.items() if words}}


class NoteForm(forms.Form):
    """A note; a draft is for the writer only."""

    text = forms.CharField(label=_("Notitie"), widget=forms.Textarea(attrs={"rows": 3}))
    draft = forms.BooleanField(label=_("Concept: alleen ik zie dit nog"), required=False)


class DeleteNoteForm(forms.Form):
    """Why a note goes."""

    why = forms.CharField(label=_("Waarom verwijdert u deze notitie?"), max_length=200)


class TaskForm(forms.Form):
    """Who does what by when."""

    what = forms.CharField(label=_("Wat"), max_length=200)
    due_on = forms.DateField(label=_("Uiterlijk"), widget=DayInput())
    owner = forms.ModelChoiceField(label=_("Wie"), queryset=None, empty_label=_("kies iemand"))
    promised = forms.BooleanField(label=_("Beloofd aan de inwoner"), required=False)

    def __init__(self, rights: Rights, person: Person, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues(rights, today)  # type: ignore[attr-defined]
        self.fields["owner"].initial = person
        self.fields["due_on"].initial = today + timedelta(days=7)


def where_shown(code: str) -> str:
    """Return how a district stands in its field."""
    return name_of(code) if code else ""
