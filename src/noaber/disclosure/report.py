"""The report for the privacy officer (functionaris gegevensbescherming): what was hidden, why, and how firmly.

It holds intervals of hidden numbers, so it is for that reader alone and is never published.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import Final

from noaber.records import Language, Text

from .audit import Audit, Interval
from .safe import REASONS, SafeResult, name_of

_TIGHTEST: Final = 20
_RULES: Final = {
    "cbs5": Text("verbergen en afronden (cbs5)", "hide and round (cbs5)"),
    "exact": Text("verbergen, de rest precies (exact)", "hide, the rest exact (exact)"),
    "noise": Text("verbergen en verschuiven (noise)", "hide and move (noise)"),
}


def report(results: Sequence[SafeResult], found: Audit, language: Language) -> str:
    """Return the report on results that were audited together, as Markdown in the asked language."""
    parts = [_heading(found), _settings(results), _tables(results), _links(found), _room(found), _limits()]
    return "\n\n".join(part(language) for part in parts) + "\n"


def _heading(found: Audit) -> Text:
    failed = len(found.recoverable)
    verdict = Text(
        f"**Uitkomst: {failed} verborgen getallen zijn uit te rekenen. Niet publiceren.**"
        if failed
        else "**Uitkomst: geen verborgen getal is uit te rekenen uit wat samen openbaar wordt.**",
        f"**Outcome: {failed} hidden figures can be worked out. Do not publish.**"
        if failed
        else "**Outcome: no hidden figure can be worked out from what becomes public together.**",
    )
    return Text(
        "# Verantwoording statistische beveiliging\n\n"
        "Vertrouwelijk: dit verslag noemt grenzen van verborgen getallen.\n\n"
        f"{verdict.nl}",
        "# Account of statistical disclosure control\n\n"
        "Confidential: this report names bounds of hidden numbers.\n\n"
        f"{verdict.en}",
    )


def _settings(results: Sequence[SafeResult]) -> Text:
    rules = list(dict.fromkeys(result.rule for result in results if result.persons))
    lines = [
        Text(
            f"- Regel: {_RULES[at.rule].nl}. Verborgen tot en met {at.hide_up_to} (nul ook); afronding op "
            f"{at.round_to} en op € {at.round_cents_to // 100}; een percentage over minder dan "
            f"{at.minimum_denominator} wordt verborgen.\n"
            f"- Een verborgen aantal moet minstens {at.minimum_width} kunnen schelen, een bedrag minstens "
            f"{at.amount_width_percent}% van zichzelf.\n"
            f"- 'Iedereen' wordt ook verborgen bij: {', '.join(at.sensitive) or 'niets'}.",
            f"- Rule: {_RULES[at.rule].en}. Hidden up to {at.hide_up_to} (zero too); rounded to {at.round_to} and to "
            f"€ {at.round_cents_to // 100}; a percentage over fewer than {at.minimum_denominator} is hidden.\n"
            f"- A hidden count must be able to differ by at least {at.minimum_width}, an amount by at least "
            f"{at.amount_width_percent}% of itself.\n"
            f"- 'Everybody' is hidden too under: {', '.join(at.sensitive) or 'nothing'}.",
        )
        for at in rules
    ]
    return Text(
        "\n\n".join(["## Instellingen", *(line.nl for line in lines)]),
        "\n\n".join(["## Settings", *(line.en for line in lines)]),
    )


def _tables(results: Sequence[SafeResult]) -> Text:
    reasons = list(REASONS)
    head = Text("| Tabel | Cellen | Getoond |", "| Table | Cells | Shown |")
    rows = []
    for result in sorted(results, key=name_of):
        why = Counter(result.cells["hidden"].to_list())
        counts = " | ".join(str(why[reason]) for reason in reasons)
        rows.append(f"| {name_of(result)} | {result.cells.height} | {why[None]} | {counts} |")
    rule = "|---" * (3 + len(reasons)) + "|"
    names = " | ".join(f"`{reason}`" for reason in reasons)
    body = "\n".join([rule, *rows])

    def section(title: str, first: str, language: Language) -> str:
        words = "\n".join(f"- `{reason}`: {text(language)}" for reason, text in REASONS.items())
        return f"## {title}\n\n{first} {names} |\n{body}\n\n{words}"

    return Text(
        section("Wat is verborgen, en waarom", head.nl, "nl"), section("What was hidden, and why", head.en, "en")
    )


def _links(found: Audit) -> Text:
    groups = "\n".join(f"- {', '.join(group)}" for group in found.linked)
    return Text(
        f"## Samen bekeken\n\n{found.results} tabellen van nu en {found.earlier} van eerdere publicaties: "
        f"{found.numbers} getallen met {found.relations} verbanden (delen en totalen, jaren en kwartalen, instroom en "
        f"uitstroom, verhoudingen). Deze tabellen hangen samen:\n\n{groups or '- geen'}",
        f"## Looked at together\n\n{found.results} tables of now and {found.earlier} of earlier publications: "
        f"{found.numbers} numbers with {found.relations} relations (parts and totals, years and quarters, inflow and "
        f"outflow, ratios). These tables hang together:\n\n{groups or '- none'}",
    )


def _room(found: Audit) -> Text:
    tight = sorted(found.hidden, key=lambda item: (item.wide, item.high - item.low, item.key))[:_TIGHTEST]
    lines = "\n".join(f"| {item.key.figure} | {item.key.period} | {_codes(item)} | {_bounds(item)} |" for item in tight)
    kept = len(found.hidden) - len(found.recoverable)
    return Text(
        f"## Hoeveel ruimte blijft er\n\n{kept} van de {len(found.hidden)} verborgen getallen met een verband houden "
        f"ruimte genoeg; {found.standing_alone} andere staan los en zijn alleen door de regel zelf begrensd. Dit zijn "
        "de krapste. Een grens is wat een aanvaller minstens open moet laten: de echte ruimte is zo groot of "
        "groter.\n\n"
        f"| Cijfer | Periode | Cel | Ruimte |\n|---|---|---|---|\n{lines}",
        f"## How much room is left\n\n{kept} of {len(found.hidden)} hidden numbers with a relation keep room enough; "
        f"{found.standing_alone} others stand alone and are bounded by the rule itself only. These are the tightest. A "
        "bound is what an attacker has to leave open at least: the real room is as large or larger.\n\n"
        f"| Figure | Period | Cell | Room |\n|---|---|---|---|\n{lines}",
    )


def _codes(item: Interval) -> str:
    return ", ".join(f"{name} {code}" for name, code in sorted(item.key.codes)) or "_T"


def _bounds(item: Interval) -> str:
    return " – ".join("∞" if math.isinf(end) else f"{end:g}" for end in (item.low, item.high))


def _limits() -> Text:
    return Text(
        "## Wat dit niet zegt\n\n"
        "De toets kent wat hier is gepubliceerd en de verbanden in de definities. Zij weet niet wat iemand van een "
        "buurman of uit de krant weet, en niet wat een ander publiceert over dezelfde mensen. Of publiceren mag, is "
        "een oordeel over doel en grondslag; dat geeft deze software niet.",
        "## What this does not say\n\n"
        "The audit knows what is published here and the relations in the definitions. It does not know what someone "
        "has from a neighbour or a newspaper, nor what another publishes about the same people. Whether publishing is "
        "allowed is a judgement of purpose and legal basis, which this software does not give.",
    )
