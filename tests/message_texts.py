"""Messages as a supplier would write them, for tests: one of each kind that a test changes in one place.

The citizen numbers are of the range for tests; nobody has them.
"""

from __future__ import annotations

from noaber.messages import CODES, Message, Setting, Standard, read

CITIZEN = "999944447"

_START = """<?xml version="1.0" encoding="UTF-8"?>
<m:Bericht xmlns:m="http://www.istandaarden.nl/{standard}/3_2/{name}/schema"
    xmlns:iwmo="http://www.istandaarden.nl/{standard}/3_2/basisschema/schema">
  <m:Header>
    <m:BerichtCode>{code}</m:BerichtCode>
    <m:BerichtVersie>3</m:BerichtVersie>
    <m:BerichtSubversie>2</m:BerichtSubversie>
    <m:Afzender>{sender}</m:Afzender>
    <m:Ontvanger>{receiver}</m:Ontvanger>
    <m:BerichtIdentificatie>
      <iwmo:Identificatie>B1</iwmo:Identificatie>
      <iwmo:Dagtekening>2026-03-12</iwmo:Dagtekening>
    </m:BerichtIdentificatie>
    <m:XsdVersie>
      <iwmo:BasisschemaXsdVersie>1.0.0</iwmo:BasisschemaXsdVersie>
      <iwmo:BerichtXsdVersie>1.0.0</iwmo:BerichtXsdVersie>
    </m:XsdVersie>
  </m:Header>
"""
_PERSON = """
    <m:Bsn>999944447</m:Bsn>
    <m:Geboortedatum><iwmo:Datum>1948-05-06</iwmo:Datum></m:Geboortedatum>
    <m:Geslacht>2</m:Geslacht>
    <m:Naam>
      <iwmo:Geslachtsnaam><iwmo:Achternaam>Voorbeeld</iwmo:Achternaam></iwmo:Geslachtsnaam>{name_use}
    </m:Naam>"""

_BODIES = {
    "301": f"""  <m:Client>{_PERSON.format(name_use="<iwmo:NaamGebruik>1</iwmo:NaamGebruik>")}
    <m:Contactgegevens>
      <m:Contact>
        <m:Soort>01</m:Soort>
        <m:Adres>
          <iwmo:Huis><iwmo:Huisnummer>12</iwmo:Huisnummer></iwmo:Huis><iwmo:Postcode>7551AA</iwmo:Postcode>
        </m:Adres>
      </m:Contact>
    </m:Contactgegevens>
    <m:ToegewezenProducten>
      <m:ToegewezenProduct>
        <m:ToewijzingNummer>1001</m:ToewijzingNummer>
        <m:Product><iwmo:Categorie>02</iwmo:Categorie><iwmo:Code>02A15</iwmo:Code></m:Product>
        <m:Toewijzingsdatum>2026-03-01</m:Toewijzingsdatum>
        <m:Toewijzingstijd>09:30:00</m:Toewijzingstijd>
        <m:Ingangsdatum>2026-03-09</m:Ingangsdatum>
        <m:Einddatum>2027-03-08</m:Einddatum>
        <m:Omvang>
          <iwmo:Volume>3</iwmo:Volume><iwmo:Eenheid>04</iwmo:Eenheid><iwmo:Frequentie>2</iwmo:Frequentie>
        </m:Omvang>
      </m:ToegewezenProduct>
    </m:ToegewezenProducten>
  </m:Client>
</m:Bericht>
""",
    "305": f"""  <m:Client>{_PERSON.format(name_use="")}
    <m:StartProducten>
      <m:StartProduct>
        <m:ToewijzingNummer>1001</m:ToewijzingNummer>
        <m:Begindatum>2026-03-09</m:Begindatum>
        <m:StatusAanlevering>1</m:StatusAanlevering>
      </m:StartProduct>
      <m:StartProduct>
        <m:ToewijzingNummer>1002</m:ToewijzingNummer>
        <m:Begindatum>2026-03-10</m:Begindatum>
        <m:StatusAanlevering>3</m:StatusAanlevering>
      </m:StartProduct>
    </m:StartProducten>
  </m:Client>
</m:Bericht>
""",
    "307": f"""  <m:Client>{_PERSON.format(name_use="")}
    <m:StopProducten>
      <m:StopProduct>
        <m:ToewijzingNummer>1001</m:ToewijzingNummer>
        <m:Begindatum>2026-03-09</m:Begindatum>
        <m:RedenBeeindiging>31</m:RedenBeeindiging>
        <m:Einddatum>2026-09-30</m:Einddatum>
        <m:StatusAanlevering>1</m:StatusAanlevering>
      </m:StopProduct>
    </m:StopProducten>
  </m:Client>
</m:Bericht>
""",
}

