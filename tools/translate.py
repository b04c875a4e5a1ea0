"""Gathers the texts of every room of the web and compiles their English, without gettext's own programs.

python3 tools/translate.py [room …]    adds new texts to django.po, takes out old ones, and writes django.mo
"""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog, extract, mofile, pofile
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parents[1] / "src" / "noaber" / "web"
WORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2)}


THE_DAY = datetime(2026, 11, 24, tzinfo=UTC)
IDLE = tuple(f'"{name}' for name in ("Project-Id", "Report-M", "Last-T", "Language-Team", "Generated", "POT-", "PO-R"))
"""Lines of a header that say nothing."""


def rooms():
    """Every room that has templates or code."""
    return sorted(path.parent.name for path in WEB.glob("*/__init__.py"))


def texts(room):
    """Every text of a room that readers meet, in Dutch; a pair where it differs for one and for more."""
    found = {}
    for path in sorted((WEB / room).rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        code = source if path.suffix == ".py" else templatize(source)
        for _, message, *_ in extract.extract("python", io.BytesIO(code.encode()), keywords=WORDS):
            key = message if isinstance(message, str) else tuple(message)
            found[key if isinstance(key, str) else key[0]] = key
    return found


def file(room, end):
    """Where the English of a room stands."""
    return WEB / room / "locale" / "en" / "LC_MESSAGES" / f"django.{end}"


def catalogue(room):
    """The English texts of a room, as they stand in its file."""
    if not file(room, "po").exists():
        return Catalog(locale="en")
    return pofile.read_po(io.BytesIO(file(room, "po").read_bytes()), locale="en")


def compiled(known):
    """A catalogue as Django reads it; the same texts give the same bytes, whenever they are compiled."""
    known.creation_date = known.revision_date = THE_DAY
    target = io.BytesIO()
    mofile.write_mo(target, known)
    return target.getvalue()


def main(wanted):
    """Write the files of every room, and say what has no English yet."""
    missing = 0
    for room in wanted or rooms():
        found, before = texts(room), catalogue(room)
        if not found:
            continue
        known = Catalog(locale="en", fuzzy=False, header_comment="# The English of this room; the key is the Dutch.")
        for first, key in sorted(found.items()):
            old = before.get(first)
            message = known.add(key, string=old.string if old else "")
            if "python-format" in message.flags and "%" not in first:
                message.flags.discard("python-format")
            missing += not (all(message.string) if isinstance(message.string, (tuple, list)) else message.string)
        file(room, "po").parent.mkdir(parents=True, exist_ok=True)
        target = io.BytesIO()
        pofile.write_po(target, known, width=0, omit_header=False, no_location=True)
        lines = [line for line in target.getvalue().decode().splitlines() if not line.startswith(IDLE)]
        file(room, "po").write_text("\n".join(lines) + "\n", encoding="utf-8")
        file(room, "mo").write_bytes(compiled(catalogue(room)))
    print(f"{missing} texts have no English yet" if missing else "every text has its English")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
