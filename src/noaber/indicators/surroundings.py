"""What surrounds support: experience, contacts at the entrance, inhabitants by age, and indications in documents."""

from __future__ import annotations

from datetime import date
from typing import Final

from noaber.records import Law, Text

from .declaration import Indicator, Names, Question
from .steps import UNKNOWN, bucket, by_cube, cubed, listed, query, text, whole

_DEFINED: Final = date(2026, 11, 1)
CHANNELS: Final[Names] = {
    "desk": Text("Balie", "Desk"),
    "telephone": Text("Telefoon", "Telephone"),
    "web": Text("Website", "Website"),
    "home": Text("Thuis", "At home"),
}
OUTCOMES: Final[Names] = {
    "information": Text("Informatie en advies", "Information and advice"),
    "social_basis": Text("Sociale basis", "Social basis"),
    "basic_support": Text("Basisondersteuning", "Basic support"),
    "indicated_support": Text("Geïndiceerde ondersteuning", "Indicated support"),
    "elsewhere": Text("Ergens anders", "Elsewhere"),
}
SEXES: Final[Names] = {"1": Text("Man", "Male"), "2": Text("Vrouw", "Female")}
KINDS: Final[Names] = {
    "observed": Text("Geteld", "Counted"),
    "expected": Text("Verwacht", "Expected"),
    "forecast": Text("Prognose", "Forecast"),
}
PARTS: Final[Names] = {
    "year": Text("Het hele jaar", "The whole year"),
    "jan_apr": Text("Januari tot en met april", "January to April"),
}


def _experience(ask: Question) -> str:
    steps = {"survey": "SELECT *, make_date(year, 1, 1) AS period FROM experience"}
    final = f"""
        SELECT {text(ask)} AS period, law, question, 100 * positive / answered AS value, answered AS "count",
            positive AS numerator, answered AS denominator
        FROM survey WHERE answered > 0"""
    return query(steps, final)


