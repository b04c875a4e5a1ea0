"""The recipes: each reads from top to bottom as the work goes, and each verb of the command line calls exactly one.

take_in    suppliers' files → receipts and a snapshot        publish    figures through the gate → published files
check      the same, without keeping anything                factsheet  published files → the fact sheet
measure    a snapshot → figures, through the gate            demo       a made-up town, and all of the above
forecast   a snapshot → what to expect if nothing changes    check_plan documents of a plan → what does not add up
compare    a plan on a snapshot → what it does to policy     attribute  the same → whose saving it is
example    a real municipality to start from            fetch      a table of Statistics Netherlands
judge_pilots pilots in a plan → what each shows
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from . import disclosure, examples, forecasts, indicators, municipality, plans, pseudonym, scenarios
from . import doctor as the_doctor
from .disclosure import SafeResult
from .doctor import Check
from .figures import costing
from .figures import factsheet as sheets
from .forecasts import ForecastError, Way
from .later import later
from .municipality import Municipality
from .plans import Finding
from .records import Batch, Language, NoaberError, Receipt, Text
from .results import Frequency, Result
from .snapshot import Snapshot, Store
from .sources import NEEDED, deliveries, read_all, write_receipts

if TYPE_CHECKING:
    from . import demo as town_maker
    from .connections import cbs
else:
    # Few ask for these, and nobody else should wait for them.
    town_maker, cbs = later("noaber.demo"), later("noaber.connections.cbs")

__all__ = [
    "REPORT_NAMES",
    "Costed",
    "Intake",
    "Made",
    "Outlook",
    "Outset",
    "Release",
    "attribute",
    "check",
    "check_plan",
    "compare",
    "demo",
    "doctor",
    "example",
    "factsheet",
    "fetch",
    "forecast",
    "judge_pilots",
    "measure",
    "publish",
    "take_in",
]

Tell = Callable[[str, float], None]
"""Is told what is being done and which share of the work is done."""


_TOLD: Final = ("indications", "tables", "cbs")
"""Doors of documents and tables: what they remark is about figures, and never about a person."""

REPORT_NAMES: Final[Mapping[Language, str]] = {"nl": "doorrekening", "en": "costing"}
_SHARES: Final[Mapping[Language, str]] = {"nl": "verdeling", "en": "shares"}
"""What the files of a costing are called in each language."""


class NothingTakenInError(NoaberError):
    """Figures are asked of a municipality that has taken nothing in yet."""

    code = "N-901"
    exit_code = 5


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What came of reading deliveries: a receipt each, what could not be read and why, and the snapshot that stands."""

    receipts: tuple[Receipt, ...]
    unread: tuple[tuple[str, NoaberError], ...] = ()
    snapshot: Snapshot | None = None

    @property
    def refused(self) -> int:
        """Rows refused over all deliveries."""
        return sum(len(receipt.refusals) for receipt in self.receipts)


@dataclass(frozen=True, kw_only=True)
class Release:
    """What was published: the results that passed the gate, the new files, and the report for the privacy officer."""

    results: dict[str, SafeResult]
    written: tuple[Path, ...]
    report: Path


@dataclass(frozen=True, kw_only=True)
class Made:
    """What the demo made: the town, what it took in and published, and its fact sheets (page, paper) by language."""

    town: Municipality
    intake: Intake
    release: Release
    sheets: dict[Language, tuple[Path, Path]]


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What to expect with unchanged policy: the results that passed the gate, and why a way could not be gone."""

    results: dict[str, SafeResult]
    missed: dict[Way, ForecastError]


@dataclass(frozen=True, kw_only=True)
class Outset:
    """What is costed: the documents of a plan, until which year (by default four on), as known on which day.

    Without a day it is the one that the plan names, else the latest. `limits` are places by care form of which the
    report tells what they cost in waiting; by default nine in ten of today's, in the dearest form of each law.
    """

    plan: Path
    until: int | None = None
    known_on: date | None = None
    limits: Mapping[str, float] | None = None
    divide: bool = True
    """Whether each saving is also divided over its measures, which takes longest."""


@dataclass(frozen=True, kw_only=True)
class Costed:
    """What a plan does: the results that passed the gate, the report's files, and for a national run its table."""

    results: dict[str, SafeResult]
    headline: str
    files: tuple[Path, ...]


def _quietly(_doing: str, _share: float) -> None:
    """Tell nobody."""


