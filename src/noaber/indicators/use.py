"""Use of support: how many residents and households, who begins and ends, how much at once, and the pyramid."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber.records import LAYER_NAMES, Law, Layer, Text
from noaber.results import Frequency

from .declaration import Indicator, Question, Twin
from .inhabitants import present
from .spells import DOMAINS, moves, parts, per_period, running, spells, stock
from .steps import UNKNOWN, bucket, by_cube, cubed, last_day, listed, periods, query, text, whole

_DEFINED: Final = date(2026, 11, 1)
_OFTEN: Final[tuple[Frequency, ...]] = ("year", "quarter", "month")
_KNOWN: Final = Text(
    "Inwoners die de gemeente kent uit toewijzingen en uit berichten over start en einde.",
    "Residents whom the municipality knows from allocations and from messages about start and end.",
)
_LATE_MONTHS: Final = 3


def _counted(ask: Question) -> str:
    return (
        f'SELECT {listed(f"{text(ask)} AS period", ask.dimensions, "number AS value")}, number AS "count" FROM running'
    )


def _residents_with_support(ask: Question) -> str:
    return query(running(ask), _counted(ask))


def _households_with_support(ask: Question) -> str:
    return query(running(ask, "household"), _counted(ask))


def _support_stock(ask: Question) -> str:
    steps = spells(ask, "allocation_number") | periods(ask, "spells", "first_day")
    return query(steps | stock(ask, "spells", "running", totalled=False), _counted(ask))


def _moved(ask: Question, *, ends: bool) -> str:
    steps = spells(ask) | periods(ask, "spells", "first_day") | parts(ask) | moves(ask, ends=ends)
    shown = listed(f"{text(ask)} AS period", ask.dimensions, "number AS value")
    return query(steps | per_period(ask, "moves", "moved"), f'SELECT {shown}, persons AS "count" FROM moved')


def _support_inflow(ask: Question) -> str:
    return _moved(ask, ends=False)


def _support_outflow(ask: Question) -> str:
    return _moved(ask, ends=True)


def _indications_per_resident(ask: Question) -> str:
    shown = listed(f"{text(ask)} AS period", ask.dimensions)
    final = f"""
        SELECT {shown}, indications.number / running.number AS value, running.number AS "count",
            indications.number AS numerator, running.number AS denominator
        FROM running JOIN indications USING ({listed("period", ask.dimensions)})
        WHERE running.number > 0"""
    return query(running(ask) | stock(ask, "spells", "indications", totalled=False), final)


def _residents_per_1000(ask: Question) -> str:
    town = f"'{ask.town.gm_code}'"
    area = f"CASE district WHEN '_T' THEN {town} ELSE district END" if "district" in ask.dimensions else town
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", ask.dimensions)}, 1000 * number / persons AS value,
            number AS "count", number AS numerator, persons AS denominator
        FROM running JOIN present USING (period)
        WHERE area = {area} AND persons > 0"""
    return query(running(ask) | present(ask), final)


def _pyramid(ask: Question) -> str:
    steps = running(ask, where=f"layer = '{Layer.INDICATED_SUPPORT}' AND law <> '{Law.PARTICIPATION}'") | {
        "partner": f"""
            SELECT {bucket(ask, "month")} AS period, layer, coalesce(district, '{UNKNOWN}') AS district, persons
            FROM partner_count
            WHERE layer <> '{Layer.INDICATED_SUPPORT}'
                AND {whole(ask, bucket(ask, "month"))} AND last_day(month) = {last_day(ask, bucket(ask, "month"))}""",
        "layers": f"""
            SELECT {listed(ask.dimensions, "period")}, '{Layer.INDICATED_SUPPORT}' AS layer, number FROM running
            UNION ALL
            SELECT {listed(cubed(ask.dimensions), "period", "layer")}, sum(persons)
            FROM partner {by_cube(["period", "layer"], ask.dimensions)}""",
    }
    shown = listed(f"{text(ask)} AS period", ask.dimensions, "layer", "number AS value")
    return query(steps, f'SELECT {shown}, number AS "count" FROM layers')


