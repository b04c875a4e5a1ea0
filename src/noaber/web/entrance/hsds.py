"""The social map on the line, in the shape of Open Referral HSDS 3: services with their organisation, place and times.

Reading and writing is pure: plain values in, plain values out. Districts, needs and accessibility are told as
`attributes` and `service_areas`, as HSDS leaves to its users. A service that cannot be read is refused with its reason;
the others come in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from .words import ACCESSIBILITY, THEMES

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NEED: Final = "noaber:need"
_KEY: Final = re.compile(r"[\w-]{1,40}")
_THEMES: Final = frozenset(word.key for word in THEMES)
_ACCESS: Final = frozenset(word.key for word in ACCESSIBILITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """A weekday (0: Monday) from a time until a time."""

    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service with its organisation, flat, as the tables keep it."""

    key: str
    name: str
    about: str = ""
    provider_key: str
    provider_name: str
    provider_about: str = ""
    website: str = ""
    mail: str = ""
    phone: str = ""
    themes: tuple[str, ...] = ()
    district: str = ""
    address: str = ""
    min_age: int | None = None
    max_age: int | None = None
    cost_cents: int = 0
    cost_note: str = ""
    accessibility: tuple[str, ...] = ()
    free_places: int | None = None
    how_to_join: str = ""
    checked_until: date | None = None
    times: tuple[Times, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A service that could not be read: the how manieth, its name as far as it was there, and why."""

    number: int
    name: str
    reason: str


@dataclass(slots=True)
class Reading:
    """What came of reading: services that are whole, and those that were refused."""

    services: list[Service] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


def write(services: Iterable[Service]) -> list[dict[str, Any]]:
    """Return services as HSDS says them, ready to be JSON."""
    return [_told(item) for item in services]


def _told(item: Service) -> dict[str, Any]:
    told: dict[str, Any] = {
        "id": item.key,
        "name": item.name,
        "description": item.about,
        "status": "active",
        "application_process": item.how_to_join,
        "assured_date": item.checked_until.isoformat() if item.checked_until else None,
        "minimum_age": item.min_age,
        "maximum_age": item.max_age,
        "organization": {
            "id": item.provider_key,
            "name": item.provider_name,
            "description": item.provider_about,
            "website": item.website,
            "email": item.mail,
            "phones": [{"number": item.phone}] if item.phone else [],
        },
        "schedules": [
            {
                "freq": "WEEKLY",
                "byday": DAYS[part.weekday],
                "opens_at": f"{part.begins:%H:%M}",
                "closes_at": f"{part.ends:%H:%M}",
            }
            for part in item.times
        ],
        "cost_options": [{"amount": item.cost_cents / 100, "currency": "EUR", "option": item.cost_note}],
        "service_areas": [{"name": item.district}] if item.district else [],
        "attributes": [{"taxonomy_term": {"taxonomy": _NEED, "name": theme}} for theme in item.themes],
    }
    if item.address or item.accessibility:
        place = {
            "addresses": [{"address_1": item.address, "country": "NL"}] if item.address else [],
            "accessibility": [{"description": name} for name in item.accessibility],
        }
        told["service_at_locations"] = [{"location": place}]
    if item.free_places is not None:
        told["capacities"] = [{"available": item.free_places, "unit": {"name": "places"}}]
    return {key: value for key, value in told.items() if value is not None}


def read(told: Any) -> Reading:
    """Return the services in what JSON said: a list of services, or an object with one under `contents`."""
    listed = told.get("contents", told.get("services")) if isinstance(told, Mapping) else told
    found = Reading()
    if not isinstance(listed, list):
        found.refused.append(Refused(0, "", "Dit is geen lijst van diensten (HSDS: services)."))
        return found
    for number, item in enumerate(listed, start=1):
        name = str(item.get("name", "")) if isinstance(item, Mapping) else ""
        try:
            found.services.append(_service(item))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            found.refused.append(Refused(number, name, _reason(error)))
    return found


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"Het veld {error.args[0]} ontbreekt."
    return str(error) if isinstance(error, ValueError) else "Een veld heeft een andere vorm dan HSDS zegt."


def _service(item: Mapping[str, Any]) -> Service:
    owner = item["organization"]
    at: Mapping[str, Any] = next((part["location"] for part in item.get("service_at_locations") or ()), {})
    cost: Mapping[str, Any] = next(iter(item.get("cost_options") or ()), {})
    checked = item.get("assured_date")
    return Service(
        key=_key(item["id"]),
        name=_text(item["name"], 200),
        about=_text(item.get("description"), 4000),
        provider_key=_key(owner["id"]),
        provider_name=_text(owner["name"], 200),
        provider_about=_text(owner.get("description"), 4000),
        website=_website(_text(owner.get("website") or item.get("url"), 200)),
        mail=_text(owner.get("email") or item.get("email"), 200),
        phone=next((_text(part.get("number"), 40) for part in owner.get("phones") or item.get("phones") or ()), ""),
        themes=tuple(name for name in _terms(item) if name in _THEMES) or ("anders",),
        district=next((_text(part.get("name"), 20) for part in item.get("service_areas") or ()), ""),
        address=next((_text(part.get("address_1"), 200) for part in at.get("addresses") or ()), ""),
        min_age=_age(item.get("minimum_age")),
        max_age=_age(item.get("maximum_age")),
        cost_cents=_cents(cost.get("amount")),
        cost_note=_text(cost.get("option"), 120),
        accessibility=tuple(
            name for part in at.get("accessibility") or () if (name := part.get("description")) in _ACCESS
        ),
        free_places=next((_count(part.get("available")) for part in item.get("capacities") or ()), None),
        how_to_join=_text(item.get("application_process"), 300),
        checked_until=date.fromisoformat(checked) if checked else None,
        times=tuple(times for part in item.get("schedules") or () for times in _times(part)),
    )


def _terms(item: Mapping[str, Any]) -> list[str]:
    return [str(part["taxonomy_term"]["name"]) for part in item.get("attributes") or () if part.get("taxonomy_term")]


def _key(value: Any) -> str:
    if not isinstance(value, str) or not _KEY.fullmatch(value):
        raise ValueError("Een id bestaat uit letters, cijfers en streepjes, ten hoogste 40.")
    return value


def _text(value: Any, letters: int) -> str:
    return "" if value is None else str(value).strip()[:letters]


def _website(value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise ValueError("Een website begint met https://.")
    return value


def _age(value: Any) -> int | None:
    if value is None:
        return None
    years = int(value)
    if not 0 <= years <= 120:
        raise ValueError("Een leeftijd ligt tussen 0 en 120.")
    return years


def _count(value: Any) -> int | None:
    return None if value is None else max(0, int(value))


def _cents(value: Any) -> int:
    cents = round(float(value or 0) * 100)
    if not 0 <= cents <= 100_000_00:
        raise ValueError("Een prijs is niet negatief.")
    return cents


def _times(part: Mapping[str, Any]) -> list[Times]:
    days = [day for day in str(part.get("byday") or "").split(",") if day in DAYS]
    if not days or not part.get("opens_at"):
        return []
    begins, ends = (time.fromisoformat(str(part[name])[:5]) for name in ("opens_at", "closes_at"))
    if ends <= begins:
        raise ValueError("Een tijd eindigt na het begin.")
    return [Times(weekday=DAYS.index(day), begins=begins, ends=ends) for day in days]
