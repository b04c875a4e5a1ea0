"""What happens to a case: beginning, more or less help, ending, looking back; who belongs to it and who sees it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from noaber.rules import value
from noaber.terms import end_of_term
from noaber.web.access.actions import resident_with
from noaber.web.access.models import Person
from noaber.web.journal.actions import By, downloaded, looked

from ..models import Case, CaseWorker, Document, Member, Scaling, Share
from .written import name_of, subjects, tell


@transaction.atomic
def look(case: Case, *twins: Case, by: By) -> None:
    """Record that somebody looked into a case: one line for each resident of it, so that each can see who looked.

    `twins` are the merged cases that were shown with it.
    """
    for subject in dict.fromkeys(key for seen in (case, *twins) for key in subjects(seen)) or [""]:
        looked(by=by, object=("case", case.key), object_name=name_of(case), subject=subject)


@transaction.atomic
def download(document: Document, *, by: By) -> None:
    """Record that somebody took a document along: one line for each resident of the case."""
    for subject in subjects(document.case) or [""]:
        downloaded(by=by, object=("document", document.pk), object_name=name_of(document.case), subject=subject)


@transaction.atomic
def start(case: Case, *, worker: Person, on: date, by: By) -> None:
    """Let help begin with a first worker, or give a running case another one."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.workers.filter(ends_on__isnull=True, part="first").exclude(person=worker).update(ends_on=on)
    held = case.workers.filter(ends_on__isnull=True, person=worker).first()
    if held is None or held.part != "first":
        case.workers.filter(ends_on__isnull=True, person=worker).update(ends_on=on)
        CaseWorker.objects.create(case=case, person=worker, part="first", begins_on=on)
    case.started_on = case.started_on or max(on, case.asked_on)
    case.save(update_fields=["started_on"])
    tell("case_started", case, by)


@transaction.atomic
def scale(case: Case, *, level: str, because: str, person: Person, on: date, by: By) -> None:
    """Give more or less help from a day on, in the same case with the same plan."""
    Scaling.objects.create(case=case, level=level, on=on, because=because, by=person)
    case.level = level
    case.save(update_fields=["level"])
    tell("case_scaled", case, by)


@transaction.atomic
def end(case: Case, *, reason: str, words: str, on: date, by: By) -> None:
    """End the help, and plan the look back; the workers stay on the case until that was done.

    What was merged into it ends with it: nobody opens that any more, and without an end it would be kept for ever.
    """
    months = value("choice/support_look_back", on)
    case.ended_on, case.end_reason, case.end_words = on, reason, words
    case.look_back_on = None if reason == "died" else end_of_term(on, int(months.number), months.unit)
    case.save(update_fields=["ended_on", "end_reason", "end_words", "look_back_on"])
    for twin in case.twins:
        Case.objects.filter(pk=twin.pk, ended_on__isnull=True).update(
            ended_on=max(on, twin.asked_on), end_reason=reason
        )
    tell("case_ended", case, by)


@transaction.atomic
def look_back(case: Case, *, outcome: str, words: str, on: date, by: By) -> None:
    """Keep how it went without help, in the resident's words; the case is then closed."""
    case.looked_back_on, case.looked_back, case.look_back_words = on, outcome, words
    case.save(update_fields=["looked_back_on", "looked_back", "look_back_words"])
    tell("case_looked_back", case, by)


@transaction.atomic
def resume(case: Case, *, because: str, person: Person, on: date, by: By) -> None:
    """Take up a case again as it was: same people, same plan, same story."""
    for twin in case.twins:
        ended_with_it = Case.objects.filter(pk=twin.pk, ended_on__gte=case.ended_on, end_words="")
        ended_with_it.update(ended_on=None, end_reason="")
    case.ended_on, case.end_reason, case.end_words, case.look_back_on = None, "", "", None
    case.looked_back_on, case.looked_back, case.look_back_words = None, "", ""
    case.save()
    Scaling.objects.create(case=case, level=case.level, on=on, because=because, by=person)
    tell("case_resumed", case, by)


@transaction.atomic
def shield(case: Case, *, restricted: bool, because: str, by: By) -> None:
    """Let only the own workers find and read a case, or everyone of the team again; with it what was merged into it."""
    case.restricted, case.restricted_because = restricted, because if restricted else ""
    case.save(update_fields=["restricted", "restricted_because"])
    told = {"restricted": case.restricted, "restricted_because": case.restricted_because}
    Case.objects.filter(pk__in=[twin.pk for twin in case.twins]).update(**told)
    tell("case_shielded", case, by)


@transaction.atomic
def keep_member(member: Member, *, by: By) -> Member:
    """Record somebody of the household or around it, or what changed of them."""
    member.save()
    tell("member_kept", member.case, by)
    return member


@transaction.atomic
def link_member(case: Case, member: Member, *, number: str, at: datetime, by: By) -> None:
    """Connect somebody to their own access by citizen number, at their wish, so that they see who looks."""
    member.resident = resident_with(number, at=at)
    member.save(update_fields=["resident"])
    tell("member_linked", case, by)


@transaction.atomic
def add_worker(case: Case, *, person: Person, on: date, by: By) -> None:
    """Let somebody help beside the first worker; who helps already, goes on."""
    if not case.workers.filter(person=person, ends_on__isnull=True).exists():
        CaseWorker.objects.create(case=case, person=person, part="second", begins_on=on)
    tell("worker_added", case, by, {"who": person.name})


@transaction.atomic
def end_worker(case: Case, worker: CaseWorker, *, on: date, by: By) -> None:
    """Let somebody stop helping."""
    worker.ends_on = max(on, worker.begins_on)
    worker.save(update_fields=["ends_on"])
    tell("worker_ended", case, by, {"who": worker.person.name})


@transaction.atomic
def share(shared: Share, *, by: By) -> Share:
    """Let somebody of the second shell see some parts of a case, for a purpose, with consent, until a day."""
    shared.save(force_insert=True)
    tell("case_shared", shared.case, by, {"who": shared.person.name})
    return shared


@transaction.atomic
def end_share(case: Case, shared: Share, *, by: By) -> None:
    """Take back what was shared, at once: as if it had never been shared from now on."""
    who = shared.person.name
    shared.parts = []
    shared.save(update_fields=["parts"])
    tell("share_ended", case, by, {"who": who})
