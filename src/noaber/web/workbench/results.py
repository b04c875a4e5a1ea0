"""From answers to results, and through the gate: what may be drawn of a position, one table for each question.

An answer is an expectation of years to come, so no published figure stands beside it; within itself it is protected as
everything is. Shapes as in `scenarios`: Y years, F forms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

import noaber
from noaber import disclosure
from noaber.disclosure import SafeResult
from noaber.records import LAW_NAMES, TOTAL, Law, Text
from noaber.results import Provenance, Result, Unit
from noaber.scenarios import Answer, Baseline, Prepared

from .starting_point import StartingPoint

UNCHANGED: Final = "ongewijzigd"
REST: Final = "overig"
_FORMS: Final = 7
"""Care forms that are shown by themselves."""
_VISIBLE: Final = 500
"""Euros below which the gate rounds to nothing."""
_OTHER: Final = "other"
_LAWS: Final[Mapping[str, Text]] = {**LAW_NAMES, _OTHER: Text("Andere wetten", "Other laws")}
_UNCHANGED: Final = Text("Ongewijzigd beleid", "Unchanged policy")
_STATISTICS: Final = {
    "middle": Text("Verwacht", "Expected"),
    "low": Text("Onderkant van de band", "Low end of the band"),
    "high": Text("Bovenkant van de band", "High end of the band"),
}
_ENDS: Final = Text(
    "De band loopt van het geval dat elke aanname tegelijk het minst oplevert tot het geval dat zij het meest oplevert."
    " Toeval, en hoe zeker de cijfers van nu zijn, zitten er niet in; die zitten wel in de volledige band.",
    "The band runs from every assumption saving least at once to every one saving most. Chance, and how sure today's "
    "figures are, are not in it; they are in the full band.",
)
Floats = NDArray[np.float64]


class Case(NamedTuple):
    """One scenario among those that are shown: its code, its name, and what was answered."""

    code: str
    name: str
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What may be drawn of one scenario."""

    saving: SafeResult
    spending: SafeResult
    forms: SafeResult
    clients: SafeResult
    money: SafeResult


def shown(point: StartingPoint, prepared: Prepared, case: Case) -> Shown:
    """Return all tables of one scenario, protected together."""
    made = [
        _saving(prepared, [case]),
        _spending(prepared, case),
        _per_form(prepared, case),
        _clients(prepared, case),
        _money(prepared, case),
    ]
    return Shown(
        **dict(
            zip(
                ("saving", "spending", "forms", "clients", "money"),
                disclosure.protect_together(made, point.town.disclosure),
                strict=True,
            )
        )
    )


def beside(point: StartingPoint, prepared: Prepared, cases: Sequence[Case]) -> SafeResult:
    """Return what several scenarios save, protected."""
    return disclosure.protect(_saving(prepared, cases), point.town.disclosure)


def _saving(prepared: Prepared, cases: Sequence[Case]) -> Result:
    """Euros saved per year and law; the ends of the band of all laws together."""
    rows = []
    for code, _name, answer in cases:
        people = _people(prepared, answer)
        for at, year in enumerate(answer.years):
            of_laws = zip(answer.laws, answer.saving[at], strict=True)
            rows += [(year, code, law, "middle", euros, people[law][at]) for law, euros in of_laws]
            whole = {"middle": answer.saving[at].sum(), "low": answer.low[at], "high": answer.high[at]}
            rows += [(year, code, TOTAL, name, euros, people[TOTAL][at]) for name, euros in whole.items()]
    return _result(
        prepared.baseline,
        "scenario_saving",
        Text("Besparing", "Saving"),
        Text(
            "Wat de gemeente per jaar minder uitgeeft dan bij ongewijzigd beleid; een verlies is negatief. "
            "Investeringen zijn er niet afgetrokken.",
            "What the municipality spends less in a year than with unchanged policy; a loss is negative. Investments "
            "are not taken off.",
        ),
        ("scenario", "law", "statistic"),
        rows,
        {"scenario": {code: Text(name, name) for code, name, _ in cases}, "law": _LAWS, "statistic": _STATISTICS},
    )


