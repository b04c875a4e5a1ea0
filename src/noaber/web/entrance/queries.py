"""Reading at the entrance: today's contacts, what needs somebody, how busy the places are; all within rights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Avg, Count, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractIsoWeekDay
from django.utils import timezone

from noaber.web.access.models import Assignment, Person
from noaber.web.access.rights import Rights
from noaber.web.access.roles import ROLES

from . import passing
from .models import Activity, CallBack, Client, Contact, Note, PassedOn, Place, Question, Shift, Task
from .models.passed import TO_TEAM
from .scope import HANDLE, KEEP_MAP

_HANDLERS = [key for key, role in ROLES.items() if HANDLE in role.permissions]
REMINDER = timedelta(days=30)
"""How long before an activity leaves the map somebody is asked to check it."""


def midnight(day: date) -> datetime:
    """Return the first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def open_places(on: date) -> QuerySet[Place]:
    """Return the places that are in use on a day."""
    return Place.objects.filter(Q(closed_on__isnull=True) | Q(closed_on__gte=on), opened_on__lte=on)


def colleagues(rights: Rights, on: date) -> QuerySet[Person]:
    """Return who handles contacts on a day in the same organisation."""
    running = Assignment.objects.filter(role__in=_HANDLERS, begins_on__lte=on, ends_on__gte=on)
    return Person.objects.filter(
        organisation=rights.organisation, closed_at__isnull=True, pk__in=running.values("person")
    ).order_by("name")


def contacts(rights: Rights) -> QuerySet[Contact]:
    """Return the contacts that somebody may see, with what their pages show."""
    return Contact.objects.visible_to(rights).select_related("place", "worker", "caller", "about")


def questions(rights: Rights) -> QuerySet[Question]:
    """Return the questions of the contacts that somebody may see."""
    return Question.objects.filter(contact__in=Contact.objects.visible_to(rights)).select_related("contact")


@dataclass(frozen=True, slots=True)
class ThinLine:
    """Today's contacts in one line: how many of one's own and of all, how long they took, and one's last few."""

    mine: int
    everyone: int
    seconds: float | None
    last: list[Question]


def thin_line(rights: Rights, person: Person, on: date, *, shown: int = 4) -> ThinLine:
    """Return today's contacts of somebody beside those of everyone."""
    today = contacts(rights).filter(at__gte=midnight(on), at__lt=midnight(on + timedelta(days=1)))
    mine = today.filter(worker=person)
    last = Question.objects.filter(contact__in=mine).select_related("contact").order_by("-contact__at", "-number")
    return ThinLine(mine.count(), today.count(), mine.aggregate(mean=Avg("seconds"))["mean"], list(last[:shown]))


def call_backs(rights: Rights) -> QuerySet[CallBack]:
    """Return the promises to call back that are still open and that somebody may see, the first due first."""
    visible = Contact.objects.visible_to(rights)
    return (
        CallBack.objects.filter(contact__in=visible, ended_at__isnull=True)
        .select_related("contact", "owner", "contact__caller", "contact__about")
        .annotate(tries=Count("attempts"))
        .order_by("on", "pk")
    )


def notes_of(contact: Contact, person: Person) -> QuerySet[Note]:
    """Return the notes of a contact that somebody may read: all but the drafts of others."""
    return contact.notes.filter(Q(draft=False) | Q(writer=person)).select_related("writer", "deleted_by")


def tasks_of(person: Person) -> QuerySet[Task]:
    """Return the open tasks of somebody, the first due first."""
    return Task.objects.filter(owner=person, done_at__isnull=True).select_related("contact", "client")


def history(client: Client, rights: Rights) -> QuerySet[Contact]:
    """Return the contacts of a resident and of the rows merged into that one, as far as somebody may see them."""
    same = _same(client)
    return contacts(rights).filter(Q(caller__in=same) | Q(about__in=same)).prefetch_related("questions")


