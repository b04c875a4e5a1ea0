"""How much and how long: classes of minutes and half-days a week, duration, and waiting for the start."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber import rules
from noaber.records import Kind, Text
from noaber.results import Frequency

from .declaration import Indicator, Names, Question
from .spells import OPEN_END, merged, parts, spells, stock
from .steps import UNKNOWN, bucket, by_cube, cubed, day, listed, periods, query, text, whole

_DEFINED: Final = date(2026, 11, 1)
_OFTEN: Final[tuple[Frequency, ...]] = ("year", "quarter")
_LATE_MONTHS: Final = 3
_WAITING_NORM: Final = "choice/waiting_norm"
"""Rule: the days within which support should begin after its allocation."""

_MINUTES: Final = ((60, "01_up_to_60"), (120, "02_61_to_120"), (240, "03_121_to_240"), (480, "04_241_to_480"))
_MINUTES_ABOVE: Final = "05_above_480"
_HALF_DAYS: Final = ((2, "01_up_to_2"), (4, "02_3_to_4"), (6, "03_5_to_6"), (8, "04_7_to_8"))
_HALF_DAYS_ABOVE: Final = "05_above_8"
MINUTES: Final[Names] = {
    "01_up_to_60": Text("Tot en met 1 uur", "Up to 1 hour"),
    "02_61_to_120": Text("Meer dan 1 tot en met 2 uur", "More than 1 up to 2 hours"),
    "03_121_to_240": Text("Meer dan 2 tot en met 4 uur", "More than 2 up to 4 hours"),
    "04_241_to_480": Text("Meer dan 4 tot en met 8 uur", "More than 4 up to 8 hours"),
    "05_above_480": Text("Meer dan 8 uur", "More than 8 hours"),
    UNKNOWN: Text("Onbekend", "Unknown"),
}
HALF_DAYS: Final[Names] = {
    "01_up_to_2": Text("Tot en met 2 dagdelen", "Up to 2 half-days"),
    "02_3_to_4": Text("Meer dan 2 tot en met 4 dagdelen", "More than 2 up to 4 half-days"),
    "03_5_to_6": Text("Meer dan 4 tot en met 6 dagdelen", "More than 4 up to 6 half-days"),
    "04_7_to_8": Text("Meer dan 6 tot en met 8 dagdelen", "More than 6 up to 8 half-days"),
    "05_above_8": Text("Meer dan 8 dagdelen", "More than 8 half-days"),
    UNKNOWN: Text("Onbekend", "Unknown"),
}
DURATION: Final[Names] = {
    "median": Text("De middelste duur", "The median"),
    "p90": Text("Duur waar 90 procent onder blijft", "90th percentile"),
}
WAITING: Final[Names] = {
    "median": Text("De middelste wachttijd", "The median"),
    "p90": Text("Wachttijd waar 90 procent onder blijft", "90th percentile"),
    "within_norm": Text("Deel dat binnen de norm begint, in procenten", "Share that begins within the norm, percent"),
}


def _weekly(units: str) -> str:
    """Return the expression for the volume a week, in the units that `units` makes of one; null when unknown."""
    return f"""(volume * {units} * CASE frequency
            WHEN '1' THEN 7 WHEN '2' THEN 1 WHEN '4' THEN 12 WHEN '6' THEN 7 END)
        / CASE frequency WHEN '4' THEN 52 WHEN '6' THEN allocated_until - allocated_from + 1 ELSE 1 END"""


def _classes(weekly: str, bounds: tuple[tuple[int, str], ...], above: str) -> str:
    cases = " ".join(f"WHEN {weekly} <= {bound} THEN '{code}'" for bound, code in bounds)
    return f"CASE {cases} WHEN {weekly} IS NOT NULL THEN '{above}' ELSE '{UNKNOWN}' END"


def _intensity(ask: Question, kind: Kind, classes: str) -> str:
    steps = spells(ask, "allocation_number", f"kind = '{kind}'", {"intensity": classes})
    steps |= periods(ask, "spells", "first_day") | stock(ask, "spells", "running", totalled=False)
    shown = listed(f"{text(ask)} AS period", ask.dimensions, "number AS value")
    return query(steps, f'SELECT {shown}, number AS "count" FROM running')


def _individual(ask: Question) -> str:
    minutes = _weekly("CASE unit WHEN '01' THEN 1 WHEN '04' THEN 60 END")
    return _intensity(ask, Kind.INDIVIDUAL, _classes(minutes, _MINUTES, _MINUTES_ABOVE))


def _group(ask: Question) -> str:
    half_days = _weekly("CASE unit WHEN '16' THEN 1 END")
    return _intensity(ask, Kind.GROUP, _classes(half_days, _HALF_DAYS, _HALF_DAYS_ABOVE))


def _duration(ask: Question) -> str:
    steps = (
        spells(ask)
        | parts(ask)
        | merged(ask)
        | {
            "ended": f"""
            SELECT {listed(bucket(ask, "last_day + 1") + " AS period", ask.dimensions)}, who,
                last_day - first_day + 1 AS days
            FROM merged WHERE last_day < {day(ask.known_on)}"""
        }
    )
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", ask.dimensions)}, unnest(['median', 'p90']) AS statistic,
            unnest(quantile_cont(days, [0.5, 0.9])) AS value, count(DISTINCT who) AS "count"
        FROM ended WHERE {whole(ask)} GROUP BY {listed("period", ask.dimensions)}"""
    return query(steps, final)


