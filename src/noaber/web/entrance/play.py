"""The entrance in the demo: six places of which two closed, a social map, a quarter of contacts, and today's work.

Everything goes through the actions of this room; nobody in it exists, and a second time adds nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from noaber.web.access.models import Person
from noaber.web.access.rights import rights_of
from noaber.web.exchange import actions as exchange
from noaber.web.exchange.queries import sending
from noaber.web.journal.actions import By

from . import actions, passing, passing_actions, triage
from .heard import NOT_ASKED, Choice, Heard, Promise, Sampled, Who
from .hsds import Service, Times
from .long_form import EXTRAS
from .models import Activity, Place, Question, SamplingRate
from .models.passed import TO_MUNICIPALITY
from .passing import GOES_TO
from .sampling import Name, chosen
from .sampling_queries import volumes
from .towns import districts
from .words import CHANNELS, OUTCOMES, THEMES

WORKER: Final = "entrance_worker"
COORDINATOR: Final = "entrance_coordinator"
_WEEKS: Final = 13
_A_DAY: Final = 4
_SEED: Final = 1
_CLOSED: Final = "Met nieuwe mensen was het niet vol te houden; wie hier kwam, vindt ons nu in de bibliotheek."
_NO_NAME: Final = "Wilde nog geen naam geven; komt terug als het toch nodig is."
_PLACES: Final = (
    ("Bibliotheek", True),
    ("Wijkcentrum", True),
    ("Gezondheidscentrum", True),
    ("Brede school", True),
    ("Buurthuis", False),
    ("Sporthal", False),
)
_ACTIVITIES: Final = (
    ("Samen eten", "meedoen en ontmoeten", (2,), 17, 450, 55, 6, "Een warme maaltijd met buren. Koken hoeft niet."),
    ("Koffie voor iedereen", "meedoen en ontmoeten", (0, 3), 10, 0, None, None, "Loop binnen en blijf zolang u wilt."),
    ("Hulp bij papieren", "geld en schulden", (1,), 13, 0, None, None, "Neem uw post mee; wij kijken samen."),
    ("Maatje bij schulden", "geld en schulden", (), 0, 0, 18, 2, "Een vrijwilliger helpt u een half jaar op weg."),
    ("Klussen door buren", "wonen en huishouden", (), 0, 0, None, None, "Een lamp, een lekkende kraan, een kast."),
    ("Mantelzorgers onder elkaar", "mantelzorg", (3,), 19, 0, None, 8, "Even op adem komen met wie het herkent."),
    ("Wandelen met de praktijk", "gezondheid", (4,), 10, 0, None, None, "Een rustig rondje van een uur."),
    ("Opvoedcafé", "opvoeden en opgroeien", (2,), 9, 0, None, 4, "Vragen over opvoeden, met oppas voor de kleintjes."),
    (
        "Huiswerk maken met hulp",
        "opvoeden en opgroeien",
        (1, 3),
        16,
        0,
        10,
        0,
        "Een stille plek en iemand die meekijkt.",
    ),
    ("Solliciteren doet u niet alleen", "werk en inkomen", (3,), 14, 0, 18, 5, "Samen een brief schrijven en oefenen."),
)
"""Name, need, weekdays, hour, cents a time, age from, free places, what it is; each in a third of the districts."""
_EVERYWHERE: Final = (
    ("Steunpunt mantelzorg", "mantelzorg", "Advies, iemand die het even overneemt, en een luisterend oor."),
    ("Spreekuur geldzaken", "geld en schulden", "Voor wie het overzicht kwijt is; ook 's avonds."),
)
_ASKED: Final = (
    "Ik snap deze brief van de belasting niet",
    "Mijn buurvrouw zit hele dagen alleen",
    "Hoe kom ik aan hulp in huis?",
    "Onze zoon wil niet meer naar school",
    "Ik zorg al een jaar voor mijn man en ik ben op",
    "Waar kan ik Nederlands oefenen?",
)
_NAMES: Final = ("Sien Wolters", "Bennie Kuipers", "Fatma Aydin", "Gerda ter Horst", "Jorrit Assink")
_GOES_ON: Final = (
    (
        6,
        "gezondheid",
        "basic_support",
        "Mijn vader eet niet meer goed sinds mijn moeder er niet is. Ik woon in Assen.",
        Who(name="Els Roelofs", phone="06 00 00 00 21"),
        Who(name="Wim Roelofs", born_on=date(1943, 5, 2)),
        "child",
    ),
    (
        1,
        "geld en schulden",
        "basic_support",
        "Ik krijg de rekeningen niet meer op orde en durf niemand te bellen.",
        Who(name="Hatice Demir", phone="06 00 00 00 22"),
        Who(),
        "",
    ),
    (
        0,
        "wonen en huishouden",
        "indicated_support",
        "Ik val steeds in de douche. Kan er iets aan mijn huis gebeuren?",
        Who(name="Dina Voortman", phone="06 00 00 00 23", born_on=date(1951, 9, 17)),
        Who(),
        "",
    ),
)
"""How long ago, about what, what comes of it, in whose words, who called, for whom, and what they are to each other."""
_SHARES: Final = (48, 20, 17, 7, 8)
"""How often each outcome comes about, in percent, in their order."""


def play(people: Mapping[str, Person], *, at: datetime, by: Callable[[str], By]) -> int:
    """Fill the entrance of the demo and return how many contacts it has; nothing when it was filled before."""
    if Place.objects.exists() or not districts():
        return 0
    on = timezone.localdate(at)
    rng = random.Random(_SEED)  # noqa: S311  # the same demo every time, no secret
    places = _places(people, on, by)
    _map(on, by)
    count = _contacts(rng, people[WORKER], places, on, by, days=range(-7 * _WEEKS, -7 * 4), rates={})
    plan = actions.promise_margin(
        expected=volumes(on - timedelta(weeks=4), weeks=_WEEKS),
        weeks=_WEEKS,
        margin=0.1,
        per_district=False,
        on=on - timedelta(weeks=4),
        set_by=people[COORDINATOR],
        by=by(COORDINATOR),
    )
    rates = {(rate.district, rate.channel): rate.one_in for rate in SamplingRate.objects.filter(plan=plan)}
    count += _contacts(rng, people[WORKER], places, on, by, days=range(-7 * 4, 1), rates=rates)
    return count + _today(people[WORKER], at, by)


def _places(people: Mapping[str, Person], on: date, by: Callable[[str], By]) -> list[Place]:
    opened, found = date(2025, 1, 6), []
    for number, (name, stays) in enumerate(_PLACES):
        district = districts()[number % len(districts())]
        place = actions.keep_place(
            None,
            name=f"{name} {district.name}",
            address=f"Dorpsstraat {number + 1}",
            district=district.code,
            about="Gewoon binnenlopen; de deur is breed genoeg voor een rolstoel.",
            opened_on=opened,
            hours=[(weekday, time(9), time(12, 30)) for weekday in {number % 4, *((4,) if number == 0 else ())}],
            by=by(COORDINATOR),
        )
        if stays:
            found.append(place)
        else:
            actions.close_place(place, on=date(2025, 5, 30), why=_CLOSED, by=by(COORDINATOR))
    monday = on - timedelta(days=on.weekday())
    for weekday, place in enumerate(found):  # one worker, each day at another place; on Fridays nobody is there yet
        day, until = monday + timedelta(days=weekday), monday + timedelta(weeks=3, days=weekday)
        actions.set_shifts(place, person=people[WORKER], on=day, weekly_until=until, by=by(COORDINATOR))
    return found


def _map(on: date, by: Callable[[str], By]) -> None:
    """Put on the map what there is; one thing must be checked soon."""
    services = []
    for number, (name, theme, weekdays, hour, cents, age, free, about) in enumerate(_ACTIVITIES):
        for place, district in enumerate(districts()[number % 3 :: 3]):
            services.append(
                Service(
                    key=f"demo-{number}-{place}",
                    name=name,
                    about=about,
                    provider_key=f"demo-{district.code}",
                    provider_name=f"Buurtkring {district.name}",
                    phone="074 000 00 00",
                    themes=(theme,),
                    district=district.code,
                    address=f"Brink {number + 1}",
                    min_age=age,
                    cost_cents=cents,
                    accessibility=("wheelchair",) if number % 2 else ("wheelchair", "loop"),
                    free_places=free,
                    how_to_join="Loop binnen of bel.",
                    checked_until=on + timedelta(days=_checked(number, place)),
                    times=tuple(Times(weekday=day, begins=time(hour), ends=time(hour + 2)) for day in weekdays),
                )
            )
    services += [
        Service(
            key=f"demo-overal-{number}",
            name=name,
            about=about,
            provider_key="demo-overal",
            provider_name="Noaberhulp",
            phone="074 000 00 09",
            themes=(theme,),
            how_to_join="Bel voor een afspraak.",
            checked_until=on + timedelta(days=120),
        )
        for number, (name, theme, about) in enumerate(_EVERYWHERE)
    ]
    actions.take_in_map(services, checked_until=on + timedelta(days=150), by=by(WORKER))
    gone = Activity.objects.get(key="demo-4-2")
    moment = timezone.make_aware(datetime.combine(on - timedelta(days=3), time(11)))
    actions.hide_activity(gone, why="De vrijwilligers zijn gestopt.", at=moment, by=by(WORKER))


def _checked(number: int, place: int) -> int:
    """Return for how many days something on the map still holds: one thing is due soon, one left the map by itself."""
    return {(1, 1): 20, (6, 2): -4}.get((number, place), 150)


def _contacts(
    rng: random.Random,
    worker: Person,
    places: list[Place],
    on: date,
    by: Callable[[str], By],
    *,
    days: range,
    rates: Mapping[Name, int],
) -> int:
    """Let contacts come on the working days between; where a promise runs, one in so many is asked more."""
    open_on = {place.pk: set(place.hours.values_list("weekday", flat=True)) for place in places}
    count = 0
    for day in (on + timedelta(days=number) for number in days):
        for number in range(_A_DAY if day.weekday() < 5 else 0):
            moment = timezone.make_aware(datetime.combine(day, time(9 + number, rng.randrange(60))))
            channel = rng.choices([word.key for word in CHANNELS], (5, 4, 1, 1))[0]
            place = rng.choice([item for item in places if day.weekday() in open_on[item.pk]] or places)
            one_in = rates.get((place.district, channel))
            asked = Sampled(one_in=one_in, chosen=chosen(one_in, rng.randrange)) if one_in else NOT_ASKED
            heard = Heard(
                channel=channel,
                district=place.district,
                place=place if channel == "desk" else None,
                theme=rng.choices([word.key for word in THEMES], (8, 5, 5, 6, 5, 3, 3, 1, 1))[0],
                outcome=rng.choices([word.key for word in OUTCOMES], _SHARES)[0],
                seconds=rng.randrange(6, 15),
            )
            question = actions.register(heard, at=moment, by=by(WORKER), worker=worker, sampled=asked)
            if question.outcome in GOES_TO:
                passing_actions.keep_here(question, because=_NO_NAME, person=worker, at=moment, by=by(WORKER))
            if asked.chosen:
                answers = {extra.key: rng.choice(extra.answers).key for extra in EXTRAS}
                actions.keep_long_form(
                    question.contact, answers=answers, seconds=rng.randrange(90, 200), at=moment, by=by(WORKER)
                )
            count += 1
    return count


def _today(worker: Person, at: datetime, by: Callable[[str], By]) -> int:
    """Leave something to do today: a question from the web, calls of which one is late, a task, a decision."""
    on = timezone.localdate(at)
    for number, words in enumerate(_ASKED):
        district = districts()[number % len(districts())].code
        name = _NAMES[number % len(_NAMES)]
        promise = Promise(phone="074 000 00 01", on=on + timedelta(days=number - 2), part="morning", owner=worker)
        heard = Heard(
            channel="telephone" if number % 2 else "web",
            district=district,
            theme=THEMES[(3, 4, 0, 2, 5, 4)[number]].key,
            outcome="information" if number % 2 else "",
            words=words,
            caller=Who(name=name, phone="074 000 00 01") if number else Who(),
            answer_by="" if number % 2 else "code",
        )
        took, promised = (worker, promise) if number % 2 else (None, None)
        question = actions.register(heard, worker=took, promise=promised, at=at, by=by(WORKER))
        if number == 1:
            _weigh(question, worker, at, by(WORKER))
    return len(_ASKED) + _passed_on(worker, at, by)


def _passed_on(worker: Person, at: datetime, by: Callable[[str], By]) -> int:
    """Let questions go on to a team and to the municipality, of some days ago and of today; return how many."""
    for days, theme, outcome, words, caller, about, relation in _GOES_ON:
        moment = at - timedelta(days=days)
        heard = Heard(
            channel="telephone",
            district=districts()[0].code,
            theme=theme,
            outcome=outcome,
            words=words,
            caller=caller,
            about=about,
            relation=relation,
        )
        question = actions.register(heard, worker=worker, at=moment, by=by(WORKER))
        told = {"said": words, "around": "De buurvrouw kookt soms mee.", "read_back": True}
        if outcome == "basic_support":
            actions.clarify(question, told=told, person=worker, at=moment, by=by(WORKER))
    return len(_GOES_ON)


def _weigh(question: Question, worker: Person, moment: datetime, by: By) -> None:
    told = {"said": "Ze durft niet alleen naar buiten", "around": "haar zoon, een keer per maand", "read_back": True}
    actions.clarify(question, told=told, person=worker, at=moment, by=by)
    walk = triage.walk(triage.tree(), ["no", "no", "no", "yes"])
    assert walk.end is not None
    choice = Choice(
        tree=triage.NEWEST,
        path=walk.steps,
        advice=walk.end.key,
        advised=walk.end.outcome,
        decided=walk.end.outcome,
    )
    actions.decide(question, choice, person=worker, at=moment, by=by)
    actions.agree_task(
        what="Vragen hoe het eetcafé beviel",
        due_on=timezone.localdate(moment) + timedelta(days=14),
        owner=worker,
        contact=question.contact,
        promised=True,
        at=moment,
        by=by,
    )


def hand_over(people: Mapping[str, Person], *, number: str, at: datetime, by: Callable[[str], By]) -> bool:
    """Hand the question that waits for the municipality over to it; once. Returns whether it did."""
    waits = passing.waiting(TO_MUNICIPALITY).first()
    worker = people[WORKER]
    agreements = [item for item in sending(rights_of(worker, at.date()), at.date()) if item.purpose == "wmo-maatwerk"]
    if waits is None or not agreements:
        return False
    whose = waits.question.contact.whose
    assert whose is not None, "what waits has a name"
    message = passing_actions.hand_over(
        waits,
        agreement=agreements[0],
        number=number,
        born_on=whose.born_on or date(1951, 9, 17),
        content={"naam": whose.name, "telefoon": whose.phone, "vraag": passing.told(waits.question)},
        person=worker,
        by=by(WORKER),
    )
    assert message is not None, "nobody wrote it before"
    exchange.send_message(message, fields=["naam", "telefoon", "vraag", "burgerservicenummer"], by=by(WORKER))
    return True