_LINE = """
          <m:Prestatie>
            <m:ProductReferentie><iwmo:ReferentieNummer>{reference}</iwmo:ReferentieNummer></m:ProductReferentie>
            <m:ToewijzingNummer>1001</m:ToewijzingNummer>
            <m:ProductCategorie>02</m:ProductCategorie>
            <m:ProductCode>02A15</m:ProductCode>
            <m:ProductPeriode>
              <iwmo:Begindatum>2026-03-01</iwmo:Begindatum><iwmo:Einddatum>2026-03-31</iwmo:Einddatum>
            </m:ProductPeriode>
            <m:GeleverdVolume>12</m:GeleverdVolume>
            <m:Eenheid>04</m:Eenheid>
            <m:IngediendBedrag>
              <iwmo:Bedrag>{cents}</iwmo:Bedrag><iwmo:DebetCredit>D</iwmo:DebetCredit>
            </m:IngediendBedrag>
          </m:Prestatie>"""


def text(number: str, standard: Standard = "iwmo") -> str:
    """Return a message of a kind (301, 305 or 307), as its sender would write it."""
    return _start(number, standard) + _BODIES[number]


def claim_text(*amounts: tuple[int, ...]) -> str:
    """Return a claim (323): per client the amounts of their lines in cents, numbered R1, R2 and on."""
    clients, count = "", 0
    for cents_of_client in amounts:
        lines = ""
        for cents in cents_of_client:
            count += 1
            lines += _LINE.format(reference=f"R{count}", cents=cents)
        clients += f"\n      <m:Client><m:Bsn>{CITIZEN}</m:Bsn><m:Prestaties>{lines}</m:Prestaties></m:Client>"
    total = sum(map(sum, amounts))
    return f"""{_start("323", "iwmo")}  <m:Declaratie>
    <m:DeclaratieNummer>D2026X03</m:DeclaratieNummer>
    <m:DeclaratiePeriode>
      <iwmo:Begindatum>2026-03-01</iwmo:Begindatum><iwmo:Einddatum>2026-03-31</iwmo:Einddatum>
    </m:DeclaratiePeriode>
    <m:DeclaratieDagtekening>2026-04-02</m:DeclaratieDagtekening>
    <m:TotaalIngediendBedrag>
      <iwmo:TotaalBedrag>{total}</iwmo:TotaalBedrag><iwmo:DebetCredit>D</iwmo:DebetCredit>
    </m:TotaalIngediendBedrag>
    <m:Clienten>{clients}
    </m:Clienten>
  </m:Declaratie>
</m:Bericht>
"""


def _start(number: str, standard: Standard) -> str:
    parties = ("0164", "01023456") if number == "301" else ("01023456", "0164")
    setting = Setting(standard, number)
    name = setting.name.lower()
    return _START.format(standard=standard, name=name, code=CODES[setting], sender=parties[0], receiver=parties[1])


def message(source: str) -> Message:
    """Read a text as the message `bericht.xml`."""
    return read(source.encode(), name="bericht.xml")
