"""The simple data types of the standard: what a text must be, what it becomes, and how it is written.

Each type parses with a `ValueError` whose text says in Dutch what the standard wants, and never repeats the value: it
may be a citizen number or a name. Bounds and patterns are those of the official base schema (*basisschema*) 3.2.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Final, Protocol

from .codes import CODE_LISTS
from .standard import CODES, FROM_MUNICIPALITY, Setting

Parse = Callable[[str], Any]

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK: Final = re.compile(r"([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.([0-9]+))?")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,20}")
_VISIBLE: Final = re.compile(r"[^\n\r]*[^ \t\n\r][^\n\r]*")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_XML_SPACE: Final = " \t\r\n"


class DataType(Protocol):
    """A simple data type (*LDT*) of the standard."""

    @property
    def name(self) -> str:
        """Name in the standard, without LDT_."""

    def parser(self, setting: Setting) -> Parse:
        """Return the function from text to value for one message; it raises ValueError with a Dutch reason."""

    def write(self, value: Any) -> str:
        """Return the text of a value."""


@dataclass(frozen=True, slots=True)
class Text:
    """Text with a greatest length and, where the standard has one, a pattern; else at least one visible character."""

    name: str
    most: int
    pattern: str = ""
    wants: str = ""

    def parser(self, setting: Setting) -> Parse:
        matches, most = (re.compile(self.pattern) if self.pattern else _VISIBLE).fullmatch, self.most
        reason = self.wants or f"hoort 1 tot en met {most} tekens te hebben, niet alleen spaties, en op één regel"

        def parse(text: str) -> str:
            if len(text) > most or matches(text) is None or _NOT_XML.search(text):
                raise ValueError(reason)
            return text

        return parse

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Comment:
    """Free text of any length with at least one visible character."""

    name: str = "Commentaar"

    def parser(self, setting: Setting) -> Parse:
        def parse(text: str) -> str:
            if not text.strip(_XML_SPACE) or _NOT_XML.search(text):
                raise ValueError("hoort niet leeg te zijn")
            return text

        return parse

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`."""

    name: str
    most: int
    least: int = 0

    def parser(self, setting: Setting) -> Parse:
        least, most = self.least, self.most
        reason = f"hoort {least} te zijn" if least == most else f"hoort een geheel getal van {least} tot {most} te zijn"

        def parse(text: str) -> int:
            if _WHOLE.fullmatch(text.strip(_XML_SPACE)) is None or not least <= (number := int(text)) <= most:
                raise ValueError(reason)
            return number

        return parse

    def write(self, value: int) -> str:
        return str(value)


@dataclass(frozen=True, slots=True)
class Code:
    """A code from a list; some lists differ between the two standards."""

    name: str

    def parser(self, setting: Setting) -> Parse:
        known = CODE_LISTS[self.name].of(setting.standard)
        reason = f"hoort een code uit de lijst {self.name} te zijn"

        def parse(text: str) -> str:
            if text not in known:
                raise ValueError(reason)
            return text

        return parse

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class Day:
    """A date as yyyy-mm-dd, without a time zone."""

    name: str = "Datum"

    def parser(self, setting: Setting) -> Parse:
        def parse(text: str) -> date:
            text = text.strip(_XML_SPACE)
            try:
                if _DAY.fullmatch(text):
                    return date.fromisoformat(text)
            except ValueError:
                pass  # a day that does not exist; the original error would repeat it
            raise ValueError("hoort een bestaande datum te zijn, als jjjj-mm-dd") from None

        return parse

    def write(self, value: date) -> str:
        return value.isoformat()


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as hh:mm:ss, without a time zone; parts of a second are kept to the microsecond."""

    name: str = "Tijd"

    def parser(self, setting: Setting) -> Parse:
        def parse(text: str) -> time:
            match = _CLOCK.fullmatch(text.strip(_XML_SPACE))
            try:
                if match:
                    whole = "00:00:00" if match[1] == "24:00:00" else match[1]
                    return time.fromisoformat(f"{whole}.{(match[2] or '')[:6]:0<6}")
            except ValueError:
                pass
            raise ValueError("hoort een bestaande tijd te zijn, als uu:mm:ss, zonder tijdzone") from None

        return parse

    def write(self, value: time) -> str:
        return value.isoformat()


@dataclass(frozen=True, slots=True)
class Party:
    """Sender or receiver: a municipality of four digits on one side, a provider's AGB code of eight on the other."""

    sends: bool

    @property
    def name(self) -> str:
        return "Afzender" if self.sends else "Ontvanger"

    def parser(self, setting: Setting) -> Parse:
        if self.sends == (setting.number in FROM_MUNICIPALITY):
            return MUNICIPALITY.parser(setting)
        return AGB.parser(setting)

    def write(self, value: str) -> str:
        return value


@dataclass(frozen=True, slots=True)
class MessageCode:
    """The code that belongs to the kind of message (*BerichtCode*)."""

    name: str = "BerichtCode"

    def parser(self, setting: Setting) -> Parse:
        code = CODES[setting]

        def parse(text: str) -> str:
            if text != code:
                raise ValueError(f"hoort {code} te zijn in een bericht {setting.name}")
            return code

        return parse

    def write(self, value: str) -> str:
        return value


