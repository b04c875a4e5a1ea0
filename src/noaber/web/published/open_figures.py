"""What is shown here, for other machines: an index and the files themselves, in the shape of a published folder."""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from noaber.disclosure.published import FORMAT, Entry, Index
from noaber.web.access.door import public

from . import shelf
from .models import Version

_WHY = "What two people approved for publication is for everyone, and so for every machine."


def file_of(version: Version) -> str:
    """Return the name of the file of a version; it carries the hash of its content."""
    return f"{version.name}.{version.short}.json"


@public(_WHY)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Return what counts now, one entry per indicator."""
    entries = []
    for version in shelf.current().values():
        result = shelf.result_of(version)
        entries.append(
            Entry(
                name=version.name,
                indicator=version.indicator,
                title=result.title,
                frequency=result.frequency,
                dimensions=result.dimensions,
                known_on=version.known_on,
                snapshot=version.snapshot,
                file=file_of(version),
            )
        )
    told = Index(format=FORMAT, results=tuple(sorted(entries, key=lambda entry: entry.name)))
    return HttpResponse(msgspec.json.encode(told), content_type="application/json")


@public(_WHY)
@require_GET
def file(request: HttpRequest, name: str) -> HttpResponse:
    """Return the content of a version that is shown, as it was approved."""
    version = Version.objects.shown().short(name.removesuffix(".json").rpartition(".")[2]).first()
    if version is None or file_of(version) != name or not shelf.is_whole(version):
        raise Http404
    answer = HttpResponse(version.content, content_type="application/json")
    answer["Cache-Control"] = "public, max-age=3600"
    return answer
