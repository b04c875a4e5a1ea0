"""The pages that everyone may read: themes, figures with their definition and versions, districts, the fact sheet."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from noaber.figures import Figure, factsheet, theme
from noaber.figures.wording import WORDS
from noaber.records import Language
from noaber.web.access.door import public
from noaber.web.access.permissions import Permission
from noaber.web.access.presence import language, rights

from . import comparison, districts, shelf
from .gallery import Exhibit, gallery, sheet
from .models import Question, Version
from .themes import COMPARED, THEMES, theme_of

_WHY = "What two people approved for publication is for everyone."


def around(request: HttpRequest) -> dict[str, Any]:
    """Return what every page of this room shows beside its own: what waits for who may act."""
    mine = rights(request)
    return {
        "style": style_address(),
        "may_ask": mine.may(Permission.ASK_ABOUT_FIGURES),
        "may_answer": mine.may(Permission.ANSWER_ABOUT_FIGURES),
        "may_see_drafts": mine.may(Permission.SEE_DRAFTS),
        "may_withdraw": mine.may(Permission.APPROVE_FIGURES),
        "waiting_drafts": Version.objects.waiting().count() if mine.may(Permission.SEE_DRAFTS) else 0,
        "waiting_questions": (
            Question.objects.filter(outcome="").count() if mine.may(Permission.ANSWER_ABOUT_FIGURES) else 0
        ),
    }


@lru_cache(maxsize=1)
def style_address() -> str:
    """Return what follows the address of the style sheet of the drawings, so that a new one is fetched."""
    return hashlib.sha256(theme.css(".chart").encode()).hexdigest()[:12]


@public("It is only how drawings look.")
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Return the style sheet of the drawings."""
    answer = HttpResponse(theme.css(".chart"), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@public(_WHY)
@require_GET
def themes(request: HttpRequest) -> HttpResponse:
    """Show the themes, each with its first finding."""
    found = gallery()
    tongue = language()
    shown = [
        {
            "key": item.key,
            "name": item.name(tongue),
            "about": item.about(tongue),
            "first": found.of_theme(item.key)[0],
            "count": len(found.of_theme(item.key)),
        }
        for item in found.themes
    ]
    return render(request, "published/themes.html", {"themes": shown, **around(request)})


@public(_WHY)
@require_GET
def one_theme(request: HttpRequest, key: str) -> HttpResponse:
    """Show the figures of a theme, and the questions that were answered under them."""
    tongue = language()
    chosen = next((item for item in THEMES if item.key == key), None)
    found = gallery()
    if chosen is None or not found.of_theme(key):
        raise Http404
    exhibits = found.of_theme(key)
    indicators = {item.indicator for item in exhibits}
    return render(
        request,
        "published/theme.html",
        {
            "theme": {"key": key, "name": chosen.name(tongue), "about": chosen.about(tongue)},
            "themes": [{"key": item.key, "name": item.name(tongue)} for item in found.themes],
            "exhibits": exhibits,
            "questions": Question.objects.public().filter(indicator__in=indicators),
            **around(request),
        },
    )


@public(_WHY)
@require_GET
def figure(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show one indicator as it counts now: definition, drawings, versions, questions and answers."""
    version = shelf.current().get(indicator)
    if version is None:
        return _without(request, indicator)
    return render(request, "published/figure.html", _of_version(request, version))


@public("An older version was public as well; figures get revised, and everyone may see how.")
@require_GET
def older(request: HttpRequest, indicator: str, short: str) -> HttpResponse:
    """Show a version of a figure: older ones remain, and a withdrawn one says why."""
    known = Version.objects.known_to(rights(request)).filter(decision="approved")
    version = known.filter(indicator=indicator).short(short).defer("content").first()
    if version is None:
        raise Http404
    return render(request, "published/figure.html", _of_version(request, version))


@public(_WHY)
@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Show the districts on a tile map and in a list."""
    town = shelf.town()
    if town is None or not town.districts:
        raise Http404
    results = shelf.results(shelf.current().values())
    tongue = language()
    shown = {
        "map": districts.tile_map(results, town, tongue),
        "districts": districts.listed(results, town, tongue),
    }
    return render(request, "published/districts.html", shown | around(request))


@public(_WHY)
@require_GET
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show one district beside the whole municipality."""
    town = shelf.town()
    district = next((item for item in town.districts if item.code == code), None) if town else None
    if town is None or district is None:
        raise Http404
    results = shelf.results(shelf.current().values())
    tongue = language()
    shown = {
        "district": district,
        "districts": town.districts,
        "map": districts.tile_map(results, town, tongue, here=code),
        "beside": districts.beside(results, district, tongue),
    }
    return render(request, "published/district.html", shown | around(request))


@public(_WHY)
@require_GET
def beside_others(request: HttpRequest) -> HttpResponse:
    """Show our figures beside those of a group of municipalities; which group stands in the address."""
    town = shelf.town()
    if town is None:
        raise Http404
    current = shelf.current()
    results, shorts = shelf.results(current.values()), {name: item.short for name, item in current.items()}
    chosen = request.GET.getlist("met")
    groups = comparison.groups(results, town, chosen)
    asked = request.GET.get("groep", "")
    group = next((item for key, item in groups.items() if key == asked), next(iter(groups.values())))
    shown = {
        "town": town.name,
        "known": any(indicator in results for indicator in COMPARED),
        "group": group,
        "groups": groups,
        "places": comparison.others(results, town),
        "compared": comparison.compare(results, shorts, town, group, language()),
    }
    return render(request, "published/beside.html", shown | around(request))


@public(_WHY)
@require_GET
def in_view(request: HttpRequest) -> HttpResponse:
    """Show the fact sheet of what counts now."""
    versions = shelf.current()
    made = sheet(versions)
    if made is None:
        raise Http404
    tongue = language()
    shown = {
        "sheet": made,
        "year": str(made.year),
        "content": _content(_key(versions), tongue),
        "say": {name: words(tongue) for name, words in WORDS.items()},
        "shorts": {item.indicator: item.short for item in versions.values()},
    }
    return render(request, "published/factsheet.html", shown | around(request))


@public(_WHY)
@require_GET
def in_view_paper(request: HttpRequest) -> HttpResponse:
    """Return the fact sheet as a PDF."""
    versions = shelf.current()
    made = sheet(versions)
    if made is None:
        raise Http404
    tongue = language()
    answer = HttpResponse(_paper(_key(versions), tongue), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="sociaal-domein-in-beeld-{made.year}-{tongue}.pdf"'
    return answer


def _key(versions: dict[str, Version]) -> tuple[str, ...]:
    return tuple(sorted(item.content_hash for item in versions.values()))


@lru_cache(maxsize=4)
def _content(_hashes: tuple[str, ...], tongue: Language) -> factsheet.Content:
    made = sheet(shelf.current())
    assert made is not None, "asked for only when there is a sheet"
    return factsheet.content(made, tongue)


@lru_cache(maxsize=4)
def _paper(_hashes: tuple[str, ...], tongue: Language) -> bytes:
    made = sheet(shelf.current())
    assert made is not None, "asked for only when there is a sheet"
    return factsheet.pdf(made, tongue)


def _of_version(request: HttpRequest, version: Version) -> dict[str, Any]:
    """Return what the page of a figure shows; of a withdrawn version no figures, to nobody."""
    now = shelf.current().get(version.indicator)
    history = Version.objects.known_to(rights(request)).filter(indicator=version.indicator, decision="approved")
    exhibits: list[Exhibit] = list(gallery([version])) if version.is_shown else []
    first: Figure | None = exhibits[0].figure if exhibits else None
    person = request.user
    return {
        "version": version,
        "title": version.title,
        "theme_name": theme_of(version.indicator).name(language()),
        "is_current": now is not None and now.pk == version.pk,
        "current": now,
        "exhibits": exhibits,
        "first": first,
        "history": history.defer("content").filter(name=version.name),
        "withdrawn_later": history.filter(withdrawn_at__isnull=False, known_on__gte=version.known_on).first(),
        "questions": Question.objects.public().filter(indicator=version.indicator),
        "mine": (
            Question.objects.filter(indicator=version.indicator, asked_by=person).exclude(outcome="answered")
            if person.is_authenticated
            else []
        ),
        **around(request),
    }


def _without(request: HttpRequest, indicator: str) -> HttpResponse:
    """Show that all that was public of an indicator is withdrawn, or nothing at all."""
    last = Version.objects.filter(indicator=indicator, decision="approved").defer("content").first()
    if last is None:
        raise Http404
    return render(request, "published/figure.html", _of_version(request, last))
