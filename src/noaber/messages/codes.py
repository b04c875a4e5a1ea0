"""The code lists of the standard, with what each code means in plain Dutch.

Two lists differ between the laws: categories, and reasons of ending, where code 31 says "moved to another
municipality" in iWmo and "ended as planned" in iJw. Source of the codes: iWmo and iJw 3.2; the words are our own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from .standard import Standard

Meanings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list: code to meaning, per standard."""

    iwmo: Meanings
    ijw: Meanings

    def of(self, standard: Standard) -> Meanings:
        """Return the list as one standard has it."""
        return self.iwmo if standard == "iwmo" else self.ijw


def _both(meanings: Meanings) -> CodeList:
    return CodeList(meanings, meanings)


_COUNTRIES: Final = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)

_ENDED_EARLY: Final = {
    "36": "de gemeente beëindigt de levering",
    "37": "er komt een andere toewijzing na een verzoek om wijziging",
    "38": "de cliënt stapt over naar een andere aanbieder",
    "39": "de cliënt krijgt verder hulp uit een ander domein",
}

_RETURN_CODES: Final = {
    "0001": "het bericht is om technische redenen afgekeurd",
    "0200": "geen opmerking",
    "0233": "niet beoordeeld",
    "0611": "het tarief is niet het afgesproken tarief",
    "8001": "de declaratie is helemaal toegekend",
    "8017": "er is geen debetregel bekend bij deze creditregel",
    "8021": "het referentienummer is al eerder gebruikt",
    "8187": "de regel hoort niet bij deze cliënt",
    "8214": "de declaratieperiode sluit niet aan op de vorige",
    "8848": "de dagtekening ligt in de toekomst",
    "9019": "er is geen toewijzing bij dit bericht",
    "9056": "de identificatie van het bericht is al eerder gebruikt",
    "9063": "er is geen eerder bericht waarop dit volgt",
    "9069": "er is geen lopende start met dezelfde gegevens",
    "9071": "de start kan niet weg, want de levering is al gestopt",
    "9074": "er is al een bericht met dezelfde gegevens",
    "9307": "de eerste dag van de levering valt buiten de toewijzing",
    "9308": "de laatste dag van de levering valt buiten de toewijzing",
    "9319": "de productperiode valt niet binnen een declaratieperiode",
    "9321": "er is in de periode meer gedeclareerd dan toegewezen",
    "9322": "er is in totaal meer gedeclareerd dan toegewezen",
    "9326": "de vorige levering is nog niet gestopt",
    "9332": "het toewijzingsnummer is al gebruikt",
    "9333": "het declaratienummer is al gebruikt",
    "9338": "er is geen toewijzing met dit nummer",
    "9339": "de productcategorie is anders dan in de toewijzing",
    "9340": "de productcode is anders dan in de toewijzing",
    "9341": "de eenheid past niet bij de toewijzing",
    "9346": "het bedrag is niet het volume maal het tarief",
    "9347": "de referentie van de aanbieder is al gebruikt",
    "9349": "niet alle lopende toewijzingen staan in het verzoek",
    "9350": "er is geen lopende toewijzing bij het product dat gelijk blijft",
    "9351": "er is geen lopende toewijzing bij het product dat verandert",
    "9355": "er is geen verzoek met deze referentie van de aanbieder",
    "9357": "de gewenste ingangsdatum is niet later dan de dagtekening en niet die van de toewijzing",
    "9359": "er is al een toewijzing met deze referentie van de aanbieder",
    "9360": "er is al een antwoord met deze referentie van de aanbieder",
    "9361": "hetzelfde product staat er vaker in, met perioden die elkaar overlappen",
    "9365": "er is al een ander antwoord dan dat de aanvraag in onderzoek is",
    "9366": "de regel staat in geen enkele declaratie",
    "9367": "de waarde is anders dan in de declaratie",
    "9369": "er is meer gedeclareerd dan het toegewezen budget",
    "9373": "het budget verandert, maar de ingangsdatum is niet die van de toewijzing",
    "9374": "er loopt al een verzoek",
    "9375": "de omvang hoort leeg te zijn, want de toewijzing noemt geen product",
    "9379": "er is geen verzoek met deze referentie van de aanbieder, dus die hoort leeg te zijn",
    "9384": "de toewijzing is verwijderd, dus er kan niet op gedeclareerd worden",
    "9385": "de toewijzing kan niet weg, want er zijn goedgekeurde declaratieregels",
    "9387": "de productperiode begint niet op de eerste dag van de maand of van de toewijzing",
    "9388": "de productperiode eindigt niet op de laatste dag van de maand of van de toewijzing",
    "9389": "er is al een debetregel die niet gecrediteerd is",
    "9390": "deze regel is al gecrediteerd",
    "9411": "de omvang ontbreekt, want de toewijzing noemt een productcode",
    "9412": "de omvang hoort leeg te zijn, want de toewijzing noemt geen productcode",
    "9413": "de levering is al tijdelijk gestopt",
    "9414": "de einddatum ligt voor die van de vorige stop",
    "9415": "de levering is al helemaal gestopt",
    "S300": "de gemeentecode bestaat niet op deze datum",
    "S329": "de productcode hoort niet bij de productcategorie",
}

