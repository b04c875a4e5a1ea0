"""The pages of the coordinator: opening places and staffing, the plan and the results of the sample, the counts."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import public, requires
from noaber.web.access.presence import by, rights

from . import actions, queries, sampling, sampling_queries
from .forms import DayInput, DistrictField, options
from .long_form import EXTRAS, WHY_NOT
from .models import Place
from .scope import HANDLE, MANAGE
from .towns import districts, language_now, name_of
from .views import oneself, status
from .words import WEEKDAYS

_MARGINS = (0.02, 0.03, 0.05, 0.075, 0.1)
_WEEKS = (4, 13, 26, 52)


class PlaceForm(forms.Form):
    """An opening place with the hours of each weekday."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=200)
    address = forms.CharField(label=gettext_lazy("Adres"), max_length=200)
    where = DistrictField(label=gettext_lazy("Wijk"), required=False)
    about = forms.CharField(label=gettext_lazy("Hoe komt iemand binnen?"), required=False, max_length=300)
    opened_on = forms.DateField(label=gettext_lazy("Open sinds"), widget=DayInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for word in WEEKDAYS:
            self.fields[f"day_{word.key}"] = forms.CharField(
                label=word.name(language_now()), required=False, max_length=30
            )

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are not about hours."""
        return [field for field in self if not field.name.startswith("day_")]

    @property
    def days(self) -> list[forms.BoundField]:
        """The fields of the hours, Monday first."""
        return [field for field in self if field.name.startswith("day_")]

    def hours(self) -> list[tuple[int, time, time]]:
        """Return the hours that were filled in."""
        told = [(int(word.key), self.cleaned_data.get(f"day_{word.key}", "")) for word in WEEKDAYS]
        return [(weekday, *_span(typed)) for weekday, typed in told if typed]

    def clean(self) -> dict[str, Any]:
        """Refuse hours that cannot be read."""
        given = super().clean() or {}
        for word in WEEKDAYS:
            typed = given.get(f"day_{word.key}")
            try:
                if typed and _span(typed)[0] >= _span(typed)[1]:
                    raise ValueError
            except ValueError:
                self.add_error(f"day_{word.key}", _("Schrijf het zo: 9:00-12:30."))
        return given


def _span(typed: str) -> tuple[time, time]:
    begins, ends = (part.strip().replace(".", ":").rjust(5, "0") for part in typed.split("-"))
    return time.fromisoformat(begins), time.fromisoformat(ends)


class CloseForm(forms.Form):
    """The last day of a place, and why."""

    on = forms.DateField(label=gettext_lazy("Laatste dag"), widget=DayInput())
    why = forms.CharField(label=gettext_lazy("Waarom"), max_length=300)


class ShiftForm(forms.Form):
    """Who staffs a place on a day, once or each week."""

    person = forms.ModelChoiceField(label=gettext_lazy("Wie"), queryset=None)
    on = forms.DateField(label=gettext_lazy("Dag"), widget=DayInput())
    weekly_until = forms.DateField(label=gettext_lazy("Elke week, tot en met"), required=False, widget=DayInput())

    def clean(self) -> dict[str, Any]:
        """Refuse to repeat backwards, or for more than a year."""
        given = super().clean() or {}
        on, until = given.get("on"), given.get("weekly_until")
        if on and until and not on <= until <= on + timedelta(days=366):
            self.add_error("weekly_until", _("Kies een dag binnen een jaar na de eerste."))
        return given

    def __init__(self, people: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class PromiseForm(forms.Form):
    """What is promised: a margin, within how many weeks, for the whole or for each district."""

    margin = forms.TypedChoiceField(label=gettext_lazy("Hoe nauwkeurig"), coerce=float)
    weeks = forms.TypedChoiceField(label=gettext_lazy("Binnen hoeveel weken"), coerce=int)
    per_district = forms.BooleanField(label=gettext_lazy("Ook voor elke wijk apart"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["margin"].choices = [  # type: ignore[attr-defined]
            (margin, _("%s procentpunt naar boven en beneden") % f"{margin * 100:g}".replace(".", ","))
            for margin in _MARGINS
        ]
        self.fields["weeks"].choices = [(weeks, _("%d weken") % weeks) for weeks in _WEEKS]  # type: ignore[attr-defined]


class LongFormForm(forms.Form):
    """The longer questions of a contact that the system chose, or why they could not be asked."""

    seconds = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    why_not = forms.ChoiceField(label=gettext_lazy("Lukt het niet? Zeg waarom"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for extra in EXTRAS:
            self.fields[extra.key] = forms.ChoiceField(
                label=extra.words(language_now()),
                choices=options(extra.answers),
                required=False,
                widget=forms.RadioSelect,
            )
        self.fields["why_not"].choices = options(WHY_NOT, empty=" ")  # type: ignore[attr-defined]
        self.order_fields([*(extra.key for extra in EXTRAS), "why_not", "seconds"])

    def clean(self) -> dict[str, Any]:
        """Ask for an answer to each question, or for the reason why not."""
        given = super().clean() or {}
        if not given.get("why_not"):
            for extra in EXTRAS:
                if not given.get(extra.key):
                    self.add_error(extra.key, _("Kies een antwoord. ‘Weet ik niet’ mag ook."))
        return given


@requires(HANDLE)
@require_http_methods(["GET", "POST"])
def long_form(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the longer questions of a contact that the system chose."""
    found = get_object_or_404(queries.contacts(rights(request)).filter(sampled=True), key=key)
    form = LongFormForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        actions.keep_long_form(
            found,
            answers={extra.key: given[extra.key] for extra in EXTRAS},
            why_not=given["why_not"],
            seconds=min(given["seconds"] or 0, 3600) or None,
            at=timezone.now(),
            by=by(request, HANDLE),
        )
        messages.success(request, _("Bewaard."))
        return redirect("entrance:contact")
    return render(request, "entrance/long_form.html", {"form": form, "contact": found}, status=status(form))


@public("Residents want to know where and when they can come in.")
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Show where and when the entrance is open; to who works there also how busy it is and who staffs it."""
    today = timezone.localdate()
    mine = rights(request)
    manages, works = mine.may(MANAGE), mine.may(HANDLE)
    shown: dict[str, Any] = {
        "open": queries.open_places(today).prefetch_related("hours"),
        "today": today,
        "manages": manages,
        "districts": {item.code: item.name for item in districts()},
    }
    if manages or works:
        shown["week"], shown["rota"] = queries.week(today)
        shown["busy"] = queries.busy(today)
        shown["closed"] = Place.objects.filter(closed_on__lt=today)

    return render(request, "entrance/places.html", shown)


@requires(MANAGE)
@require_http_methods(["GET", "POST"])
def edit_place(request: HttpRequest, key: str = "") -> HttpResponse:
    """Keep an opening place with its hours, who staffs it, and its end."""
    place = get_object_or_404(Place, key=key) if key else None
    today = timezone.localdate()
    form = PlaceForm(request.POST or None, initial=_place_before(place) if place else {"opened_on": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        same = {name: given[name] for name in ("name", "address", "about", "opened_on")}
        kept = actions.keep_place(place, **same, district=given["where"], hours=form.hours(), by=by(request, MANAGE))
        messages.success(request, _("Bewaard."))
        return redirect("entrance:edit_place", key=kept.key)
    shown = {
        "form": form,
        "place": place,
        "close": CloseForm(auto_id="sluit_%s", initial={"on": today}),
        "shift": ShiftForm(queries.colleagues(rights(request), today), auto_id="rooster_%s", initial={"on": today}),
        "shifts": place.shifts.filter(on__gte=today).select_related("person") if place else [],
    }
    return render(request, "entrance/place.html", shown, status=status(form))


def _place_before(place: Place) -> dict[str, Any]:
    hours = {f"day_{item.weekday}": f"{item.begins:%H:%M}-{item.ends:%H:%M}" for item in place.hours.all()}
    names = ("name", "address", "about", "opened_on")
    where = name_of(place.district) if place.district else ""
    return {name: getattr(place, name) for name in names} | {"where": where} | hours


@requires(MANAGE)
@require_POST
def close_place(request: HttpRequest, key: str) -> HttpResponse:
    """Close a place after a day."""
    place = get_object_or_404(Place, key=key)
    form = CloseForm(request.POST)
    if form.is_valid() and form.cleaned_data["on"] >= place.opened_on:
        actions.close_place(place, **form.cleaned_data, by=by(request, MANAGE))
    else:
        messages.error(request, _("Zeg de laatste dag en waarom de plek sluit."))
    return redirect("entrance:places")


@requires(MANAGE)
@require_POST
def set_shift(request: HttpRequest, key: str) -> HttpResponse:
    """Say that somebody staffs a place on a day, once or each week, or no longer does."""
    place = get_object_or_404(Place, key=key)
    form = ShiftForm(queries.colleagues(rights(request), timezone.localdate()), request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    elif request.POST.get("how") == "off":
        given = form.cleaned_data
        actions.end_shift(place, person=given["person"], on=given["on"], by=by(request, MANAGE))
    else:
        days = actions.set_shifts(place, **form.cleaned_data, by=by(request, MANAGE))
        messages.success(request, ngettext("%d dag ingeroosterd.", "%d dagen ingeroosterd.", days) % days)
    return redirect("entrance:edit_place", key=key)


@requires(MANAGE)
@require_http_methods(["GET", "POST"])
def sample(request: HttpRequest) -> HttpResponse:
    """Show what the sample says and what it saves; plan how often to ask, and promise it."""
    today = timezone.localdate()
    plan = sampling_queries.running()
    form = PromiseForm(request.POST or None, initial={"margin": 0.05, "weeks": 13})
    if request.method == "POST" and request.POST.get("how") == "end" and plan:
        actions.end_sampling(plan, on=today, by=by(request, MANAGE))
        return redirect("entrance:sample")
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        expected = sampling_queries.volumes(today, weeks=given["weeks"])
        if expected:
            actions.promise_margin(
                expected=expected, **given, on=today, set_by=oneself(request), by=by(request, MANAGE)
            )
            return redirect("entrance:sample")
        form.add_error(None, _("Er zijn nog geen contacten geweest om van uit te gaan."))
    seconds, measured = sampling_queries.seconds_each()
    shown = {
        "form": form,
        "plan": plan,
        "rates": plan.rates.all() if plan else [],
        "found": sampling_queries.found(plan.begins_on, today + timedelta(days=1)) if plan else None,
        "outlooks": _outlooks(today, seconds / 60),
        "seconds": seconds,
        "measured": measured,
        "names": {item.code: item.name for item in districts()},
    }
    return render(request, "entrance/sample.html", shown, status=status(form))


def _outlooks(today: date, minutes: float) -> list[tuple[int, list[sampling.Outlook]]]:
    found = []
    for weeks in _WEEKS:
        expected = sampling_queries.volumes(today, weeks=weeks)
        found.append(
            (
                weeks,
                [
                    sampling.outlook(expected, margin=margin, minutes_each=minutes, per_district=False)
                    for margin in _MARGINS
                ],
            )
        )
    return found


@requires(MANAGE)
@require_GET
def counts(request: HttpRequest) -> HttpResponse:
    """Give the counts of a month without names, in the shape that the core takes in."""
    today = timezone.localdate()
    asked = request.GET.get("maand", "")
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError:
        first = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    until = min(following, today)
    actions.take_counts(begins_on=first, ends_on=until, by=by(request, MANAGE))
    answer = HttpResponse(sampling_queries.counts(first, until), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="contact_{until - timedelta(days=1):%Y-%m-%d}.csv"'
    return answer