USE: Final = (
    Indicator(
        id="residents_with_support",
        defined_on=_DEFINED,
        name=Text("Inwoners met ondersteuning", "Residents with support"),
        definition=Text(
            "Inwoners voor wie op de laatste dag van de periode ondersteuning loopt. Wie meer dan één vorm heeft, telt "
            "één keer. Een toewijzing die nog niet is gestart, telt niet mee.",
            "Residents whose support runs on the last day of the period. Who has more than one form counts once. An "
            "allocation that has not started does not count.",
        ),
        unit="persons",
        counted="persons",
        moment="reference_day",
        population=_KNOWN,
        tables=("support",),
        dimensions=("domain", "law", "layer", "district"),
        standard=("law", "district"),
        frequencies=_OFTEN,
        provisional_months=_LATE_MONTHS,
        twin=Twin(table="86050NED", figure="wmo_clients"),
        labels={"domain": DOMAINS},
        formula=_residents_with_support,
    ),
    Indicator(
        id="households_with_support",
        defined_on=_DEFINED,
        name=Text("Huishoudens met ondersteuning", "Households with support"),
        definition=Text(
            "Adressen waar op de laatste dag van de periode voor minstens één inwoner ondersteuning loopt. Iedereen op "
            "één adres is hier één huishouden. Wie geen bekend adres heeft, telt niet mee.",
            "Addresses where support runs for at least one resident on the last day of the period. Everyone at one "
            "address is one household here. Who has no known address does not count.",
        ),
        unit="households",
        counted="households",
        moment="reference_day",
        population=_KNOWN,
        tables=("support",),
        dimensions=("domain", "law", "layer", "district"),
        standard=("law", "district"),
        frequencies=_OFTEN,
        provisional_months=_LATE_MONTHS,
        labels={"domain": DOMAINS},
        formula=_households_with_support,
    ),
    Indicator(
        id="support_stock",
        defined_on=_DEFINED,
        name=Text("Lopende ondersteuning", "Running support"),
        definition=Text(
            "Indicaties waarvan de ondersteuning loopt op de laatste dag van de periode. Eén inwoner kan er meer "
            "hebben.",
            "Indications whose support runs on the last day of the period. One resident can have several.",
        ),
        unit="allocations",
        counted="allocations",
        moment="reference_day",
        population=_KNOWN,
        tables=("support",),
        dimensions=("law", "care_form", "district"),
        standard=("law", "care_form"),
        frequencies=_OFTEN,
        additive_over=("law", "care_form", "district"),
        provisional_months=_LATE_MONTHS,
        formula=_support_stock,
    ),
    Indicator(
        id="support_inflow",
        defined_on=_DEFINED,
        name=Text("Inwoners bij wie ondersteuning begint", "Residents whose support begins"),
        definition=Text(
            "Inwoners bij wie in de periode ondersteuning begint, terwijl zij die de dag ervoor niet hadden. Een "
            "nieuwe indicatie die aansluit op de vorige, telt niet als begin.",
            "Residents whose support begins in the period while they had none the day before. A new indication that "
            "follows on the one before is no beginning.",
        ),
        unit="persons",
        counted="persons",
        moment="inflow",
        population=_KNOWN,
        tables=("support",),
        dimensions=("domain", "law", "layer", "care_form", "district"),
        standard=("law",),
        frequencies=_OFTEN,
        provisional_months=_LATE_MONTHS,
        labels={"domain": DOMAINS},
        formula=_support_inflow,
    ),
    Indicator(
        id="support_outflow",
        defined_on=_DEFINED,
        name=Text("Inwoners bij wie ondersteuning eindigt", "Residents whose support ends"),
        definition=Text(
            "Inwoners die in de periode hun eerste dag zonder ondersteuning hebben. Zo is het aantal aan het "
            "begin, plus wie begint, min wie eindigt, precies het aantal aan het eind.",
            "Residents who have their first day without support in the period. So the number at the start, plus who "
            "begins, minus who ends, is exactly the number at the end.",
        ),
        unit="persons",
        counted="persons",
        moment="outflow",
        population=_KNOWN,
        tables=("support",),
        dimensions=("domain", "law", "layer", "care_form", "district"),
        standard=("law",),
        frequencies=_OFTEN,
        provisional_months=_LATE_MONTHS,
        labels={"domain": DOMAINS},
        formula=_support_outflow,
    ),
    Indicator(
        id="indications_per_resident",
        defined_on=_DEFINED,
        name=Text("Indicaties per inwoner met ondersteuning", "Indications per resident with support"),
        definition=Text(
            "Lopende indicaties gedeeld door de inwoners met ondersteuning, op de laatste dag van de periode.",
            "Running indications divided by the residents with support, on the last day of the period.",
        ),
        numerator=Text("Lopende indicaties", "Running indications"),
        denominator=Text("Inwoners met ondersteuning", "Residents with support"),
        ratio=("allocations", "persons"),
        unit="ratio",
        counted="persons",
        moment="reference_day",
        population=_KNOWN,
        tables=("support",),
        dimensions=("domain", "law", "district"),
        standard=("law",),
        frequencies=_OFTEN,
        decimals=2,
        provisional_months=_LATE_MONTHS,
        labels={"domain": DOMAINS},
        formula=_indications_per_resident,
    ),
    Indicator(
        id="residents_per_1000",
        defined_on=_DEFINED,
        name=Text("Inwoners met ondersteuning per 1.000 inwoners", "Residents with support per 1,000 inhabitants"),
        definition=Text(
            "Inwoners met lopende ondersteuning op de laatste dag van de periode, per 1.000 inwoners van het gebied. "
            "De inwoners zijn de laatste telling, hoogstens een jaar oud; 1 januari hoort bij het jaar dat net "
            "voorbij is.",
            "Residents with running support on the last day of the period, per 1,000 inhabitants of the area. The "
            "inhabitants are the latest count, at most a year old; 1 January belongs to the year that has just ended.",
        ),
        numerator=Text("Inwoners met ondersteuning", "Residents with support"),
        denominator=Text("Inwoners van het gebied", "Inhabitants of the area"),
        unit="per_1000",
        counted="persons",
        moment="reference_day",
        population=Text("Alle inwoners van de gemeente.", "All inhabitants of the municipality."),
        tables=("support", "population"),
        dimensions=("domain", "law", "district"),
        standard=("law", "district"),
        frequencies=_OFTEN,
        decimals=1,
        provisional_months=_LATE_MONTHS,
        twin=Twin(table="86050NED", figure="wmo_clients_per_1000"),
        labels={"domain": DOMAINS},
        formula=_residents_per_1000,
    ),
    Indicator(
        id="pyramid",
        defined_on=_DEFINED,
        name=Text("De piramide: inwoners per laag", "The pyramid: residents per layer"),
        definition=Text(
            "Inwoners met ondersteuning op de laatste dag van de periode, per laag. De gemeente telt de geïndiceerde "
            "ondersteuning van Wmo en Jeugdwet zelf; een uitkering telt niet mee. De andere lagen telt de "
            "partner; wie daar zowel alleen als in een groep wordt geholpen, telt twee keer. De sociale basis is een "
            "schatting: niemand wordt er ingeschreven. De lagen mag u niet optellen: niemand weet wie in twee lagen "
            "hulp krijgt.",
            "Residents with support on the last day of the period, per layer. The municipality counts indicated "
            "support under the Wmo and the Youth Act itself; a benefit does not count. The partner counts the "
            "other layers; who is helped there both individually and in a group counts twice. The social basis is "
            "an estimate: nobody is registered there. Do not add the layers: nobody knows who gets help in two of "
            "them.",
        ),
        unit="persons",
        counted="persons",
        moment="reference_day",
        population=Text(
            "Inwoners die de gemeente kent, en inwoners die de partner telt.",
            "Residents known to the municipality, and residents whom the partner counts.",
        ),
        tables=("support", "partner_count"),
        laws=(Law.WMO, Law.YOUTH),
        dimensions=("district",),
        standard=("district",),
        split=("layer",),
        frequencies=_OFTEN,
        provisional_months=_LATE_MONTHS,
        labels={"layer": LAYER_NAMES},
        formula=_pyramid,
    ),
)