CODE_LISTS: Final[dict[str, CodeList]] = {
    "AanduidingWoonadres": _both({"AB": "aan boord", "BY": "bij", "TO": "tegenover", "WW": "woonwagen"}),
    "AdresSoort": _both(
        {"01": "adres in de BRP", "02": "postadres", "03": "verblijfadres", "04": "tijdelijk verblijfadres"}
    ),
    "Communicatievorm": _both({"1": "tolk voor een taal", "2": "doventolk", "3": "tolk voor doofblinden"}),
    "DatumGebruik": _both(
        {"1": "dag onbekend", "2": "dag en maand onbekend", "3": "dag, maand en jaar onbekend"},
    ),
    "DebetCredit": _both({"C": "credit", "D": "debet"}),
    "Eenheid": _both(
        {
            "01": "minuut",
            "04": "uur",
            "14": "etmaal",
            "16": "dagdeel van 4 uur",
            "82": "stuk (outputgericht)",
            "83": "euro",
            "84": "stuk (inspanningsgericht)",
        }
    ),
    "Frequentie": _both({"1": "per dag", "2": "per week", "4": "per maand", "6": "in totaal over de toewijzing"}),
    "Geslacht": _both({"0": "onbekend", "1": "man", "2": "vrouw"}),
    "JaNee": _both({"1": "ja", "2": "nee"}),
    "JuridischeStatus": _both(
        {
            "01": "rechterlijke machtiging, voorlopig of voortgezet",
            "02": "rechterlijke machtiging op eigen verzoek",
            "03": "rechterlijke machtiging met voorwaardelijk ontslag",
            "04": "ondertoezichtstelling",
            "05": "inbewaringstelling",
            "11": "tbs",
            "12": "ander contact met het strafrecht",
        }
    ),
    "LandCode": _both(dict.fromkeys(_COUNTRIES.split(), "land of gebied volgens ISO 3166-1")),
    "NaamGebruik": _both(
        {
            "1": "eigen naam",
            "2": "naam van de partner",
            "3": "naam van de partner, dan eigen naam",
            "4": "eigen naam, dan naam van de partner",
            "5": "pseudoniem",
            "6": "organisatie",
        }
    ),
    "ProductCategorie": CodeList(
        iwmo={
            "01": "hulp bij het huishouden",
            "02": "begeleiding",
            "03": "persoonlijke verzorging",
            "04": "kortdurend verblijf",
            "05": "woondiensten",
            "06": "andere ondersteuning voor een persoon of gezin",
            "07": "dagbesteding",
            "08": "vervoerdiensten",
            "09": "andere ondersteuning in een groep",
            "10": "ander maatwerk",
            "11": "rolstoelen",
            "12": "vervoervoorzieningen",
            "13": "woonvoorzieningen",
            "14": "andere hulpmiddelen",
            "15": "beschermd wonen",
            "16": "opvang",
            "17": "spoedopvang",
            "18": "ander beschermd wonen of andere opvang",
        },
        ijw={
            "31": "zonder verblijf, door het wijkteam (indeling 2015)",
            "32": "zonder verblijf, ambulant bij de aanbieder (indeling 2015)",
            "33": "zonder verblijf, daghulp bij de aanbieder (indeling 2015)",
            "34": "zonder verblijf, in het netwerk van de jeugdige (indeling 2015)",
            "35": "met verblijf, pleegzorg (indeling 2015)",
            "36": "met verblijf, gezinsgericht (indeling 2015)",
            "37": "met verblijf, gesloten plaatsing (indeling 2015)",
            "38": "met verblijf, overig (indeling 2015)",
            "40": "persoonlijke verzorging",
            "41": "dagbehandeling",
            "42": "vervoerdiensten",
            "43": "verblijf met behandeling",
            "44": "verblijf zonder behandeling",
            "45": "ambulante jeugdhulp",
            "46": "crisishulp",
            "47": "jeugdreclassering",
            "48": "jeugdbescherming",
            "49": "preventief justitieel kader",
            "50": "maatwerk",
            "51": "generalistische basis-ggz",
            "52": "specialistische ggz",
            "53": "kindergeneeskunde",
            "54": "jeugd-ggz",
            "55": "landelijk ingekochte zorg",
        },
    ),
    "RedenAfwijzingVerzoek": _both(
        {
            "1": "het is geen wijziging maar een nieuwe aanvraag",
            "2": "het past niet in het budget",
            "3": "er is geen contract",
            "4": "het past niet in het contract",
            "5": "een andere gemeente is aan zet",
            "6": "de hulp stapelt zich op",
            "7": "de inhoud is afgekeurd",
            "8": "een andere gemeente is verantwoordelijk (woonplaatsbeginsel)",
            "9": "de leeftijdsgrens is bereikt",
        }
    ),
    "RedenBeeindiging": CodeList(
        iwmo={
            "02": "de cliënt is overleden",
            "19": "de levering is volgens plan geëindigd",
            "20": "de levering ligt tijdelijk stil",
            "21": "de cliënt stopte zelf",
            "22": "de aanbieder stopte",
            "23": "cliënt en aanbieder stopten samen eerder dan gepland",
            "31": "de cliënt verhuisde naar een andere gemeente",
            **_ENDED_EARLY,
        },
        ijw={
            "02": "de cliënt is overleden",
            "20": "de levering ligt tijdelijk stil",
            "31": "de levering is volgens plan geëindigd",
            "32": "de cliënt stopte zelf",
            "33": "de aanbieder stopte",
            "34": "cliënt en aanbieder stopten samen eerder dan gepland",
            "35": "de levering stopte door omstandigheden van buiten",
            **_ENDED_EARLY,
        },
    ),
    "RedenVerzoek": _both({"1": "de situatie van de cliënt verandert", "2": "het zorgplan verandert"}),
    "RedenWijziging": _both(
        {
            "01": "administratieve correctie (niet meer in gebruik)",
            "02": "de cliënt is overleden",
            "03": "het contract verandert",
            "04": "opnieuw beoordeeld: langer",
            "05": "opnieuw beoordeeld: korter",
            "06": "de cliënt krijgt verder hulp uit een ander domein",
            "07": "de cliënt verhuist naar een andere gemeente",
            "08": "de vorm van levering verandert",
            "09": "de cliënt stapt over naar een andere aanbieder",
            "10": "er komt een andere manier van bekostigen",
            "11": "gemeenten worden samengevoegd",
            "12": "de aanbieder vroeg erom",
            "13": "de toewijzing is verwijderd",
            "14": "administratieve correctie",
        }
    ),
    "RetourCode": _both(_RETURN_CODES),
    "SoortRelatie": _both(
        {
            "03": "curator",
            "04": "gemachtigd voor geldzaken",
            "05": "toetst geldzaken",
            "06": "leefeenheid",
            "07": "hulpverlener",
            "08": "specialist",
            "09": "anders",
            "10": "ouder",
            "11": "voogd",
            "12": "partner",
            "13": "pleegouder",
            "14": "bewindvoerder",
            "15": "mentor",
            "16": "zoon of dochter",
            "17": "familielid",
            "18": "gezinslid",
            "19": "buur",
            "20": "vriend of kennis",
            "21": "cliëntondersteuner",
            "22": "huisarts",
            "23": "erfgenamen",
            "24": "werkgever",
            "25": "wijkcoach",
        }
    ),
    "StatusAanlevering": _both(
        {"1": "voor het eerst gemeld", "2": "gewijzigd", "3": "ingetrokken", "9": "niet van toepassing"}
    ),
    "TypeVerwijzer": _both(
        {
            "01": "gemeente",
            "02": "huisarts",
            "03": "jeugdarts",
            "04": "gecertificeerde instelling",
            "05": "medisch specialist",
            "06": "geen verwijzer",
            "08": "rechter, officier van justitie of justitiële jeugdinrichting",
        }
    ),
    "VerzoekAntwoord": _both({"1": "afgewezen", "2": "in onderzoek"}),
    "WettelijkeVertegenwoordiging": _both(
        {"06": "voogdij", "07": "bewind", "08": "mentorschap", "09": "curatele", "10": "zaakwaarneming"}
    ),
}


@cache
def meaning(name: str, code: str, standard: Standard) -> str:
    """Return in Dutch what `code` of the list `name` (in the standard's spelling) means; an unknown code is itself."""
    return CODE_LISTS[name].of(standard).get(code, code)
