"""What a position tells, in words and pictures: one sentence, the fan, the waterfall, the euros and who is touched.

Everything here was let through by the gate; numbers are read from what passed it, and never from the answer itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from noaber.disclosure import REASONS, SafeResult
from noaber.figures import Figure, FigureError, Subject, Table, View, chart, numbers, savings
from noaber.records import TOTAL, Language, Text
from noaber.scenarios import Answer, Baseline

from .levers import SCENARIO
from .results import UNCHANGED, Shown

_ENDS: Final = Text("Met alle aannamen tegelijk ongunstig of gunstig", "With all assumptions at their worst or best")
_SPENDING: Final = Subject("De uitgaven", "Spending", plural=True)


class Fact(NamedTuple):
    """One fact beside the figures: what, how much, and what must be known of it."""

    name: str
    value: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading and the name under which the page knows it."""

    name: str
    title: str
    table: Table

    @property
    def table_html(self) -> str:
        """The table as HTML."""
        return self.table.html()


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that is shown of one position."""

    sentence: str
    sure: str
    fan: Figure
    falls: Figure | None
    sheets: tuple[Sheet, ...]
    facts: tuple[Fact, ...]


def told(base: Baseline, answer: Answer, shown: Shown, language: Language, *, untouched: bool) -> Told:
    """Return what is shown of an answer; of unchanged policy what that costs."""
    return Told(
        sentence=_unchanged(shown, language) if untouched else _sentence(base, answer, shown, language),
        sure=_sure_of_unchanged() if untouched else _sure(),
        fan=_lines(shown, base, language) if untouched else _fan(shown, base, language),
        falls=None if untouched else _falls(shown, language),
        sheets=(_spent(shown, language),) if untouched else _sheets(shown, language),
        facts=() if untouched else _facts(base, answer, shown, language),
    )


class _Cells:
    """The numbers of a result by period and codes, in order of its dimensions."""

    def __init__(self, result: SafeResult, language: Language) -> None:
        self._result, self._language = result, language
        self._cells = {
            (row["period"], *(row[name] for name in result.dimensions)): (row["value"], row["hidden"])
            for row in result.cells.iter_rows(named=True)
        }

    def value(self, *place: object) -> float | None:
        """Return a number; None when it is hidden or not there."""
        return self._cells.get(tuple(map(str, place)), (None, None))[0]

    def words(self, *place: object) -> str:
        """Return a number as it stands in a sentence, or why it is not shown."""
        value, hidden = self._cells.get(tuple(map(str, place)), (None, None))
        if value is None:
            return REASONS[hidden](self._language) if hidden else "–"
        return numbers.in_words(value, self._result.unit, self._language)

    @property
    def years(self) -> list[str]:
        """The years, in order."""
        return sorted({str(place[0]) for place in self._cells})

    def row(self, words: str, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return a row of a table: its words, and a number per year."""
        return (words, *(self.cell(year, *codes) for year in self.years))

    def cell(self, *place: object) -> str:
        """Return a number as it stands in a table: amounts in thousands of euros."""
        value = self.value(*place)
        if value is None:
            return "·"
        scale = 100_000 if self._result.unit == "cents" else 1
        return numbers.number(value / scale, self._language)


def _sentence(base: Baseline, answer: Answer, shown: Shown, language: Language) -> str:
    """Return in one sentence what the scenario does in the last year, what it costs first and when that is back."""
    cells, money, last = _Cells(shown.saving, language), _Cells(shown.money, language), answer.years[-1]
    middle = cells.value(last, SCENARIO, TOTAL, "middle")
    if middle is None:
        return _("Wat dit scenario doet rust op te weinig inwoners om te laten zien.")
    ends = [cells.value(last, SCENARIO, TOTAL, name) or 0.0 for name in ("low", "high")]
    if not middle and not any(ends):
        return _("Dit scenario verandert in %d niets aan de uitgaven.") % last
    gain = middle > 0
    size = numbers.in_words(abs(middle), "cents", language)
    band = " – ".join(
        numbers.in_words(end if gain else -end, "cents", language) for end in (ends if gain else reversed(ends))
    )
    said = (_saves if gain else _costs)(last, size, band)
    return " ".join([said, *_invested(answer, money, language), *_back(base, answer, gain=gain, language=language)])


def _saves(year: int, size: str, band: str) -> str:
    return _("Dit scenario bespaart de gemeente in %(year)d naar schatting %(size)s (%(band)s).") % {
        "year": year,
        "size": size,
        "band": band,
    }


