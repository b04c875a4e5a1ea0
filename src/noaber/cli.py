"""The command line: each verb reads its arguments, calls one function in `jobs`, and says what came of it.

`noaber --help` lists the verbs with examples. A person reads sentences; a machine asks `--json` and gets one object on
standard output. Progress and errors go to standard error; the exit code says which kind of failure it was.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from . import __version__
from .later import later

if TYPE_CHECKING:
    import polars as pl

    from . import figures, forecasts, jobs, municipality, plans, records, scenarios
    from .disclosure import SafeResult
    from .municipality import Municipality
else:
    pl, figures = later("polars"), later("noaber.figures")
    jobs, municipality = later("noaber.jobs"), later("noaber.municipality")
    plans, records, scenarios = later("noaber.plans"), later("noaber.records"), later("noaber.scenarios")

_HOME: Final = "NOABER_MUNICIPALITY"
_EXAMPLES: Final = ("hengelo",)
_WAYS: Final[tuple[forecasts.Way, ...]] = ("tables", "flows")
_REFUSED: Final = 3
_CONTRADICTS: Final = 7
_EXIT_CODES: Final = """\
exit codes:
  0  done
  1  something unforeseen went wrong
  2  the question or a settings file is wrong
  3  a delivery, or rows of one, were refused
  4  the key or the store is missing, unsafe or damaged
  5  what was asked is not there, or does not fit
  6  the gate said no: something hidden could be worked out
  7  a plan or scenario cannot be calculated as it stands
