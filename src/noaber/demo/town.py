"""The recipe: from proportions to a town, and from the town to what its suppliers send."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np

from noaber import municipality
from noaber.municipality import Municipality
from noaber.records import Law, NoaberError, test_citizen_numbers

from . import backoffice, elsewhere, partner, tables, truth
from .claims import claim
from .orders import Orders, order
from .population import addresses, settle
from .post import post
from .proportions import Proportions, proportions
from .providers import market
from .spells import grow
from .streams import Ints, day, stream
from .traffic import Traffic

FIRST_MESSAGES = date(2024, 1, 1)
"""The first month that can go by message; later when the range of test numbers would run out."""

CLAIM_DAYS = 20
"""A month is claimed by the twentieth day after it at the latest; a month that closed later is not claimed yet."""

_LAST_YEAR = 2027

Progress = Callable[[str, float], None]


class DemoError(NoaberError):
    """The made-up town cannot be made as asked."""

    code = "N-801"
    exit_code = 2


class CitizenNumbersRanOutError(NoaberError):
    """More residents need a citizen number than the test range holds."""

    code = "N-802"
    exit_code = 3


@dataclass(frozen=True, slots=True)
class Town:
    """What was made: where, how, and the truth behind it, for tests and for whoever wants to check a figure."""

    folder: Path
    seed: int
    until: date
    scale: float
    messages_from: date | None
    truth: truth.Truth
    flaws: dict[str, int] = field(default_factory=dict)
    """Rows that are wrong on purpose, per kind."""


def make(folder: Path, *, seed: int, until: date, progress: Progress | None = None, scale: float = 1.0) -> Town:
    """Make the town in `folder`: municipality.toml, the deliveries from 2016 up to `until`, and truth.json.

    Same seed, day and scale give the same bytes. `scale` is the share of the real size (1.0 is 83,058 residents);
    `progress` is called with what is being done and the share that is done. Raises `DemoError` (N-801) for a day, a
    scale or a folder that cannot be used and `CitizenNumbersRanOutError` (N-802) when test numbers run out.
    """
    _check(folder, until, scale)
    tell = progress or _silent
    office, switch = _settle_office(folder, seed=seed, until=until, scale=scale, tell=tell)
    tell("uitvoer van de backoffice", 0.35)
    flaws = backoffice.export(folder / "deliveries" / "backoffice", office, until=until, switch=switch)
    tell("tabellen", 0.4)
    facts = truth.tell(office.given, office.town, office.orders, office.claims, until=until)
    _write_tables(folder / "deliveries" / "tables", office, facts, until=until, scale=scale)
    elsewhere.write(folder / "deliveries" / "cbs", office, facts.years, until=until, scale=scale)
    _post(folder / "deliveries" / "messages", office, switch, flaws, until=until, tell=tell)
    made = Town(folder, seed, until, scale, switch, facts, flaws)
    _write_truth(made)
    tell("klaar", 1.0)
    return made


def _settle_office(
    folder: Path, *, seed: int, until: date, scale: float, tell: Progress
) -> tuple[backoffice.Office, date | None]:
    """Grow residents, support and costs; write municipality.toml; return it all and the day messages begin."""
    given = proportions()
    tell("inwoners en huishoudens", 0.0)
    town = settle(given, seed=seed, until=until, scale=scale)
    tell("ondersteuning", 0.05)
    spells = grow(given, town, seed=seed, until=until, scale=scale)
    firms = market(given, seed=seed)
    orders = order(given, town, spells, firms, seed=seed, until=until)
    tell("kosten", 0.3)
    claims = claim(given, orders, seed=seed, last_day=day(until) - CLAIM_DAYS)
    switch = first_messages(given, orders, until)
    local = _write_municipality(folder, switch)
    codes = {item.care_form: item.code for item in local.products}
    office = backoffice.Office(
        given=given,
        town=town,
        homes=addresses(town, [district.postcodes for district in local.districts], seed=seed),
        market=firms,
        orders=orders,
        claims=claims,
        citizen_numbers=_citizen_numbers(given, orders, len(town), switch, seed),
        products=tuple(codes[form.code] for form in given.care_forms),
        seed=seed,
    )
    return office, switch


def first_messages(given: Proportions, orders: Orders, until: date) -> date | None:
    """Return the quarter from which the town's care goes by message, or None when `until` lies before the first.

    It is the earliest for which the test range has a citizen number for everyone who must meet a message.
    """
    if until < FIRST_MESSAGES:
        return None
    room = len(test_citizen_numbers())
    for year in range(FIRST_MESSAGES.year, until.year + 1):
        for month in (1, 4, 7, 10):
            if (start := date(year, month, 1)) <= until and len(_meeting(given, orders, start)) <= room:
                return start
    raise CitizenNumbersRanOutError(
        f"On no quarter up to {until} do {room} test citizen numbers suffice for everyone with support.",
        where="noaber.demo",
        now="Make a smaller town: choose a lower --scale.",
    )


def _meeting(given: Proportions, orders: Orders, start: date) -> Ints:
    """Return the residents whose support is not over on `start` under a law that goes by message."""
    care = ~orders.law(given, Law.PARTICIPATION)
    return np.unique(orders.person[care & (orders.ended >= day(start))])


def _citizen_numbers(given: Proportions, orders: Orders, residents: int, switch: date | None, seed: int) -> list[str]:
    """Return a citizen number for each resident who meets a message, and an empty text for the others."""
    found = [""] * residents
    if switch is not None:
        persons = _meeting(given, orders, switch)
        numbers = stream(seed, "citizen numbers").permutation(test_citizen_numbers())
        for person, number in zip(persons.tolist(), numbers.tolist(), strict=False):
            found[person] = number
    return found


def _check(folder: Path, until: date, scale: float) -> None:
    if not date(2016, 12, 31) <= until <= date(_LAST_YEAR, 12, 31):
        raise DemoError(
            f"The town cannot be made up to {until}.",
            where="until",
            now=f"Choose a day from 2016-12-31 to {_LAST_YEAR}-12-31.",
        )
    if not 0.005 <= scale <= 1.0:
        raise DemoError(f"A town of size {scale:g} cannot be made.", where="scale", now="Choose from 0.005 to 1.")
    if (folder / "deliveries").exists():
        raise DemoError(
            "There are deliveries here already.", where=str(folder), now="Choose an empty folder, or remove this one."
        )


def _silent(_doing: str, _share: float) -> None:
    """Tell nobody."""


def _write_municipality(folder: Path, switch: date | None) -> Municipality:
    """Write municipality.toml, with the day of the switch to messages as it fell, and read it back."""
    text = files("noaber.demo").joinpath("noaberstad.toml").read_text("utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    if switch is not None:
        text = text.replace(f"on = {FIRST_MESSAGES}", f"on = {switch}")
    (folder / "municipality.toml").write_text(text, "utf-8", newline="\n")
    mapping = files("noaber.demo").joinpath("backoffice.toml").read_text("utf-8")
    (folder / "backoffice.toml").write_text(mapping, "utf-8", newline="\n")
    return municipality.read(folder / "municipality.toml")


def _post(
    folder: Path, office: backoffice.Office, switch: date | None, flaws: dict[str, int], *, until: date, tell: Progress
) -> None:
    """Write the messages, and add to `flaws` how many of them are wrong on purpose."""
    if switch is None:
        return
    traffic = Traffic(office, switch=switch, until=until)
    said = traffic.all()
    flaws |= traffic.flaws
    total = (until.year - switch.year) * 12 + until.month - switch.month + 1
    for done, month in enumerate(post(folder, office, said), start=1):
        tell(f"berichten van {month}", 0.45 + 0.55 * done / total)


def _write_tables(folder: Path, office: backoffice.Office, facts: truth.Truth, *, until: date, scale: float) -> None:
    given, seed = office.given, office.seed
    spent = {year: tables.Year(year, _cents(given, item)) for year, item in facts.years.items()}
    for year, item in facts.years.items():
        _write(folder, "population", date(year, 4, 1), tables.population(given, office.town, year), until)
        _write(folder, "households", date(year, 4, 1), tables.households(given, office.town, year), until)
        _write(folder, "key_figure", date(year + 1, 9, 30), tables.key_figures(given, year), until)
        _write(folder, "price_index", date(year + 1, 1, 31), tables.price_index(given, year), until)
        _write_money(folder, office, spent, year, until=until, scale=scale)
        register = tables.provider_register(office.market, office.orders, office.claims, year, seed=seed)
        _write(folder, "provider_register", date(year + 1, 6, 30), register, until)
        asked = {law: item.clients[law] for law in Law}
        _write(folder, "experience", date(year + 1, 6, 15), tables.experience(year, asked, seed=seed), until)
    _write_partner(folder, office, until=until, scale=scale)


def _write_money(
    folder: Path, office: backoffice.Office, spent: dict[int, tables.Year], year: int, *, until: date, scale: float
) -> None:
    given, before = office.given, spent.get(year - 1)
    for version, known_on in (("primitive", date(year - 1, 11, 8)), ("revised", date(year, 6, 20))):
        rows = tables.budget(given, year, before, version=version, scale=scale)
        _write(folder, "budget", known_on, rows, until)
    for final, known_on in ((False, date(year + 1, 2, 15)), (True, date(year + 1, 5, 20))):
        booked = tables.realisation(given, spent[year], final=final, seed=office.seed, scale=scale)
        _write(folder, "realisation", known_on, booked, until)
    known = before or spent[year]
    per_law = {
        law: sum(int(known.cents[place]) for place, form in enumerate(given.care_forms) if form.law is law)
        for law in Law
    }
    _write(folder, "funding", date(year - 1, 11, 8), tables.funding(given, year, per_law, scale=scale), until)


def _write_partner(folder: Path, office: backoffice.Office, *, until: date, scale: float) -> None:
    light = tables.light_by_district(office.given, office.town, office.orders)
    near = partner.social_basis(office.given, seed=office.seed, until=until, scale=scale)
    for end, rows in partner.counts(office.given, light, seed=office.seed, until=until).items():
        _write(folder, "partner_count", end, [*rows, *near[end]], until)
    for end, rows in partner.contacts(office.given, seed=office.seed, until=until, scale=scale).items():
        _write(folder, "contact", end, rows, until)


def _write(folder: Path, table: str, known_on: date, rows: list[partner.Row], until: date) -> None:
    """Write a table file, unless nobody could know it yet."""
    if known_on <= until:
        tables.write(folder, table, known_on, rows)


def _cents(given: Proportions, item: truth.YearTruth) -> Ints:
    return np.array([item.cents[form.code] for form in given.care_forms], dtype=np.int64)


def _write_truth(made: Town) -> None:
    plain = asdict(made) | {"folder": "", "until": str(made.until), "messages_from": str(made.messages_from or "")}
    (made.folder / "truth.json").write_text(json.dumps(plain, indent=1, sort_keys=True) + "\n", "utf-8")