def _digits(name: str, count: int) -> Text:
    return Text(name, count, f"[0-9]{{{count}}}", f"hoort {count} cijfers te hebben")


AGB: Final = _digits("AgbCode", 8)
MUNICIPALITY: Final = _digits("Gemeente", 4)

# Each name below is the Python type of a field and the data type that guards it.
CitizenNumberText = Annotated[str, _digits("BurgerServicenummer", 9)]
AgbText = Annotated[str, AGB]
MunicipalityText = Annotated[str, MUNICIPALITY]
SenderText = Annotated[str, Party(sends=True)]
ReceiverText = Annotated[str, Party(sends=False)]
MessageCodeText = Annotated[str, MessageCode()]
VersionNumber = Annotated[int, Whole("BerichtVersie", 3, least=3)]
SubversionNumber = Annotated[int, Whole("BerichtSubversie", 2, least=2)]
SchemaVersion = Annotated[
    str,
    Text("Versie", 1_000, r"(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*)){2}", "hoort een versie te zijn als 1.0.0"),
]
DateValue = Annotated[date, Day()]
TimeValue = Annotated[time, Clock()]
CommentText = Annotated[str, Comment()]

AllocationNumber = Annotated[int, Whole("Nummer", 999_999_999)]
Cents = Annotated[int, Whole("Bedrag", 99_999_999)]
TotalCents = Annotated[int, Whole("TotaalBedrag", 999_999_999_999)]
VolumeNumber = Annotated[int, Whole("Volume", 99_999_999)]
HouseNumber = Annotated[int, Whole("Huisnummer", 99_999)]
ContactOrder = Annotated[int, Whole("RelatieVolgorde", 99)]

MessageId = Annotated[str, Text("IdentificatieBericht", 12)]
ClaimNumber = Annotated[
    str,
    Text("IdentificatieDeclaratie", 12, "[a-zA-Z0-9]+", "hoort 1 tot en met 12 letters of cijfers te hebben"),
]
ClaimLineNumber = Annotated[
    str,
    Text("ReferentieNummer", 20, r"[\s\S]+", "hoort 1 tot en met 20 tekens te hebben"),
]
ReferenceText = Annotated[str, Text("Referentie", 36)]
ProductCodeText = Annotated[str, Text("ProductCode", 5)]
NameText = Annotated[str, Text("Naam", 200)]
PrefixText = Annotated[str, Text("Voorvoegsel", 10)]
InitialsText = Annotated[
    str, Text("Voorletters", 6, "[a-zA-Z\u00c0-\u1ef3]+", "hoort 1 tot en met 6 letters te hebben")
]
ReferrerNameText = Annotated[str, Text("NaamVerwijzer", 64)]
OrganisationText = Annotated[str, Text("Organisatienaam", 35)]
PersonIdText = Annotated[str, Text("Persoonsid", 20)]
LanguageText = Annotated[str, Text("Taal", 25)]
StreetText = Annotated[str, Text("Straatnaam", 24)]
TownText = Annotated[str, Text("Plaatsnaam", 80)]
PostcodeText = Annotated[str, Text("Postcode", 8)]
HouseLetterText = Annotated[str, Text("Huisletter", 1)]
HouseSuffixText = Annotated[str, Text("HuisnummerToevoeging", 4)]
PhoneText = Annotated[str, Text("Telefoonnummer", 15, "[0-9]+", "hoort 1 tot en met 15 cijfers te hebben")]
CountryDialText = Annotated[str, Text("Landnummer", 4)]
EmailText = Annotated[str, Text("Emailadres", 80)]

AddressKind = Annotated[str, Code("AdresSoort")]
AddressNote = Annotated[str, Code("AanduidingWoonadres")]
BirthDateUse = Annotated[str, Code("DatumGebruik")]
Category = Annotated[str, Code("ProductCategorie")]
CommunicationForm = Annotated[str, Code("Communicatievorm")]
Country = Annotated[str, Code("LandCode")]
DebitCredit = Annotated[str, Code("DebetCredit")]
DeliveryStatus = Annotated[str, Code("StatusAanlevering")]
EndReason = Annotated[str, Code("RedenBeeindiging")]
ChangeReason = Annotated[str, Code("RedenWijziging")]
Frequency = Annotated[str, Code("Frequentie")]
LegalStatus = Annotated[str, Code("JuridischeStatus")]
NameUse = Annotated[str, Code("NaamGebruik")]
ReferrerType = Annotated[str, Code("TypeVerwijzer")]
RejectionReason = Annotated[str, Code("RedenAfwijzingVerzoek")]
RelationKind = Annotated[str, Code("SoortRelatie")]
Representation = Annotated[str, Code("WettelijkeVertegenwoordiging")]
RequestAnswer = Annotated[str, Code("VerzoekAntwoord")]
RequestReason = Annotated[str, Code("RedenVerzoek")]
ReturnCode = Annotated[str, Code("RetourCode")]
Sex = Annotated[str, Code("Geslacht")]
Unit = Annotated[str, Code("Eenheid")]
YesNo = Annotated[str, Code("JaNee")]
