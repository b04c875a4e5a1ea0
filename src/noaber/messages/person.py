"""Who a message is about, in full: names, addresses, telephones, relations.

They are here because a message must be written and answered in full. A door keeps none of them: of a person it takes
pseudonym, birth year, sex and postcode.
"""

from __future__ import annotations

from . import datatypes as t
from .parts import Class, Compound


class BirthDate(Compound, frozen=True, kw_only=True):
    """A birth date, and which part of it may be used when it is not wholly known."""

    day: t.DateValue
    use: t.BirthDateUse | None = None


class Surname(Compound, frozen=True, kw_only=True):
    """A surname with its prefix."""

    surname: t.NameText
    prefix: t.PrefixText | None = None


class FullName(Compound, frozen=True, kw_only=True):
    """A name as a municipality gives it (301)."""

    birth_name: Surname
    partner_name: Surname | None = None
    first_names: t.NameText | None = None
    initials: t.InitialsText | None = None
    name_use: t.NameUse


class ShortName(Compound, frozen=True, kw_only=True):
    """A name as a provider gives it (305, 307, 315)."""

    birth_name: Surname
    first_names: t.NameText | None = None
    initials: t.InitialsText | None = None


class Communication(Compound, frozen=True, kw_only=True):
    """An interpreter that is needed, and for which language."""

    form: t.CommunicationForm
    language: t.LanguageText | None = None


class House(Compound, frozen=True, kw_only=True):
    """A house in a street."""

    house_number: t.HouseNumber
    house_letter: t.HouseLetterText | None = None
    house_suffix: t.HouseSuffixText | None = None
    house_note: t.AddressNote | None = None


class Address(Compound, frozen=True, kw_only=True):
    """An address; the standard lets every part be absent."""

    house: House | None = None
    postcode: t.PostcodeText | None = None
    street: t.StreetText | None = None
    town: t.TownText | None = None
    country: t.Country | None = None


class Phone(Compound, frozen=True, kw_only=True):
    """A telephone number and the country's dialling code."""

    phone_number: t.PhoneText
    country_dial: t.CountryDialText


class Phones(Compound, frozen=True, kw_only=True):
    """One or two telephone numbers."""

    first_phone: Phone
    second_phone: Phone | None = None


class OpenPeriod(Compound, frozen=True, kw_only=True):
    """From, until, both or neither."""

    begin: t.DateValue | None = None
    end: t.DateValue | None = None


class Contact(Class, frozen=True, kw_only=True):
    """Where a client or relation can be reached."""

    element = "Contact"
    kind: t.AddressKind
    address: Address | None = None
    organisation: t.OrganisationText | None = None
    phones: Phones | None = None
    email: t.EmailText | None = None
    period: OpenPeriod | None = None


class Relation(Class, frozen=True, kw_only=True):
    """Someone who stands close to the client or acts for them."""

    element = "Relatie"
    relation_number: t.PersonIdText
    order: t.ContactOrder | None = None
    kind: t.RelationKind
    birth_date: BirthDate | None = None
    sex: t.Sex | None = None
    name: FullName
    contact: Contact