def take_in(town: Municipality, paths: Sequence[Path] = (), *, received: date, tell: Tell = _quietly) -> Intake:
    """Take in deliveries: those at `paths`, or every file of every supplier; return receipts and the snapshot.

    A delivery comes in whole or not at all, and one that was taken in before changes nothing. A file that cannot be
    read stands in `unread` and keeps no other out. Each receipt is also written to the folder `receipts`. Raises
    `DeliveryError` (N-209), and the errors of the key (N-301) and the store (N-40x).
    """
    chosen = deliveries(town, paths)
    ring = pseudonym.read(pseudonym.default_key_file(town.code))
    store = Store(town.store)
    held = store.current()
    receipts: list[Receipt] = []
    unread: list[tuple[str, NoaberError]] = []
    batches = read_all(
        chosen,
        town=town,
        pseudonyms=ring,
        received=received,
        standing=held.delivered(*NEEDED) if held else {},
        unread=unread,
        tell=_part(tell, 0.0, 0.8),
    )
    if (first := next(batches, None)) is not None:
        held = store.add(_noting(chain([first], batches), receipts), town=town, pseudonyms=ring)
    write_receipts(town.folder / "receipts", receipts)
    tell("klaar", 1.0)
    return Intake(receipts=tuple(receipts), unread=tuple(unread), snapshot=held)


def check(town: Municipality, paths: Sequence[Path] = (), *, received: date, tell: Tell = _quietly) -> Intake:
    """Read deliveries as `take_in` does, and keep nothing; for a supplier, or for who wants to see first."""
    held = Store(town.store).current()
    unread: list[tuple[str, NoaberError]] = []
    batches = read_all(
        deliveries(town, paths),
        town=town,
        pseudonyms=pseudonym.read(pseudonym.default_key_file(town.code)),
        received=received,
        standing=held.delivered(*NEEDED) if held else {},
        unread=unread,
        tell=tell,
    )
    receipts = tuple(batch.receipt for batch in batches)
    return Intake(receipts=receipts, unread=tuple(unread))


def measure(
    town: Municipality,
    asked: Sequence[str] = (),
    *,
    known_on: date | None = None,
    frequency: Frequency | None = None,
    by: tuple[str, ...] | None = None,
    tell: Tell = _quietly,
) -> dict[str, SafeResult]:
    """Return indicators by id, through the gate: those `asked`, or all; as known on a day, by default the latest.

    Without `frequency` and `by` (dimensions) each comes as it is usually shown. They are protected together, and beside
    everything that was published. Raises `NothingTakenInError` (N-901), `IndicatorError` (N-502) for what an indicator
    does not offer, and `RecoverableError` (N-551) for what would give away something hidden elsewhere.
    """
    held = _held(town)
    day = known_on or held.known_on
    names = asked or list(indicators.INDICATORS)
    results: list[Result] = []
    with held.connect(day) as connection:
        for done, name in enumerate(names):
            tell(name, 0.6 * done / len(names))
            result = indicators.calculate(
                name,
                connection,
                town=town,
                known_on=day,
                snapshot_hash=held.hash,
                sources=held.sources(indicators.version_on(name).tables),
                frequency=frequency,
                dimensions=by,
            )
            results += [result] if result.cells.height else []
    tell("kleine aantallen", 0.6)
    beside = disclosure.published(town.published)
    return {item.indicator: item for item in disclosure.protect_together(results, town.disclosure, beside=beside)}


def forecast(
    town: Municipality,
    *,
    until: int | None = None,
    ways: Sequence[Way] = forecasts.WAYS,
    known_on: date | None = None,
    frequency: Frequency = "year",
    tell: Tell = _quietly,
) -> Outlook:
    """Return what to expect until a year (by default five years on) when the policy stays as it is, through the gate.

    Each of the `ways` says which it is; one that cannot be gone says why, and stands in no other's way. Raises
    `NothingTakenInError` (N-901), and the `ForecastError` (N-73x) when no way can be gone.
    """
    held = _held(town)
    day = known_on or held.known_on
    origin = forecasts.Origin(town=town, snapshot=held.hash, known_on=day)
    tell("verwachting", 0.0)
    with held.connect(day) as connection:
        results, missed = forecasts.unchanged(
            connection, origin, until=until or day.year + 5, ways=ways, frequency=frequency, earlier=held.connect
        )
    tell("kleine aantallen", 0.8)
    beside = disclosure.published(town.published)
    safe = disclosure.protect_together(results, town.disclosure, beside=beside)
    tell("klaar", 1.0)
    return Outlook(results={item.indicator: item for item in safe}, missed=missed)


