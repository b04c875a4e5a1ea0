"""Rules about claim lines (323): what was allocated may be claimed, once, per month and within its volume.

A credit is a one-sided act of the provider (IV085): it must copy its debit line, and no more is asked of it.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber.records import Law

from ..model import Claim, Claim323, Delivery, Extent
from ..weeks import month_of, months_touched, weeks_of_output, weeks_touched
from .book import Allocated, Claimed, base_units
from .rule import At, Rule, refuses, remarks

_YEARS = 5
_HOUR, _MINUTE, _EUROS = "04", "01", "83"
_RESULTS: Final = frozenset({"82", _EUROS})
"""Units of results (*outputgericht*); all others are of effort (*inspanningsgericht*)."""
_DAY, _WEEK, _MONTH = "1", "2", "4"
_HOUSEHOLD_HELP, _WEEKS_OF_HOUSEHOLD_HELP = "01", 6


def is_credit(line: Delivery) -> bool:
    """Return whether a line takes back an earlier one."""
    return line.submitted.debit_credit == "C"


def claimed(line: Delivery, person: str) -> Claimed:
    """Return a debit line, or the debit line that a credit says it copies, as it stands in the book."""
    return Claimed(
        allocation_number=str(line.allocation_number),
        person=person,
        period=(line.product_period.begin, line.product_period.end),
        product=(line.product_category, line.claimed_code),
        volume=line.delivered_volume,
        unit=line.unit,
        cents=line.submitted.cents,
    )


def _claim(at: At) -> Claim:
    assert isinstance(at.message, Claim323)
    return at.message.claim


def _five_years_before(day: date) -> date:
    """Return the day five years earlier; 28 February for the leap day."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - _YEARS, day=28 if leap_day else day.day)


def _other_month(line: Delivery, _: At) -> bool:
    period = line.product_period
    return (period.begin.year, period.begin.month) != (period.end.year, period.end.month)


def _not_the_product(line: Delivery, _: At) -> bool:
    """IV081: a tariff per minute is rounded to whole cents, the amount is not made from it."""
    cents, volume, tariff = line.submitted.cents, line.delivered_volume, line.tariff_cents
    if line.unit == _EUROS or tariff is None:
        return False
    off = abs(cents - volume * tariff)
    return 2 * off > volume + 1 if line.unit == _MINUTE else off > 0


MESSAGE: Final[tuple[Rule, ...]] = (
    refuses(
        "CS003",
        "De Einddatum van de ProductPeriode ligt voor de Begindatum.",
        lambda line, _: line.product_period.end < line.product_period.begin,
    ),
    refuses("CS337", "De ProductPeriode valt niet binnen een kalendermaand.", _other_month),
    refuses(
        "TR335",
        "De ProductPeriode eindigde meer dan vijf jaar voor de DeclaratieDagtekening.",
        lambda line, at: line.product_period.end < _five_years_before(_claim(at).claim_dated),
    ),
    refuses(
        "TR319",
        "De ProductPeriode ligt na de DeclaratiePeriode.",
        lambda line, at: line.product_period.end > _claim(at).claim_period.end,
        "9319",
    ),
    refuses(
        "CD087",
        "Het ProductTarief hoort gevuld te zijn, behalve als de Eenheid euro's is.",
        lambda line, _: (line.tariff_cents is None) != (line.unit == _EUROS),
    ),
    refuses(
        "CS339",
        "Bij Eenheid euro's (83) hoort het IngediendBedrag gelijk te zijn aan het GeleverdVolume.",
        lambda line, _: line.unit == _EUROS and line.submitted.cents != line.delivered_volume,
    ),
    refuses(
        "TR346",
        "Het IngediendBedrag is niet het GeleverdVolume maal het ProductTarief.",
        _not_the_product,
        "9346",
    ),
    refuses(
        "IV079",
        "Het GeleverdVolume in uren is ten minste 1; minder dan een half uur wordt ook 1 uur.",
        lambda line, _: line.unit == _HOUR and line.delivered_volume < 1,
        "",
    ),
    refuses(
        "CD060",
        "Een creditregel hoort een VorigReferentieNummer te hebben.",
        lambda line, _: is_credit(line) and line.reference.previous_reference is None,
    ),
    remarks(
        "CD060",
        "Een VorigReferentieNummer hoort alleen bij een creditregel.",
        lambda line, _: not is_credit(line) and line.reference.previous_reference is not None,
    ),
)
"""What a claim line must say by itself."""


_NEW_REFERENCE: Final = refuses(
    "TR314",
    "Dit ReferentieNummer is al gebruikt door deze aanbieder.",
    lambda line, at: (at.provider, line.reference.reference_number) in at.book.references,
    "8021",
)


def _copied(line: Delivery, at: At) -> Claimed | None:
    return at.book.claims.get((at.provider, line.reference.previous_reference or ""))


def _copies_nothing(line: Delivery, at: At) -> bool:
    return _copied(line, at) != claimed(line, at.person)


CREDIT: Final[tuple[Rule, ...]] = (
    _NEW_REFERENCE,
    refuses(
        "TR390",
        "De prestatie is al eerder gecrediteerd.",
        lambda line, at: (at.provider, line.reference.previous_reference) in at.book.credited,
        "9390",
    ),
    refuses(
        "TR323",
        "De creditregel hoort bij geen eerdere debetregel, of is er geen kopie van (IV091).",
        _copies_nothing,
        "8017",
    ),
)
"""What a credit must be, given what stands."""


def _unknown(line: Delivery, at: At) -> bool:
    return at.allocation is None or at.allocation.provider != at.provider


def _other_client(line: Delivery, at: At) -> bool:
    return at.allocation is not None and at.allocation.person != at.person