def _same(client: Client) -> list[Client]:
    found = [client]
    for row in found:
        found.extend(row.merged.all())
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line of Today: who, what, until when, the address of its one action, and whether it is late."""

    who: str
    what: str
    until: datetime | None
    kind: str
    key: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class Today:
    """What needs somebody now, this week, and what was promised."""

    now: list[Item]
    week: list[Item]
    promised: list[Item]

    @property
    def calm(self) -> bool:
        """Whether everything is done."""
        return not (self.now or self.week or self.promised)


def today(rights: Rights, person: Person, at: datetime) -> Today:
    """Return the day of an entrance worker: each thing once, in the first group that it belongs to."""
    on = timezone.localdate(at)
    calls = [_call(item, at) for item in call_backs(rights).filter(Q(owner=person) | Q(on__lt=on))]
    waiting = [_waiting(item) for item in questions(rights).filter(outcome="").order_by("contact__at")[:50]]
    tasks = [(item, _task(item, at)) for item in tasks_of(person).filter(due_on__lte=on + timedelta(days=31))]
    drafts = [_draft(item) for item in Note.objects.filter(writer=person, draft=True, deleted_at__isnull=True)]
    checks = [_check(item) for item in _to_check(rights, on)]
    ends = [_open_end(item) for item in _open_ends(rights, person, on)]
    handed, slow = _handovers(rights, on), [_slow(item) for item in _slow_ones(rights, on)]
    urgent = [item for item in calls if item.late or (item.until and timezone.localdate(item.until) == on)]
    due = [line for task, line in tasks if task.due_on <= on]
    later = [line for task, line in tasks if task.due_on > on and not task.promised]
    promised = [item for item in calls if item not in urgent]
    promised += [line for task, line in tasks if task.due_on > on and task.promised]
    return Today(urgent + slow + handed + ends + due + waiting, later + drafts + checks, promised)


def own_open_ends(rights: Rights, person: Person, *, shown: int = 3) -> list[Question]:
    """Return the questions that somebody took and still has to pass on, the newest first."""
    mine = passing.open_ends(questions(rights).filter(contact__worker=person))
    return list(mine.order_by("-contact__at", "-number")[:shown])


def _open_ends(rights: Rights, person: Person, on: date) -> list[Question]:
    """Return what this person still has to pass on, and what anyone must once it lies there longer than was agreed."""
    old = Q(answered_at__lt=midnight(passing.oldest_in_time(on)))
    mine = Q(contact__worker=person) | Q(contact__worker__isnull=True)
    return list(passing.open_ends(questions(rights)).filter(mine | old)[:50])


def _slow_ones(rights: Rights, on: date) -> list[PassedOn]:
    """Return what a team should have taken up by now."""
    seen = questions(rights).values("pk")
    return [item for item in passing.waiting(TO_TEAM).filter(question__in=seen) if passing.late(item, on)]


def _handovers(rights: Rights, on: date) -> list[Item]:
    """Return what this person must hand over or finish, and what the municipality did not want."""
    found = [item for item in passing.handovers_visible_to(rights) if passing.asks(item)]
    return [_handover(item, on) for item in found]


def _to_check(rights: Rights, on: date) -> QuerySet[Activity]:
    due = Activity.objects.to_check(on + REMINDER).select_related("provider")
    return due if rights.may(KEEP_MAP) else Activity.objects.none()


def _name(contact: Contact | None) -> str:
    whose = contact.whose if contact else None
    return whose.name if whose else ""


def _call(item: CallBack, at: datetime) -> Item:
    return Item(
        who=_name(item.contact), what=item.phone, until=item.due_at, kind="call", key=item.key, late=item.due_at < at
    )


def _waiting(item: Question) -> Item:
    return Item(who=_name(item.contact), what=item.words[:120], until=None, kind="question", key=item.contact.key)


def _open_end(item: Question) -> Item:
    return Item(who=_name(item.contact), what=item.words[:120], until=None, kind="pass", key=item.key)


def _slow(item: PassedOn) -> Item:
    contact = item.question.contact
    return Item(
        who=_name(contact),
        what=item.question.words[:120],
        until=midnight(passing.due_on(item)),
        kind="slow",
        key=contact.key,
        late=True,
    )


def _handover(item: PassedOn, on: date) -> Item:
    return Item(
        who=_name(item.question.contact),
        what=item.question.words[:120],
        until=midnight(passing.due_on(item)) if item.waits else None,
        kind="hand_over",
        key=item.key,
        late=passing.late(item, on),
    )


def _task(item: Task, at: datetime) -> Item:
    end = midnight(item.due_on + timedelta(days=1))
    return Item(
        who=_name(item.contact), what=item.what, until=midnight(item.due_on), kind="task", key=item.key, late=end < at
    )


def _draft(item: Note) -> Item:
    return Item(who=_name(item.contact), what=item.text[:80], until=None, kind="draft", key=item.contact.key)


def _check(item: Activity) -> Item:
    return Item(who=item.provider.name, what=item.name, until=midnight(item.checked_until), kind="check", key=item.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """How busy a place was: contacts and hours open in a number of weeks, and contacts per weekday (0: Monday)."""

    place: Place
    contacts: int
    hours_open: float
    per_weekday: tuple[int, ...]

    @property
    def per_hour(self) -> float | None:
        """Contacts per hour open; None when it was not open."""
        return self.contacts / self.hours_open if self.hours_open else None


def busy(on: date, *, weeks: int = 4) -> list[Busy]:
    """Return how busy each place was in the weeks before a day; places that closed before it are left out."""
    since = max(on - timedelta(weeks=weeks), date.min)
    rows = (
        Contact.objects.filter(at__gte=midnight(since), at__lt=midnight(on), place__isnull=False)
        .values("place", weekday=ExtractIsoWeekDay("at"))
        .annotate(count=Count("pk"))
    )
    counts: dict[int, list[int]] = {}
    for row in rows:
        counts.setdefault(row["place"], [0] * 7)[row["weekday"] - 1] = row["count"]
    found = []
    for place in open_places(on).prefetch_related("hours"):
        per_weekday = tuple(counts.get(place.pk, [0] * 7))
        found.append(
            Busy(
                place=place,
                contacts=sum(per_weekday),
                hours_open=sum(_hours(item.begins, item.ends) for item in place.hours.all()) * weeks,
                per_weekday=per_weekday,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Staffed:
    """A day of a place: whether it is open then, and who is there."""

    on: date
    is_open: bool
    names: tuple[str, ...]

    @property
    def alone(self) -> bool:
        """Whether it is open and nobody is there."""
        return self.is_open and not self.names


def week(on: date) -> tuple[list[date], list[tuple[Place, list[Staffed]]]]:
    """Return the days of the week of a day on which any place is open or staffed, and per place who is there."""
    monday = on - timedelta(days=on.weekday())
    days = [monday + timedelta(days=number) for number in range(7)]
    shifts = Shift.objects.filter(on__range=(days[0], days[-1])).select_related("person")
    places = open_places(on).prefetch_related("hours", Prefetch("shifts", shifts, to_attr="this_week"))
    rows = [(place, [_staffed(place, day) for day in days]) for place in places]
    used = [at for at in range(7) if any(row[at].is_open or row[at].names for _, row in rows)]
    return [days[at] for at in used], [(place, [row[at] for at in used]) for place, row in rows]


def _staffed(place: Place, day: date) -> Staffed:
    is_open = any(item.weekday == day.weekday() for item in place.hours.all())
    shifts: list[Shift] = place.this_week  # type: ignore[attr-defined]
    return Staffed(day, is_open, tuple(sorted(item.person.name for item in shifts if item.on == day)))


def place_today(person: Person, on: date) -> Place | None:
    """Return the place that somebody staffs on a day; None when there is none, or more than one."""
    found = list(open_places(on).filter(shifts__person=person, shifts__on=on)[:2])
    return found[0] if len(found) == 1 else None


def _hours(begins: time, ends: time) -> float:
    return ends.hour + ends.minute / 60 - begins.hour - begins.minute / 60