def _spending(prepared: Prepared, case: Case) -> Result:
    """Euros spent per year and law, unchanged and with the scenario."""
    people, before = _people(prepared, case.answer), _by_law(prepared.baseline, prepared.net.sum(axis=1))
    rows = []
    saved = {**dict(zip(case.answer.laws, case.answer.saving.T, strict=True)), TOTAL: case.answer.saving.sum(axis=1)}
    for at, year in enumerate(case.answer.years):
        for law, euros in before.items():
            rows.append((year, UNCHANGED, law, euros[at], people[law][at]))
            rows.append((year, case.code, law, euros[at] - saved[law][at], people[law][at]))
    return _result(
        prepared.baseline,
        "scenario_spending",
        Text("Uitgaven", "Spending"),
        Text(
            "Wat de gemeente per jaar uitgeeft aan ondersteuning, eigen bijdragen eraf, zonder investeringen.",
            "What the municipality spends on support in a year, less own contributions, without investments.",
        ),
        ("scenario", "law"),
        rows,
        {"scenario": {UNCHANGED: _UNCHANGED, case.code: Text(case.name, case.name)}, "law": _LAWS},
    )


def _per_form(prepared: Prepared, case: Case) -> Result:
    """Euros saved in the last year per care form: the largest by themselves, the others together."""
    base, saved = prepared.baseline, case.answer.by_form[-1]
    people = _most(prepared, case.answer)[-1]
    kept = [at for at in _largest(base, np.abs(saved), people) if abs(saved[at]) >= _VISIBLE]
    rest = [at for at in range(len(base.forms)) if at not in kept]
    year = case.answer.years[-1]
    rows = [(year, base.forms[at], saved[at], people[at]) for at in kept]
    if abs(saved[rest].sum()) >= _VISIBLE:
        rows.append((year, REST, saved[rest].sum(), people[rest].sum()))
    rows.append((year, TOTAL, saved.sum(), people.sum()))
    return _result(
        base,
        "scenario_by_care_form",
        Text("Besparing per zorgvorm", "Saving per care form"),
        Text(
            "Wat de gemeente in het laatste jaar per zorgvorm minder uitgeeft; waar mensen heen gaan kost het meer.",
            "What the municipality spends less per care form in the last year; where people go it costs more.",
        ),
        ("care_form",),
        rows,
        {"care_form": _form_names(base)},
    )


def _clients(prepared: Prepared, case: Case) -> Result:
    """Clients in the last year per care form that is touched, before and after."""
    base, change = prepared.baseline, case.answer.clients[-1]
    people = prepared.clients.sum(axis=1)[-1]
    kept = [at for at in _largest(base, np.abs(change), people + np.maximum(change, 0)) if abs(change[at]) >= 0.5]
    year = case.answer.years[-1]
    rows = []
    for at in kept:
        rows.append((year, UNCHANGED, base.forms[at], people[at], people[at]))
        rows.append((year, case.code, base.forms[at], people[at] + change[at], people[at] + change[at]))
    rows += [
        (year, code, TOTAL, value, value)
        for code, value in ((UNCHANGED, people.sum()), (case.code, (people + change).sum()))
    ]
    return _result(
        base,
        "scenario_clients",
        Text("Cliënten per zorgvorm, voor en na", "Clients per care form, before and after"),
        Text(
            "Inwoners met deze zorgvorm, gemiddeld over het jaar; wie er twee heeft telt bij beide.",
            "Residents with this care form, on average over the year; who has two counts for both.",
        ),
        ("scenario", "care_form"),
        rows,
        {"scenario": {UNCHANGED: _UNCHANGED, case.code: Text(case.name, case.name)}, "care_form": _form_names(base)},
        unit="persons",
    )


