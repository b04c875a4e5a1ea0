"""What is said, in the words of the standard: one XML text per message of iWmo or iJw 3.2.

Elements come in the order of the standard. Parts that the standard defines for all messages stand in the namespace of
the basic schema (prefix `b`), the others in that of the message. Every value is a number, a code, a date or a name of
our own making, so nothing needs escaping.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from noaber.records import Law

from .backoffice import Office, broken
from .streams import EPOCH, year_of
from .traffic import ACCEPTED, Allocated, Answered, Asked, Line, Moved, Said, next_month

MUNICIPALITY = "9901"
_STANDARD = {Law.WMO: ("iwmo", "wmo"), Law.YOUTH: ("ijw", "jw")}
_CODES = {
    Law.WMO: {"301": 414, "305": 418, "307": 420, "315": 444, "317": 480, "319": 482, "323": 484},
    Law.YOUTH: {
        "301": 436,
        "305": 438,
        "306": 439,
        "307": 440,
        "315": 446,
        "317": 486,
        "319": 488,
        "323": 490,
        "325": 491,
    },
}
_BY_MUNICIPALITY = ("301", "319", "325")
_VERSIONS = "<b:BasisschemaXsdVersie>1.0.0</b:BasisschemaXsdVersie><b:BerichtXsdVersie>1.0.0</b:BerichtXsdVersie>"


def file_name(said: Said, identification: int) -> str:
    """Return the name of a message file, such as WMO301-0000012.xml."""
    return f"{_STANDARD[said.law][1].upper()}{said.kind}-{identification:07d}.xml"


def word(office: Office, said: Said, identification: int, answered: int = 0) -> bytes:
    """Return the message as UTF-8 XML.

    `identification` must be unique among the messages of the town; `answered` is that of the message which a return
    message answers.
    """
    standard, message = _STANDARD[said.law]
    root = f"http://www.istandaarden.nl/{standard}/3_2"
    if said.answers is None:
        body = f"<Header>{_header(office, said, identification)}</Header>" + _BODIES[said.kind](office, said)
    else:
        body = _RETURNS[said.kind](office, said, said.answers, identification, answered)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Bericht xmlns="{root}/{message}{said.kind}/schema" xmlns:b="{root}/basisschema/schema">{body}</Bericht>\n'
    ).encode()


def _header(office: Office, said: Said, identification: int) -> str:
    """Return the elements that every header has."""
    provider = office.market.providers[said.provider].code
    sender, receiver = provider, MUNICIPALITY
    if said.kind in _BY_MUNICIPALITY:
        sender, receiver = receiver, sender
    return (
        f"<BerichtCode>{_CODES[said.law][said.kind]}</BerichtCode><BerichtVersie>3</BerichtVersie>"
        f"<BerichtSubversie>2</BerichtSubversie><Afzender>{sender}</Afzender><Ontvanger>{receiver}</Ontvanger>"
        f"<BerichtIdentificatie>{_identified(identification, said.on)}</BerichtIdentificatie>"
        f"<XsdVersie>{_VERSIONS}</XsdVersie>"
    )


def _identified(identification: int, on: int) -> str:
    return f"<b:Identificatie>{identification}</b:Identificatie><b:Dagtekening>{_date(on)}</b:Dagtekening>"


def _returned_start(office: Office, said: Said, original: Said, identification: int, answered: int) -> str:
    """Return a 306: the header of the 305 with what was found; the rejected line only where there is one."""
    code = f"<RetourCodes><RetourCode>{said.code}</RetourCode></RetourCodes>"
    rejected = said.code != ACCEPTED
    header = _header(office, replace(original, kind="306"), answered) + (
        f"<IdentificatieRetour>{identification}</IdentificatieRetour>"
        f"<DagtekeningRetour>{_date(said.on)}</DagtekeningRetour><XsdVersieRetour>{_VERSIONS}</XsdVersieRetour>"
        + (code.replace(said.code, ACCEPTED) if rejected else code)
    )
    if not rejected:
        return f"<Header>{header}</Header>"
    client = _moved(office, original).replace("</StartProduct>", f"{code}</StartProduct>")
    accepted = code.replace(said.code, ACCEPTED)
    return f"<Header>{header}</Header>" + client.replace("</Client>", f"{accepted}</Client>")


def _returned_claim(office: Office, said: Said, original: Said, identification: int, answered: int) -> str:
    """Return a 325 that awards a claim in full: no lines, only the header."""
    header = _header(office, said, identification) + (
        f"<DeclaratieIdentificatie>{_identified(answered, original.on)}</DeclaratieIdentificatie>"
        f"<XsdVersieDeclaratie>{_VERSIONS}</XsdVersieDeclaratie>"
        f"<RetourCodes><RetourCode>{said.code}</RetourCode></RetourCodes>"
    )
    return f"<Header>{header}</Header>"


def _date(on: int) -> str:
    return (EPOCH + timedelta(on)).isoformat()


def _number(office: Office, said: Said) -> str:
    plain = office.citizen_numbers[said.person]
    return f"<Bsn>{broken(plain) if said.wrong_person else plain}</Bsn>"


def _person(office: Office, said: Said, *, full: bool) -> str:
    usage = "<b:NaamGebruik>1</b:NaamGebruik>" if full else ""
    return (
        f"{_number(office, said)}"
        f"<Geboortedatum><b:Datum>{_date(int(office.town.born[said.person]))}</b:Datum></Geboortedatum>"
        f"<Geslacht>{office.town.sex[said.person]}</Geslacht><Naam><b:Geslachtsnaam>"
        f"<b:Achternaam>Inwoner {said.person}</b:Achternaam></b:Geslachtsnaam>{usage}</Naam>"
    )


def _product(office: Office, order: int) -> str:
    form = int(office.orders.form[order])
    return (
        f"<Product><b:Categorie>{office.given.care_forms[form].category}</b:Categorie>"
        f"<b:Code>{office.products[form]}</b:Code></Product>"
    )


def _extent(office: Office, order: int, volume: int = 0) -> str:
    form = office.given.care_forms[int(office.orders.form[order])]
    return (
        f"<Omvang><b:Volume>{volume or office.orders.volume[order]}</b:Volume><b:Eenheid>{form.unit}</b:Eenheid>"
        f"<b:Frequentie>{form.frequency}</b:Frequentie></Omvang>"
    )


def _allocation(office: Office, said: Said) -> str:
    lines = "".join(_allocated(office, line) for line in said.lines if isinstance(line, Allocated))
    home = int(office.town.household[said.person])
    return (
        f"<Client>{_person(office, said, full=True)}<Contactgegevens><Contact><Soort>01</Soort><Adres>"
        f"<b:Huis><b:Huisnummer>{office.homes.number[home]}</b:Huisnummer></b:Huis>"
        f"<b:Postcode>{office.homes.postcode[home]}</b:Postcode></Adres></Contact></Contactgegevens>"
        f"<ToegewezenProducten>{lines}</ToegewezenProducten></Client>"
    )


def _allocated(office: Office, line: Allocated) -> str:
    orders, order = office.orders, line.order
    number = line.number or int(orders.number[order])
    asked = orders.referrer[order] != "01"
    reference = f"<ReferentieAanbieder>R{number}</ReferentieAanbieder>" if asked else ""
    change = f"<RedenWijziging>{line.change}</RedenWijziging>" if line.change else ""
    minutes = 480 + number % 540
    return (
        f"<ToegewezenProduct><ToewijzingNummer>{number}</ToewijzingNummer>{reference}{_product(office, order)}"
        f"<Toewijzingsdatum>{_date(line.on)}</Toewijzingsdatum>"
        f"<Toewijzingstijd>{minutes // 60:02d}:{minutes % 60:02d}:00</Toewijzingstijd>"
        f"<Ingangsdatum>{_date(int(orders.valid_from[order]))}</Ingangsdatum>"
        f"<Einddatum>{_date(line.until)}</Einddatum>{change}{_extent(office, order)}</ToegewezenProduct>"
    )


def _moved(office: Office, said: Said) -> str:
    stop = said.kind == "307"
    lines = "".join(_move(office, line, stop=stop) for line in said.lines if isinstance(line, Moved))
    word = "Stop" if stop else "Start"
    return f"<Client>{_person(office, said, full=False)}<{word}Producten>{lines}</{word}Producten></Client>"


def _move(office: Office, line: Moved, *, stop: bool) -> str:
    end = (
        f"<RedenBeeindiging>{line.reason}</RedenBeeindiging><Einddatum>{_date(line.ended)}</Einddatum>" if stop else ""
    )
    word = "StopProduct" if stop else "StartProduct"
    return (
        f"<{word}><ToewijzingNummer>{line.number or office.orders.number[line.order]}</ToewijzingNummer>"
        f"{_product(office, line.order)}"
        f"<ToewijzingIngangsdatum>{_date(int(office.orders.valid_from[line.order]))}</ToewijzingIngangsdatum>"
        f"<Begindatum>{_date(line.began)}</Begindatum>{end}"
        f"<StatusAanlevering>{line.status}</StatusAanlevering></{word}>"
    )


def _request(office: Office, said: Said) -> str:
    lines = "".join(_requested(office, line) for line in said.lines if isinstance(line, Asked))
    return f"<Client>{_person(office, said, full=False)}<AangevraagdeProducten>{lines}</AangevraagdeProducten></Client>"


def _requested(office: Office, line: Asked) -> str:
    orders, order = office.orders, line.order
    code = str(orders.referrer_code[order])
    agb = f"<b:ZorgverlenerCode>{code}</b:ZorgverlenerCode>" if code else ""
    return (
        f"<AangevraagdProduct><ReferentieAanbieder>{line.reference}</ReferentieAanbieder>{_product(office, order)}"
        f"<ToewijzingIngangsdatum>{_date(int(orders.valid_from[order]))}</ToewijzingIngangsdatum>"
        f"<ToewijzingEinddatum>{_date(int(orders.valid_until[order]))}</ToewijzingEinddatum>{_extent(office, order)}"
        f"<Verwijzer><b:Type>{orders.referrer[order]}</b:Type>{agb}</Verwijzer></AangevraagdProduct>"
    )


def _change(office: Office, said: Said) -> str:
    (line,) = said.lines
    assert isinstance(line, Asked)
    orders, order = office.orders, line.order
    return (
        f"<Client>{_number(office, said)}<Verzoek><ReferentieAanbieder>{line.reference}</ReferentieAanbieder>"
        "<RedenVerzoek>1</RedenVerzoek><TeWijzigenProducten><TeWijzigenProduct>"
        f"<ToewijzingNummer>{orders.number[order]}</ToewijzingNummer>"
        f"<GewensteIngangsdatum>{_date(said.on + 14)}</GewensteIngangsdatum>"
        f"<Einddatum>{_date(max(said.on + 15, int(orders.valid_until[order])))}</Einddatum>"
        f"{_extent(office, order, line.volume)}</TeWijzigenProduct></TeWijzigenProducten></Verzoek></Client>"
    )


def _answer(office: Office, said: Said) -> str:
    (line,) = said.lines
    assert isinstance(line, Answered)
    reason = f"<RedenAfwijzingVerzoek>{line.reason}</RedenAfwijzingVerzoek>" if line.reason else ""
    return (
        f"<Antwoord><ReferentieAanbieder>{line.reference}</ReferentieAanbieder>"
        f"<VerzoekAntwoord>{line.answer}</VerzoekAntwoord>{reason}</Antwoord>"
    )


def _claim(office: Office, said: Said) -> str:
    lines = [line for line in said.lines if isinstance(line, Line)]
    first, last = said.month, next_month(said.month) - 1
    total = sum(-line.cents if line.credit else line.cents for line in lines)
    clients: dict[int, list[str]] = {}
    for line in lines:
        person = int(office.orders.person[int(office.claims.order[line.claim])])
        clients.setdefault(person, []).append(_performance(office, line))
    return (
        f"<Declaratie><DeclaratieNummer>D{year_of(first)}{_date(first)[5:7]}{said.law[0].upper()}</DeclaratieNummer>"
        f"<DeclaratiePeriode><b:Begindatum>{_date(first)}</b:Begindatum>"
        f"<b:Einddatum>{_date(last)}</b:Einddatum></DeclaratiePeriode>"
        f"<DeclaratieDagtekening>{_date(said.on)}</DeclaratieDagtekening>"
        f"<TotaalIngediendBedrag><b:TotaalBedrag>{abs(total)}</b:TotaalBedrag>"
        f"<b:DebetCredit>{'D' if total >= 0 else 'C'}</b:DebetCredit></TotaalIngediendBedrag><Clienten>"
        + "".join(
            f"<Client><Bsn>{office.citizen_numbers[person]}</Bsn><Prestaties>{''.join(found)}</Prestaties></Client>"
            for person, found in clients.items()
        )
        + "</Clienten></Declaratie>"
    )


def _performance(office: Office, line: Line) -> str:
    claims, place = office.claims, line.claim
    order = int(claims.order[place])
    form = int(office.orders.form[order])
    share = office.given.care_forms[form]
    previous = f"<b:VorigReferentieNummer>{line.previous}</b:VorigReferentieNummer>" if line.previous else ""
    return (
        f"<Prestatie><ProductReferentie><b:ReferentieNummer>{line.reference}</b:ReferentieNummer>{previous}"
        f"</ProductReferentie><ToewijzingNummer>{line.number or office.orders.number[order]}</ToewijzingNummer>"
        f"<ProductCategorie>{share.category}</ProductCategorie><ProductCode>{office.products[form]}</ProductCode>"
        f"<ProductPeriode><b:Begindatum>{_date(int(claims.first[place]))}</b:Begindatum>"
        f"<b:Einddatum>{_date(int(claims.last[place]))}</b:Einddatum></ProductPeriode>"
        f"<GeleverdVolume>{line.units}</GeleverdVolume><Eenheid>{share.unit}</Eenheid>"
        f"<ProductTarief>{claims.tariff[place]}</ProductTarief><IngediendBedrag><b:Bedrag>{line.cents}</b:Bedrag>"
        f"<b:DebetCredit>{'C' if line.credit else 'D'}</b:DebetCredit></IngediendBedrag></Prestatie>"
    )


_BODIES = {
    "301": _allocation,
    "305": _moved,
    "307": _moved,
    "315": _request,
    "317": _change,
    "319": _answer,
    "323": _claim,
}
_RETURNS = {"306": _returned_start, "325": _returned_claim}
