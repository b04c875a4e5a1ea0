"""The organisations: providers with heavy-tailed shares, certified institutions, general practitioners, the partner.

Names and AGB codes are made up: no code that starts with 99 is handed out for care.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from noaber.records import Law

from .proportions import CareFormShare, Proportions
from .streams import Floats, Ints, stream

PARTNER = "99030001"
PARTNER_NAME = "Stichting Naoberwerk"
BENEFITS_OFFICE = "99040001"
BENEFITS_OFFICE_NAME = "Noaberstad, team Werk en Inkomen"

_STEMS = (
    *("Kievit", "Wulp", "Grutto", "Merel", "Lijster", "Zwaluw", "Specht", "Roek", "Tureluur", "Fitis"),
    *("Karekiet", "Putter", "Sijs", "Vink", "Spreeuw", "Kauw", "Ekster", "Gors", "Tapuit", "Boomklever"),
    *("Leeuwerik", "Patrijs", "Kwartel", "Houtsnip", "Meerkoet", "Fuut", "Reiger", "Torenvalk", "Wielewaal", "Koekoek"),
)
_ENDINGS = ("erf", "stee", "hoeve", "kamp", "goarden")


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation: AGB code, made-up name, and what kind it is (as table provider_register says it)."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Market:
    """Who delivers what: organisations, and per care form (by position) its providers and their shares."""

    organisations: tuple[Organisation, ...]
    providers: tuple[Organisation, ...]
    offered: tuple[tuple[Ints, Floats], ...]

    @property
    def practitioners(self) -> tuple[str, ...]:
        """AGB codes of the general practitioners."""
        return tuple(item.code for item in self.organisations if item.kind == "referrer")

    @property
    def certified(self) -> tuple[str, ...]:
        """AGB codes of the certified institutions."""
        return tuple(item.code for item in self.organisations if item.kind == "certified_institution")


def market(given: Proportions, *, seed: int) -> Market:
    """Return the organisations of the town and their shares in each care form."""
    random = stream(seed, "providers")
    names = random.permutation([stem + ending for stem in _STEMS for ending in _ENDINGS]).tolist()
    count, certified = given.providers.number, given.providers.certified_institutions
    providers = tuple(
        Organisation(
            f"9901{place + 1:04d}",
            f"Jeugdbescherming {names[place]}" if place < certified else f"Zorg {names[place]}",
            "certified_institution" if place < certified else "provider",
        )
        for place in range(count)
    )
    doctors = tuple(
        Organisation(f"9902{place + 1:04d}", f"Huisartsen {names[count + place]}", "referrer")
        for place in range(given.providers.general_practitioners)
    )
    others = (
        Organisation(PARTNER, PARTNER_NAME, "partner"),
        Organisation(BENEFITS_OFFICE, BENEFITS_OFFICE_NAME, "provider"),
    )
    organisations = (*providers, *doctors, *others)
    mains = _main_forms(random, given, count, certified)
    offered = tuple(_offer(random, given, place, form, mains) for place, form in enumerate(given.care_forms))
    return Market(organisations, (*providers, others[1]), offered)


def _main_forms(random: np.random.Generator, given: Proportions, count: int, certified: int) -> Ints:
    """Return the care form that each provider certainly delivers; -1 for the certified institutions."""
    weights = np.array([0 if _fixed(form) else form.providers for form in given.care_forms], dtype=np.float64)
    mains = random.choice(len(weights), count, p=weights / weights.sum())
    mains[:certified] = -1
    return mains


def _fixed(form: CareFormShare) -> bool:
    return form.law is Law.PARTICIPATION or form.category in ("47", "48")


def _offer(
    random: np.random.Generator, given: Proportions, place: int, form: CareFormShare, mains: Ints
) -> tuple[Ints, Floats]:
    if form.law is Law.PARTICIPATION:
        return np.array([len(mains)]), np.ones(1)
    if _fixed(form):
        chosen = np.arange(given.providers.certified_institutions)[: form.providers]
    else:
        sure = np.flatnonzero(mains == place)
        rest = np.setdiff1d(np.flatnonzero(mains >= 0), sure)
        wish = random.exponential(size=len(rest)) * (1 + rest)  # a low number is a large provider
        more = rest[np.argsort(wish, kind="stable")][: max(0, form.providers - len(sure))]
        chosen = np.sort(np.concatenate([sure, more]))
    shares = 1 / np.arange(1, len(chosen) + 1) ** given.providers.tail
    return chosen, shares / shares.sum()