def _money(prepared: Prepared, case: Case) -> Result:
    """Euros invested, left over since the beginning, and saved for all payers together; these rest on no person."""
    answer = case.answer
    saved = answer.saving.sum(axis=1)
    series = {
        "investment": answer.investment,
        "cumulated": np.cumsum(saved - answer.investment),
        "society": answer.society,
    }
    words = {
        "investment": Text("Investering", "Investment"),
        "cumulated": Text("Bespaard min geïnvesteerd, sinds het begin", "Saved less invested, since the beginning"),
        "society": Text("Besparing voor de samenleving", "Saving for society"),
    }
    people = _people(prepared, answer)[TOTAL]
    return _result(
        prepared.baseline,
        "scenario_investment",
        Text("Investering en opbrengst", "Investment and return"),
        Text(
            "Wat het kost om op te zetten en te draaien, wat er sinds het begin van overblijft, en wat alle betalers "
            "samen besparen; wat cliënten zelf betalen is dan geen besparing.",
            "What it costs to set up and run, what is left of it since the beginning, and what all payers together "
            "save; what clients pay themselves is then no saving.",
        ),
        ("scenario", "item"),
        [
            (year, case.code, item, euros[at], None if item == "investment" else people[at])
            for item, euros in series.items()
            for at, year in enumerate(answer.years)
        ],
        {"scenario": {case.code: Text(case.name, case.name)}, "item": words},
    )


def _largest(base: Baseline, size: Floats, people: Floats) -> list[int]:
    """Return the forms that change most and have people enough to be shown by themselves."""
    order = np.argsort(-size, kind="stable")
    return [int(at) for at in order if size[at] > 0 and people[at] >= 10][:_FORMS]


def _people(prepared: Prepared, answer: Answer) -> dict[str, Floats]:
    """Return on how many clients the euros per law and in all rest, [Y] each."""
    return _by_law(prepared.baseline, _most(prepared, answer))


def _most(prepared: Prepared, answer: Answer) -> Floats:
    """Return the clients before or after, whichever are more, [Y, F]: to where nobody was yet, some may go."""
    before = prepared.clients.sum(axis=1)
    return np.maximum(before, before + answer.clients)


def _by_law(base: Baseline, values: Floats) -> dict[str, Floats]:
    """Return [Y] per law and in all, from [Y, F]."""
    laws = [law for law in (*Law, _OTHER) if law in base.laws]
    found = {str(law): values[:, [one == law for one in base.laws]].sum(axis=1) for law in laws}
    return {**found, TOTAL: values.sum(axis=1)}


def _form_names(base: Baseline) -> dict[str, Text]:
    names = dict(zip(base.forms, base.names, strict=True))
    return names | {REST: Text("Andere zorgvormen", "Other care forms"), TOTAL: Text("Samen", "Together")}


def _result(
    base: Baseline,
    indicator: str,
    title: Text,
    definition: Text,
    dimensions: tuple[str, ...],
    rows: Sequence[tuple[object, ...]],
    labels: Mapping[str, Mapping[str, Text]],
    *,
    unit: Unit = "cents",
) -> Result:
    """Return rows (year, code per dimension, euros or persons, persons it rests on) as a result."""
    scale = 100 if unit == "cents" else 1
    columns = list(zip(*rows, strict=True))
    cells = pl.DataFrame(
        {
            "period": [str(year) for year in columns[0]],
            **{name: [str(code) for code in columns[1 + at]] for at, name in enumerate(dimensions)},
            "value": [scale * float(value) for value in columns[-2]],  # type: ignore[arg-type]
            "count": [None if count is None else max(round(float(count)), 0) for count in columns[-1]],  # type: ignore[arg-type]
        },
        schema_overrides={"value": pl.Float64, "count": pl.Int64},
    )
    used = {name: set(cells[name]) for name in dimensions}
    return Result(
        indicator=indicator,
        title=title,
        definition=definition,
        unit=unit,
        frequency="year",
        dimensions=dimensions,
        cells=cells,
        counted="persons",
        notes=(_ENDS, base.prices),
        labels={name: {code: said for code, said in labels[name].items() if code in used[name]} for name in dimensions},
        provenance=Provenance(
            snapshot=base.snapshot,
            known_on=base.known_on,
            indicator=indicator,
            version=1,
            code_version=noaber.__version__,
            sources=base.sources,
            rules=base.rules,
        ),
    )
