"""The roles: what each may do, in words, for which organisations. A change in this file is read by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from noaber.records import Language, Text

from .permissions import Permission

OrganisationKind = Literal["municipality", "partner", "council"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role: its key in the database, its name and what it is for, and the permissions it brings.

    `guest` says that somebody of another organisation can have it, by name and for a while.
    """

    key: str
    name: Text
    description: Text
    kinds: tuple[OrganisationKind, ...]
    permissions: frozenset[Permission]
    guest: bool = False


ROLES: Final[dict[str, Role]] = {
    role.key: role
    for role in (
        Role(
            key="council_member",
            name=Text("Raadslid", "Council member"),
            description=Text(
                "Leest gepubliceerde cijfers en stelt er vragen bij. Ziet nooit een persoon.",
                "Reads published figures and asks questions about them. Never sees a person.",
            ),
            kinds=("council",),
            permissions=frozenset({Permission.ASK_ABOUT_FIGURES}),
        ),
        Role(
            key="analyst",
            name=Text("Analist", "Analyst"),
            description=Text(
                "Maakt cijfers, ramingen en scenario's en zet cijfers klaar. Keurt ze niet zelf goed.",
                "Makes figures, forecasts and scenarios and takes figures in. Does not approve them alone.",
            ),
            kinds=("municipality",),
            permissions=frozenset(
                {
                    Permission.SEE_DRAFTS,
                    Permission.TAKE_FIGURES,
                    Permission.ANSWER_ABOUT_FIGURES,
                    Permission.KEEP_CYCLE,
                    Permission.USE_WORKBENCH,
                    Permission.READ_SCENARIOS,
                }
            ),
        ),
        Role(
            key="controller",
            name=Text("Controller", "Controller"),
            description=Text(
                "Keurt cijfers goed die een ander klaarzette en beantwoordt vragen.",
                "Approves figures that another took in and answers questions.",
            ),
            kinds=("municipality",),
            permissions=frozenset(
                {
                    Permission.SEE_DRAFTS,
                    Permission.APPROVE_FIGURES,
                    Permission.ANSWER_ABOUT_FIGURES,
                    Permission.USE_WORKBENCH,
                    Permission.READ_SCENARIOS,
                }
            ),
        ),
        Role(
            key="administrator",
            name=Text("Beheerder", "Administrator"),
            description=Text(
                "Regelt accounts, rollen en de installatie. Ziet geen dossiers.",
                "Arranges accounts, roles and the installation. Sees no files.",
            ),
            kinds=("municipality", "partner"),
            permissions=frozenset({Permission.MANAGE_PEOPLE, Permission.MANAGE_INSTALLATION}),
        ),
        Role(
            key="privacy_officer",
            name=Text("Functionaris gegevensbescherming", "Privacy officer"),
            description=Text(
                "Ziet wie wat deed en wie keek, bewaakt bewaartermijnen en loopt rechten na.",
                "Sees who did what and who looked, guards retention and reviews rights.",
            ),
            kinds=("municipality", "partner"),
            permissions=frozenset(
                {
                    Permission.READ_JOURNAL,
                    Permission.GUARD_PRIVACY,
                    Permission.REVIEW_RIGHTS,
                    Permission.SEE_EXCHANGE,
                }
            ),
        ),
        Role(
            key="exchange_worker",
            name=Text("Medewerker overdracht", "Handover worker"),
            description=Text(
                "Draagt gegevens over een inwoner over, ontvangt ze, en legt vast wie voor een inwoner opkomt.",
                "Hands data about a resident over, receives them, and records who speaks for a resident.",
            ),
            kinds=("municipality", "partner"),
            permissions=frozenset(
                {Permission.SEE_EXCHANGE, Permission.HANDLE_EXCHANGE, Permission.KEEP_REPRESENTATIVES}
            ),
        ),
        Role(
            key="exchange_manager",
            name=Text("Beheerder uitwisseling", "Exchange manager"),
            description=Text(
                "Legt afspraken over uitwisseling vast. Draagt zelf niets over.",
                "Records agreements on exchange. Hands nothing over.",
            ),
            kinds=("municipality", "partner"),
            permissions=frozenset({Permission.SEE_EXCHANGE, Permission.MANAGE_AGREEMENTS}),
        ),
        Role(
            key="entrance_worker",
            name=Text("Medewerker wijkentree", "Entrance worker"),
            description=Text(
                "Neemt vragen van inwoners aan, verheldert ze, wijst de weg en belt terug.",
                "Takes questions of residents, clarifies them, shows the way and calls back.",
            ),
            kinds=("partner",),
            permissions=frozenset({Permission.HANDLE_CONTACTS, Permission.KEEP_SOCIAL_MAP}),
        ),
        Role(
            key="entrance_coordinator",
            name=Text("Coördinator wijkentree", "Entrance coordinator"),
            description=Text(
                "Regelt openingsplekken en bemensing, en stelt in hoe vaak meer wordt gevraagd. Ziet alleen aantallen.",
                "Arranges opening places and staffing, and sets how often more is asked. Sees counts only.",
            ),
            kinds=("partner",),
            permissions=frozenset({Permission.MANAGE_ENTRANCE, Permission.KEEP_SOCIAL_MAP}),
        ),
        Role(
            key="support_worker",
            name=Text("Medewerker wijkteam", "Team worker"),
            description=Text(
                "Geeft basisondersteuning in een wijkteam en ziet de dossiers van dat team.",
                "Gives basic support in a neighbourhood team and sees the files of that team.",
            ),
            kinds=("partner",),
            permissions=frozenset({Permission.SEE_SUPPORT, Permission.WORK_IN_SUPPORT}),
        ),
        Role(
            key="support_lead",
            name=Text("Teamleider wijkteam", "Team leader"),
            description=Text(
                "Werkt in een wijkteam, verdeelt het werk en draagt het over.",
                "Works in a neighbourhood team, divides the work and hands it over.",
            ),
            kinds=("partner",),
            permissions=frozenset(
                {
                    Permission.SEE_SUPPORT,
                    Permission.WORK_IN_SUPPORT,
                    Permission.LEAD_SUPPORT,
                    Permission.COUNT_SUPPORT,
                }
            ),
        ),
        Role(
            key="support_manager",
            name=Text("Manager basisondersteuning", "Manager of basic support"),
            description=Text(
                "Legt de fasen van opschaling vast en haalt tellingen op. Ziet geen dossiers.",
                "Records the phases of escalation and downloads counts. Sees no files.",
            ),
            kinds=("partner",),
            permissions=frozenset({Permission.SEE_SUPPORT, Permission.MANAGE_SUPPORT, Permission.COUNT_SUPPORT}),
        ),
        Role(
            key="second_shell",
            name=Text("Tweede schil", "Second shell"),
            description=Text(
                "Sluit op vaste momenten aan bij een wijkteam en ziet alleen wat daarvoor is gedeeld.",
                "Attaches to a neighbourhood team at set moments and sees only what was shared for that.",
            ),
            kinds=("municipality", "partner"),
            permissions=frozenset({Permission.SEE_SUPPORT}),
            guest=True,
        ),
        Role(
            key="policy_adviser",
            name=Text("Beleidsadviseur", "Policy adviser"),
            description=Text(
                "Leest scenario's die een analist met een link deelt. Verandert er niets aan.",
                "Reads scenarios that an analyst shares by a link. Changes nothing in them.",
            ),
            kinds=("municipality",),
            permissions=frozenset({Permission.READ_SCENARIOS}),
        ),
    )
}
"""All roles by their key, by hand."""


def role_name(key: str, language: Language) -> str:
    """Return the name of a role; a key that this version no longer knows stands for itself."""
    return ROLES[key].name(language) if key in ROLES else key
