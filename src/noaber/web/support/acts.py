"""What can be done with a case, a team or a group, as a table: the title, what is asked, on which row, and the action.

One page draws every act; so each is asked, checked, recorded and answered in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from noaber.web.access.models import Person
from noaber.web.access.permissions import Permission
from noaber.web.journal.actions import By

from . import actions, forms
from .models import Case, Escalation, Finding, Seat, Share, Step
from .viewer import Viewer

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything an action can need: on what (`of`), on which row of it, what was filled in, who acts, and when."""

    of: Any
    row: Any
    given: dict[str, Any]
    viewer: Viewer
    at: datetime
    by: By
    form: Any

    @property
    def on(self) -> date:
        """The day on which it is done."""
        return self.viewer.on

    @property
    def person(self) -> Person:
        """Who does it."""
        return self.viewer.person


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: its title, the form (None: only a button), the rows it may be done to, and the action."""

    title: Words
    form: type[Any] | None
    do: Callable[[Asked], object]
    rows: Callable[[Any], QuerySet[Any]] | None = None
    mine: bool = False
    """Whether the row must have been written by who acts."""
    new: bool = False
    """Whether it can also be done without a row."""
    lead: bool = False
    explain: Words = ""
    allowed: Callable[[Any], bool] = lambda _of: True

    @property
    def permission(self) -> Permission:
        """The permission that it takes, for the team that it is about."""
        return Permission.LEAD_SUPPORT if self.lead else Permission.WORK_IN_SUPPORT


def _open(name: str) -> Callable[[Any], QuerySet[Any]]:
    """Return the rows of a case that have not ended."""
    return lambda of: getattr(of, name).filter(ends_on__isnull=True)


def _running(case: Case) -> QuerySet[Escalation]:
    return case.escalations.filter(ended_on__isnull=True)


def _shares(case: Case) -> QuerySet[Share]:
    return case.shares.exclude(parts=[])


CASE_ACTS: Final[dict[str, Act]] = {
    "beginnen": Act(
        _("Begeleider kiezen"),
        forms.StartForm,
        lambda a: actions.start(a.of, **a.given, by=a.by),
        allowed=lambda case: case.ended_on is None,
    ),
    "schalen": Act(
        _("Meer of minder hulp"),
        forms.ScaleForm,
        lambda a: actions.scale(a.of, **a.given, person=a.person, on=a.on, by=a.by),
        explain=_("Het dossier, het plan en de begeleider blijven dezelfde."),
        allowed=lambda case: case.running,
    ),
    "afsluiten": Act(
        _("Ondersteuning afsluiten"),
        forms.EndForm,
        lambda a: actions.end(a.of, **a.given, on=a.on, by=a.by),
        explain=_("Over drie maanden kijkt u samen terug. Tot dan blijft het dossier bij u."),
        allowed=lambda case: case.ended_on is None,
    ),
    "terugkijken": Act(
        _("Samen terugkijken"),
        forms.LookBackForm,
        lambda a: actions.look_back(a.of, **a.given, on=a.on, by=a.by),
        allowed=lambda case: case.look_back_on is not None and case.looked_back_on is None,
    ),
    "oppakken": Act(
        _("Weer oppakken"),
        forms.BecauseForm,
        lambda a: actions.resume(a.of, **a.given, person=a.person, on=a.on, by=a.by),
        explain=_("Alles gaat verder waar het was: dezelfde mensen, hetzelfde plan, hetzelfde verhaal."),
        allowed=lambda case: case.ended_on is not None,
    ),
    "afschermen": Act(
        _("Afschermen"),
        forms.ShieldForm,
        lambda a: actions.shield(a.of, **a.given, by=a.by),
        explain=_("Ook in zoeken en lijsten ziet een collega dan niet wie dit is."),
    ),
    "mens": Act(
        _("Wie erbij hoort"),
        forms.MemberForm,
        lambda a: actions.keep_member(a.form.instance, by=a.by),
        rows=lambda case: case.members.all(),
        new=True,
    ),
    "inzage": Act(
        _("Laten zien wie er keek"),
        forms.LinkForm,
        lambda a: actions.link_member(a.of, a.row, **a.given, at=a.at, by=a.by),
        rows=lambda case: case.members.filter(household=True, resident__isnull=True),
    ),
    "meehelpen": Act(
        _("Iemand laten meehelpen"),
        forms.WorkerForm,
        lambda a: actions.add_worker(a.of, **a.given, on=a.on, by=a.by),
    ),
    "niet-meer-meehelpen": Act(
        _("Niet meer meehelpen"),
        None,
        lambda a: actions.end_worker(a.of, a.row, on=a.on, by=a.by),
        rows=lambda case: case.workers.filter(ends_on__isnull=True, part="second"),
    ),
    "delen": Act(
        _("Delen met de tweede schil"),
        forms.ShareForm,
        lambda a: actions.share(Share(case=a.of, begins_on=a.on, shared_by=a.person, **a.given), by=a.by),
    ),
    "niet-meer-delen": Act(_("Niet meer delen"), None, lambda a: actions.end_share(a.of, a.row, by=a.by), rows=_shares),
    "plan": Act(_("Het plan"), forms.PlanForm, lambda a: actions.agree_plan(a.of, **a.given, by=a.by)),
    "doel": Act(_("Doel toevoegen"), forms.GoalForm, lambda a: actions.set_goal(a.of, **a.given, on=a.on, by=a.by)),
    "doel-afronden": Act(
        _("Doel afronden"),
        forms.GoalEndForm,
        lambda a: actions.end_goal(a.of, a.row, **a.given, on=a.on, by=a.by),
        rows=lambda case: case.goals.filter(ended_on__isnull=True),
    ),
    "stap": Act(
        _("Stap afspreken"),
        forms.StepForm,
        lambda a: actions.set_step(a.of, a.row, **a.given, by=a.by),
        rows=lambda case: case.goals.filter(ended_on__isnull=True),
    ),
    "stap-gedaan": Act(
        _("Stap gedaan"),
        None,
        lambda a: actions.do_step(a.of, a.row, on=a.on, by=a.by),
        rows=lambda case: Step.objects.filter(goal__case=case, done_on__isnull=True),
    ),
    "notitie": Act(
        _("Notitie schrijven"),
        forms.NoteForm,
        lambda a: actions.write_note(a.of, a.row, **a.given, author=a.person, at=a.at, by=a.by),
        rows=lambda case: case.notes.filter(final_at__isnull=True, deleted_at__isnull=True),
        new=True,
        mine=True,
    ),
    "notitie-verwijderen": Act(
        _("Notitie verwijderen"),
        forms.BecauseForm,
        lambda a: actions.delete_note(a.of, a.row, **a.given, person=a.person, at=a.at, by=a.by),
        rows=lambda case: case.notes.filter(deleted_at__isnull=True),
        mine=True,
        explain=_("De tekst verdwijnt. Dat er een notitie was, en waarom die weg is, blijft te zien."),
    ),
    "taak": Act(_("Taak noteren"), forms.TaskForm, lambda a: actions.set_task(a.of, **a.given, at=a.at, by=a.by)),
    "document": Act(
        _("Document toevoegen"),
        forms.DocumentForm,
        lambda a: actions.add_document(
            a.of,
            name=a.given["name"],
            media_type=a.given["file"][0],
            content=a.given["file"][1],
            person=a.person,
            at=a.at,
            by=a.by,
        ),
    ),
    "document-verwijderen": Act(
        _("Document verwijderen"),
        forms.BecauseForm,
        lambda a: actions.delete_document(a.of, a.row, **a.given, person=a.person, at=a.at, by=a.by),
        rows=lambda case: case.documents.filter(deleted_at__isnull=True),
        explain=_("De inhoud verdwijnt. Dat het document er was, en waarom het weg is, blijft te zien."),
    ),
    "bespreken": Act(
        _("Op de agenda van het casusoverleg"),
        forms.DiscussionForm,
        lambda a: actions.ask_discussion(a.of, **a.given, person=a.person, by=a.by),
    ),
    "opschalen": Act(
        _("Opschalen"),
        forms.EscalateForm,
        lambda a: actions.escalate(a.of, **a.given, person=a.person, on=a.on, by=a.by),
        explain=_("Opschalen is geen verwijt. Het zorgt dat iemand aan zet is, en tot wanneer."),
        allowed=lambda case: not _running(case).exists(),
    ),
    "fase": Act(
        _("Op- of afschalen, of opnieuw kijken"),
        forms.PhaseChangeForm,
        lambda a: actions.change_phase(a.row, **a.given, person=a.person, on=a.on, by=a.by),
        rows=_running,
        explain=_("Met elke keuze begint de klok van die fase opnieuw."),
    ),
    "klok": Act(
        _("De klok verzetten"),
        forms.ClockForm,
        lambda a: actions.move_clock(a.row, **a.given, on=a.on, person=a.person, by=a.by),
        rows=_running,
    ),
    "klok-verder": Act(
        _("De klok weer laten lopen"), None, lambda a: actions.resume_clock(a.row, on=a.on, by=a.by), rows=_running
    ),
    "eigenaren": Act(
        _("Eigenaren aanwijzen"),
        forms.OwnersForm,
        lambda a: actions.name_owners(a.row, **a.given, by=a.by),
        rows=_running,
    ),
    "tafel": Act(
        _("Iemand aan tafel vragen"),
        forms.SeatForm,
        lambda a: actions.take_seat(a.row, **a.given, on=a.on, by=a.by),
        rows=_running,
    ),
    "bevinding": Act(
        _("Vastleggen wat er speelt"),
        forms.FindingForm,
        lambda a: actions.record_finding(a.row, **a.given, person=a.person, on=a.on, by=a.by),
        rows=_running,
    ),
    "weer-beweging": Act(
        _("Er is weer beweging"),
        None,
        lambda a: actions.solve_finding(a.row.escalation, a.row, on=a.on, by=a.by),
        rows=lambda case: Finding.objects.filter(escalation__case=case, kind="stuck", solved_on__isnull=True),
    ),
    "van-tafel": Act(
        _("Zit niet meer aan tafel"),
        None,
        lambda a: actions.leave_seat(a.row.escalation, a.row, on=a.on, by=a.by),
        rows=lambda case: Seat.objects.filter(escalation__in=_running(case), ends_on__isnull=True),
    ),
    "opschaling-beeindigen": Act(
        _("Opschaling beëindigen"),
        forms.BecauseForm,
        lambda a: actions.end_escalation(a.row, **a.given, person=a.person, on=a.on, by=a.by),
        rows=_running,
    ),
}

TEAM_ACTS: Final[dict[str, Act]] = {
    "afwezig": Act(
        _("Afwezigheid en invaller"),
        forms.LeaveForm,
        lambda a: actions.record_leave(**a.given, by=a.by),
        lead=True,
    ),
    "expertise": Act(
        _("Wie weet waar veel van"),
        forms.ExpertiseForm,
        lambda a: actions.keep_expertise(a.given["person"], words=a.given["words"], on=a.on, by=a.by),
    ),
    "aansluiten": Act(
        _("Iemand van de tweede schil laten aansluiten"),
        forms.AttachForm,
        lambda a: actions.attach(a.of, **a.given, by=a.by),
        lead=True,
    ),
    "niet-meer-aansluiten": Act(
        _("Aansluiting beëindigen"),
        None,
        lambda a: actions.detach(a.row, on=a.on, by=a.by),
        rows=lambda team: team.shell.all(),
        lead=True,
    ),
    "contactpersoon": Act(
        _("Contactpersoon toevoegen"),
        forms.ContactPersonForm,
        lambda a: actions.keep_contact_person(a.of, **a.given, by=a.by),
    ),
    "contactpersoon-weg": Act(
        _("Contactpersoon weghalen"),
        None,
        lambda a: actions.end_contact_person(a.row, on=a.on, by=a.by),
        rows=_open("contact_persons"),
    ),
    "overleg": Act(
        _("Casusoverleg plannen"), forms.MeetingForm, lambda a: actions.plan_meeting(a.of, **a.given, by=a.by)
    ),
}

GROUP_ACTS: Final[dict[str, Act]] = {
    "deelnemer": Act(
        _("Iemand inschrijven"),
        forms.ParticipantForm,
        lambda a: actions.add_participant(a.of, **a.given, on=a.on, by=a.by),
    ),
    "deelnemer-weg": Act(
        _("Uitschrijven"),
        None,
        lambda a: actions.end_participant(a.of, a.row, on=a.on, by=a.by),
        rows=_open("participants"),
    ),
    "plannen": Act(
        _("Bijeenkomsten plannen"),
        forms.PlanSessionsForm,
        lambda a: actions.plan_sessions(a.of, **a.given, by=a.by),
        explain=_("Eén keer, of elke week tot een dag die u kiest."),
    ),
    "verzetten": Act(
        _("Bijeenkomst wijzigen"),
        forms.ChangeSessionForm,
        lambda a: actions.change_session(a.of, a.row, **a.given, by=a.by),
        rows=lambda group: group.sessions.exclude(state="met"),
        explain=_("Alleen deze keer verandert; de andere keren blijven zoals ze waren."),
    ),
    "afzeggen": Act(
        _("Bijeenkomst afzeggen"),
        forms.BecauseForm,
        lambda a: actions.cancel_session(a.of, a.row, **a.given, by=a.by),
        rows=lambda group: group.sessions.filter(state="planned"),
        explain=_("Alleen deze keer gaat niet door. Bel wie met naam meedoet; hun nummers staan bij de groep."),
    ),
    "bijeenkomst": Act(
        _("Bijeenkomst vastleggen"),
        forms.SessionForm,
        lambda a: actions.record_session(a.of, **a.given, by=a.by),
        rows=lambda group: group.sessions.exclude(state="cancelled"),
        new=True,
    ),
}