def _waiting(ask: Question) -> str:
    norm = rules.value(_WAITING_NORM, ask.known_on).whole
    steps = {
        "starts": f"""
            SELECT *, coalesce(ended_on, allocated_until, {OPEN_END}) AS last_day FROM support
            WHERE began_on <= {day(ask.known_on)}""",
        "first_starts": """
            SELECT law, care_form, district, person, began_on, greatest(began_on - allocated_on, 0) AS days
            FROM starts
            QUALIFY row_number() OVER (PARTITION BY law, allocation_number ORDER BY began_on) = 1""",
        "started": f"""
            SELECT law, care_form, coalesce(district, '{UNKNOWN}') AS district, person, days,
                {bucket(ask, "began_on")} AS period
            FROM first_starts WHERE NOT EXISTS (
                FROM starts AS earlier
                WHERE earlier.person = first_starts.person AND earlier.law = first_starts.law
                    AND earlier.care_form = first_starts.care_form
                    AND earlier.began_on < first_starts.began_on AND earlier.last_day >= first_starts.began_on - 1)""",
        "waited": f"""
            SELECT {listed("period", cubed(ask.dimensions))}, quantile_cont(days, [0.5, 0.9]) AS quantiles,
                count(DISTINCT person) AS persons, count(*) AS starts,
                count(*) FILTER (days <= {norm}) AS in_time
            FROM started WHERE {whole(ask)} {by_cube(["period"], ask.dimensions)}""",
    }
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", ask.dimensions)},
            unnest(['median', 'p90', 'within_norm']) AS statistic,
            unnest([quantiles[1], quantiles[2], 100 * in_time / starts]) AS value, persons AS "count",
            unnest([NULL, NULL, in_time]) AS numerator, unnest([NULL, NULL, starts]) AS denominator
        FROM waited"""
    return query(steps, final)


INTENSITY: Final = (
    Indicator(
        id="intensity_individual",
        defined_on=_DEFINED,
        name=Text("Individuele begeleiding naar minuten per week", "Individual support by minutes a week"),
        definition=Text(
            "Lopende indicaties voor individuele ondersteuning op de laatste dag van de periode, naar het aantal "
            "minuten per week dat is toegewezen. Een totaal voor de hele looptijd is over de weken verdeeld.",
            "Running indications for individual support on the last day of the period, by the minutes a week that were "
            "allocated. A total for the whole term is spread over its weeks.",
        ),
        unit="allocations",
        counted="allocations",
        moment="reference_day",
        population=Text("Indicaties voor individuele ondersteuning.", "Indications for individual support."),
        tables=("support",),
        dimensions=("law", "district", "intensity"),
        standard=("law", "intensity"),
        frequencies=_OFTEN,
        additive_over=("law", "district", "intensity"),
        provisional_months=_LATE_MONTHS,
        labels={"intensity": MINUTES},
        formula=_individual,
    ),
    Indicator(
        id="intensity_group",
        defined_on=_DEFINED,
        name=Text("Groepsbegeleiding naar dagdelen per week", "Group support by half-days a week"),
        definition=Text(
            "Lopende indicaties voor ondersteuning in een groep op de laatste dag van de periode, naar het aantal "
            "dagdelen per week dat is toegewezen. Een totaal voor de hele looptijd is over de weken verdeeld.",
            "Running indications for support in a group on the last day of the period, by the half-days a week that "
            "were allocated. A total for the whole term is spread over its weeks.",
        ),
        unit="allocations",
        counted="allocations",
        moment="reference_day",
        population=Text("Indicaties voor ondersteuning in een groep.", "Indications for support in a group."),
        tables=("support",),
        dimensions=("law", "district", "intensity"),
        standard=("law", "intensity"),
        frequencies=_OFTEN,
        additive_over=("law", "district", "intensity"),
        provisional_months=_LATE_MONTHS,
        labels={"intensity": HALF_DAYS},
        formula=_group,
    ),
    Indicator(
        id="duration",
        defined_on=_DEFINED,
        name=Text("Duur van geëindigde ondersteuning", "Duration of ended support"),
        definition=Text(
            "Dagen van begin tot einde van de ondersteuning die in de periode eindigde. Indicaties die op elkaar "
            "aansluiten, zijn samen één. Wie nog ondersteuning heeft, telt niet mee; groeit het aantal inwoners "
            "snel, dan lijkt de duur daardoor korter dan zij wordt.",
            "Days from beginning to end of the support that ended in the period. Indications that follow on each other "
            "are one together. Who still has support does not count, so in times of growth the duration seems shorter "
            "than it will be.",
        ),
        unit="days",
        counted="persons",
        moment="outflow",
        population=Text("Inwoners bij wie ondersteuning eindigde.", "Residents whose support ended."),
        tables=("support",),
        dimensions=("law", "care_form", "district"),
        standard=("law",),
        split=("statistic",),
        frequencies=_OFTEN,
        provisional_months=_LATE_MONTHS,
        labels={"statistic": DURATION},
        formula=_duration,
    ),
    Indicator(
        id="waiting",
        defined_on=_DEFINED,
        name=Text("Wachten van toewijzing tot start", "Waiting from allocation to start"),
        definition=Text(
            "Dagen tussen de toewijzing en de eerste dag van de ondersteuning, voor ondersteuning die in de periode "
            "begon. Wie al begonnen was voor de toewijzing, wachtte 0 dagen. Wie dezelfde zorgvorm de dag ervoor "
            "al had, wachtte niet en telt niet mee. Wie nog wacht, telt pas mee na de start. Binnen hoeveel dagen "
            "de norm is, staat bij de regels; het is een keuze en geen wet.",
            "Days between the allocation and the first day of support, for support that began in the period. Who had "
            "begun before the allocation waited 0 days. Who had the same care form the day before did not wait "
            "and does not count. Who still waits counts only after the start. The norm stands with the rules; it "
            "is a choice and not a law.",
        ),
        unit="days",
        counted="persons",
        moment="inflow",
        population=Text("Toewijzingen die zijn gestart.", "Allocations that have started."),
        tables=("support",),
        dimensions=("law", "care_form", "district"),
        standard=("law",),
        split=("statistic",),
        frequencies=_OFTEN,
        polarity="lower_is_better",
        rules=(_WAITING_NORM,),
        provisional_months=_LATE_MONTHS,
        labels={"statistic": WAITING},
        formula=_waiting,
    ),
)
