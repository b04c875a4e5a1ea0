"""Makes the reference pages of the web from its code: the processing register and the roles.

Importing it sets Django up, for an installation that exists only to be read about.
"""

import os
import tempfile
from datetime import date
from pathlib import Path

import django

if "NOABER_INSTALLATION" not in os.environ:
    _FILE = Path(tempfile.mkdtemp(prefix="noaber-docs-")) / "installation.toml"
    _FILE.write_text('role = "municipality"\nname = "X"\ncode = "GM9901"\n', encoding="utf-8")
    os.environ["NOABER_INSTALLATION"] = str(_FILE)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.web.site.settings")
django.setup()

from noaber.web.access.permissions import MEANINGS, Permission  # noqa: E402
from noaber.web.access.roles import ROLES  # noqa: E402
from noaber.web.privacy.declaration import declarations  # noqa: E402
from noaber.web.privacy.register import register  # noqa: E402

ON = date(2026, 1, 1)
"""The day on which retention terms are read."""
REGISTER_INTRODUCTION = """\
What an installation keeps, for what, on which basis and how long: the processing register that AVG art. 30 asks
for, made from what every model declares of its fields. The privacy officer reads the same list in the installation
itself. Purposes are in Dutch, the language of the register; below it stands what each field is for."""
ROLES_INTRODUCTION = """\
What each role may do, for which purpose and on which basis. The list is made from the code; what is not here, nobody
may do. Whoever changes it, changes `access/roles.py`, and a second person reads that change."""


def processing_register(table):
    """The register, and below it every model with its fields."""
    rows = [
        (
            row.purpose,
            row.basis,
            ", ".join(row.kinds("en")),
            row.term("en") + (f" ({row.keep.source})" if row.keep else ""),
            " ".join(f"`{model.label}`" for model in row.models),
        )
        for row in register(ON)
    ]
    parts = [f"# Processing register\n\n{REGISTER_INTRODUCTION}\n"]
    parts.append(table(("purpose", "basis", "kinds of data", "kept", "tables"), rows))
    for item in declarations():
        if set(item.kinds()) == {"plain"}:
            continue
        about = f"About `{'`, `'.join(item.subjects)}`. " if item.subjects else "About nobody. "
        ended = f"Counted from `{item.counted_from}`." if item.counted_from else "Kept as long as it is used."
        fields = [(f"`{name}`", field.kind, field.why) for name, field in item.fields.items()]
        parts.append(f"## {item.label}\n\n{about}{ended}\n\n" + table(("field", "class", "what for"), fields))
    return "\n".join(parts)


def roles(table):
    """The roles with their permissions, purposes and bases."""
    parts = [f"# Roles\n\n{ROLES_INTRODUCTION}\n"]
    for role in ROLES.values():
        rows = [
            (MEANINGS[item].words.en, MEANINGS[item].purpose.en, MEANINGS[item].basis, f"`{item}`")
            for item in Permission
            if item in role.permissions
        ]
        parts.append(
            f"## {role.name.en} (*{role.name.nl}*)\n\n{role.description.en} For people of: {', '.join(role.kinds)}.\n\n"
            + table(("may", "purpose", "basis", "permission"), rows)
        )
    return "\n".join(parts)