def _costs(year: int, size: str, band: str) -> str:
    return _("Dit scenario kost de gemeente in %(year)d naar schatting %(size)s meer (%(band)s).") % {
        "year": year,
        "size": size,
        "band": band,
    }


def _invested(answer: Answer, money: _Cells, language: Language) -> list[str]:
    spent = sum(money.value(year, SCENARIO, "investment") or 0.0 for year in answer.years)
    if spent <= 0:
        return []
    amount = numbers.in_words(spent, "cents", language)
    return [
        _("Het vraagt tot en met %(year)d %(amount)s aan investeringen.") % {"year": answer.years[-1], "amount": amount}
    ]


def _back(base: Baseline, answer: Answer, *, gain: bool, language: Language) -> list[str]:
    if not answer.investment.any():
        return []
    if answer.payback is None:
        return [_("Die zijn in deze jaren niet terugverdiend.")]
    return [_("Die zijn terugverdiend in %s.") % _month(base, answer.payback, language)] if gain else []


def _sure() -> str:
    return _(
        "Tussen haakjes: van alle aannamen tegelijk ongunstig tot alle tegelijk gunstig. Toeval en de zekerheid van de "
        "cijfers van nu zitten daar niet in; vraag daarvoor de volledige band."
    )


def _sure_of_unchanged() -> str:
    return _(
        "Dit is wat er gebeurt als niets verandert: mensen beginnen, blijven en stoppen zoals in de laatste drie jaar. "
        "Kosten zonder cliënt, zoals een vast bedrag voor de partner, tellen hier niet mee. Verschuif iets, of zet een "
        "maatregel aan."
    )


def _unchanged(shown: Shown, language: Language) -> str:
    cells = _Cells(shown.spending, language)
    last = max(shown.spending.cells["period"])
    amount = cells.words(last, UNCHANGED, TOTAL)
    return _("Bij ongewijzigd beleid geeft de gemeente in %(year)s %(amount)s uit.") % {"year": last, "amount": amount}


def _counted(base: Baseline) -> str:
    return str(base.known_on.year - 1)


def _fan(shown: Shown, base: Baseline, language: Language) -> Figure:
    return savings.saved(shown.saving, SCENARIO, language, counted_until=_counted(base), band=_ENDS)


def _lines(shown: Shown, base: Baseline, language: Language) -> Figure:
    view = View(
        result=shown.spending,
        language=language,
        along="law",
        fixed={"scenario": UNCHANGED},
        counted_until=_counted(base),
    )
    return chart.line(view, subject=_SPENDING)


def _falls(shown: Shown, language: Language) -> Figure | None:
    try:
        return chart.waterfall(View(result=shown.forms, language=language, along="care_form"))
    except FigureError:
        return None


def _spent(shown: Shown, language: Language) -> Sheet:
    """Return what unchanged policy costs per law and year, in thousands of euros."""
    cells = _Cells(shown.spending, language)
    rows = [cells.row(words(language), (UNCHANGED, law)) for law, words in _laws(shown.spending)]
    return _sheet("euro", _("Uitgaven per wet en jaar"), cells, rows)


def _sheets(shown: Shown, language: Language) -> tuple[Sheet, ...]:
    """Return what is saved per law and year, what that costs and leaves, and who is touched."""
    saving, spending, money = (_Cells(item, language) for item in (shown.saving, shown.spending, shown.money))
    saved = [saving.row(words(language), (SCENARIO, law, "middle")) for law, words in _laws(shown.saving)]
    saved += [
        saving.row(words, (SCENARIO, TOTAL, name))
        for name, words in (("low", _("Samen, onderkant")), ("high", _("Samen, bovenkant")))
    ]
    items = (
        ("investment", _("Investering")),
        ("cumulated", _("Over sinds het begin")),
        ("society", _("Samenleving bespaart")),
    )
    other = [money.row(words, (SCENARIO, item)) for item, words in items]
    other.append(spending.row(_("Uitgaven, ongewijzigd"), (UNCHANGED, TOTAL)))
    other.append(spending.row(_("Uitgaven, dit scenario"), (SCENARIO, TOTAL)))
    made = [
        _sheet("besparing", _("Besparing per wet en jaar"), saving, saved),
        _sheet("geld", _("Wat het kost en overlaat"), saving, other),
    ]
    return (*made, *([touched] if (touched := _touched(shown, language)) else []))


