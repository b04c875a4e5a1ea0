"""Rules about allocations (301): what one must say, and what may change once it was said."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from noaber.records import Law

from ..model import AllocatedProduct, Extent, Product
from .book import Allocated
from .rule import At, Rule, refuses, remarks

AIDS: Final = frozenset({"11", "12", "13", "14"})
"""Categories of aids of the Wmo, which may be allocated side by side."""
_WEEK, _IN_TOTAL = "2", "6"


def moment(line: AllocatedProduct) -> datetime:
    """Return when an allocation was made; the latest under one number stands (IV013)."""
    return datetime.combine(line.allocation_date, line.allocation_time)


def said(line: AllocatedProduct, at: At) -> Allocated:
    """Return a line as it will stand in the book."""
    return Allocated(
        number=str(line.allocation_number),
        person=at.person,
        provider=at.provider,
        product=line.product,
        at=moment(line),
        valid_from=line.valid_from,
        valid_until=line.end,
        change_reason=line.change_reason,
        extent=line.extent,
        budget_cents=line.budget_cents,
        message=at.header.identification,
    )


def no_product(line: AllocatedProduct, _: At) -> bool:
    """CD079."""
    return line.budget_cents is None and line.product is None


def no_extent(line: AllocatedProduct, _: At) -> bool:
    """CD041."""
    return line.product is not None and line.product.product_code is not None and line.extent is None


def _weekly_without_end(line: AllocatedProduct, _: At) -> bool:
    return line.end is None and line.extent is not None and line.extent.frequency == _WEEK


def _removed_but_lasting(line: AllocatedProduct, _: At) -> bool:
    return line.change_reason == "13" and line.end != line.valid_from


MESSAGE: Final[tuple[Rule, ...]] = (
    refuses("CD079", "Een toewijzing zonder Budget hoort een Product te noemen.", no_product),
    refuses("CD041", "Een toewijzing met een productcode hoort een Omvang te hebben.", no_extent),
    refuses(
        "CD077",
        "Een toewijzing heeft een Budget of een Omvang, niet beide (ook CD078).",
        lambda line, _: line.budget_cents is not None and line.extent is not None,
    ),
    refuses(
        "CD075",
        "Een toewijzing met een Budget hoort een Einddatum te hebben.",
        lambda line, _: line.budget_cents is not None and line.end is None,
    ),
    refuses("CD076", "Een toewijzing per week hoort een Einddatum te hebben.", _weekly_without_end),
    refuses(
        "CS003",
        "De Einddatum ligt voor de Ingangsdatum.",
        lambda line, _: line.end is not None and line.end < line.valid_from,
    ),
    refuses(
        "CS335", "Verwijderen (reden 13) hoort met een Einddatum gelijk aan de Ingangsdatum.", _removed_but_lasting
    ),
    remarks(
        "CS336",
        "RedenWijziging 01 (vervallen) hoort niet meer gebruikt te worden.",
        lambda line, _: line.change_reason == "01",
    ),
)
"""What a line of a 301 must say by itself."""


def _someone_elses(line: AllocatedProduct, at: At) -> bool:
    standing = at.allocation
    return standing is not None and (standing.person, standing.provider) != (at.person, at.provider)


def _another_order(line: AllocatedProduct, at: At) -> bool:
    standing = at.allocation
    return standing is not None and (standing.product, standing.valid_from) != (line.product, line.valid_from)


def _same_moment(line: AllocatedProduct, at: At) -> bool:
    standing = at.allocation
    if standing is None or standing.at != moment(line):
        return False
    was = (standing.valid_until, standing.extent, standing.budget_cents)
    return was != (line.end, line.extent, line.budget_cents)


def _same_product(one: Product | None, other: Product | None, law: Law) -> bool:
    """Return whether two products may not run side by side at one provider (TR302)."""
    if law is Law.WMO and all(product is None or product.category in AIDS for product in (one, other)):
        return False
    if one is None or other is None:
        return True
    if one.product_code is None or other.product_code is None:
        return one.category == other.category
    return one == other


def overlapping(line: AllocatedProduct, at: At) -> Allocated | None:
    """Return an allocation of the same product to the same client and provider that overlaps `line`, if any."""
    fresh = said(line, at)
    if fresh.removed:
        return None
    for number in at.book.numbers.get((at.person, at.provider), ()):
        other = at.book.allocations[number]
        if (
            number != fresh.number
            and not other.removed
            and other.valid_from <= fresh.last_day
            and fresh.valid_from <= other.last_day
            and _same_product(line.product, other.product, at.message.law)
        ):
            return other
    return None


def _overlaps_in_message(line: AllocatedProduct, at: At) -> bool:
    other = overlapping(line, at)
    return other is not None and other.message == at.header.identification


def _paid_for(line: AllocatedProduct, at: At) -> bool:
    return line.change_reason == "13" and at.book.used[str(line.allocation_number)].debits > 0


def _changed(line: AllocatedProduct, standing: Allocated) -> bool:
    now = (line.end, line.extent, line.budget_cents)
    return now != (standing.valid_until, standing.extent, standing.budget_cents)


def _later(line: AllocatedProduct, at: At) -> Allocated | None:
    """Return the version that `line` comes in the place of."""
    standing = at.allocation
    return standing if standing is not None and standing.at < moment(line) else None


def _volume_changed(line: AllocatedProduct, at: At) -> bool:
    standing = _later(line, at)
    if standing is None or standing.extent == line.extent:
        return False
    return line.extent is None or line.extent.frequency != _IN_TOTAL


def _less(line: AllocatedProduct, at: At) -> bool:
    standing = _later(line, at)
    return standing is not None and _volume_in_total(line.extent) < _volume_in_total(standing.extent)


def _volume_in_total(extent: Extent | None) -> int:
    return extent.volume if extent is not None and extent.frequency == _IN_TOTAL else 0


def _less_budget(line: AllocatedProduct, at: At) -> bool:
    standing = _later(line, at)
    return standing is not None and (line.budget_cents or 0) < (standing.budget_cents or 0)


def _ended_in_the_past(line: AllocatedProduct, at: At) -> bool:
    standing = _later(line, at)
    if standing is None or line.end is None or line.change_reason == "13":
        return False
    return line.end < standing.last_day and line.end < at.header.date


def _reason_missing(line: AllocatedProduct, at: At) -> bool:
    standing = _later(line, at)
    return standing is not None and line.change_reason is None and _changed(line, standing)


AGAINST: Final[tuple[Rule, ...]] = (
    refuses("TR332", "Dit ToewijzingNummer is van een andere client of aanbieder.", _someone_elses, "9332"),
    refuses(
        "IV066",
        "Een ander product of een andere Ingangsdatum hoort een nieuw ToewijzingNummer te krijgen.",
        _another_order,
        "",
    ),
    refuses("IV013", "Onder dit ToewijzingNummer staat op hetzelfde moment iets anders.", _same_moment, ""),
    refuses(
        "TR302",
        "In hetzelfde bericht staat een toewijzing van hetzelfde product voor een deel van dezelfde periode.",
        _overlaps_in_message,
    ),
    refuses(
        "OP259",
        "Er staat al een toewijzing van hetzelfde product aan deze client bij deze aanbieder voor een deel van "
        "dezelfde periode.",
        lambda line, at: overlapping(line, at) is not None,
        "",
    ),
    refuses("TR385", "Op deze toewijzing is gedeclareerd; verwijderen (13) mag dan niet.", _paid_for, "9385"),
    remarks(
        "IV099",
        "Een eerste toewijzing hoort geen RedenWijziging te hebben; de eerdere versie is hier niet bekend.",
        lambda line, at: at.allocation is None and line.change_reason is not None,
    ),
    remarks("IV099", "Een gewijzigde toewijzing hoort een RedenWijziging te hebben.", _reason_missing),
    remarks(
        "OP033x1",
        "De Omvang is gewijzigd; dat mag alleen bij een totaal over de hele toewijzing.",
        _volume_changed,
    ),
    remarks("OP186", "Beeindigen in het verleden mag alleen in overleg met de aanbieder.", _ended_in_the_past),
    remarks("OP298", "Minder volume mag alleen na instemming van de aanbieder.", _less),
    remarks("OP299", "Minder budget mag alleen na instemming van de aanbieder.", _less_budget),
)
"""What a line of a 301 must be, given what stands."""
