"""The words of the entrance: how residents come, what about, what comes of it, and who calls for whom; by hand.

The names of themes, channels and outcomes are those of the table `contact` of the core, so that counts need no
translation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from noaber.records import Text


@dataclass(frozen=True, slots=True)
class Word:
    """A choice: its name in the table, how it is said, and a line that explains it."""

    key: str
    name: Text
    about: Text


CHANNELS: Final = (
    Word("desk", Text("Inloop", "Walk-in"), Text("aan de balie of in het wijkcentrum", "at the desk or centre")),
    Word("telephone", Text("Telefoon", "Telephone"), Text("ook wie een bericht insprak", "also voice messages")),
    Word("web", Text("Digitaal", "Online"), Text("het formulier, mail of chat", "the form, mail or chat")),
    Word("home", Text("Huisbezoek", "Home visit"), Text("bij iemand thuis of elders", "at home or elsewhere")),
)

THEMES: Final = (
    Word(
        "wonen en huishouden",
        Text("Wonen en huishouden", "Housing and household"),
        Text("huis, hulp in huis, aanpassingen", "home, help in the house, adaptations"),
    ),
    Word(
        "gezondheid",
        Text("Gezondheid", "Health"),
        Text("lichaam en geest, verslaving", "body and mind, addiction"),
    ),
    Word(
        "opvoeden en opgroeien",
        Text("Opvoeden en opgroeien", "Raising children"),
        Text("kinderen, school, scheiding", "children, school, separation"),
    ),
    Word(
        "geld en schulden",
        Text("Geld en schulden", "Money and debts"),
        Text("rondkomen, brieven, toeslagen", "making ends meet, letters, allowances"),
    ),
    Word(
        "meedoen en ontmoeten",
        Text("Meedoen en ontmoeten", "Taking part and meeting"),
        Text("eenzaamheid, vervoer, dagbesteding", "loneliness, transport, day activity"),
    ),
    Word(
        "mantelzorg",
        Text("Mantelzorg", "Informal care"),
        Text("zorgen voor een naaste", "caring for someone close"),
    ),
    Word(
        "werk en inkomen",
        Text("Werk en inkomen", "Work and income"),
        Text("uitkering, werk, leren", "benefit, work, learning"),
    ),
    Word(
        "veiligheid",
        Text("Veiligheid", "Safety"),
        Text("thuis, in de buurt, online", "at home, in the street, online"),
    ),
    Word("anders", Text("Iets anders", "Something else"), Text("wat nergens past", "what fits nowhere")),
)
"""In the order of the keys 1 to 9."""

OUTCOMES: Final = (
    Word(
        "information",
        Text("Informatie en advies", "Information and advice"),
        Text("de inwoner kan verder", "the resident can go on"),
    ),
    Word(
        "social_basis",
        Text("Iets in de buurt", "Something nearby"),
        Text("eigen kring, vrijwilliger, activiteit", "own circle, volunteer, activity"),
    ),
    Word(
        "basic_support",
        Text("Basisondersteuning", "Basic support"),
        Text("iemand van ons, zonder indicatie", "one of us, no indication"),
    ),
    Word(
        "indicated_support",
        Text("Maatwerk", "Indicated support"),
        Text("de gemeente onderzoekt en besluit", "the municipality inquires and decides"),
    ),
    Word(
        "elsewhere",
        Text("Elders", "Elsewhere"),
        Text("werk en inkomen, schuldhulp, zorg, veiligheid", "work and income, debt help, care, safety"),
    ),
)
"""In the order of the keys 1 to 5; the screen shows the last two as one choice in two parts."""

RELATIONS: Final = (
    Word("child", Text("zoon of dochter", "son or daughter"), Text("", "")),
    Word("parent", Text("ouder", "parent"), Text("", "")),
    Word("partner", Text("partner", "partner"), Text("", "")),
    Word("family", Text("andere familie", "other family"), Text("", "")),
    Word("neighbour", Text("buur, vriend of kennis", "neighbour, friend or acquaintance"), Text("", "")),
    Word("professional", Text("hulpverlener of school", "professional or school"), Text("", "")),
    Word("other", Text("iemand anders", "someone else"), Text("", "")),
)
"""What the caller is to the one it is about."""

PARTS: Final = (
    Word("day", Text("de hele dag", "all day"), Text("9 tot 17 uur", "9 am to 5 pm")),
    Word("morning", Text("'s ochtends", "in the morning"), Text("9 tot 12 uur", "9 am to noon")),
    Word("afternoon", Text("'s middags", "in the afternoon"), Text("12 tot 17 uur", "noon to 5 pm")),
)
"""The windows in which somebody wants to be called back."""
WINDOW_ENDS: Final = {"day": 17, "morning": 12, "afternoon": 17}
"""The hour at which a window is over."""

WEEKDAYS: Final = (
    Word("0", Text("maandag", "Monday"), Text("", "")),
    Word("1", Text("dinsdag", "Tuesday"), Text("", "")),
    Word("2", Text("woensdag", "Wednesday"), Text("", "")),
    Word("3", Text("donderdag", "Thursday"), Text("", "")),
    Word("4", Text("vrijdag", "Friday"), Text("", "")),
    Word("5", Text("zaterdag", "Saturday"), Text("", "")),
    Word("6", Text("zondag", "Sunday"), Text("", "")),
)

ACCESSIBILITY: Final = (
    Word("wheelchair", Text("rolstoel", "wheelchair"), Text("zonder drempel, met brede deur", "no step, wide door")),
    Word("toilet", Text("aangepast toilet", "adapted toilet"), Text("", "")),
    Word("loop", Text("ringleiding", "hearing loop"), Text("", "")),
    Word("quiet", Text("prikkelarm", "low stimulus"), Text("", "")),
    Word("transport", Text("vervoer mogelijk", "transport possible"), Text("", "")),
    Word("interpreter", Text("andere taal mogelijk", "other language possible"), Text("", "")),
)

AREAS: Final = (
    Word("living", Text("Wonen", "Housing"), Text("huis, buurt, huishouden", "home, street, household")),
    Word("health", Text("Gezondheid", "Health"), Text("hoe het lijf en het hoofd gaan", "how body and mind are")),
    Word("money", Text("Geld", "Money"), Text("rondkomen, post, schulden", "making ends meet, post, debts")),
    Word("day", Text("De dag", "The day"), Text("werk, school, vrije tijd", "work, school, free time")),
    Word("people", Text("Mensen", "People"), Text("gezin, familie, vrienden", "family, friends")),
    Word("safe", Text("Veilig", "Safe"), Text("thuis en daarbuiten", "at home and outside")),
    Word("meaning", Text("Wat telt", "What matters"), Text("geloof, trots, plannen", "faith, pride, plans")),
)
"""The areas of life that clarifying goes along; nobody has to say something about each."""


def choices(words: tuple[Word, ...]) -> list[tuple[str, Text]]:
    """Return choices as (name, text)."""
    return [(word.key, word.name) for word in words]


def named(words: tuple[Word, ...], key: str) -> Text:
    """Return how a choice is said; its own name when this version no longer knows it."""
    return next((word.name for word in words if word.key == key), Text(key, key))
