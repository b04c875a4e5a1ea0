"""Figures of Statistics Netherlands per municipality, for laying ours beside those of others.

CBS counts everybody in the same way, rounds before it publishes, and keeps small numbers to itself.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from noaber.records import Law, Text
from noaber.results import Unit

from .declaration import Indicator, Question
from .inhabitants import inhabitants
from .steps import Steps, query, text

_DEFINED: Final = date(2026, 11, 24)
_EVERYONE: Final = Text(
    "Alle gemeenten waarvan het CBS een cijfer heeft.",
    "All municipalities that Statistics Netherlands has a figure of.",
)
_BY_CBS: Final = Text(
    "Het CBS telt dit in alle gemeenten op dezelfde manier, rondt af en houdt kleine aantallen geheim. Het telt anders "
    "dan onze eigen cijfers; leg ze niet naast elkaar.",
    "Statistics Netherlands counts this in the same way in all municipalities, rounds it and keeps small numbers "
    "secret. It counts otherwise than our own figures; do not lay them beside each other.",
)


def _figure(name: str) -> str:
    """Return the query of a key figure per municipality and whole year, the latest table first."""
    return f"""
        SELECT make_date(year, 1, 1) AS period, area AS municipality, value, status <> 'final' AS provisional
        FROM key_figure WHERE name = '{name}' AND area LIKE 'GM%' AND period LIKE '%JJ00' AND value IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY year, area ORDER BY table_id DESC) = 1"""


def _residents(ask: Question) -> Steps:
    """Return the step `residents`: of ours as its register counts them on 1 January, of others as CBS does."""
    return inhabitants(ask) | {
        "elsewhere": _figure("residents"),
        "residents": f"""
            SELECT * FROM elsewhere WHERE municipality <> '{ask.town.gm_code}'
            UNION ALL
            SELECT make_date(year("on"), 1, 1), area, arg_min(persons, "on"), FALSE FROM inhabitants
            WHERE area = '{ask.town.gm_code}' AND persons IS NOT NULL
            GROUP BY year("on"), area""",
    }


def _shown(ask: Question, steps: Steps, source: str) -> str:
    return query(
        steps, f'SELECT {text(ask)} AS period, municipality, value, NULL AS "count", provisional FROM {source}'
    )


def _stated(name: str) -> Callable[[Question], str]:
    return lambda ask: _shown(ask, {"stated": _figure(name)}, "stated")


def _on_benefit(ask: Question) -> str:
    steps = _residents(ask) | {
        "recipients": _figure("benefit_recipients"),
        "rates": """
            SELECT period, municipality, 1000 * recipients.value / residents.value AS value,
                recipients.provisional OR residents.provisional AS provisional
            FROM recipients JOIN residents USING (period, municipality) WHERE residents.value > 0""",
    }
    return _shown(ask, steps, "rates")


def _beside(
    id_: str,
    name: Text,
    what: Text,
    *,
    unit: Unit,
    formula: Callable[[Question], str],
    laws: tuple[Law, ...] = (),
    tables: tuple[str, ...] = ("key_figure",),
) -> Indicator:
    return Indicator(
        id=id_,
        defined_on=_DEFINED,
        name=name,
        definition=Text(f"{what.nl} {_BY_CBS.nl}", f"{what.en} {_BY_CBS.en}"),
        unit=unit,
        counted="none",
        moment="stated",
        population=_EVERYONE,
        tables=tables,
        laws=laws,
        split=("municipality",),
        decimals=0 if unit == "persons" else 1,
        formula=formula,
    )


MUNICIPALITIES: Final = (
    _beside(
        "municipalities_wmo",
        Text("Wmo-cliënten per gemeente", "Wmo clients per municipality"),
        Text(
            "Mensen met een voorziening op maat uit de Wmo, van elke 1.000 inwoners, over het hele jaar.",
            "People with tailored support under the Wmo, of every 1,000 residents, over the whole year.",
        ),
        unit="per_1000",
        laws=(Law.WMO,),
        formula=_stated("wmo_clients_per_1000"),
    ),
    _beside(
        "municipalities_youth",
        Text("Jongeren met jeugdzorg per gemeente", "Young people with youth care per municipality"),
        Text(
            "Jongeren tot 23 jaar met jeugdhulp, jeugdbescherming of jeugdreclassering, van alle jongeren tot 23 jaar.",
            "Young people under 23 with youth support, protection or probation, of all young people under 23.",
        ),
        unit="percent",
        laws=(Law.YOUTH,),
        formula=_stated("youth_clients_share"),
    ),
    _beside(
        "municipalities_benefit",
        Text("Mensen met bijstand per gemeente", "People on social assistance per municipality"),
        Text(
            "Mensen met een bijstandsuitkering, van elke 1.000 inwoners.",
            "People with a social assistance benefit, of every 1,000 residents.",
        ),
        unit="per_1000",
        laws=(Law.PARTICIPATION,),
        tables=("key_figure", "population"),
        formula=_on_benefit,
    ),
    _beside(
        "municipalities_residents",
        Text("Inwoners per gemeente", "Residents per municipality"),
        Text(
            "Inwoners op 1 januari. Dit cijfer zegt welke gemeenten ongeveer even groot zijn.",
            "Residents on 1 January. This figure says which municipalities are about the same size.",
        ),
        unit="persons",
        tables=("key_figure", "population"),
        formula=lambda ask: _shown(ask, _residents(ask), "residents"),
    ),
)
