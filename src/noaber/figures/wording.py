"""The fixed words of the fact sheet, in both languages."""

from __future__ import annotations

from typing import Final

from noaber.records import Text

SOURCES: Final = {
    "support": Text("toewijzingen, starts en stops", "allocations, starts and stops"),
    "cost": Text("declaraties", "claims"),
    "budget": Text("begroting", "budget"),
    "realisation": Text("grootboek", "ledger"),
    "funding": Text("meerjarenbegroting", "multi-year budget"),
    "price_index": Text("prijsindexen", "price indices"),
    "population": Text("bevolkingscijfers", "population figures"),
    "key_figure": Text("kerncijfers", "key figures"),
    "partner_count": Text("tellingen van de partner", "counts of the partner"),
    "contact": Text("registratie van contacten", "registration of contacts"),
    "experience": Text("cliëntervaringsonderzoek", "client experience survey"),
    "provider_register": Text("register van aanbieders", "register of providers"),
    "indication_table": Text("tabellen met indicaties", "tables of indications"),
}
"""Tables of a snapshot as a council member knows them."""

DOORS: Final = {
    "messages": Text("berichtenverkeer", "messages"),
    "backoffice": Text("backoffice", "back office"),
    "tables": Text("aangeleverde tabellen", "tables as delivered"),
    "cbs": Text("CBS", "Statistics Netherlands"),
    "indications": Text("documenten", "documents"),
}
"""The doors by which rows came in."""

WORDS: Final = {
    "name": Text("Sociaal domein in beeld", "The social domain in view"),
    "skip": Text("Naar de inhoud", "To the content"),
    "lead": Text(
        "Wat de gemeente en haar partners doen voor inwoners, in cijfers die u kunt nagaan.",
        "What the municipality and its partners do for residents, in figures that you can check.",
    ),
    "known": Text("Cijfers zoals bekend op", "Figures as known on"),
    "made_up": Text(
        "Deze gemeente bestaat niet. Alle cijfers zijn verzonnen.",
        "This municipality does not exist. All figures are made up.",
    ),
    "pyramid": Text("De piramide", "The pyramid"),
    "pyramid_how": Text(
        "Breed onderaan: de sociale basis, voor iedereen. Daarboven basisondersteuning. Bovenaan ondersteuning met een "
        "indicatie. De lagen mag u niet optellen.",
        "Wide at the bottom: the social basis, for everyone. Above it basic support. On top support with an "
        "indication. Do not add the layers.",
    ),
    "findings": Text("Wat opvalt", "What stands out"),
    "look": Text("Bekijk de cijfers", "See the figures"),
    "themes": Text("Onderwerpen", "Themes"),
    "further": Text("Verder kijken", "Looking further"),
    "details": Text("Tabel en uitleg", "Table and explanation"),
    "in_words": Text("In woorden:", "In words:"),
    "definition": Text("Wat telt:", "What counts:"),
    "breaks": Text("Breuken in de reeks:", "Breaks in the series:"),
    "download": Text("Download als CSV", "Download as CSV"),
    "missing": Text("Wat hier niet staat", "What is not here"),
    "missing_how": Text(
        "Voor deze onderwerpen zijn er geen cijfers om te tonen. Zij verschijnen hier zodra de gegevens er zijn:",
        "There are no figures to show on these subjects. They appear here as soon as there are data:",
    ),
    "disagreements": Text("Wat in de bronnen niet klopt", "What does not add up in the sources"),
    "disagreements_how": Text(
        "Dit staat in de bronnen zelf zo. Het is gemeld en niet hersteld:",
        "The sources themselves say so. It is reported and not repaired (in Dutch, as on the receipt):",
    ),
    "tables": Text("Alle tabellen", "All tables"),
    "reading": Text("Hoe leest u de cijfers?", "How to read the figures"),
    "reading_how": Text(
        "Gestreept, gestippeld of open: een voorlopig cijfer, dat nog kan veranderen. Een genummerde lijn: vanaf daar "
        "betekent het cijfer iets anders; de woorden staan erbij. Loopt de lijn daar niet door, dan mag u ervoor en "
        "erna niet vergelijken. Kleine aantallen zijn verborgen, zodat niemand te herkennen is.",
        "Hatched, dotted or open: a provisional figure that may still change. A numbered rule: from there the figure "
        "means something else; the words say what. Where the line stops at it, before and after cannot be compared. "
        "Small numbers are hidden, so that nobody can be recognised.",
    ),
    "page": Text("Pagina", "Page"),
    "of": Text("van", "of"),
}
