"""One sentence per event, in Dutch and English, with the fields of the entry between braces."""

from __future__ import annotations

from typing import Final

from noaber.records import Text

SENTENCES: Final[dict[str, Text]] = {
    "logged_in": Text("{actor_name} logde in.", "{actor_name} logged in."),
    "login_refused": Text("Er werd vergeefs ingelogd als {object_name}.", "A login as {object_name} was refused."),
    "logged_out": Text("{actor_name} logde uit.", "{actor_name} logged out."),
    "second_factor_set": Text("{actor_name} stelde de tweede stap in.", "{actor_name} set up the second step."),
    "password_changed": Text("{actor_name} veranderde het wachtwoord.", "{actor_name} changed the password."),
    "person_added": Text("{actor_name} voegde {object_name} toe.", "{actor_name} added {object_name}."),
    "person_closed": Text(
        "{actor_name} sloot het account van {object_name}.", "{actor_name} closed the account of {object_name}."
    ),
    "role_given": Text(
        "{actor_name} gaf {object_name} de rol {details[role]} tot {details[until]}.",
        "{actor_name} gave {object_name} the role {details[role]} until {details[until]}.",
    ),
    "role_ended": Text(
        "{actor_name} beëindigde de rol {details[role]} van {object_name}.",
        "{actor_name} ended the role {details[role]} of {object_name}.",
    ),
    "role_reviewed": Text(
        "{actor_name} liep de rol {details[role]} van {object_name} na: {details[outcome]}.",
        "{actor_name} reviewed the role {details[role]} of {object_name}: {details[outcome]}.",
    ),
    "mandate_recorded": Text(
        "{actor_name} legde een mandaat vast: {object_name}.", "{actor_name} recorded a mandate: {object_name}."
    ),
    "refused": Text("{actor_name} mocht {object_name} niet openen.", "{actor_name} was not let into {object_name}."),
    "journal_read": Text("{actor_name} las het logboek.", "{actor_name} read the journal."),
    "destroyed": Text(
        "{details[count]} rijen van {object_name} zijn vernietigd: {details[rule]}.",
        "{details[count]} rows of {object_name} were destroyed: {details[rule]}.",
    ),
}
"""All events by name; each room adds its own in its own block below the first."""