def compare(
    town: Municipality,
    outset: Outset,
    names: Sequence[str] = (),
    *,
    draws: int = scenarios.DRAWS,
    workers: int | None = None,
    cluster: str = "",
    municipalities: Path | None = None,
    tell: Tell = _quietly,
) -> Costed:
    """Cost variants of a plan beside unchanged policy, through the gate, and write the report to the folder `costing`.

    With a table of `municipalities` they are costed for each of them. `cluster` is the address of a Dask scheduler;
    without one, processes here count. Raises `NothingTakenInError` (N-901), the errors of plans (N-70x), of scenarios
    (N-71x) and of the flow engine (N-72x).
    """
    ground = _ground(town, outset)
    with scenarios.cluster(cluster) if cluster else scenarios.processes(workers) as executor:
        if municipalities is not None:
            return _national(town, ground, names, municipalities, draws=draws, executor=executor, tell=tell)
        found = scenarios.compare(
            ground.baseline, ground.plan, names, draws=draws, executor=executor, tell=_part(tell, 0.05, 0.4)
        )
        study = scenarios.study(
            found,
            ground.plan,
            limits=outset.limits,
            divide=outset.divide,
            executor=executor,
            tell=_part(tell, 0.4, 0.8),
        )
    tell("kleine aantallen", 0.8)
    report = _report(town, ground, [*scenarios.tables(found), *scenarios.study_tables(study)], found.variants)
    tell("rapport", 0.9)
    files = _write_costing(report, ground.plan, {variant.code for variant in found.variants})
    tell("klaar", 1.0)
    return Costed(results=dict(report.results), headline=costing.headline(report, "nl"), files=files)


def attribute(
    town: Municipality,
    outset: Outset,
    name: str,
    *,
    by: scenarios.By = "measure",
    workers: int | None = None,
    tell: Tell = _quietly,
) -> Costed:
    """Return whose saving it is: that of one variant divided over its measures, through the gate and as a page.

    What is divided is what `compare` says it saves. By package there is a result for the packages, and one for the
    measures within them. Raises the errors of `compare`.
    """
    ground = _ground(town, outset)
    with scenarios.processes(workers) as executor:
        divided = scenarios.attribute_variant(
            ground.baseline, ground.plan, name, by=by, executor=executor, tell=_part(tell, 0.05, 0.6)
        )
        whole = scenarios.compare(ground.baseline, ground.plan, [name], executor=executor, tell=_part(tell, 0.6, 0.95))
        found = scenarios.as_compared(divided, whole)
    report = _report(town, ground, scenarios.divided_tables([found], ground.plan, ground.baseline), [found.variant])
    folder = town.folder / "costing"
    folder.mkdir(exist_ok=True)
    files = []
    for language, start in _SHARES.items():
        files.append(folder / f"{start}-{name}.html")
        files[-1].write_text(costing.html(report, language), encoding="utf-8")
    return Costed(results=dict(report.results), headline=costing.headline(report, "nl"), files=tuple(files))


def publish(town: Municipality, *, known_on: date | None = None, tell: Tell = _quietly) -> Release:
    """Publish all indicators: through the gate, audited together and beside what was published before.

    Raises `RecoverableError` (N-551) when something hidden can be worked out; nothing is written then.
    """
    results = measure(town, known_on=known_on, tell=_part(tell, 0.0, 0.7))
    tell("controle op herleidbaarheid", 0.7)
    release = disclosure.publish(list(results.values()), town.published)
    report = town.folder / "privacy" / "report.md"
    report.parent.mkdir(exist_ok=True)
    report.write_text(disclosure.report(list(results.values()), release.audit, "nl"), encoding="utf-8")
    tell("klaar", 1.0)
    return Release(results=results, written=release.written, report=report)


def factsheet(
    town: Municipality, *, year: int | None = None, languages: Sequence[Language] = ("nl",), folder: Path | None = None
) -> dict[Language, tuple[Path, Path]]:
    """Make the fact sheet of a year (by default the last whole one) from what is published; return page and paper.

    Raises `FigureError` (N-601) when nothing is published for that year or before.
    """
    results = disclosure.current(town.published)
    known = min((result.provenance.known_on for result in results.values()), default=date.min)
    said = _disagreements(Store(town.store).current())
    sheet = sheets.compose(results, town=town, year=year or known.year - 1, disagreements=said)
    target = folder or town.folder / "factsheet"
    target.mkdir(parents=True, exist_ok=True)
    made: dict[Language, tuple[Path, Path]] = {}
    for language in languages:
        page, paper = (target / f"sociaal-domein-in-beeld-{sheet.year}-{language}{end}" for end in (".html", ".pdf"))
        page.write_text(sheets.html(sheet, language), encoding="utf-8")
        paper.write_bytes(sheets.pdf(sheet, language))
        made[language] = (page, paper)
    return made


