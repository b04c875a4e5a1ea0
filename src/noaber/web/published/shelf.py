"""The shelf: the versions that count now, their figures read once, and the municipality they are of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import structlog
from django.conf import settings

from noaber import disclosure, municipality
from noaber.disclosure import SafeResult
from noaber.municipality import Municipality

from .models import Version

log = structlog.get_logger(__name__)


class AlteredError(Exception):
    """The content of a version is not what was taken in: somebody changed the database."""


def town() -> Municipality | None:
    """Return the municipality of this installation; None when its file is not named yet."""
    named = settings.NOABER.municipality
    if not named:
        return None
    path = settings.NOABER.path(named)
    return _town(path, edition())


def edition() -> int:
    """Return a number that changes with the file of the municipality, for what is kept and was drawn from it."""
    named = settings.NOABER.municipality
    return settings.NOABER.path(named).stat().st_mtime_ns if named else 0


@lru_cache(maxsize=4)
def _town(path: Path, _changed: int) -> Municipality:
    return municipality.read(path)


def current() -> dict[str, Version]:
    """Return the version that counts now of each indicator: the latest shown; of several frequencies the yearly one."""
    found: dict[str, Version] = {}
    latest = Version.objects.shown().defer("content").order_by("-known_on", "-pk")
    for version in sorted(latest, key=lambda item: item.frequency != "year"):
        if version.indicator not in found and is_whole(version):
            found[version.indicator] = version
    return found


def is_whole(version: Version) -> bool:
    """Return whether the content of a version is what was taken in; one that is not is never shown."""
    try:
        result_of(version)
    except AlteredError:
        log.error("a version of a figure was altered", version=version.short)
        return False
    return True


def results(versions: Iterable[Version]) -> dict[str, SafeResult]:
    """Return the figures of versions by their indicator; those that were read before are not read again."""
    return {version.indicator: result_of(version) for version in versions}


def result_of(version: Version) -> SafeResult:
    """Return the figures of a version. Raises AlteredError when the content no longer has the hash it came with."""
    return _result(version.content_hash)


@lru_cache(maxsize=256)
def _result(content_hash: str) -> SafeResult:
    content = Version.objects.values_list("content", flat=True).get(content_hash=content_hash).encode()
    if hashlib.sha256(content).hexdigest() != content_hash:
        raise AlteredError(content_hash[:16])
    return disclosure.parse(content, name=content_hash[:16])


def changes(fresh: SafeResult, before: SafeResult) -> Mapping[str, int]:
    """Return how many cells of a version are `added`, `gone` and `changed` beside an earlier one."""
    keys = ["period", *fresh.dimensions]
    if set(keys) != {"period", *before.dimensions}:
        return {"added": fresh.cells.height, "gone": before.cells.height, "changed": 0}
    now, then = (item.cells.select(*keys, "value", "hidden") for item in (fresh, before))
    both = now.join(then, on=keys, suffix="_before")
    same = both["value"].eq_missing(both["value_before"]) & both["hidden"].eq_missing(both["hidden_before"])
    return {
        "added": now.height - both.height,
        "gone": then.height - both.height,
        "changed": int((~same).sum()),
    }
