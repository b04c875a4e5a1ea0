"""Up to four saved scenarios beside each other, all on one starting point so that they differ by what they do only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from noaber import scenarios
from noaber.figures import Figure, FigureError, Table, View, chart, numbers
from noaber.records import TOTAL, Language, NoaberError
from noaber.scenarios import Prepared
from noaber.web.access.presence import language

from . import levers, results
from .models import SavedScenario
from .position import read
from .results import Case
from .starting_point import StartingPoint
from .told import Sheet, paid_back


class Compared(NamedTuple):
    """The scenarios that can be compared, and what they were answered from."""

    prepared: Prepared
    cases: list[Case]
    left_out: list[str]


def cases(point: StartingPoint, chosen: Sequence[SavedScenario]) -> Compared:
    """Return the answers of scenarios on one starting point; one that cannot be counted whole there is left out."""
    counted = [(item, levers.chosen(point, read(item.position))) for item in chosen]
    own = point.baseline.known_on
    found = [(item, one) for item, one in counted if read(item.position).known_on == own or not one.refused]
    prepared = point.full if any(one.local for _item, one in found) else point.quick
    answers, left_out = [], [item.name for item, one in counted if (item, one) not in found]
    for item, one in found:
        try:
            answers.append(Case(item.key, item.name, scenarios.answer(prepared, one.measures)))
        except NoaberError:
            left_out.append(item.name)
    return Compared(prepared, answers, left_out)


def figures(point: StartingPoint, compared: Compared) -> list[Figure]:
    """Return what the scenarios save per year, as lines."""
    if not compared.cases:
        return []
    safe = results.beside(point, compared.prepared, compared.cases)
    view = View(
        result=safe,
        language=language(),
        along="scenario",
        fixed={"law": TOTAL, "statistic": "middle"},
        counted_until=str(point.baseline.known_on.year - 1),
    )
    try:
        return [chart.line(view, title=_("Wat elk scenario per jaar bespaart, zonder investeringen."))]
    except FigureError:
        return []


def rows(point: StartingPoint, compared: Compared) -> Sheet | None:
    """Return the last year of each scenario in a table: what it saves, with its band and per law, and what it costs."""
    if not compared.cases:
        return None
    tongue = language()
    safe = results.beside(point, compared.prepared, compared.cases)
    last = max(safe.cells["period"])
    known = {
        (row["scenario"], row["law"], row["statistic"]): row["value"]
        for row in safe.cells.iter_rows(named=True)
        if row["period"] == last
    }

    def line(words: str, law: str, statistic: str) -> tuple[str, ...]:
        return (
            words,
            *(numbers.figure(known.get((case.code, law, statistic)), "cents", tongue) for case in compared.cases),
        )

    laws = [
        law
        for law in safe.labels["law"]
        if law != TOTAL and any(known.get((case.code, law, "middle")) is not None for case in compared.cases)
    ]
    table = [
        line(_("Besparing"), TOTAL, "middle"),
        line(_("Onderkant"), TOTAL, "low"),
        line(_("Bovenkant"), TOTAL, "high"),
        *(line(safe.labels["law"][law](tongue), law, "middle") for law in laws),
        (_("Investeringen in alle jaren"), *(_spent(case, tongue) for case in compared.cases)),
        (_("Terugverdiend"), *(_back(point, case) for case in compared.cases)),
    ]
    names = [case.name for case in compared.cases]
    return Sheet(
        "naast", _("Naast elkaar in %s") % last, Table(caption=last, columns=(last, *names), rows=tuple(table))
    )


def _spent(case: Case, tongue: Language) -> str:
    return numbers.figure(100 * float(case.answer.investment.sum()), "cents", tongue)


def _back(point: StartingPoint, case: Case) -> str:
    return paid_back(point.baseline, case.answer, language())
