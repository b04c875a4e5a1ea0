"""The social map: for everyone to search and print, for who keeps it to update, check, take in and give out."""

from __future__ import annotations

import json
import secrets
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from noaber.web.access.door import public, requires
from noaber.web.access.presence import by, rights

from . import actions, analysis, hsds, map_queries
from .forms import DayInput, DistrictField, options
from .map_queries import Wanted
from .models import Activity, Session
from .queries import REMINDER
from .scope import KEEP_MAP, MANAGE, districts_of
from .towns import districts, language_now, name_of
from .views import status
from .words import ACCESSIBILITY, THEMES, WEEKDAYS

_WHY = "What there is in the district is for everyone to find."
_CHECKED_FOR = timedelta(days=180)
_LARGEST = 5_000_000
_MORE_TIMES = 3
"""So many empty rows for times stand below those that an activity has."""


class SearchForm(forms.Form):
    """What somebody looks for on the map."""

    zoek = forms.CharField(label=gettext_lazy("Waar zoekt u naar?"), required=False, max_length=100)
    thema = forms.ChoiceField(label=gettext_lazy("Onderwerp"), required=False)
    wijk = forms.ChoiceField(label=gettext_lazy("Wijk"), required=False)
    leeftijd = forms.IntegerField(label=gettext_lazy("Leeftijd"), required=False, min_value=0, max_value=120)
    dag = forms.ChoiceField(label=gettext_lazy("Dag"), required=False)
    gratis = forms.BooleanField(label=gettext_lazy("Gratis"), required=False)
    plaats = forms.BooleanField(label=gettext_lazy("Er is nog plaats"), required=False)
    toegang = forms.MultipleChoiceField(
        label=gettext_lazy("Toegankelijk"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        all_of_it = _("alle")
        self.fields["thema"].choices = options(THEMES, empty=all_of_it)  # type: ignore[attr-defined]
        self.fields["dag"].choices = options(WEEKDAYS, empty=all_of_it)  # type: ignore[attr-defined]
        self.fields["toegang"].choices = options(ACCESSIBILITY)  # type: ignore[attr-defined]
        self.fields["wijk"].choices = [  # type: ignore[attr-defined]
            ("", all_of_it),
            *((item.code, item.name) for item in districts()),
        ]

    def wanted(self) -> Wanted:
        """Return what is looked for; what was filled in wrong limits nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(
            words=given.get("zoek", ""),
            theme=given.get("thema", ""),
            district=given.get("wijk", ""),
            age=given.get("leeftijd"),
            weekday=int(given["dag"]) if given.get("dag") else None,
            free_of_charge=bool(given.get("gratis")),
            free_places=bool(given.get("plaats")),
            accessibility=tuple(given.get("toegang", ())),
        )


class ActivityForm(forms.Form):
    """An activity on the map."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=200)
    about = forms.CharField(label=gettext_lazy("Wat is het?"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    provider_name = forms.CharField(label=gettext_lazy("Wie biedt het aan?"), max_length=200)
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    mail = forms.EmailField(label=gettext_lazy("E-mailadres van de organisatie"), required=False)
    phone = forms.CharField(label=gettext_lazy("Telefoonnummer van de organisatie"), required=False, max_length=40)
    themes = forms.MultipleChoiceField(label=gettext_lazy("Waarvoor"), widget=forms.CheckboxSelectMultiple)
    where = DistrictField(
        label=gettext_lazy("Wijk"), help_text=gettext_lazy("Leeg: voor de hele gemeente."), required=False
    )
    address = forms.CharField(label=gettext_lazy("Adres"), required=False, max_length=200)
    min_age = forms.IntegerField(label=gettext_lazy("Vanaf leeftijd"), required=False, min_value=0, max_value=120)
    max_age = forms.IntegerField(label=gettext_lazy("Tot en met leeftijd"), required=False, min_value=0, max_value=120)
    euros = forms.DecimalField(
        label=gettext_lazy("Kosten per keer, in euro"), min_value=0, max_digits=7, decimal_places=2, initial=0
    )
    cost_note = forms.CharField(label=gettext_lazy("Over de kosten"), required=False, max_length=120)
    accessibility = forms.MultipleChoiceField(
        label=gettext_lazy("Toegankelijk"), required=False, widget=forms.CheckboxSelectMultiple
    )
    free_places = forms.IntegerField(label=gettext_lazy("Vrije plaatsen"), required=False, min_value=0)
    how_to_join = forms.CharField(label=gettext_lazy("Hoe doet iemand mee?"), required=False, max_length=300)
    checked_until = forms.DateField(label=gettext_lazy("Nagegaan, en goed tot"), widget=DayInput())

    def __init__(self, today: date, *args: Any, rows: int = _MORE_TIMES, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.rows = today, rows
        self.fields["themes"].choices = options(THEMES)  # type: ignore[attr-defined]
        self.fields["accessibility"].choices = options(ACCESSIBILITY)  # type: ignore[attr-defined]
        self.fields["checked_until"].initial = today + _CHECKED_FOR
        for number in range(rows):
            days = options(WEEKDAYS, empty=_("geen"))
            self.fields[f"weekday_{number}"] = forms.ChoiceField(label=_("Dag"), choices=days, required=False)
            for name, words in (("begins", _("Van")), ("ends", _("Tot"))):
                clock = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
                self.fields[f"{name}_{number}"] = forms.TimeField(label=words, required=False, widget=clock)

    @property
    def times(self) -> list[tuple[forms.BoundField, forms.BoundField, forms.BoundField]]:
        """The fields of each time: day, from, until."""
        return [(self[f"weekday_{at}"], self[f"begins_{at}"], self[f"ends_{at}"]) for at in range(self.rows)]

    @property
    def others(self) -> list[forms.BoundField]:
        """The fields that are not about times."""
        return [self[name] for name in self.fields if not name.startswith(("weekday_", "begins_", "ends_"))]

    def clean(self) -> dict[str, Any]:
        """Ask for hours with each day, ages that run upwards, and a check that lasts."""
        given = super().clean() or {}
        for at in range(self.rows):
            begins, ends = given.get(f"begins_{at}"), given.get(f"ends_{at}")
            if given.get(f"weekday_{at}") and not (begins and ends and begins < ends):
                self.add_error(f"begins_{at}", _("Zeg van hoe laat tot hoe laat."))
            elif not given.get(f"weekday_{at}") and (begins or ends):
                self.add_error(f"weekday_{at}", _("Zeg op welke dag, of maak de tijden leeg."))
        if (
            given.get("min_age") is not None
            and given.get("max_age") is not None
            and given["max_age"] < given["min_age"]
        ):
            self.add_error("max_age", _("Dit is jonger dan de leeftijd vanaf wanneer."))
        if given.get("checked_until") and given["checked_until"] <= self.today:
            self.add_error("checked_until", _("Die dag is al voorbij."))
        return given

    def service(self, before: Activity | None) -> hsds.Service:
        """Return what was filled in, as the map keeps it; a time whose day was emptied is gone."""
        given = self.cleaned_data
        times = {
            hsds.Times(weekday=int(given[f"weekday_{at}"]), begins=given[f"begins_{at}"], ends=given[f"ends_{at}"])
            for at in range(self.rows)
            if given[f"weekday_{at}"]
        }
        same = ("name", "about", "provider_name", "website", "mail", "phone", "address", "min_age", "max_age")
        return hsds.Service(
            key=before.key if before else secrets.token_hex(8),
            provider_key=before.provider.key if before else secrets.token_hex(8),
            provider_about=before.provider.about if before else "",
            themes=tuple(given["themes"]),
            district=given["where"],
            cost_cents=int(given["euros"] * 100),
            accessibility=tuple(given["accessibility"]),
            times=tuple(sorted(times, key=lambda part: (part.weekday, part.begins))),
            **{name: given[name] for name in (*same, "cost_note", "free_places", "how_to_join")},
        )


class CheckForm(forms.Form):
    """That an activity is still as it stands there, until when, and how many can still join."""

    until = forms.DateField(label=gettext_lazy("Goed tot"), widget=DayInput())
    free_places = forms.IntegerField(label=gettext_lazy("Vrije plaatsen"), required=False, min_value=0)


@public(_WHY)
@require_GET
def social_map(request: HttpRequest) -> HttpResponse:
    """Search the map."""
    form = SearchForm(request.GET or None)
    wanted = form.wanted() if request.GET else Wanted()
    shown = {
        "form": form if request.GET else SearchForm(),
        "found": map_queries.shown(wanted, timezone.localdate()),
        "searched": bool(request.GET),
        "districts": districts(),
        "keeps": rights(request).may(KEEP_MAP),
    }
    return render(request, "entrance/map.html", shown)


@public(_WHY)
@require_GET
def activity(request: HttpRequest, key: str) -> HttpResponse:
    """Show one activity."""
    found = get_object_or_404(Activity.objects.shown(timezone.localdate()).select_related("provider"), key=key)
    return render(request, "entrance/activity.html", {"activity": found, "keeps": rights(request).may(KEEP_MAP)})


@public(_WHY)
@require_GET
def card(request: HttpRequest, code: str) -> HttpResponse:
    """Show the card of a district, ready to print and hang: what there is, by day."""
    _district(code)
    found = map_queries.shown(Wanted(district=code), timezone.localdate())
    days = [(word, _on_day(found, word.key)) for word in WEEKDAYS]
    shown = {
        "name": name_of(code),
        "code": code,
        "days": [(word, lines) for word, lines in days if lines],
        "always": [item for item in found if not item.sessions.all()],
        "on": timezone.localdate(),
    }
    return render(request, "entrance/card.html", shown)


def _on_day(found: list[Activity], weekday: str) -> list[tuple[Session, Activity]]:
    """Return what is on a weekday, by its time."""
    lines = [(part, item) for item in found for part in item.sessions.all() if str(part.weekday) == weekday]
    return sorted(lines, key=lambda line: (line[0].begins, line[1].name))


@public("What is published about a district, beside what there is, is for everyone.")
@require_GET
def district(request: HttpRequest, code: str) -> HttpResponse:
    """Show a district: what is published about its residents beside what the map has for them."""
    found, today = _district(code), timezone.localdate()
    supply = map_queries.supply(code, today)
    works = _works_in(request, code)
    shown = {
        "district": found,
        "analysis": analysis.analyse(found, supply, language_now()),
        "supply": supply,
        "asked": analysis.asked_about(code, today) if works else [],
        "works": works,
        "districts": districts(),
    }
    return render(request, "entrance/district.html", shown)


@public("It only leads to the page of the district that was chosen.")
@require_GET
def choose_district(request: HttpRequest) -> HttpResponse:
    """Lead to the analysis of a district that was chosen from a list."""
    return redirect("entrance:district", code=_district(request.GET.get("wijk", "")).code)


def _works_in(request: HttpRequest, code: str) -> bool:
    """Return whether somebody handles contacts in a district, or keeps the entrance."""
    mine = rights(request)
    within = districts_of(mine)
    return mine.may(MANAGE) or within is None or code in within


def _district(code: str) -> Any:
    found = next((item for item in districts() if item.code == code), None)
    if found is None:
        raise Http404
    return found


@public(_WHY)
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Give the map out in the shape of Open Referral HSDS 3."""
    told = hsds.write(map_queries.services(map_queries.shown(Wanted(), timezone.localdate())))
    answer = JsonResponse({"contents": told}, json_dumps_params={"indent": 1, "ensure_ascii": False})
    answer["Content-Disposition"] = 'attachment; filename="sociale-kaart.json"'
    return answer


@requires(KEEP_MAP)
@require_GET
def keep_map(request: HttpRequest) -> HttpResponse:
    """List all activities for who keeps the map: first what must be checked."""
    today = timezone.localdate()
    due = Activity.objects.to_check(today + REMINDER).select_related("provider")
    rest = map_queries.everything().exclude(pk__in=due.values("pk"))
    return render(request, "entrance/keep_map.html", {"due": due, "rest": rest, "today": today})


@requires(KEEP_MAP)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str = "") -> HttpResponse:
    """Put an activity on the map, or update it."""
    before = get_object_or_404(map_queries.everything(), key=key) if key else None
    today = timezone.localdate()
    rows = (before.sessions.count() if before else 0) + _MORE_TIMES
    form = ActivityForm(today, request.POST or None, rows=rows, initial=_before(before) if before else None)
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["checked_until"]
        actions.keep_activity(form.service(before), checked_until=until, by=by(request, KEEP_MAP))
        messages.success(request, _("Bewaard."))
        return redirect("entrance:keep_map")
    return render(request, "entrance/edit.html", {"form": form, "before": before}, status=status(form))


def _before(item: Activity) -> dict[str, Any]:
    told = map_queries.services([item])[0]
    names = ("name", "about", "provider_name", "website", "mail", "phone", "address", "min_age", "max_age", "cost_note")
    found: dict[str, Any] = {name: getattr(told, name) for name in (*names, "free_places", "how_to_join")}
    found |= {"themes": list(told.themes), "accessibility": list(told.accessibility), "where": name_of(told.district)}
    found |= {"euros": f"{told.cost_cents / 100:.2f}"}
    for at, part in enumerate(told.times):
        found |= {f"weekday_{at}": part.weekday, f"begins_{at}": part.begins, f"ends_{at}": part.ends}
    return found


@requires(KEEP_MAP)
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Say that an activity is still as it stands there, or take it off."""
    found = get_object_or_404(map_queries.everything(), key=key)
    until = timezone.localdate() + _CHECKED_FOR
    if request.method == "POST" and request.POST.get("how") == "hide":
        why = request.POST.get("why", "")[:200] or _("Bestaat niet meer")
        actions.hide_activity(found, why=why, at=timezone.now(), by=by(request, KEEP_MAP))
        return redirect("entrance:keep_map")
    form = CheckForm(request.POST or None, initial={"until": until, "free_places": found.free_places})
    if request.method == "POST" and form.is_valid():
        actions.check_activity(found, **form.cleaned_data, by=by(request, KEEP_MAP))
        messages.success(request, _("Nagegaan."))
        return redirect("entrance:keep_map")
    return render(request, "entrance/check.html", {"form": form, "activity": found}, status=status(form))


@requires(KEEP_MAP)
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """Take in a map in the shape of Open Referral; what cannot be read is told with its reason."""
    file = request.FILES.get("bestand")
    reading = hsds.Reading()
    if file is None or file.size is None or file.size > _LARGEST:
        reading.refused.append(hsds.Refused(0, "", _("Kies een bestand van ten hoogste 5 MB.")))
    else:
        try:
            reading = hsds.read(json.loads(file.read()))
        except (ValueError, RecursionError):
            reading.refused.append(hsds.Refused(0, "", _("Dit is geen JSON.")))
    if reading.services:
        until = timezone.localdate() + _CHECKED_FOR
        actions.take_in_map(reading.services, checked_until=until, by=by(request, KEEP_MAP))
    return render(request, "entrance/taken_in.html", {"reading": reading}, status=422 if reading.refused else 200)