def _laws(result: SafeResult) -> list[tuple[str, Text]]:
    """Return the laws with their words, all together last, without those of which nothing is shown."""
    known = result.cells.filter(result.cells["value"].is_not_null())["law"]
    labels = {**result.labels["law"], TOTAL: Text("Samen", "Together")}
    return [(law, words) for law, words in labels.items() if law in set(known)]


def _sheet(name: str, title: str, cells: _Cells, rows: list[tuple[str, ...]]) -> Sheet:
    table = Table(caption=title, columns=(_("× € 1.000"), *cells.years), rows=tuple(rows))
    return Sheet(name, title, table)


def _touched(shown: Shown, language: Language) -> Sheet | None:
    """Return who is touched: the clients of each form that changes, before and after."""
    cells, last = _Cells(shown.clients, language), max(shown.clients.cells["period"])
    rows = [
        (words(language), cells.cell(last, UNCHANGED, form), cells.cell(last, SCENARIO, form))
        for form, words in shown.clients.labels["care_form"].items()
        if form != TOTAL
    ]
    if not rows:
        return None
    table = Table(
        caption=_("Cliënten in %s") % last, columns=(_("Cliënten, %s") % last, _("nu"), _("dan")), rows=tuple(rows)
    )
    return Sheet("wie", _("Wie het raakt"), table)


def _facts(base: Baseline, answer: Answer, shown: Shown, language: Language) -> tuple[Fact, ...]:
    """Return what must be known before the total is believed: first costs, when it is back, who, and who pays then."""
    money, saving, last = _Cells(shown.money, language), _Cells(shown.saving, language), answer.years[-1]
    first = next((year for year in answer.years if money.value(year, SCENARIO, "investment")), None)
    spent = sum(money.value(year, SCENARIO, "investment") or 0.0 for year in answer.years)
    facts = [
        Fact(
            _("Wat het eerst kost"),
            numbers.in_words(spent, "cents", language) if spent else _("niets"),
            _("vanaf %d, in alle jaren samen") % first if first else "",
        ),
        *([Fact(_("Terugverdiend"), paid_back(base, answer, language))] if spent else []),
        *_people(shown, language),
    ]
    ours, all_of_us = (saving.value(last, SCENARIO, TOTAL, "middle"), money.value(last, SCENARIO, "society"))
    if ours is not None and all_of_us is not None:
        moved = numbers.in_words(abs(ours - all_of_us), "cents", language)
        about = (
            _("%s daarvan komt bij cliënten of andere betalers terecht") % moved if ours - all_of_us > 100_000 else ""
        )
        facts.append(Fact(_("Samenleving, %d") % last, numbers.in_words(all_of_us, "cents", language), about))
    return tuple(facts)


def paid_back(base: Baseline, answer: Answer, language: Language) -> str:
    """Return the month in which what was invested is back, in words."""
    if not answer.investment.any():
        return _("er is niets terug te verdienen")
    return _("niet in deze jaren") if answer.payback is None else _month(base, answer.payback, language)


def _people(shown: Shown, language: Language) -> list[Fact]:
    """Return how many clients fewer and more the forms have that change, added up over those that may be shown."""
    cells, last = _Cells(shown.clients, language), max(shown.clients.cells["period"])
    changes = []
    for form in shown.clients.labels["care_form"]:
        before, after = (cells.value(last, code, form) for code in (UNCHANGED, SCENARIO))
        if form != TOTAL and (before, after) != (None, None):
            changes.append((after or 0) - (before or 0))  # what is hidden is a handful
    fewer, more = (-sum(item for item in changes if item < 0), sum(item for item in changes if item > 0))
    if not changes:
        return []
    parts = [(fewer, _("%s minder")), (more, _("%s meer"))]
    value = ", ".join(words % numbers.number(size, language) for size, words in parts if size) or _("geen verschil")
    about = ngettext("in %d zorgvorm, op één moment", "in %d zorgvormen, op één moment", len(changes)) % len(changes)
    return [Fact(_("Cliënten, %s") % last, value, about)]


def _month(base: Baseline, number: int, language: Language) -> str:
    months = base.start.year * 12 + base.start.month - 1 + number
    day = date(months // 12, months % 12 + 1, 1)
    return format_date(day, "MMMM y", locale={"nl": "nl_NL", "en": "en_GB"}[language])