def demo(
    folder: Path, *, seed: int, until: date, scale: float = 1.0, again: bool = False, tell: Tell = _quietly
) -> Made:
    """Make the made-up town in `folder`, take in what its suppliers send, publish its figures, and make its fact sheet.

    With `again` a made-up town that stands there already is replaced; the key of the town is made when there is none.
    Raises `DemoError` (N-801) for a folder in use.
    """
    file = folder / "municipality.toml"
    if again and file.exists() and municipality.read(file).made_up:
        shutil.rmtree(folder)
    town_maker.make(folder, seed=seed, until=until, scale=scale, progress=_part(tell, 0.0, 0.25))
    examples.copy_plans("noaberstad", folder / "plans")
    town = municipality.read(file)
    if not (key := pseudonym.default_key_file(town.code)).exists():
        pseudonym.make(key)
    intake = take_in(town, received=until, tell=_part(tell, 0.25, 0.7))
    release = publish(town, tell=_part(tell, 0.7, 0.9))
    tell("factsheet", 0.9)
    made = factsheet(town, languages=("nl", "en"))
    tell("klaar", 1.0)
    return Made(town=town, intake=intake, release=release, sheets=made)


def example(name: str, folder: Path) -> Path:
    """Copy an example municipality to a new folder, make its key when there is none, and return its municipality.toml.

    Raises `ExampleError` (N-803) for an unknown name or a folder in use.
    """
    file = examples.copy(name, folder)
    key = pseudonym.default_key_file(municipality.read(file).code)
    if not key.exists():
        pseudonym.make(key)
    return file


def fetch(
    town: Municipality, table: str, *, periods: Sequence[str] = (), others: bool = False, folder: Path, on: date
) -> Path:
    """Fetch a table of Statistics Netherlands about the town and its districts, and save it where its door looks.

    With `others` it is about every municipality, to compare with, and about no district. Raises `CbsUnreachableError`
    (N-251), `CbsTableError` (N-252) and `CbsAnswerError` (N-253).
    """
    areas = ["GM"] if others else [f"GM{town.code}", f"WK{town.code}"]
    return cbs.fetch(table, folder, areas=areas, periods=periods, on=on)


def check_plan(path: Path, *, town: Municipality | None = None) -> tuple[list[Finding], list[Finding]]:
    """Return what does not add up in the plans at `path` (a file or a folder), and what is worth knowing besides.

    With `town`, care forms it does not have are findings too. Raises `PlanError` (N-700 to N-703) for what cannot be
    read as a plan.
    """
    plan = plans.read(path)
    known = [form.code for form in town.care_forms] if town else None
    return plans.check(plan, care_forms=known), plans.held(plan)


def judge_pilots(path: Path) -> list[scenarios.Estimate]:
    """Return what each pilot in the plans at `path` (a file or a folder) shows; too small to tell is an answer.

    Raises `PlanError` (N-700 to N-703) for what cannot be read as a plan, and `PilotError` (N-716).
    """
    found = plans.read(path).pilots
    if not found:
        raise scenarios.PilotError(
            "There is no pilot in these plans.", where=str(path), now="Write one under [[pilots]] in a plan file."
        )
    return [scenarios.estimate(pilot) for pilot in found]


def doctor(town: Municipality, *, make_key: bool = False, rotate_key: bool = False) -> list[Check]:
    """Return what is in order here; if asked, first make a key, or rotate it and let the whole store follow."""
    key = pseudonym.default_key_file(town.code)
    if make_key:
        pseudonym.make(key)
    if rotate_key:
        Store(town.store).rotate_key(key, town=town)
    return the_doctor.look(town)


def _disagreements(held: Snapshot | None) -> list[tuple[str, str]]:
    """Return (delivery, what does not add up in it) of what documents and tables say, each once."""
    receipts = held.receipts() if held else []
    said = [(receipt.name, item.text) for receipt in receipts if receipt.source in _TOLD for item in receipt.remarks]
    return list(dict.fromkeys(said))


def _noting(batches: Iterable[Batch], receipts: list[Receipt]) -> Iterator[Batch]:
    """Pass batches on one by one and keep their receipts, so that a town's ten years never stand in memory at once."""
    for batch in batches:
        receipts.append(batch.receipt)
        yield batch


