"""One sentence per event, in Dutch and English, with the fields of the entry between braces."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Final

from noaber.records import Language, Text

from .models import Entry

SENTENCES: Final[dict[str, Text]] = {
    "logged_in": Text("{actor_name} logde in.", "{actor_name} logged in."),
    "login_refused": Text("Er werd vergeefs ingelogd als {object_name}.", "A login as {object_name} was refused."),
    "logged_out": Text("{actor_name} logde uit.", "{actor_name} logged out."),
    "second_factor_set": Text("{actor_name} stelde de tweede stap in.", "{actor_name} set up the second step."),
    "password_changed": Text("{actor_name} veranderde het wachtwoord.", "{actor_name} changed the password."),
    "person_added": Text("{actor_name} voegde {object_name} toe.", "{actor_name} added {object_name}."),
    "guest_added": Text(
        "{actor_name} liet {object_name} van {details[home]} toe als {details[role]} tot {details[until]}.",
        "{actor_name} let {object_name} of {details[home]} in as {details[role]} until {details[until]}.",
    ),
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
    "role_confirmed": Text(
        "{actor_name} bevestigde de rol {details[role]} van {object_name}.",
        "{actor_name} confirmed the role {details[role]} of {object_name}.",
    ),
    "mandate_recorded": Text(
        "{actor_name} legde een mandaat vast: {object_name}.", "{actor_name} recorded a mandate: {object_name}."
    ),
    "refused": Text("{actor_name} mocht {object_name} niet openen.", "{actor_name} was not let into {object_name}."),
    "looked": Text("{actor_name} keek in {object_name}.", "{actor_name} looked at {object_name}."),
    "downloaded": Text("{actor_name} haalde {object_name} op.", "{actor_name} downloaded {object_name}."),
    "reserve_codes_renewed": Text("{actor_name} maakte nieuwe reservecodes.", "{actor_name} made new reserve codes."),
    "person_invited": Text(
        "{actor_name} stuurde {object_name} een uitnodiging om een wachtwoord te kiezen.",
        "{actor_name} invited {object_name} to choose a password.",
    ),
    "second_factor_cleared": Text(
        "{actor_name} wiste de tweede stap van {object_name}.", "{actor_name} cleared the second step of {object_name}."
    ),
    "lock_lifted": Text("{actor_name} liet {object_name} weer toe.", "{actor_name} let {object_name} try again."),
    "team_kept": Text(
        "{actor_name} legde het team {object_name} vast.", "{actor_name} recorded the team {object_name}."
    ),
    "mandate_ended": Text(
        "{actor_name} beëindigde een mandaat: {object_name}.", "{actor_name} ended a mandate: {object_name}."
    ),
    "representation_recorded": Text(
        "{actor_name} legde vast wie als {object_name} voor een inwoner opkomt, tot en met {details[until]}.",
        "{actor_name} recorded who speaks for a resident as {object_name}, until {details[until]}.",
    ),
    "representation_ended": Text(
        "{actor_name} beëindigde dat iemand als {object_name} voor een inwoner opkomt.",
        "{actor_name} ended that somebody speaks for a resident as {object_name}.",
    ),
    "spoke_for": Text(
        "Iemand keek als {details[kind]} mee namens een inwoner.",
        "Somebody looked along for a resident, as {details[kind]}.",
    ),
    "resident_in": Text("Een inwoner logde in.", "A resident logged in."),
    "resident_out": Text("Een inwoner logde uit.", "A resident logged out."),
    "own_looks_read": Text(
        "Een inwoner las wie in het eigen dossier keek.", "A resident read who looked into their own file."
    ),
    "held_shown": Text(
        "{actor_name} bekeek alles wat is vastgelegd over {object_name}.",
        "{actor_name} looked at all that is held on {object_name}.",
    ),
    "held_exported": Text(
        "{actor_name} haalde alles op wat is vastgelegd over {object_name}.",
        "{actor_name} downloaded all that is held on {object_name}.",
    ),
    "journal_whole": Text(
        "Het logboek is nagelopen: {details[checked]} regels, en alles klopt.",
        "The journal was verified: {details[checked]} entries, and all is well.",
    ),
    "journal_broken": Text(
        "Het logboek is nagelopen en klopt niet bij regel {details[number]}.",
        "The journal was verified and does not hold at entry {details[number]}.",
    ),
    "numbers_resealed": Text(
        "{details[count]} burgerservicenummers zijn met de nieuwste sleutel versleuteld.",
        "{details[count]} citizen numbers were encrypted with the newest key.",
    ),
    "journal_read": Text("{actor_name} las het logboek.", "{actor_name} read the journal."),
    "destroyed": Text(
        "{details[count]} rijen zijn vernietigd omdat hun bewaartermijn om is.",
        "{details[count]} rows were destroyed because their retention term is over.",
    ),
    # published
    "figures_taken": Text(
        "{actor_name} zette {details[count]} cijfers klaar.", "{actor_name} took in {details[count]} figures."
    ),
    "figures_approved": Text(
        "{actor_name} keurde {details[count]} cijfers goed.", "{actor_name} approved {details[count]} figures."
    ),
    "figure_rejected": Text(
        "{actor_name} wees het cijfer ‘{object_name}’ af.", "{actor_name} rejected the figure ‘{object_name}’."
    ),
    "figure_withdrawn": Text(
        "{actor_name} trok het cijfer ‘{object_name}’ in.", "{actor_name} withdrew the figure ‘{object_name}’."
    ),
    "figures_borrowed": Text(
        "{actor_name} nam {details[count]} openbare cijfers over van {object_name}.",
        "{actor_name} took over {details[count]} public figures from {object_name}.",
    ),
    "unpublished_downloaded": Text(
        "{actor_name} downloadde {details[what]}, dat niet openbaar is.",
        "{actor_name} downloaded {details[what]}, which is not public.",
    ),
    "question_asked": Text(
        "{actor_name} stelde een vraag bij ‘{object_name}’.", "{actor_name} asked a question about ‘{object_name}’."
    ),
    "question_answered": Text(
        "{actor_name} beantwoordde een vraag bij ‘{object_name}’.",
        "{actor_name} answered a question about ‘{object_name}’.",
    ),
    "question_closed": Text(
        "{actor_name} plaatste een vraag bij ‘{object_name}’ niet.",
        "{actor_name} did not publish a question about ‘{object_name}’.",
    ),
    # workbench
    "scenario_saved": Text(
        "{actor_name} bewaarde het scenario ‘{object_name}’.", "{actor_name} saved the scenario ‘{object_name}’."
    ),
    "scenario_dropped": Text(
        "{actor_name} haalde het scenario ‘{object_name}’ uit de lijst.",
        "{actor_name} took the scenario ‘{object_name}’ from the list.",
    ),
    "scenario_shared": Text(
        "{actor_name} maakte een link naar het scenario ‘{object_name}’.",
        "{actor_name} made a link to the scenario ‘{object_name}’.",
    ),
    "scenario_link_withdrawn": Text(
        "{actor_name} trok de link naar het scenario ‘{object_name}’ in.",
        "{actor_name} withdrew the link to the scenario ‘{object_name}’.",
    ),
    "calculation_asked": Text(
        "{actor_name} liet ‘{object_name}’ doorrekenen ({details[kind]}).",
        "{actor_name} had ‘{object_name}’ calculated ({details[kind]}).",
    ),
    # council
    "moment_planned": Text(
        "{actor_name} zette ‘{object_name}’ in de planning van de raad.",
        "{actor_name} put ‘{object_name}’ in the council's plan.",
    ),
    "moment_dropped": Text(
        "{actor_name} haalde ‘{object_name}’ uit de planning van de raad.",
        "{actor_name} took ‘{object_name}’ out of the council's plan.",
    ),
    # entrance
    "contact_registered": Text(
        "{actor_name} legde een {object_name} vast.", "{actor_name} registered a {object_name}."
    ),
    "question_added": Text(
        "{actor_name} voegde een vraag toe aan een {object_name}.", "{actor_name} added a question to a {object_name}."
    ),
    "contact_answered": Text(
        "{actor_name} beantwoordde een vraag in een {object_name}.",
        "{actor_name} answered a question in a {object_name}.",
    ),
    "contact_placed": Text(
        "{actor_name} zei bij welke wijk een {object_name} hoort.",
        "{actor_name} said to which district a {object_name} belongs.",
    ),
    "contact_looked_at": Text("{actor_name} keek in een {object_name}.", "{actor_name} looked at a {object_name}."),
    "call_promised": Text(
        "{actor_name} beloofde terug te bellen na een {object_name}.",
        "{actor_name} promised to call back after a {object_name}.",
    ),
    "call_tried": Text(
        "{actor_name} belde terug na een {object_name}: {details[reached]}.",
        "{actor_name} called back after a {object_name}: {details[reached]}.",
    ),
    "call_given_up": Text(
        "{actor_name} probeert niet meer terug te bellen na een {object_name}.",
        "{actor_name} no longer tries to call back after a {object_name}.",
    ),
    "call_handed_over": Text(
        "{actor_name} gaf het terugbellen na een {object_name} aan {details[owner]}.",
        "{actor_name} gave the call back after a {object_name} to {details[owner]}.",
    ),
    "question_clarified": Text(
        "{actor_name} schreef de verheldering bij een {object_name}.",
        "{actor_name} wrote the clarification of a {object_name}.",
    ),
    "triage_decided": Text(
        "{actor_name} koos hulp bij een {object_name}, {details[differs]} het advies.",
        "{actor_name} chose help in a {object_name}, {details[differs]} the advice.",
    ),
    "note_written": Text(
        "{actor_name} schreef een notitie bij een {object_name}.", "{actor_name} wrote a note about a {object_name}."
    ),
    "note_deleted": Text(
        "{actor_name} verwijderde een notitie bij een {object_name}.",
        "{actor_name} deleted a note about a {object_name}.",
    ),
    "task_agreed": Text(
        "{actor_name} sprak een taak af bij een {object_name}.", "{actor_name} agreed a task about a {object_name}."
    ),
    "task_done": Text("{actor_name} rondde een {object_name} af.", "{actor_name} finished a {object_name}."),
    "question_passed_on": Text(
        "{actor_name} gaf een vraag door uit het {object_name}.",
        "{actor_name} passed on a question of the {object_name}.",
    ),
    "question_kept_here": Text(
        "{actor_name} legde vast waarom een vraag uit het {object_name} niet wordt doorgegeven.",
        "{actor_name} recorded why a question of the {object_name} is not passed on.",
    ),
    "client_merged": Text("{actor_name} voegde {object_name} samen.", "{actor_name} merged {object_name}."),
    "client_unmerged": Text(
        "{actor_name} maakte het samenvoegen van {object_name} ongedaan.",
        "{actor_name} undid the merging of {object_name}.",
    ),
    "clients_searched": Text(
        "{actor_name} zocht in {object_name} en vond er {details[found]}.",
        "{actor_name} searched {object_name} and found {details[found]}.",
    ),
    "place_kept": Text(
        "{actor_name} legde de openingsplek {object_name} vast.",
        "{actor_name} recorded the opening place {object_name}.",
    ),
    "place_closed": Text(
        "{actor_name} sloot de openingsplek {object_name}.", "{actor_name} closed the opening place {object_name}."
    ),
    "shift_set": Text(
        "{actor_name} roosterde iemand in: {object_name}.", "{actor_name} rostered somebody: {object_name}."
    ),
    "shift_ended": Text(
        "{actor_name} haalde iemand van het rooster: {object_name}.",
        "{actor_name} took somebody off the rota: {object_name}.",
    ),
    "activity_kept": Text(
        "{actor_name} werkte {object_name} op de sociale kaart bij.",
        "{actor_name} updated {object_name} on the social map.",
    ),
    "activity_checked": Text(
        "{actor_name} ging na dat {object_name} op de sociale kaart klopt.",
        "{actor_name} checked {object_name} on the social map.",
    ),
    "activity_hidden": Text(
        "{actor_name} haalde {object_name} van de sociale kaart.", "{actor_name} took {object_name} off the social map."
    ),
    "map_taken_in": Text(
        "{actor_name} las een sociale kaart in: {details[count]} activiteiten.",
        "{actor_name} took in a social map: {details[count]} activities.",
    ),
    "sampling_set": Text(
        "{actor_name} stelde in hoe vaak de entree meer vraagt.", "{actor_name} set how often the entrance asks more."
    ),
    "sampling_ended": Text(
        "{actor_name} stopte met de steekproef bij de entree.", "{actor_name} ended the sample at the entrance."
    ),
    "long_form_kept": Text(
        "{actor_name} vulde de langere vragen bij een contact in.",
        "{actor_name} filled in the longer questions of a contact.",
    ),
    "counts_taken": Text(
        "{actor_name} haalde de aantallen van de entree op.", "{actor_name} downloaded the counts of the entrance."
    ),
    # exchange
    "agreement_drawn_up": Text(
        "{actor_name} stelde de afspraak {object_name} op.", "{actor_name} drew up the agreement {object_name}."
    ),
    "agreement_approved": Text(
        "{actor_name} keurde de afspraak {object_name} goed.", "{actor_name} approved the agreement {object_name}."
    ),
    "agreement_ended": Text(
        "{actor_name} beëindigde de afspraak {object_name}.", "{actor_name} ended the agreement {object_name}."
    ),
    "consent_recorded": Text(
        "{actor_name} legde toestemming {object_name} vast.", "{actor_name} recorded consent {object_name}."
    ),
    "consent_withdrawn": Text(
        "{actor_name} trok toestemming {object_name} in.", "{actor_name} withdrew consent {object_name}."
    ),
    "message_drafted": Text("{actor_name} schreef {object_name}.", "{actor_name} wrote {object_name}."),
    "message_sent": Text(
        "{actor_name} verstuurde {object_name} aan {details[peer]}.",
        "{actor_name} sent {object_name} to {details[peer]}.",
    ),
    "message_withdrawn": Text("{actor_name} trok {object_name} in.", "{actor_name} withdrew {object_name}."),
    "message_acknowledged": Text("{actor_name} nam {object_name} over.", "{actor_name} took over {object_name}."),
    "message_rejected": Text("{actor_name} wees {object_name} af.", "{actor_name} rejected {object_name}."),
    "message_received": Text("{actor_name} stuurde ons {object_name}.", "{actor_name} sent us {object_name}."),
    "peer_acknowledged": Text("{actor_name} nam {object_name} over.", "{actor_name} took over {object_name}."),
    "peer_rejected": Text("{actor_name} wees {object_name} af.", "{actor_name} rejected {object_name}."),
    "peer_withdrawn": Text("{actor_name} trok {object_name} in.", "{actor_name} withdrew {object_name}."),
    "message_said": Text(
        "{object_name} kwam aan bij {details[peer]}: {details[status]}.",
        "{object_name} arrived at {details[peer]}: {details[status]}.",
    ),
    "message_refused": Text(
        "{details[peer]} nam {object_name} niet aan: {details[status]}.",
        "{details[peer]} did not take {object_name}: {details[status]}.",
    ),
    "message_stopped": Text(
        "{object_name} mocht niet meer weg en is ingetrokken.",
        "{object_name} might not leave any more and was withdrawn.",
    ),
    # support
    "question_taken_up": Text("{actor_name} legde een nieuwe vraag vast.", "{actor_name} took up a new question."),
    "question_judged": Text("{actor_name} beoordeelde een nieuwe vraag.", "{actor_name} judged a new question."),
    "question_laid_back": Text(
        "{actor_name} gaf een vraag terug aan de wijkentree.", "{actor_name} gave a question back to the entrance."
    ),
    "case_merged": Text(
        "{actor_name} voegde een dubbel dossier samen met {object_name}.",
        "{actor_name} merged a double case into {object_name}.",
    ),
    "case_unmerged": Text(
        "{actor_name} maakte {object_name} weer los van een ander dossier.",
        "{actor_name} took {object_name} apart from another case again.",
    ),
    "member_merged": Text(
        "{actor_name} legde vast dat iemand twee keer stond bij {object_name}.",
        "{actor_name} recorded that somebody stood twice at {object_name}.",
    ),
    "member_unmerged": Text(
        "{actor_name} hield twee mensen bij {object_name} weer uit elkaar.",
        "{actor_name} told two people at {object_name} apart again.",
    ),
    "question_settled": Text(
        "{actor_name} legde vast wat er met een vraag gebeurt waarover twee mensen verschilden.",
        "{actor_name} settled a question on which two people differed.",
    ),
    "case_started": Text(
        "{actor_name} liet de ondersteuning van {object_name} beginnen.",
        "{actor_name} let the support of {object_name} begin.",
    ),
    "case_scaled": Text(
        "{actor_name} schaalde de ondersteuning van {object_name} op of af.",
        "{actor_name} scaled the support of {object_name}.",
    ),
    "case_ended": Text(
        "{actor_name} sloot de ondersteuning van {object_name} af.", "{actor_name} ended the support of {object_name}."
    ),
    "case_resumed": Text(
        "{actor_name} pakte de ondersteuning van {object_name} weer op.",
        "{actor_name} took up the support of {object_name} again.",
    ),
    "case_looked_back": Text(
        "{actor_name} keek met {object_name} terug.", "{actor_name} looked back with {object_name}."
    ),
    "case_shielded": Text(
        "{actor_name} schermde {object_name} af of hief dat op.",
        "{actor_name} restricted {object_name} or lifted that.",
    ),
    "member_kept": Text(
        "{actor_name} legde vast wie er bij {object_name} horen.", "{actor_name} recorded who belongs to {object_name}."
    ),
    "member_linked": Text(
        "{actor_name} verbond iemand van {object_name} aan het eigen inzagerecht.",
        "{actor_name} connected somebody of {object_name} to their own access.",
    ),
    "worker_added": Text(
        "{actor_name} liet {details[who]} meehelpen bij {object_name}.",
        "{actor_name} let {details[who]} help with {object_name}.",
    ),
    "worker_ended": Text(
        "{actor_name} liet {details[who]} stoppen bij {object_name}.",
        "{actor_name} let {details[who]} stop with {object_name}.",
    ),
    "case_shared": Text(
        "{actor_name} deelde een deel van {object_name} met {details[who]}.",
        "{actor_name} shared a part of {object_name} with {details[who]}.",
    ),
    "share_ended": Text(
        "{actor_name} stopte het delen van {object_name} met {details[who]}.",
        "{actor_name} stopped sharing {object_name} with {details[who]}.",
    ),
    "plan_agreed": Text(
        "{actor_name} legde het plan van {object_name} vast.", "{actor_name} recorded the plan of {object_name}."
    ),
    "goal_set": Text(
        "{actor_name} legde een doel van {object_name} vast.", "{actor_name} recorded a goal of {object_name}."
    ),
    "goal_ended": Text(
        "{actor_name} rondde een doel van {object_name} af.", "{actor_name} closed a goal of {object_name}."
    ),
    "step_set": Text(
        "{actor_name} sprak een stap af met {object_name}.", "{actor_name} agreed a step with {object_name}."
    ),
    "step_done": Text(
        "{actor_name} vinkte een stap van {object_name} af.", "{actor_name} ticked off a step of {object_name}."
    ),
    "case_note_drafted": Text(
        "{actor_name} bewaarde een concept bij {object_name}.", "{actor_name} kept a draft with {object_name}."
    ),
    "case_note_kept": Text(
        "{actor_name} schreef een notitie bij {object_name}.", "{actor_name} wrote a note with {object_name}."
    ),
    "case_note_deleted": Text(
        "{actor_name} verwijderde een notitie bij {object_name}.", "{actor_name} deleted a note of {object_name}."
    ),
    "case_task_set": Text(
        "{actor_name} noteerde een taak voor {details[who]}.", "{actor_name} noted a task for {details[who]}."
    ),
    "case_task_done": Text("{actor_name} rondde een taak af.", "{actor_name} finished a task."),
    "document_added": Text(
        "{actor_name} voegde een document toe aan {object_name}.", "{actor_name} added a document to {object_name}."
    ),
    "document_deleted": Text(
        "{actor_name} verwijderde een document bij {object_name}.", "{actor_name} deleted a document of {object_name}."
    ),
    "expertise_kept": Text(
        "{actor_name} legde vast wat {object_name} goed kan.", "{actor_name} recorded what {object_name} is good at."
    ),
    "leave_recorded": Text(
        "{actor_name} legde afwezigheid van {object_name} vast.", "{actor_name} recorded leave of {object_name}."
    ),
    "shell_attached": Text(
        "{actor_name} liet {object_name} aansluiten bij {details[team]}.",
        "{actor_name} attached {object_name} to {details[team]}.",
    ),
    "shell_detached": Text(
        "{actor_name} beëindigde de aansluiting van {object_name}.",
        "{actor_name} ended the attachment of {object_name}.",
    ),
    "contact_person_kept": Text(
        "{actor_name} legde een contactpersoon vast: {object_name}.",
        "{actor_name} recorded a contact person: {object_name}.",
    ),
    "contact_person_ended": Text(
        "{actor_name} haalde een contactpersoon weg: {object_name}.",
        "{actor_name} removed a contact person: {object_name}.",
    ),
    "meeting_planned": Text(
        "{actor_name} plande een casusoverleg van {object_name}.",
        "{actor_name} planned a case discussion of {object_name}.",
    ),
    "discussion_asked": Text(
        "{actor_name} zette {object_name} op de agenda van een casusoverleg.",
        "{actor_name} put {object_name} on the agenda of a case discussion.",
    ),
    "discussion_concluded": Text(
        "{actor_name} legde vast wat er uit het overleg over {object_name} kwam.",
        "{actor_name} recorded what came of the discussion about {object_name}.",
    ),
    "cases_handed_over": Text(
        "{actor_name} droeg het werk van {object_name} over: {details[moved]} van {details[before]} dossiers.",
        "{actor_name} handed over the work of {object_name}: {details[moved]} of {details[before]} cases.",
    ),
    "phase_kept": Text(
        "{actor_name} legde een fase van opschaling vast: {object_name}.",
        "{actor_name} recorded a phase of escalation: {object_name}.",
    ),
    "escalated": Text(
        "{actor_name} schaalde {object_name} op naar {details[phase]}.",
        "{actor_name} escalated {object_name} to {details[phase]}.",
    ),
    "phase_changed": Text(
        "{actor_name} bracht {object_name} naar {details[phase]}.",
        "{actor_name} moved {object_name} to {details[phase]}.",
    ),
    "escalation_ended": Text(
        "{actor_name} beëindigde de opschaling van {object_name}.",
        "{actor_name} ended the escalation of {object_name}.",
    ),
    "clock_changed": Text(
        "{actor_name} verzette de klok van de opschaling van {object_name}.",
        "{actor_name} moved the clock of the escalation of {object_name}.",
    ),
    "owner_changed": Text(
        "{actor_name} wees de eigenaren van de opschaling van {object_name} aan.",
        "{actor_name} named the owners of the escalation of {object_name}.",
    ),
    "seat_changed": Text(
        "{actor_name} legde vast wie er aan tafel zitten over {object_name}.",
        "{actor_name} recorded who is at the table about {object_name}.",
    ),
    "finding_recorded": Text(
        "{actor_name} legde vast wat er speelt in de opschaling van {object_name}.",
        "{actor_name} recorded a finding in the escalation of {object_name}.",
    ),
    "finding_solved": Text(
        "{actor_name} legde vast dat er weer beweging is bij {object_name}.",
        "{actor_name} recorded that {object_name} moves again.",
    ),
    "group_kept": Text(
        "{actor_name} legde de groep {object_name} vast.", "{actor_name} recorded the group {object_name}."
    ),
    "sessions_planned": Text(
        "{actor_name} plande {details[count]} bijeenkomsten van {object_name}.",
        "{actor_name} planned {details[count]} sessions of {object_name}.",
    ),
    "session_changed": Text(
        "{actor_name} wijzigde een bijeenkomst van {object_name}.", "{actor_name} changed a session of {object_name}."
    ),
    "session_cancelled": Text(
        "{actor_name} zegde een bijeenkomst van {object_name} af.",
        "{actor_name} called off a session of {object_name}.",
    ),
    "session_recorded": Text(
        "{actor_name} legde een bijeenkomst van {object_name} vast.",
        "{actor_name} recorded a session of {object_name}.",
    ),
    "participant_added": Text(
        "{actor_name} schreef iemand in bij {object_name}.", "{actor_name} enrolled somebody in {object_name}."
    ),
    "participant_ended": Text(
        "{actor_name} schreef iemand uit bij {object_name}.", "{actor_name} took somebody off {object_name}."
    ),
    "support_counted": Text(
        "{actor_name} haalde de tellingen van {object_name} op, zonder namen.",
        "{actor_name} downloaded the counts of {object_name}, without names.",
    ),
    # frontdesk
    "web_form_begun": Text("Een inwoner begon een vraag op het web.", "A resident began a question on the web."),
    "web_form_kept": Text(
        "Een inwoner ging verder met een vraag op het web.", "A resident went on with a question on the web."
    ),
}
"""All events by name; each room adds its own in its own block below the first."""


def sentence(entry: Entry, language: Language) -> str:
    """Return what happened in one sentence; an event that this version no longer knows is told by its name."""
    told = SENTENCES.get(entry.event, Text("{event}", "{event}"))
    fields: dict[str, Any] = {name: getattr(entry, name) or "–" for name in ("event", "actor_name", "object_name")}
    return told(language).format(**fields, details=defaultdict(lambda: "–", entry.details))