def _other_category(line: Delivery, at: At) -> bool:
    product = at.allocation.product if at.allocation else None
    return product is not None and product.category != line.product_category


def _other_code(line: Delivery, at: At) -> bool:
    product = at.allocation.product if at.allocation else None
    return product is not None and product.product_code not in (None, line.claimed_code)


def _other_unit(line: Delivery, at: At) -> bool:
    extent = at.allocation.extent if at.allocation else None
    return extent is not None and line.unit != extent.unit and (extent.unit, line.unit) != (_HOUR, _MINUTE)


def _before(line: Delivery, at: At) -> bool:
    return at.allocation is not None and line.product_period.begin < at.allocation.valid_from


def _after(line: Delivery, at: At) -> bool:
    return at.allocation is not None and line.product_period.end > at.allocation.last_day


def _begins_late(line: Delivery, at: At) -> bool:
    begin = line.product_period.begin
    return at.allocation is not None and begin != max(month_of(begin)[0], at.allocation.valid_from)


def _ends_early(line: Delivery, at: At) -> bool:
    end = line.product_period.end
    return at.allocation is not None and end != min(month_of(end)[1], at.allocation.last_day)


def _claimed_before(line: Delivery, at: At) -> bool:
    return claimed(line, at.person).service in at.book.services


def most_in_period(allocated: Allocated, extent: Extent, first: date, last: date, law: Law) -> int:
    """Return the greatest volume, in units of `extent`, that may be claimed over a product period (TR321, IV077)."""
    if extent.frequency == _DAY:
        return extent.volume * ((last - first).days + 1)
    if extent.frequency != _WEEK:
        return extent.volume  # a month holds one monthly volume, and all of a total may fall in it
    category = allocated.product.category if allocated.product else None
    if law is Law.WMO and category == _HOUSEHOLD_HELP:
        return _WEEKS_OF_HOUSEHOLD_HELP * extent.volume
    if extent.unit in _RESULTS and allocated.valid_until is not None:
        weeks = weeks_of_output(first, last, valid_from=allocated.valid_from, valid_until=allocated.valid_until)
        return weeks * extent.volume
    return weeks_touched(first, last) * extent.volume


def most_in_all(allocated: Allocated, extent: Extent) -> int | None:
    """Return the greatest volume, in units of `extent`, of a whole allocation (TR322); None when it has no end."""
    first, last = allocated.valid_from, allocated.valid_until
    if extent.frequency not in (_DAY, _WEEK, _MONTH):
        return extent.volume
    if last is None:
        return None
    if extent.frequency == _DAY:
        return extent.volume * ((last - first).days + 1)
    times = weeks_touched(first, last) if extent.frequency == _WEEK else months_touched(first, last)
    return extent.volume * times


def _too_much(line: Delivery, at: At) -> bool:
    standing = at.allocation
    if standing is None or standing.extent is None:
        return False
    period = line.product_period
    most = most_in_period(standing, standing.extent, period.begin, period.end, at.message.law)
    return base_units(line.delivered_volume, line.unit) > base_units(most, standing.extent.unit)


def _too_much_in_all(line: Delivery, at: At) -> bool:
    standing = at.allocation
    if standing is None or standing.extent is None:
        return False
    most = most_in_all(standing, standing.extent)
    if most is None:
        return False
    used = at.book.used[standing.number].units + base_units(line.delivered_volume, line.unit)
    return used > base_units(most, standing.extent.unit)


def _over_budget(line: Delivery, at: At) -> bool:
    standing = at.allocation
    if standing is None or standing.budget_cents is None:
        return False
    return at.book.used[standing.number].cents + line.submitted.cents > standing.budget_cents


DEBIT: Final[tuple[Rule, ...]] = (
    _NEW_REFERENCE,
    refuses("TR338", "Er is voor deze aanbieder geen toewijzing met dit ToewijzingNummer.", _unknown, "9338"),
    refuses(
        "TR384",
        "De toewijzing is verwijderd (13).",
        lambda line, at: at.allocation is not None and at.allocation.removed,
        "9384",
    ),
    refuses("TR304", "Het Bsn is niet dat van de client van de toewijzing.", _other_client, "8187"),
    refuses("TR339", "De ProductCategorie is niet die van de toewijzing.", _other_category, "9339"),
    refuses("TR340", "De ProductCode is niet die van de toewijzing.", _other_code, "9340"),
    refuses("TR341", "De Eenheid past niet bij die van de toewijzing.", _other_unit, "9341"),
    refuses("TR307", "De ProductPeriode begint voor de Ingangsdatum van de toewijzing.", _before, "9307"),
    refuses("TR308", "De ProductPeriode eindigt na de Einddatum van de toewijzing.", _after, "9308"),
    refuses(
        "TR387",
        "De ProductPeriode begint niet op de eerste van de maand of de Ingangsdatum van de toewijzing.",
        _begins_late,
        "9387",
    ),
    refuses(
        "TR388",
        "De ProductPeriode eindigt niet op de laatste van de maand of de Einddatum van de toewijzing.",
        _ends_early,
        "9388",
    ),
    refuses(
        "TR389",
        "Deze periode van de toewijzing is al gedeclareerd en niet gecrediteerd (ook TR416).",
        _claimed_before,
        "9389",
    ),
    refuses("TR321", "Het GeleverdVolume past niet in de Omvang over deze periode.", _too_much, "9321"),
    refuses("TR322", "Het totaal aan volume past niet in de Omvang van de toewijzing.", _too_much_in_all, "9322"),
    refuses("TR369", "Het totaal aan declaraties past niet in het Budget van de toewijzing.", _over_budget, "9369"),
)
"""What a debit line must be, given what stands."""