def _held(town: Municipality) -> Snapshot:
    """Return the snapshot that stands; NothingTakenInError (N-901) when there is none."""
    held = Store(town.store).current()
    if held is None:
        raise NothingTakenInError(
            "Nothing was taken in yet.", where=str(town.store), now="Take in the deliveries with: noaber take-in"
        )
    return held


@dataclass(frozen=True, kw_only=True)
class _Ground:
    """What a costing stands on: a plan, unchanged policy beside it, and what was computed instead of read."""

    plan: plans.Plan
    baseline: scenarios.Baseline
    remarks: tuple[Text, ...]


def _ground(town: Municipality, outset: Outset) -> _Ground:
    """Return a plan and unchanged policy beside it, with the income limits that the households give."""
    plan = plans.read(outset.plan)
    held = _held(town)
    day = outset.known_on or plan.known_on or held.known_on
    with held.connect(day) as connection:
        baseline = scenarios.prepare(
            connection,
            town,
            until=outset.until or day.year + 4,
            known_on=day,
            snapshot=held.hash,
            elsewhere=plan.elsewhere,
            sources=held.sources(("support", "cost", "population", "price_index")),
        )
        plan, remarks = scenarios.with_incomes(plan, connection, baseline.areas, day)
    for form in outset.limits or ():
        scenarios.law_of(form, baseline, "limit")
    return _Ground(plan=plan, baseline=baseline, remarks=tuple(remarks))


def _report(
    town: Municipality, ground: _Ground, results: Sequence[Result], chosen: Sequence[scenarios.Variant]
) -> costing.Costing:
    """Return what a costing found, protected as one."""
    base = ground.baseline
    safe = disclosure.protect_together(results, town.disclosure, beside=disclosure.published(town.published))
    return costing.Costing(
        town=town,
        results={item.indicator: item for item in safe},
        assumptions=tuple(
            costing.Assumption(measure=of, number=item.value, low=item.low, high=item.high, because=item.because)
            for of, item in scenarios.assumptions(ground.plan, chosen, base.words)
        ),
        uncosted=tuple(dict.fromkeys(item.name for variant in chosen for item in variant.uncosted)),
        stated={item.code.removesuffix(scenarios.STATED): item.code for item in chosen if item.claims},
        remarks=ground.remarks,
        start=base.start,
        known_on=base.known_on,
    )


def _write_costing(report: costing.Costing, plan: plans.Plan, codes: set[str]) -> tuple[Path, ...]:
    """Write the report as a page, on paper and as a spreadsheet in both languages, and the leaflet of each scenario."""
    folder = report.town.folder / "costing"
    folder.mkdir(exist_ok=True)
    pages: dict[str, bytes] = {}
    for language, name in REPORT_NAMES.items():
        pages[f"{name}.html"] = costing.html(report, language).encode()
        pages[f"{name}.pdf"] = costing.pdf(report, language)
        pages[f"{name}.xlsx"] = costing.workbook(report, language)
    for item in plan.scenarios:
        if item.leaflet is not None and item.code in codes:
            pages[f"folder-{item.code}.html"] = costing.leaflet(report.town, item.name, item.leaflet, "nl").encode()
    for name, content in pages.items():
        (folder / name).write_bytes(content)
    return tuple(folder / name for name in pages)


def _national(
    town: Municipality,
    ground: _Ground,
    names: Sequence[str],
    table: Path,
    *,
    draws: int,
    executor: scenarios.Executor,
    tell: Tell,
) -> Costed:
    """Cost variants for every municipality of a table, and write what each saves in the last year."""
    known = scenarios.read_municipalities(table, ground.baseline.known_on)
    write_receipts(town.folder / "receipts", [known.receipt])
    found = scenarios.run_national(
        ground.baseline, ground.plan, known, names, draws=draws, executor=executor, tell=tell
    )
    folder = town.folder / "costing"
    folder.mkdir(exist_ok=True)
    file = folder / "gemeenten.csv"
    file.write_text(found.csv(), encoding="utf-8")
    receipt = known.receipt
    headline = (
        f"{receipt.name}: {receipt.rows_in} municipalities in = {receipt.rows_kept} kept + {len(receipt.refusals)} "
        f"refused; {len(found.variants)} variants, {found.years[-1]}."
    )
    return Costed(results={}, headline=headline, files=(file, town.folder / "receipts" / f"{receipt.name}.csv"))


def _part(tell: Tell, start: float, end: float) -> Tell:
    """Return a teller for a part of the work, from share `start` to share `end` of the whole."""
    return lambda doing, share: tell(doing, start + (end - start) * share)
