"""Makes the reference pages from the code, so that they cannot say something else.

python3 docs/generate.py          writes them
python3 docs/generate.py --check  says which differ, and fails when one does
"""

import argparse
import ast
import dataclasses
import datetime
import decimal
import enum
import inspect
import itertools
import re
import sys
import textwrap
import typing
from pathlib import Path

import exchange_pages
import msgspec
import web_pages

from noaber import cli, indicators, messages, municipality, rules
from noaber.messages.rules import FAMILIES
from noaber.plans.documents import File
from noaber.records import DELIVERED, TABLES, NoaberError, Text
from noaber.web.site.configuration import Installation

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MADE = "\n\n<!-- Made by docs/generate.py; change the code, not this page. -->\n"

THEMES = {
    "avg": "AVG: personal data",
    "awb": "Awb: decisions, objections and penalties",
    "choice": "Choices",
    "contract": "Contracts and agreements",
    "estimates": "Estimates",
    "jeugdwet": "Jeugdwet",
    "participatiewet": "Participatiewet",
    "prices": "Prices",
    "retention": "Retention",
    "standard": "iWmo and iJw",
    "wgs": "Wgs: debt help",
    "wmo": "Wmo",
}
PLAIN = {str: "text", int: "whole number", bool: "`true` or `false`", Text: "text in `nl` and `en`"}
MESSAGES_INTRODUCTION = """\
The fourteen messages of iWmo and iJw 3.2 as the code names them, beside the name that the standard has. Names
in messages are those of the standard; the words here are ours."""
MESSAGE_RULES_INTRODUCTION = """\
What is checked of every message beyond its schema, with the code that the standard gives the rule, in the words
that the supplier gets. A refused line is not taken in; a remark is a matter between supplier and municipality,
and the line is taken in as stated. First come the rules about the whole message, then those about a line by
itself, then those against what was said before."""
TABLES_INTRODUCTION = """\
What suppliers fill (delivered) and what the snapshot makes of it (folded). Every delivered row also says which
delivery and line it came from, and on which day the supplier said it. What a column may hold is checked at the
door; a row that breaks it is refused, and stands on the receipt with the reason."""
RULES_INTRODUCTION = """\
What laws, contracts and tariffs say, what was chosen and what we estimate: one file per rule under
`src/noaber/rules`, one value per period. The first day of a value is the first on which Noaber uses it; for a
law that is 1 January 2015 at the earliest, when the laws of the social domain began."""
SETTINGS_INTRODUCTION = """\
One file says who a municipality is. It is read once; a key that nothing reads is an error, so that no setting
is silently ignored. Nothing in it is a secret."""
INSTALLATION_INTRODUCTION = """\
One file settles an installation of the web: one organisation in one role. `NOABER_INSTALLATION` names it. Secrets do
not stand in it; it names the files in which they are. A key that nothing reads is an error, and what is unwise is said
at the start, with an id and a hint."""
PLANS_INTRODUCTION = """\
What a plan consists of; [write a plan](../how-to/write-a-plan.md) shows how. A file holds any of these documents.
Amounts are written in the unit of the file, and a key that nothing reads is an error."""
ERRORS_INTRODUCTION = """\
Every error says what happened, where, and what to do now, and never names a person. Its code leads to a section
with more."""
COMMAND_LINE_INTRODUCTION = """\
`python3 run.py noaber VERB` runs a verb; where Noaber is installed as a package, `noaber VERB` does. Whatever
went wrong is said on standard error, and the [exit code](../how-to/exit-codes.md) says which kind it was."""
DECISIONS_INTRODUCTION = """\
What was decided, why, and why not otherwise. A record is named by what it decides; when a decision is taken
back, its record says by which other one."""
BENCHMARKS_INTRODUCTION = """\
Every claim about speed or memory has one command that measures it, beside what one would otherwise use, on the
machine that the page describes."""


def main(arguments):
    """Write every page, or compare them when asked to check; return the exit code."""
    made = {HERE / name: text.strip() + (MADE if name.endswith(".md") else "\n") for name, text in pages().items()}
    made[ROOT / "CHANGELOG.md"] = changelog().strip() + MADE
    stale = [path for path, text in made.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.relative_to(ROOT)} is not what the code says; run: python3 docs/generate.py")
        return 1 if stale else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


