"""What can be permitted: each permission in words, with the purpose it serves and the law it leans on.

The register of permissions is made from this file. Adding one means adding its words here; giving it to a role is done
in roles.py, where a second person reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from noaber.records import Text


class Permission(StrEnum):
    """Everything that can be permitted in the web."""

    MANAGE_PEOPLE = "manage_people"
    REVIEW_RIGHTS = "review_rights"
    READ_JOURNAL = "read_journal"
    GUARD_PRIVACY = "guard_privacy"
    MANAGE_INSTALLATION = "manage_installation"
    KEEP_REPRESENTATIVES = "keep_representatives"
    SEE_DRAFTS = "see_drafts"
    TAKE_FIGURES = "take_figures"
    APPROVE_FIGURES = "approve_figures"
    ASK_ABOUT_FIGURES = "ask_about_figures"
    ANSWER_ABOUT_FIGURES = "answer_about_figures"
    KEEP_CYCLE = "keep_cycle"
    USE_WORKBENCH = "use_workbench"
    READ_SCENARIOS = "read_scenarios"
    SEE_EXCHANGE = "see_exchange"
    HANDLE_EXCHANGE = "handle_exchange"
    MANAGE_AGREEMENTS = "manage_agreements"
    HANDLE_CONTACTS = "handle_contacts"
    KEEP_SOCIAL_MAP = "keep_social_map"
    MANAGE_ENTRANCE = "manage_entrance"
    SEE_SUPPORT = "see_support"
    WORK_IN_SUPPORT = "work_in_support"
    LEAD_SUPPORT = "lead_support"
    MANAGE_SUPPORT = "manage_support"
    COUNT_SUPPORT = "count_support"


@dataclass(frozen=True, slots=True)
class Meaning:
    """A permission in words: what it lets one do, for which purpose, and on which legal basis."""

    words: Text
    purpose: Text
    basis: str


_TASK: Final = "AVG art. 6 lid 1 onder e"
_DUTY: Final = "AVG art. 6 lid 1 onder c"

MEANINGS: Final[dict[Permission, Meaning]] = {
    Permission.MANAGE_PEOPLE: Meaning(
        Text("Mensen en hun rollen beheren", "Manage people and their roles"),
        Text("Zorgen dat alleen wie dat moet, toegang heeft", "Let in only who must be let in"),
        f"{_DUTY}; AVG art. 32; BIO2 5.16",
    ),
    Permission.REVIEW_RIGHTS: Meaning(
        Text("Jaarlijks de rechten nalopen", "Review the rights every year"),
        Text("Rechten intrekken die niemand meer nodig heeft", "Withdraw rights that nobody needs any more"),
        f"{_DUTY}; AVG art. 32; BIO2 5.18.02",
    ),
    Permission.READ_JOURNAL: Meaning(
        Text("Het logboek lezen", "Read the journal"),
        Text("Controleren wie wat deed en wie keek", "Check who did what and who looked"),
        f"{_DUTY}; AVG art. 5 lid 2; BIO2 8.15",
    ),
    Permission.GUARD_PRIVACY: Meaning(
        Text("Toezien op privacy: register, bewaartermijnen, inzage", "Guard privacy: register, retention, access"),
        Text("De rechten van inwoners waarborgen", "Uphold the rights of residents"),
        "AVG art. 30, 37-39",
    ),
    Permission.MANAGE_INSTALLATION: Meaning(
        Text("De installatie beheren", "Manage the installation"),
        Text("Zorgen dat het systeem werkt en blijft werken", "Keep the system working"),
        f"{_DUTY}; AVG art. 32",
    ),
    Permission.KEEP_REPRESENTATIVES: Meaning(
        Text("Vastleggen wie voor een inwoner opkomt", "Record who speaks for a resident"),
        Text("Ouders en vertegenwoordigers laten meekijken", "Let parents and representatives see what they may"),
        f"{_TASK}; Wmo 2015 art. 1.1.1; BW 1:245, 1:381, 1:453, 3:60",
    ),
    Permission.SEE_DRAFTS: Meaning(
        Text("Concepten van cijfers zien", "See drafts of figures"),
        Text("Cijfers beoordelen voordat ze openbaar worden", "Judge figures before they are public"),
        f"{_TASK}; Gemeentewet art. 169",
    ),
    Permission.TAKE_FIGURES: Meaning(
        Text("Nieuwe cijfers klaarzetten", "Take in new figures"),
        Text("De raad en inwoners op de hoogte houden", "Keep council and residents informed"),
        f"{_TASK}; Gemeentewet art. 169; Woo art. 3.3",
    ),
    Permission.APPROVE_FIGURES: Meaning(
        Text("Cijfers van een ander goedkeuren", "Approve figures that another took in"),
        Text("Twee mensen zien een cijfer voordat iedereen het ziet", "Two people see a figure before everyone does"),
        f"{_TASK}; Gemeentewet art. 169",
    ),
    Permission.ASK_ABOUT_FIGURES: Meaning(
        Text("Een vraag stellen bij een cijfer", "Ask a question under a figure"),
        Text("De controlerende taak van de raad", "The council's task to check"),
        "Gemeentewet art. 155, 169",
    ),
    Permission.ANSWER_ABOUT_FIGURES: Meaning(
        Text("Vragen bij cijfers beantwoorden", "Answer questions under figures"),
        Text("De raad antwoord geven", "Answer the council"),
        "Gemeentewet art. 169",
    ),
    Permission.KEEP_CYCLE: Meaning(
        Text("De momenten van de raad bijhouden", "Keep the moments of the council"),
        Text("De raad op tijd laten weten wat er komt", "Let the council know in time what is coming"),
        "Gemeentewet art. 169",
    ),
    Permission.USE_WORKBENCH: Meaning(
        Text("Ramingen en scenario's maken", "Make forecasts and scenarios"),
        Text("Beleid voorbereiden met cijfers zonder personen", "Prepare policy with figures without persons"),
        f"{_TASK}; Jeugdwet art. 7.4.1",
    ),
    Permission.READ_SCENARIOS: Meaning(
        Text("Een gedeeld scenario lezen", "Read a scenario that was shared"),
        Text("Beleid bespreken met cijfers zonder personen", "Discuss policy with figures without persons"),
        f"{_TASK}; Jeugdwet art. 7.4.1",
    ),
    Permission.SEE_EXCHANGE: Meaning(
        Text("Zien wat met wie is gedeeld", "See what was shared with whom"),
        Text("Verantwoorden wat de organisatie verlaat", "Account for what leaves the organisation"),
        "AVG art. 5 lid 2, 30",
    ),
    Permission.HANDLE_EXCHANGE: Meaning(
        Text("Gegevens over een inwoner overdragen en ontvangen", "Hand over and receive data about a resident"),
        Text("Een inwoner niet twee keer laten vertellen", "Let a resident tell it only once"),
        "Wmo 2015 art. 5.1.1, 5.2.1; Jeugdwet art. 7.4.0",
    ),
    Permission.MANAGE_AGREEMENTS: Meaning(
        Text("Afspraken over uitwisseling vastleggen", "Record agreements on exchange"),
        Text("Vooraf afspreken wat gedeeld mag worden", "Agree beforehand on what may be shared"),
        "AVG art. 26, 28",
    ),
    Permission.HANDLE_CONTACTS: Meaning(
        Text("Vragen aan de wijkentree aannemen en beantwoorden", "Take and answer questions at the entrance"),
        Text("Inwoners snel en licht op weg helpen", "Help residents on quickly and lightly"),
        f"{_TASK}; Wmo 2015 art. 2.2.3, 2.2.4; Jeugdwet art. 2.6",
    ),
    Permission.KEEP_SOCIAL_MAP: Meaning(
        Text("De sociale kaart bijhouden", "Keep the social map"),
        Text("Laten zien wat er in de wijk is", "Show what there is in the district"),
        f"{_TASK}; Wmo 2015 art. 2.2.2",
    ),
    Permission.MANAGE_ENTRANCE: Meaning(
        Text("De wijkentree inrichten en tellen", "Arrange the entrance and count it"),
        Text(
            "De entree bemensen, en weten wie zij bereikt zonder iedereen alles te vragen",
            "Staff the entrance, and know whom it reaches without asking everyone everything",
        ),
        f"{_TASK}; AVG art. 89",
    ),
    Permission.SEE_SUPPORT: Meaning(
        Text("Basisondersteuning zien die met mij te maken heeft", "See the basic support that concerns me"),
        Text("Een inwoner niet twee keer laten vertellen", "Let a resident tell it only once"),
        f"{_TASK}; Wmo 2015 art. 2.2.3, 5.1.1",
    ),
    Permission.WORK_IN_SUPPORT: Meaning(
        Text("Basisondersteuning geven", "Give basic support"),
        Text("Inwoners en gezinnen dicht bij huis helpen", "Help residents and families close to home"),
        f"{_TASK}; Wmo 2015 art. 2.2.3, 5.1.1",
    ),
    Permission.LEAD_SUPPORT: Meaning(
        Text("Het werk van een wijkteam verdelen en overdragen", "Divide and hand over the work of a team"),
        Text("Zorgen dat niemand blijft liggen als een collega weg is", "Lose nobody when a colleague is away"),
        f"{_TASK}; Wmo 2015 art. 2.2.3",
    ),
    Permission.MANAGE_SUPPORT: Meaning(
        Text("Afspraken over opschaling vastleggen", "Record agreements on escalation"),
        Text("Vooraf weten wie in welke fase aan zet is", "Know beforehand whose move it is in which phase"),
        _TASK,
    ),
    Permission.COUNT_SUPPORT: Meaning(
        Text("Tellingen zonder namen ophalen", "Download counts without names"),
        Text("De gemeente laten zien hoeveel hulp er is, niet van wie", "Show how much help there is, not whose"),
        f"{_TASK}; Wmo 2015 art. 2.5.1",
    ),
}
