"""Studies as results: shares, pairs that overlap, what moves the answer, when it is earned back, what limits do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import isinf
from typing import Any, Final

from noaber import plans
from noaber.records import TOTAL, Text
from noaber.results import Result, Unit

from .assumptions import parameter_names, rate_name
from .attribution import Shares
from .baseline import Baseline
from .cells import IN_THE_BAND, About, result, row
from .study import Study
from .tables import BANDS
from .variant import Variant

_SWINGS: Final = 8
"""The assumptions that are told of; the others move the answer less."""
_PAIRS: Final = 8
_NOBODY: Final = None
"""In the place of a number of people: the cell rests on nobody."""
_ALL: Final = {TOTAL: Text("Alle maatregelen samen", "All measures together")}
_ENDS: Final = {
    "low": Text("Aanname laag", "Assumption low"),
    "high": Text("Aanname hoog", "Assumption high"),
    "middle": BANDS["middle"],
}
_RETURNS: Final[tuple[tuple[About, Unit], ...]] = (
    (
        About(
            "scenario_invested",
            Text("Wat maatregelen kosten", "What measures cost"),
            Text(
                "Wat het kost om de maatregel op te zetten en te draaien, alle jaren samen.",
                "What it costs to set the measure up and run it, all years together.",
            ),
            ("scenario", "measure"),
        ),
        "cents",
    ),
    (
        About(
            "scenario_break_even",
            Text("Hoe groot het effect moet zijn", "How large the effect must be"),
            Text(
                "Welk deel van de geschatte effecten genoeg is om binnen deze jaren terug te verdienen wat de "
                "maatregel kost; boven 100 procent verdient de schatting zich niet terug.",
                "Which part of the estimated effects is enough to earn back what the measure costs within these "
                "years; above 100 percent the estimate does not earn itself back.",
            ),
            ("scenario", "measure"),
        ),
        "percent",
    ),
    (
        About(
            "scenario_payback",
            Text("Na hoeveel maanden het is terugverdiend", "After how many months it is earned back"),
            Text(
                "Maanden vanaf de eerste maand van de berekening totdat de besparing de kosten inhaalt en voor blijft.",
                "Months from the first month of the costing until the saving overtakes the cost and stays ahead.",
            ),
            ("scenario", "measure"),
        ),
        "months",
    ),
)
_WAITS: Final[tuple[tuple[About, Unit], ...]] = (
    (
        About(
            "scenario_waiting",
            Text("Wachten bij een grens", "Waiting under a limit"),
            Text(
                "Maanden die een inwoner in het laatste jaar gemiddeld wacht als er niet meer plaatsen zijn dan "
                "genoemd, bij ongewijzigd beleid. Van wie wacht haakt elke maand 2 procent af.",
                "Months that a resident waits on average in the last year when there are no more places than named, "
                "with unchanged policy. Of those who wait 2 percent gives up each month.",
            ),
            ("care_form",),
        ),
        "months",
    ),
    (
        About(
            "scenario_waiting_list",
            Text("Langste wachtlijst bij een grens", "Longest waiting list under a limit"),
            Text("De meeste inwoners die tegelijk wachten.", "The most residents who wait at the same time."),
            ("care_form",),
        ),
        "persons",
    ),
    (
        About(
            "scenario_waiting_saved",
            Text("Niet uitgegeven door een grens", "Not spent because of a limit"),
            Text(
                "Wat er in alle jaren samen niet wordt uitgegeven. Wat wie wacht elders kost, is niet geteld.",
                "What is not spent in all years together. What those who wait cost elsewhere is not counted.",
            ),
            ("care_form",),
        ),
        "cents",
    ),
)


def study_tables(found: Study) -> list[Result]:
    """Return what a study says, as results; what there is nothing of is left out."""
    divided = divided_tables(list(found.shares.values()), found.plan, found.comparison.baseline)
    swings = _swings(found)
    return [*divided, *([swings] if swings else []), *_returns(found), *_waits(found)]


_SHARES: Final = About(
    "scenario_shares",
    Text("Van welke maatregel is de besparing", "Whose saving it is"),
    Text(
        "De besparing van het laatste jaar verdeeld over de maatregelen: wat elk toevoegt, gemiddeld over elke "
        "volgorde waarin zij hadden kunnen komen (Shapley). Investeringen zijn er niet afgetrokken.",
        "The saving of the last year divided over the measures: what each adds, on average over every order in "
        "which they could have come (Shapley). Investments are not taken off.",
    ),
    ("scenario", "measure", "statistic"),
)
_SHARES_BY_PACKAGE: Final = About(
    "scenario_shares_by_package",
    Text("Van welk pakket is de besparing", "Which package the saving belongs to"),
    Text(
        "De besparing van het laatste jaar verdeeld over de pakketten: wat elk toevoegt, gemiddeld over elke volgorde "
        "waarin zij hadden kunnen komen (Shapley). Een maatregel zonder pakket telt als een pakket.",
        "The saving of the last year divided over the packages: what each adds, on average over every order in which "
        "they could have come (Shapley). A measure without a package counts as one.",
    ),
    ("scenario", "measure", "statistic"),
)
_BY_PACKAGE: Final = Text(
    "De besparing van het laatste jaar verdeeld over de maatregelen: wat elk toevoegt, gemiddeld over elke volgorde "
    "waarin pakketten als geheel en daarbinnen maatregelen hadden kunnen komen (Owen). Investeringen zijn er niet "
    "afgetrokken.",
    "The saving of the last year divided over the measures: what each adds, on average over every order in which "
    "packages as a whole, and measures within them, could have come (Owen). Investments are not taken off.",
)
_BY_ORDERS: Final = Text(
    "De besparing van het laatste jaar verdeeld over de maatregelen: wat elk toevoegt, gemiddeld over een steekproef "
    "van de volgorden waarin zij hadden kunnen komen (Shapley), met de fout van die steekproef. Investeringen zijn er "
    "niet afgetrokken.",
    "The saving of the last year divided over the measures: what each adds, on average over a sample of the orders in "
    "which they could have come (Shapley), with the error of that sample. Investments are not taken off.",
)


def divided_tables(divided: Sequence[Shares], plan: plans.Plan, baseline: Baseline) -> list[Result]:
    """Return whose saving it is, and which pairs of measures act on each other, as results."""
    names = {measure.code: measure.name for measure in plan.measures}
    named = names | {package.code: package.name for package in plan.packages}
    packages = [item.packages for item in divided if item.packages is not None]
    made = (
        _shared(divided, baseline, names, _SHARES),
        _shared(packages, baseline, named, _SHARES_BY_PACKAGE),
        _overlaps(divided, baseline, names),
    )
    return [item for item in made if item is not None]


def _shared(divided: Sequence[Shares], baseline: Baseline, names: Mapping[str, str], about: About) -> Result | None:
    """Return whose saving it is in the last year: the share, its band, alone and last, and the error if sampled."""
    people = float(baseline.town.stock.sum())
    rows = []
    for found in divided:
        year, code = found.years[-1], found.variant.code
        columns = {
            "share": found.cents()[:, -1] / 100,
            "low": found.low[:, -1],
            "high": found.high[:, -1],
            "alone": found.alone.sum(axis=2)[:, -1],
            "last": found.last.sum(axis=2)[:, -1],
            **({"error": found.error.sum(axis=2)[:, -1]} if found.error.any() else {}),
        }
        rows += [
            row(year, (code, item, kind), 100 * float(values[number]), people)
            for kind, values in columns.items()
            for number, item in enumerate(found.names)
        ]
        rows.append(row(year, (code, TOTAL, "share"), 100 * float(found.total[-1].sum()), people))
    if any(found.packages is not None for found in divided):
        about = about._replace(definition=_BY_PACKAGE)
    elif any(found.error.any() for found in divided):
        about = about._replace(definition=_BY_ORDERS)
    words = {
        "share": Text("Aandeel", "Share"),
        "low": BANDS["low"],
        "high": BANDS["high"],
        "alone": Text("Als enige maatregel", "Alone"),
        "last": Text("Als laatste erbij", "Last in line"),
        "error": Text("Standaardfout van het aandeel", "Standard error of the share"),
    }
    labels = {"measure": _named(names) | _ALL, "statistic": words, "scenario": _scenarios(divided)}
    return result(baseline, about, rows, labels, notes=(IN_THE_BAND,)) if rows else None


def _overlaps(divided: Sequence[Shares], baseline: Baseline, names: Mapping[str, str]) -> Result | None:
    """Return the pairs of measures that take most from each other, or strengthen each other most, in the last year."""
    people = float(baseline.town.stock.sum())
    rows, words = [], {}
    for found in divided:
        pairs = combinations(range(len(found.names)), 2)
        size = {(one, other): float(found.overlap[one, other, -1]) for one, other in pairs}
        for one, other in sorted(size, key=lambda pair: -abs(size[pair]))[:_PAIRS]:
            first, second = found.names[one], found.names[other]
            words[f"{first}+{second}"] = Text(*(f"{names[first]} {both} {names[second]}" for both in ("en", "and")))
            codes = (found.variant.code, f"{first}+{second}")
            rows.append(row(found.years[-1], codes, 100 * size[one, other], people))
    about = About(
        "scenario_overlap",
        Text("Maatregelen die elkaar raken", "Measures that act on each other"),
        Text(
            "Wat twee maatregelen samen meer of minder besparen dan ieder apart, gemiddeld over wat er van de andere "
            "maatregelen al is; negatief als zij dezelfde besparing tellen.",
            "What two measures save more or less together than each apart, on average over what there is of the other "
            "measures; negative when they count the same saving.",
        ),
        ("scenario", "pair"),
    )
    labels = {"pair": words, "scenario": _scenarios(divided)}
    return result(baseline, about, rows, labels, notes=()) if rows else None


def _swings(found: Study) -> Result | None:
    """Return what the saving of the last year becomes when one assumption lies at its ends."""
    base = found.comparison.baseline
    people = float(base.town.stock.sum())
    forms = base.words
    rows, words = [], dict(_ALL)
    for variant in found.modelled:
        named = parameter_names(variant.measures, forms)
        swings = [item for item in found.swings[variant.code] if item.width > 0][:_SWINGS]
        for item in swings:
            words[item.name] = named.get(item.name) or rate_name(item.name, forms)
            for end in ("low", "high"):
                codes = (variant.code, item.name, end)
                rows.append(row(base.years[-1], codes, 100 * getattr(item, end), people))
        saved = found.comparison.saving(found.comparison.variants.index(variant)).mean(axis=0)[-1].sum()
        rows.append(row(base.years[-1], (variant.code, TOTAL, "middle"), 100 * float(saved), people))
    about = About(
        "scenario_tornado",
        Text("Welke aanname het antwoord het meest beweegt", "Which assumption moves the answer most"),
        Text(
            f"Wat het scenario in het laatste jaar bespaart als één aanname aan een uiteinde ligt en de andere blijven "
            f"zoals zij zijn; de {_SWINGS} die het meest bewegen.",
            f"What the scenario saves in the last year when one assumption lies at an end and the others stay as they "
            f"are; the {_SWINGS} that move most.",
        ),
        ("scenario", "assumption", "statistic"),
    )
    labels = {"assumption": words, "statistic": _ENDS, "scenario": _variants(found.modelled)}
    return result(base, about, rows, labels, notes=()) if rows else None


def _returns(found: Study) -> Iterator[Result]:
    """Yield what measures cost, which part of their effects would earn that back, and after how many months."""
    base = found.comparison.baseline
    last = base.years[-1]
    rows: list[list[dict[str, Any]]] = [[], [], []]
    for variant in found.modelled:
        spent = {
            item.code: sum(cents for year, cents in item.investments.items() if base.start.year <= year <= last)
            for item in variant.measures
        }
        spent[TOTAL] = sum(spent.values())
        for code, item in found.returns[variant.code].items():
            month = None if item.paid_back is None else float(base.month_of(item.paid_back))
            share = None if item.factor is None else 100 * item.factor
            for kind, value in zip(rows, (float(spent[code]), share, month), strict=True):
                kind.append(row(last, (variant.code, code), value, _NOBODY))
    names = _named({item.code: item.name for item in found.plan.measures})
    labels = {"measure": names | _ALL, "scenario": _variants(found.modelled)}
    for (about, unit), kind in zip(_RETURNS, rows, strict=True):
        if kind:
            yield result(base, about, kind, labels, unit=unit, notes=())


def _waits(found: Study) -> Iterator[Result]:
    """Yield what a limit on a care form does: how long one waits, how many at most, and what is not spent."""
    base = found.comparison.baseline
    if not found.waits:
        return
    clients = dict(zip(base.forms, base.town.stock.sum(axis=(0, 1)), strict=True))
    forms = base.words
    words = {
        item.form: Text(
            f"{forms[item.form].nl} ({item.places:,.0f} plaatsen)".replace(",", "."),
            f"{forms[item.form].en} ({item.places:,.0f} places)",
        )
        for item in found.waits
    }
    kinds: tuple[list[float | None], ...] = (
        [None if isinf(item.average_wait) else item.average_wait for item in found.waits],
        [item.longest_list for item in found.waits],
        [100 * item.saved for item in found.waits],
    )
    for (about, unit), values in zip(_WAITS, kinds, strict=True):
        rows = [
            row(base.years[-1], (item.form,), value, clients[item.form])
            for item, value in zip(found.waits, values, strict=True)
        ]
        yield result(base, about, rows, {"care_form": words}, unit=unit, notes=())


def _named(names: Mapping[str, str]) -> dict[str, Text]:
    return {code: Text(name, name) for code, name in names.items()}


def _variants(found: Sequence[Variant]) -> dict[str, Text]:
    return _named({item.code: item.name for item in found})


def _scenarios(divided: Sequence[Shares]) -> dict[str, Text]:
    return _variants([item.variant for item in divided])