def pages():
    """Every generated page by its place below docs."""
    return {
        **({"reference/cli.md": command_line(cli._parser())} if hasattr(cli, "_parser") else {}),
        "reference/tables.md": tables(),
        "reference/indicators.md": indicators.reference("en"),
        "reference/indicatoren.md": indicators.reference("nl"),
        "reference/rules.md": all_rules(),
        "reference/municipality.md": settings(),
        "reference/plans.md": documents(),
        "reference/installation.md": installation(),
        "reference/processing-register.md": web_pages.processing_register(table),
        "reference/roles.md": web_pages.roles(table),
        **exchange_pages.pages(table),
        "reference/messages.md": elements(),
        "reference/message-rules.md": message_rules(),
        "reference/errors.md": errors(),
        "reference/glossary.md": (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"),
        "explanation/architecture.md": (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8"),
        "decisions/index.md": decisions(),
        "reference/benchmarks/index.md": benchmarks(),
    }


def table(head, rows):
    """A Markdown table; a pipe in a cell is written so that it does not end the cell."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


def tables():
    """What every table holds: column, type, unit, constraint and privacy class."""
    parts = [
        "# Tables\n",
        f"{TABLES_INTRODUCTION}\n",
    ]
    for item in sorted(TABLES.values(), key=lambda item: item.name):
        parts.append(f"## {item.name}\n\n{item.description}. {'Delivered' if item.name in DELIVERED else 'Folded'}.\n")
        rows = [
            (f"`{column.name}`", column.description, column.type, column.unit, constraint(column), column.privacy)
            for column in item.columns
        ]
        parts.append(table(("column", "meaning", "type", "unit", "may hold", "privacy"), rows))
        parts.append("Key: " + ", ".join(f"`{name}`" for name in item.key) + ".\n")
    return "\n".join(parts)


def constraint(column):
    """In words, what a column may hold."""
    words = [] if column.required else ["may be empty"]
    if column.choices:
        words.append("one of " + ", ".join(f"`{choice}`" for choice in column.choices))
    if column.pattern:
        words.append(f"of the form `{column.pattern}`")
    if column.minimum is not None:
        words.append(f"at least {column.minimum:g}")
    if column.maximum is not None:
        words.append(f"at most {column.maximum:g}")
    return "; ".join(words)


def all_rules():
    """Every rule with its values, the days they hold, their source and how sure that is."""
    found = rules.all_rules().values()
    parts = [
        "# Rules\n",
        f"{RULES_INTRODUCTION}\n",
        "How sure a value is:\n",
        *(f"- **{name}**: {words.en}" for name, words in rules.SURE_NAMES.items()),
        "\nA law that is not *high* must be read back before a decision about a resident leans on it.\n",
    ]
    for theme in sorted({rule.theme for rule in found}):
        parts.append(f"## {THEMES[theme]}\n")
        rows = [row for rule in found if rule.theme == theme for row in rule_rows(rule)]
        parts.append(table(("rule", "value", "holds", "source, and how sure when not high"), rows))
    return "\n".join(parts)


def rule_rows(rule):
    """One row per value of a rule; its name and meaning stand at the first."""
    for place, item in enumerate((*rule.values, *rule.planned)):
        until = f" to {item.until}" if item.until else ""
        holds = f"**planned** from {item.from_}" if item.planned else f"from {item.from_}{until}"
        stated = item.stated("en")
        source = f"{rules.KIND_NAMES[item.kind].en.capitalize()}: {item.source}"
        if item.low is not None:
            low, high = (dataclasses.replace(item, value=end).stated("en") for end in (item.low, item.high))
            stated += f" ({low} to {high})"
            source += f", because {item.because}"
        if item.chosen_by:
            source += f"; chosen by {item.chosen_by}"
        if item.sure is not rules.Sure.HIGH:
            source += f" (**{item.sure}**)"
        name = "" if place else f"`{rule.name}`<br>{rule.description.en}<br>*{rule.description.nl}*"
        yield name, stated, holds, source


def settings():
    """Every key of municipality.toml, from the types that read it."""
    return keys("municipality.toml", SETTINGS_INTRODUCTION, municipality.Municipality, filled={"folder"})


def installation():
    """Every key of installation.toml, from the types that read it."""
    return keys("installation.toml", INSTALLATION_INTRODUCTION, Installation, filled={"folder"})


def documents():
    """Every key of the documents of a plan, from the types that read them."""
    return keys("Plans", PLANS_INTRODUCTION, File, filled={"place"})


def keys(title, introduction, kind, *, filled):
    """A section for a kind of table and for every kind within it; who writes a file leaves the filled keys out."""
    kinds = [kind]
    for item in kinds:
        written = [field.type for field in msgspec.structs.fields(item) if field.name not in filled]
        inner = [part for hint in written for part in parts_of(hint) if inspect.isclass(part)]
        kinds += [part for part in dict.fromkeys(inner) if issubclass(part, msgspec.Struct) and part not in kinds]
    parts = [f"# {title}\n", f"{introduction}\n"]
    for item in kinds:
        parts.append(f"## {item.__name__}\n\n{inspect.cleandoc(item.__doc__)}\n")
        told = {name: text for level in reversed(item.__mro__) for name, text in attribute_docs(level).items()}
        rows = [
            (f"`{field.encode_name}`", spelled(field.type), default(field), told.get(field.name, ""))
            for field in msgspec.structs.fields(item)
            if field.name not in filled
        ]
        parts.append(table(("key", "type", "when left out", "meaning"), rows))
    return "\n".join(parts)


def parts_of(hint):
    """A type and the types it is made of."""
    return [hint, *(part for inner in typing.get_args(hint) for part in parts_of(inner))]


def attribute_docs(kind):
    """The sentence below each attribute of a class."""
    if not kind.__module__.startswith("noaber."):
        return {}
    body = ast.parse(textwrap.dedent(inspect.getsource(kind))).body[0].body
    pairs = itertools.pairwise(body)
    return {
        first.target.id: " ".join(second.value.value.split())
        for first, second in pairs
        if isinstance(first, ast.AnnAssign) and isinstance(second, ast.Expr)
    }


def spelled(kind):
    """A type as one says it of TOML; a part of the file links to its own section."""
    arguments = typing.get_args(kind)
    if typing.get_origin(kind) is typing.Annotated:
        return "amount" if any((item.extra or {}).get("money") for item in kind.__metadata__) else spelled(arguments[0])
    if typing.get_origin(kind) is dict:
        return f"{spelled(arguments[1])} per year"
    if typing.get_origin(kind) is typing.Literal:
        return "one of " + ", ".join(f"`{item}`" for item in arguments)
    if typing.get_origin(kind) is tuple:
        return f"list of {spelled(arguments[0])}" if Ellipsis in arguments else f"{len(arguments)} whole numbers"
    if arguments:
        return spelled(next(item for item in arguments if item is not type(None)))
    if issubclass(kind, enum.StrEnum):
        return "one of " + ", ".join(f"`{item}`" for item in kind)
    if issubclass(kind, msgspec.Struct):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    words = {str: "text", int: "whole number", float: "number", decimal.Decimal: "number", datetime.date: "date"}
    words |= {bool: "`true` or `false`", Text: "text in `nl` and `en`"}
    return words.get(kind, kind.__name__)


def default(field):
    """What holds when a key is left out."""
    if field.required:
        return "**required**"
    if field.default_factory is dict:
        return "empty"
    if field.default is msgspec.NODEFAULT or isinstance(field.default, msgspec.Struct):
        return "its own defaults"
    if isinstance(field.default, bool):
        return f"`{str(field.default).lower()}`"
    if isinstance(field.default, tuple) and field.default:
        return ", ".join(f"`{item}`" for item in field.default)
    return "empty" if field.default in {"", None, ()} else f"`{field.default}`"


def elements():
    """Every message with its elements, then every part that messages share."""
    kinds = list(messages.KINDS.values())
    parts = ["# Messages\n", f"{MESSAGES_INTRODUCTION}\n"]
    for kind in kinds:
        rows = []
        for field in msgspec.structs.fields(kind):
            if field.name in {"standard", "remarks", "line"}:
                continue
            plain, many = element_type(field.type)
            if inspect.isclass(plain) and issubclass(plain, msgspec.Struct):
                kinds += [plain] if plain not in kinds else []
                holds = f"[{plain.__name__}](#{plain.__name__.lower()})"
            else:
                holds = f"{plain}"
            need = "yes" if field.required else ""
            rows.append((f"`{field.encode_name}`", f"`{field.name}`", f"list of {holds}" if many else holds, need))
        parts.append(f"## {kind.__name__}\n\n{inspect.cleandoc(kind.__doc__ or '').splitlines()[0]}\n")
        parts.append(table(("element", "name here", "holds", "mandatory"), rows))
    return "\n".join(parts)


def element_type(kind):
    """What an element holds, as the part or the data type of the standard, and whether it is a list."""
    if hasattr(kind, "__metadata__"):
        named = [item for item in kind.__metadata__ if hasattr(item, "name")]
        return (named[0].name, False) if named else element_type(kind.__origin__)
    arguments = [item for item in typing.get_args(kind) if item not in {type(None), Ellipsis}]
    if arguments and typing.get_origin(kind) is not typing.Literal:
        return element_type(arguments[0])[0], typing.get_origin(kind) is tuple
    return kind, False


def message_rules():
    """Every rule per kind of line: code, reason, what follows and the return code."""
    parts = ["# Rules of iWmo and iJw\n", f"{MESSAGE_RULES_INTRODUCTION}\n"]
    for family in FAMILIES.values():
        rows = [
            (f"`{rule.code}`", rule.reason, rule.effect, rule.return_code and f"`{rule.return_code}`")
            for rule in (*family.message, *family.alone, *family.against)
        ]
        parts.append(f"## {family.title}\n")
        parts.append(table(("rule", "reason", "what follows", "return code"), rows))
    return "\n".join(parts)


def command_line(parser):
    """Every verb with what it takes and examples; written from the parser, for its own help differs per Python."""
    verbs = next(item for item in parser._actions if isinstance(item, argparse._SubParsersAction))
    parts = ["# Command line\n", f"{COMMAND_LINE_INTRODUCTION}\n"]
    for name, verb in verbs.choices.items():
        taken = [item for item in verb._actions if not isinstance(item, argparse._HelpAction)]
        rows = [(f"`{written(item)}`", item.help or "") for item in taken]
        examples = re.sub(r"^examples:\n", "", verb.epilog or "")
        parts.append(f"## noaber {name}\n\n{verb.description[0].upper()}{verb.description[1:]}.\n")
        parts.append(table(("argument", "meaning"), rows))
        parts.append(f"```sh\n{textwrap.dedent(examples).strip()}\n```\n")
    return "\n".join(parts)


def written(item):
    """An argument as one writes it: `--every {month,quarter,year}`."""
    value = item.metavar or (f"{{{','.join(item.choices)}}}" if item.choices else item.dest.upper())
    return " ".join(part for part in (*item.option_strings[-1:], "" if item.nargs == 0 else value) if part)


def errors():
    """Every error with its code, what it means, its exit code and where to read on."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted((HERE / "how-to" / "errors").glob("*.md"))}
    known = {item.code: item for item in below(NoaberError) if "code" in vars(item)}
    rows = []
    for path, text in pages.items():
        for code, name in re.findall(r"^## (N-\d{3}) (\w+)$", text, re.MULTILINE):
            item = known.get(code)
            meaning = inspect.getdoc(item).splitlines()[0] if item else ""
            link = f"[{code}](../how-to/errors/{path.name}#{code.lower()}-{name.lower()})"
            rows.append((link, f"`{name}`", meaning, item.exit_code if item else ""))
    return f"# Errors\n\n{ERRORS_INTRODUCTION}\n\n" + table(("code", "name", "meaning", "exit code"), sorted(rows))


def below(kind):
    """Every class below a class, after everything that can define one was imported."""
    for path in sorted((ROOT / "src" / "noaber").rglob("*.py")):
        place = path.relative_to(ROOT / "src").with_suffix("")
        if "web" not in place.parts or "(NoaberError)" in path.read_text(encoding="utf-8"):
            __import__(".".join(place.parts).removesuffix(".__init__"))
    direct = kind.__subclasses__()
    return direct + [item for inner in direct for item in below(inner)]


def decisions():
    """The decision records by title."""
    return f"# Decisions\n\n{DECISIONS_INTRODUCTION}\n\n{titles(HERE / 'decisions')}"


def benchmarks():
    """The pages with measurements."""
    return f"# Measurements\n\n{BENCHMARKS_INTRODUCTION}\n\n{titles(HERE / 'reference' / 'benchmarks')}"


def titles(folder):
    """A list of the pages in a folder, by their titles."""
    pages = [path for path in sorted(folder.glob("*.md")) if path.name != "index.md"]
    return "\n".join(
        f"- [{path.read_text(encoding='utf-8').splitlines()[0].removeprefix('# ')}]({path.name})" for path in pages
    )


def changelog():
    """The fragments of each version, newest first: Dutch for users, English for developers."""
    folder = ROOT / "changelog.d"
    versions = sorted((path for path in folder.iterdir() if path.is_dir()), key=version, reverse=True)
    parts = ["# Changelog\n\nWat er verandert voor wie ermee werkt (Nederlands), en voor wie eraan bouwt (English).\n"]
    for path in versions:
        parts.append(f"## {'Komend · Next' if path.name == 'next' else path.name}\n")
        for words, ending in (("Voor gebruikers", "nl"), ("For developers", "en")):
            lines = [part.read_text(encoding="utf-8").strip() for part in sorted(path.glob(f"*.{ending}.md"))]
            parts.append(f"### {words}\n\n" + "\n".join(f"- {line}" for line in lines) + "\n")
    return "\n".join(parts)


def version(path):
    """The key that puts versions in order; what comes next is the newest."""
    return (1, ()) if path.name == "next" else (0, tuple(int(part) for part in path.name.split(".")))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
