"""The processing register of AVG art. 30, made from what the models declare: one row per purpose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from noaber.records import Language, Text
from noaber.rules import UNIT_NAMES, Value, value

from .declaration import Declaration, declarations

KINDS: Final[dict[str, Text]] = {
    "plain": Text("technisch", "technical"),
    "internal": Text("zakelijk", "business"),
    "personal": Text("persoonsgegevens", "personal data"),
    "special": Text("bijzondere persoonsgegevens", "special categories of personal data"),
    "identifier": Text("burgerservicenummer, versleuteld", "citizen number, encrypted"),
    "secret": Text("beveiliging, nooit getoond", "security, never shown"),
}


@dataclass(frozen=True, slots=True)
class Processing:
    """One row of the register: for what, on which basis, which models with which classes, and how long."""

    purpose: str
    basis: str
    models: tuple[Declaration, ...]
    keep: Value | None

    def kinds(self, language: Language) -> list[str]:
        """Return the classes of data in words, technical ones left out."""
        found = dict.fromkeys(kind for model in self.models for kind in model.kinds() if kind != "plain")
        return [KINDS[kind](language) for kind in found]

    def term(self, language: Language) -> str:
        """Return how long it is kept, in words; as long as it is used when no rule ends it."""
        if self.keep is None:
            return Text("zolang het in gebruik is", "as long as it is in use")(language)
        return f"{self.keep.number:g} {UNIT_NAMES[self.keep.unit](language)}"


def register(on: date) -> list[Processing]:
    """Return the register as it stands on a day, by purpose; only what says something about people or organisations."""
    telling = [item for item in declarations() if set(item.kinds()) != {"plain"}]

    def alike(item: Declaration) -> tuple[str, ...]:
        return item.purpose, item.basis, item.keep if item.counted_from else ""

    rows = []
    for (purpose, basis, keep), found in groupby(sorted(telling, key=alike), alike):
        rows.append(Processing(purpose, basis, tuple(found), value(keep, on) if keep else None))
    return rows