def _contacts(ask: Question) -> str:
    steps = {
        "asked": f"""
            SELECT {bucket(ask, '"on"')} AS period, coalesce(district, '{UNKNOWN}') AS district,
                channel, theme, outcome, contacts
            FROM contact"""
    }
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", cubed(ask.dimensions))}, sum(contacts) AS value,
            sum(contacts) AS "count"
        FROM asked WHERE {whole(ask)} {by_cube(["period"], ask.dimensions)}"""
    return query(steps, final)


def _indications_by_care_form(ask: Question) -> str:
    steps = {
        "stated": """
            SELECT make_date(year, 1, 1) AS period, law, care_form, kind, period AS part, indications
            FROM indication_table"""
    }
    final = f"""
        SELECT {listed(f"{text(ask)} AS period", cubed(ask.dimensions))}, kind, part, sum(indications) AS value,
            NULL AS "count"
        FROM stated {by_cube(["period", "kind", "part"], ask.dimensions)}"""
    return query(steps, final)


def _population_by_age(ask: Question) -> str:
    areas = f"area = '{ask.town.gm_code}'" + (" OR area LIKE 'WK%'" if "district" in ask.dimensions else "")
    each_sex = "" if "sex" in ask.dimensions else "AND FALSE"
    steps = {
        "latest": f"""
            SELECT make_date(year("on"), 1, 1) AS period, CASE WHEN area LIKE 'GM%' THEN '_T' ELSE area END AS district,
                lpad(age_from::TEXT, 2, '0') || coalesce('-' || lpad(age_until::TEXT, 2, '0'), '+') AS age,
                kind, sex, persons
            FROM population WHERE {areas}
            QUALIFY "on" = max("on") OVER (PARTITION BY year("on"), area, kind)""",
        "bands": f"""
            SELECT period, district, age, kind, sex, persons FROM latest WHERE sex <> '0' {each_sex}
            UNION ALL
            SELECT period, district, age, kind, '_T', coalesce(
                max(persons) FILTER (sex = '0'),
                CASE WHEN count(*) FILTER (sex <> '0') = 2 THEN sum(persons) FILTER (sex <> '0') END)
            FROM latest GROUP BY period, district, age, kind""",
    }
    shown = listed(f"{text(ask)} AS period", ask.dimensions, "age", "kind", "persons AS value")
    return query(steps, f'SELECT {shown}, NULL AS "count" FROM bands WHERE persons IS NOT NULL')


SURROUNDINGS: Final = (
    Indicator(
        id="experience",
        defined_on=_DEFINED,
        name=Text("Ervaringen van cliënten", "Experiences of clients"),
        definition=Text(
            "Van de inwoners die een stelling in het cliëntervaringsonderzoek beantwoordden: het deel dat het "
            "ermee eens of helemaal mee eens is.",
            "Of the residents who answered a statement of the client experience survey: the share that agrees or fully "
            "agrees.",
        ),
        numerator=Text("Inwoners die het (helemaal) eens zijn", "Residents who (fully) agree"),
        denominator=Text("Inwoners die antwoordden", "Residents who answered"),
        unit="percent",
        counted="persons",
        moment="period",
        population=Text("Cliënten die zijn uitgenodigd en antwoordden.", "Clients who were invited and answered."),
        tables=("experience",),
        laws=(Law.WMO, Law.YOUTH),
        split=("law", "question"),
        polarity="higher_is_better",
        formula=_experience,
    ),
    Indicator(
        id="contacts",
        defined_on=_DEFINED,
        name=Text("Contacten bij de toegang", "Contacts at the entrance"),
        definition=Text(
            "Vragen van inwoners aan de toegang, naar hoe zij kwamen en wat eruit kwam. Wie twee keer komt, telt "
            "twee keer.",
            "Questions of residents at the entrance, by how they came and what came of it. Who comes twice "
            "counts twice.",
        ),
        unit="contacts",
        counted="contacts",
        moment="period",
        population=Text("Alle geregistreerde contacten.", "All registered contacts."),
        tables=("contact",),
        laws=(),
        dimensions=("district", "channel", "theme", "outcome"),
        standard=("channel", "outcome"),
        frequencies=("year", "quarter", "month"),
        additive_over=("district", "channel", "theme", "outcome"),
        provisional_months=1,
        labels={"channel": CHANNELS, "outcome": OUTCOMES},
        formula=_contacts,
    ),
    Indicator(
        id="indications_by_care_form",
        defined_on=_DEFINED,
        name=Text("Indicaties per zorgvorm volgens documenten", "Indications per care form according to documents"),
        definition=Text(
            "Indicaties per zorgvorm zoals een document van de gemeente ze noemt, geteld of verwacht. Deze tabel is er "
            "voor jaren waarvan geen gegevens per indicatie bestaan.",
            "Indications per care form as a document of the municipality states them, counted or expected. This table "
            "serves years without records per indication.",
        ),
        unit="allocations",
        counted="none",
        moment="stated",
        population=Text("Indicaties die het document noemt.", "Indications that the document states."),
        tables=("indication_table",),
        dimensions=("law", "care_form"),
        standard=("law", "care_form"),
        split=("kind", "part"),
        additive_over=("law", "care_form"),
        labels={"kind": KINDS, "part": PARTS},
        formula=_indications_by_care_form,
    ),
    Indicator(
        id="population_by_age",
        defined_on=_DEFINED,
        name=Text("Inwoners naar leeftijd", "Inhabitants by age"),
        definition=Text(
            "Inwoners per leeftijdsgroep volgens de laatste telling of prognose van het jaar, meestal op 1 januari. De "
            "groepen zijn die van de bron en kunnen overlappen; tel ze dan niet op.",
            "Inhabitants per age group by the latest count or forecast of the year, mostly on 1 January. The "
            "groups are those of the source and may overlap; do not add them then.",
        ),
        unit="persons",
        counted="none",
        moment="stated",
        population=Text("Alle inwoners van de gemeente.", "All inhabitants of the municipality."),
        tables=("population",),
        laws=(),
        dimensions=("district", "sex"),
        standard=("district",),
        split=("age", "kind"),
        labels={"kind": KINDS, "sex": SEXES},
        formula=_population_by_age,
    ),
)