"""
Answer = tuple[int, dict[str, Any], list[str]]
"""Exit code, what a machine reads, and the lines that a person reads."""


@dataclass
class Progress:
    """Says on standard error what is being done and how far it is; on a screen in one line that is written over."""

    quiet: bool
    _length: int = field(default=0)
    _said: int = field(default=-1)

    def __call__(self, doing: str, share: float) -> None:
        """Show `doing` and `share` (0 to 1)."""
        if self.quiet:
            return
        line = f"{share:>4.0%}  {doing}"
        if sys.stderr.isatty():
            print("\r" + line.ljust(self._length), end="", file=sys.stderr, flush=True)
            self._length = len(line)
        elif int(share * 10) > self._said:
            self._said = int(share * 10)
            print(line, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the line that was being written over."""
        if self._length:
            print(file=sys.stderr)
            self._length = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    asked = _parser().parse_args(arguments)
    tell = Progress(quiet=asked.quiet or asked.json)
    try:
        answer: Answer = asked.verb(asked, tell)
    except records.NoaberError as error:
        tell.end()
        if asked.json:
            print(json.dumps({"error": error.code, "what": error.what, "where": error.where, "now": error.now}))
        else:
            print(error, file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        return 0
    tell.end()
    code, plain, lines = answer
    print(json.dumps(plain, ensure_ascii=False, default=str) if asked.json else "\n".join(lines))
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="noaber",
        description="From what suppliers send to figures that a council can check.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"noaber {__version__}")
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for add in _VERBS:
        add(verbs)
    return parser


def _add(verbs: Any, name: str, verb: Callable[..., Answer], words: str, examples: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name,
        help=words,
        description=words,
        epilog="examples:\n" + "\n".join(f"  {line}" for line in examples.splitlines()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="answer with one JSON object, for a machine")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    parser.set_defaults(verb=verb)
    return parser


def _add_place(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--municipality",
        type=Path,
        default=Path(os.environ.get(_HOME, "municipality.toml")),
        metavar="FILE",
        help=f"the municipality's file (default: ${_HOME}, or municipality.toml here)",
    )


def _add_demo(verbs: Any) -> None:
    examples = "noaber demo --open\nnoaber demo --folder /tmp/village --scale 0.05 --seed 7"
    words = "make the made-up town and run everything on it, up to the fact sheet"
    parser = _add(verbs, "demo", _demo, words, examples)
    parser.add_argument("--folder", type=Path, default=Path("noaberstad"), help="where (default: noaberstad)")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same town (default: 1)")
    parser.add_argument("--until", type=date.fromisoformat, help="the town's last day (default: today)")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the real size (default: 1)")
    parser.add_argument("--again", action="store_true", help="replace a town that was made here before")
    parser.add_argument("--open", action="store_true", help="open the fact sheet in the browser")


def _add_take_in(verbs: Any) -> None:
    examples = "noaber take-in\nnoaber take-in deliveries/messages/iwmo-2026-10.zip --json"
    parser = _add(verbs, "take-in", _take_in, "take in what suppliers sent, with a receipt for each", examples)
    parser.add_argument("paths", nargs="*", type=Path, help="these deliveries only (default: all of every supplier)")
    _add_place(parser)


def _add_check(verbs: Any) -> None:
    examples = "noaber check deliveries/messages/iwmo-2026-10.zip"
    parser = _add(verbs, "check", _check, "say what would be refused, and keep nothing", examples)
    parser.add_argument("paths", nargs="*", type=Path, help="these deliveries only (default: all of every supplier)")
    _add_place(parser)


def _add_indicators(verbs: Any) -> None:
    examples = "noaber indicators\nnoaber indicators residents_with_support --by law,district\n"
    examples += "noaber indicators waiting --known-on 2025-06-30 --json"
    parser = _add(verbs, "indicators", _indicators, "show indicators, small numbers hidden", examples)
    parser.add_argument("names", nargs="*", metavar="INDICATOR", help="these only (default: a line for each)")
    parser.add_argument("--by", help="dimensions to split by, with commas between")
    parser.add_argument("--every", choices=("month", "quarter", "year"), help="how often")
    parser.add_argument("--known-on", type=date.fromisoformat, help="as known on this day (default: the latest)")
    _add_place(parser)


def _add_forecast(verbs: Any) -> None:
    examples = "noaber forecast\nnoaber forecast --until 2031 --way flows\nnoaber forecast --every month --json"
    words = "say what to expect when the policy stays as it is, by tables and by flows"
    parser = _add(verbs, "forecast", _forecast, words, examples)
    parser.add_argument("--until", type=int, metavar="YEAR", help="the last year (default: five years on)")
    parser.add_argument("--way", choices=_WAYS, help="by tables (price × volume) or by flows only (default: both)")
    parser.add_argument("--every", choices=("month", "year"), default="year", help="how often, by flows")
    parser.add_argument("--known-on", type=date.fromisoformat, help="as known on this day (default: the latest)")
    _add_place(parser)


def _add_publish(verbs: Any) -> None:
    words = "let all indicators through the gate and write what may be seen"
    parser = _add(verbs, "publish", _publish, words, "noaber publish\nnoaber publish --known-on 2026-06-30")
    parser.add_argument("--known-on", type=date.fromisoformat, help="as known on this day (default: the latest)")
    _add_place(parser)


def _add_factsheet(verbs: Any) -> None:
    examples = "noaber factsheet --open\nnoaber factsheet --year 2024 --language en --folder out"
    words = "make the fact sheet from what is published, as a page and as a PDF"
    parser = _add(verbs, "factsheet", _factsheet, words, examples)
    parser.add_argument("--year", type=int, help="the year (default: the last whole one)")
    parser.add_argument("--language", choices=("nl", "en"), default="nl", help="Dutch or English (default: nl)")
    parser.add_argument("--folder", type=Path, help="where to (default: factsheet beside the municipality's file)")
    parser.add_argument("--open", action="store_true", help="open it in the browser")
    _add_place(parser)


def _add_doctor(verbs: Any) -> None:
    examples = "noaber doctor\nnoaber doctor --make-key"
    parser = _add(verbs, "doctor", _doctor, "look whether everything is in order", examples)
    parser.add_argument("--make-key", action="store_true", help="make the first key of this municipality")
    parser.add_argument("--rotate-key", action="store_true", help="add a key, and let the whole store follow")
    _add_place(parser)


def _add_example(verbs: Any) -> None:
    words = "copy a real municipality with its public figures, to start from"
    parser = _add(verbs, "example", _example, words, "noaber example hengelo --folder mijn-gemeente")
    parser.add_argument("name", choices=_EXAMPLES, help="which municipality")
    parser.add_argument("--folder", type=Path, help="where (default: a folder of that name)")


def _add_fetch(verbs: Any) -> None:
    examples = "noaber fetch kerncijfers-2024\nnoaber fetch wmo --periods 2022,2023,2024 --others"
    words = "fetch a table of Statistics Netherlands, as a delivery to take in"
    parser = _add(verbs, "fetch", _fetch, words, examples)
    parser.add_argument("table", help="a number such as 85984NED, or a name of the catalogue")
    parser.add_argument("--periods", default="", help="codes of periods or their beginnings, with commas between")
    parser.add_argument("--others", action="store_true", help="of every municipality, to compare with")
    parser.add_argument("--folder", type=Path, help="where to (default: deliveries/cbs beside the municipality's file)")
    _add_place(parser)


def _add_plan(verbs: Any) -> None:
    words = "say what does not add up in plans: totals, claims, sources; nothing is repaired"
    parser = _add(verbs, "plan", _plan, words, "noaber plan check hengelo/plans\nnoaber plan check plan.toml --json")
    parser.add_argument("what", choices=("check",), help="check: totals against parts, one saving claimed twice, …")
    parser.add_argument("path", type=Path, help="a plan file, or a folder of them that belong together")
    parser.add_argument("--language", choices=("nl", "en"), default="nl", help="Dutch or English (default: nl)")
    parser.add_argument("--municipality", type=Path, metavar="FILE", help="hold care forms to this municipality's")


def _add_pilots(verbs: Any) -> None:
    words = "say what each pilot of a plan shows, beside what it is compared with; too small to tell is an answer"
    parser = _add(verbs, "pilots", _pilots, words, "noaber pilots hengelo/plans\nnoaber pilots pilots.toml --json")
    parser.add_argument("path", type=Path, help="a plan file, or a folder of them that belong together")
    parser.add_argument("--language", choices=("nl", "en"), default="nl", help="Dutch or English (default: nl)")


def _add_compare(verbs: Any) -> None:
    examples = "noaber compare\nnoaber compare contract wijk --until 2030 --limit HO=2000\n"
    examples += "noaber compare contract --municipalities deliveries/cbs/85984NED_2026-11-24.json"
    words = "cost scenarios, packages or measures of a plan beside unchanged policy, with a report"
    parser = _add(verbs, "compare", _compare, words, examples)
    parser.add_argument("names", nargs="*", metavar="NAME", help="codes in the plan (default: every scenario)")
    _add_costing(parser)
    parser.add_argument(
        "--draws", type=int, default=256, help="draws of what is not sure, a power of two (default: 256)"
    )
    parser.add_argument(
        "--limit",
        type=_limit,
        action="append",
        metavar="FORM=PLACES",
        help="tell what this limit costs in waiting (default: nine in ten of today's, in the dearest forms)",
    )
    parser.add_argument("--quick", action="store_true", help="do not divide each saving over its measures")
    parser.add_argument("--municipalities", type=Path, metavar="FILE", help="a table of municipalities to cost it for")
    parser.add_argument("--cluster", default="", metavar="ADDRESS", help="a Dask scheduler (default: processes here)")
    _add_place(parser)


def _add_attribute(verbs: Any) -> None:
    examples = "noaber attribute contract\nnoaber attribute contract --by package --until 2030"
    parser = _add(
        verbs, "attribute", _attribute, "say whose saving it is: divide a scenario over its measures", examples
    )
    parser.add_argument("name", metavar="NAME", help="the code of a scenario or package")
    help_by = "every measure by itself, or packages as a whole and the measures within each (default: measure)"
    parser.add_argument("--by", choices=("measure", "package"), default="measure", help=help_by)
    _add_costing(parser)
    _add_place(parser)


def _add_costing(parser: argparse.ArgumentParser) -> None:
    known = "as known on this day (default: the day that the plan names, else the latest)"
    help_plan = "a plan file or folder (default: plans beside the municipality's file)"
    parser.add_argument("--plan", type=Path, help=help_plan)
    parser.add_argument("--until", type=int, help="the last year (default: four years after what is known)")
    parser.add_argument("--known-on", type=date.fromisoformat, help=known)
    parser.add_argument("--workers", type=int, help="processes (default: one for each core)")


def _limit(text: str) -> tuple[str, float]:
    """Return the care form and the places that FORM=PLACES names."""
    form, _, places = text.partition("=")
    return form, float(places)


def _today() -> date:
    return datetime.now().astimezone().date()


def _town(asked: argparse.Namespace) -> Municipality:
    return municipality.read(asked.municipality)


def _demo(asked: argparse.Namespace, tell: Progress) -> Answer:
    made = jobs.demo(
        asked.folder,
        seed=asked.seed,
        until=asked.until or _today(),
        scale=asked.scale,
        again=asked.again,
        tell=tell,
    )
    page, paper = made.sheets["nl"]
    address = page.resolve().as_uri()
    if asked.open:
        webbrowser.open(address)
    _, plain, lines = _intake(made.intake)
    plain |= {"factsheet": address, "pdf": str(paper.resolve()), "published": len(made.release.results)}
    lines = [
        f"{made.town.name} stands in {asked.folder}: nobody in it exists.",
        *lines[-1:],
        f"{len(made.release.results)} indicators passed the gate; what was hidden, and why: {made.release.report}",
        "",
        f"Fact sheet   {address}",
        f"in English   {made.sheets['en'][0].resolve().as_uri()}",
        f"on paper     {paper.resolve().as_uri()}",
    ]
    return 0, plain, lines


def _take_in(asked: argparse.Namespace, tell: Progress) -> Answer:
    intake = jobs.take_in(_town(asked), asked.paths, received=_today(), tell=tell)
    code, plain, lines = _intake(intake)
    return _REFUSED if intake.unread else code, plain, lines


def _check(asked: argparse.Namespace, tell: Progress) -> Answer:
    intake = jobs.check(_town(asked), asked.paths, received=_today(), tell=tell)
    _, plain, lines = _intake(intake)
    for receipt in intake.receipts:
        lines += [f"{receipt.name}, {item.place} {item.line}: {item.reason} [{item.rule}]" for item in receipt.refusals]
    return _REFUSED if intake.refused or intake.unread else 0, plain, lines


def _intake(intake: jobs.Intake) -> Answer:
    """Return the answer about what came in: a line per delivery, what was not read, and the whole."""
    receipts = intake.receipts
    lines = [
        f"{receipt.name}: {receipt.rows_in} in = {receipt.rows_kept} kept + {len(receipt.refusals)} refused"
        + (f", {len(receipt.remarks)} remarks" if receipt.remarks else "")
        for receipt in receipts
    ]
    lines += [f"{name}: not taken in. {error}" for name, error in intake.unread]
    rows = sum(receipt.rows_in for receipt in receipts)
    kept = sum(receipt.rows_kept for receipt in receipts)
    held = f" Snapshot {intake.snapshot.hash}." if intake.snapshot else ""
    lines.append(f"{len(receipts)} deliveries: {rows} rows in = {kept} kept + {intake.refused} refused.{held}")
    plain = {
        "deliveries": [
            {
                "name": receipt.name,
                "source": receipt.source,
                "in": receipt.rows_in,
                "kept": receipt.rows_kept,
                "refused": len(receipt.refusals),
                "remarks": len(receipt.remarks),
            }
            for receipt in receipts
        ],
        "unread": [{"name": name, "error": error.code, "what": error.what} for name, error in intake.unread],
        "snapshot": intake.snapshot.hash if intake.snapshot else None,
    }
    return 0, plain, lines


def _indicators(asked: argparse.Namespace, tell: Progress) -> Answer:
    by = tuple(asked.by.split(",")) if asked.by else None
    results = jobs.measure(_town(asked), asked.names, known_on=asked.known_on, frequency=asked.every, by=by, tell=tell)
    lines: list[str] = []
    for name, result in results.items():
        if not asked.names:
            lines.append(f"{name:<28} {result.title.nl} ({result.cells.height} cells)")
            continue
        lines += [f"{result.title.nl} [{result.unit}]", result.definition.nl]
        with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True):
            lines += [str(result.cells), result.protection.nl, ""]
    plain = {
        name: {"title": result.title.nl, "unit": result.unit, "cells": result.cells.to_dicts()}
        for name, result in results.items()
    }
    return 0, plain, lines


def _forecast(asked: argparse.Namespace, tell: Progress) -> Answer:
    ways: tuple[forecasts.Way, ...] = (asked.way,) if asked.way else _WAYS
    found = jobs.forecast(
        _town(asked), until=asked.until, ways=ways, known_on=asked.known_on, frequency=asked.every, tell=tell
    )
    lines: list[str] = []
    for name, result in found.results.items():
        totals = [pl.col(item) == records.TOTAL for item in result.dimensions if records.TOTAL in result.cells[item]]
        whole = result.cells.filter(pl.lit(value=bool(totals)), *totals)
        lines += [f"{result.title.en} [{name}, {result.unit}; {result.cells.height} cells]"]
        with pl.Config(tbl_rows=-1, tbl_cols=-1, tbl_hide_column_data_types=True, tbl_hide_dataframe_shape=True):
            lines += [str(_readable(whole.drop("hidden"), result))] if whole.height else []
            lines += [*(f"- {note.en}" for note in result.notes), ""]
    lines += [f"Not by {way}: {error}" for way, error in found.missed.items()]
    plain = {
        "results": {
            name: {
                "title": result.title.nl,
                "unit": result.unit,
                "notes": [note.nl for note in result.notes],
                "cells": result.cells.to_dicts(),
            }
            for name, result in found.results.items()
        },
        "missed": {way: {"error": error.code, "what": error.what} for way, error in found.missed.items()},
    }
    return 0, plain, lines


def _readable(cells: pl.DataFrame, result: SafeResult) -> pl.DataFrame:
    """Return cells with their figures in as few signs as people need: € 12.3m and no cents."""

    def shown(value: float) -> str:
        return figures.numbers.figure(value, result.unit, "en")

    columns = [name for name in ("value", "low", "high") if name in cells.columns]
    return cells.with_columns(pl.col(columns).map_elements(shown, return_dtype=pl.String))


def _divided(shares: SafeResult) -> pl.DataFrame:
    """Return a line for each measure by its name, the largest share first and all together last."""
    names = {code: words.nl for code, words in shares.labels["measure"].items()}
    wide = shares.cells.pivot(on="statistic", index="measure", values="value")
    whole = pl.col("measure") == records.TOTAL
    wide = wide.sort(whole, -pl.col("share")).with_columns(pl.col("measure").replace(names))
    euros = [name for name in wide.columns if name != "measure"]
    shown = pl.col(euros).map_elements(
        lambda value: figures.numbers.figure(value, shares.unit, "nl"), return_dtype=pl.String
    )
    return wide.with_columns(shown.fill_null("")).rename(
        {code: words.nl for code, words in shares.labels["statistic"].items() if code in euros}
        | {"measure": "Maatregel"}
    )


def _publish(asked: argparse.Namespace, tell: Progress) -> Answer:
    release = jobs.publish(_town(asked), known_on=asked.known_on, tell=tell)
    plain = {
        "published": list(release.results),
        "written": [path.name for path in release.written],
        "report": str(release.report),
    }
    lines = [
        f"{len(release.results)} indicators passed the gate; {len(release.written)} files are new.",
        f"Report for the privacy officer: {release.report}",
    ]
    return 0, plain, lines


def _factsheet(asked: argparse.Namespace, tell: Progress) -> Answer:
    made = jobs.factsheet(_town(asked), year=asked.year, languages=(asked.language,), folder=asked.folder)
    page, paper = made[asked.language]
    if asked.open:
        webbrowser.open(page.resolve().as_uri())
    plain = {"html": str(page.resolve()), "pdf": str(paper.resolve())}
    return 0, plain, [f"Fact sheet  {page.resolve().as_uri()}", f"on paper    {paper.resolve().as_uri()}"]


def _example(asked: argparse.Namespace, tell: Progress) -> Answer:
    file = jobs.example(asked.name, asked.folder or Path(asked.name))
    lines = [
        f"{file}",
        f"Next: noaber take-in --municipality {file}",
        f"then: noaber publish --municipality {file}",
        f"then: noaber factsheet --municipality {file} --open",
    ]
    return 0, {"municipality": str(file)}, lines


def _fetch(asked: argparse.Namespace, tell: Progress) -> Answer:
    town = _town(asked)
    periods = tuple(period for period in asked.periods.split(",") if period)
    folder = asked.folder or town.folder / "deliveries" / "cbs"
    file = jobs.fetch(town, asked.table, periods=periods, others=asked.others, folder=folder, on=_today())
    return 0, {"file": str(file)}, [str(file), "Take it in with: noaber take-in"]


def _plan(asked: argparse.Namespace, tell: Progress) -> Answer:
    town = municipality.read(asked.municipality) if asked.municipality else None
    found, besides = jobs.check_plan(asked.path, town=town)
    lines = plans.write(found, asked.language)
    lines.append(f"{len(found)} things do not add up. Nothing was repaired." if found else "Everything adds up.")
    lines += ["", "Worth knowing:", *plans.write(besides, asked.language)] if besides else []
    plain = {
        "findings": plans.as_dicts(found, asked.language),
        "worth_knowing": plans.as_dicts(besides, asked.language),
    }
    return _CONTRADICTS if found else 0, plain, lines


def _pilots(asked: argparse.Namespace, tell: Progress) -> Answer:
    found = jobs.judge_pilots(asked.path)
    lines: list[str] = []
    plain: list[dict[str, Any]] = []
    for item in found:
        said, pilot = scenarios.sentence(item)(asked.language), item.pilot
        lines += [f"{pilot.name} [{pilot.code}]", f"  {said}", *([f"  {pilot.note}"] if pilot.note else []), ""]
        numbers = {name: value for name, value in vars(item).items() if name != "pilot"}
        plain.append({"code": pilot.code, "name": pilot.name, "said": said, **numbers})
    return 0, {"pilots": plain}, lines[:-1]


def _doctor(asked: argparse.Namespace, tell: Progress) -> Answer:
    found = jobs.doctor(_town(asked), make_key=asked.make_key, rotate_key=asked.rotate_key)
    marks = {"good": "ok   ", "note": "note ", "wrong": "WRONG"}
    lines = [f"{marks[item.verdict]} {item.subject:<11} {item.words} {item.now}".rstrip() for item in found]
    plain = {"checks": [{"subject": item.subject, "verdict": item.verdict, "words": item.words} for item in found]}
    return 2 if any(item.verdict == "wrong" for item in found) else 0, plain, lines


def _outset(asked: argparse.Namespace, town: Municipality) -> jobs.Outset:
    return jobs.Outset(
        plan=asked.plan or town.folder / "plans",
        until=asked.until,
        known_on=asked.known_on,
        limits=dict(asked.limit) if getattr(asked, "limit", None) else None,
        divide=not getattr(asked, "quick", False),
    )


def _compare(asked: argparse.Namespace, tell: Progress) -> Answer:
    town = _town(asked)
    done = jobs.compare(
        town,
        _outset(asked, town),
        asked.names,
        draws=asked.draws,
        workers=asked.workers,
        cluster=asked.cluster,
        municipalities=asked.municipalities,
        tell=tell,
    )
    plain: dict[str, Any] = {"headline": done.headline, "files": [str(path.resolve()) for path in done.files]}
    plain["results"] = {name: result.cells.to_dicts() for name, result in done.results.items()}
    known = {f"As known on {result.provenance.known_on}." for result in done.results.values()}
    return 0, plain, [done.headline, *known, "", *(path.resolve().as_uri() for path in done.files)]


def _attribute(asked: argparse.Namespace, tell: Progress) -> Answer:
    town = _town(asked)
    done = jobs.attribute(town, _outset(asked, town), asked.name, by=asked.by, workers=asked.workers, tell=tell)
    plain: dict[str, Any] = {"files": [str(path.resolve()) for path in done.files]}
    lines = [done.headline]
    for name, key in (("scenario_shares_by_package", "packages"), ("scenario_shares", "shares")):
        if (shares := done.results.get(name)) is None:
            continue
        plain[key] = shares.cells.to_dicts()
        with pl.Config(
            tbl_rows=-1,
            tbl_cols=-1,
            tbl_width_chars=200,
            fmt_str_lengths=80,
            tbl_hide_column_data_types=True,
            tbl_hide_dataframe_shape=True,
        ):
            lines += ["", shares.definition.nl, str(_divided(shares)), shares.protection.nl]
    return 0, plain, [*lines, "", *(path.resolve().as_uri() for path in done.files)]


_VERBS: Final = (
    _add_demo,
    _add_example,
    _add_take_in,
    _add_check,
    _add_fetch,
    _add_indicators,
    _add_forecast,
    _add_publish,
    _add_factsheet,
    _add_plan,
    _add_pilots,
    _add_compare,
    _add_attribute,
    _add_doctor,
)
"""The verbs in the order of the help page, which is that of the work."""


if __name__ == "__main__":
    raise SystemExit(main())
