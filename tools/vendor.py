"""Copies the parts of NL Design System that Noaber shows into the package, with their licences and hashes.

    python3 tools/vendor.py          fetch with npm and renew src/noaber/web/site/static/vendor

Only maintainers run this, and only they need Node. Of the components only those in `COMPONENTS` are taken, and of the
example theme only the tokens that those components lead to: together a tenth of the whole.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
MODULES = TOOLS / "node_modules"
VENDOR = TOOLS.parent / "src" / "noaber" / "web" / "site" / "static" / "vendor"
THEME = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONT = "@fontsource/noto-sans"
COMPONENTS = """
    accordion alert badge-list blockquote body breadcrumb-nav button button-group button-link checkbox column-layout
    data-badge data-list document emphasis figure form form-field form-field-description form-field-error-message
    form-fieldset form-label heading-1 heading-2 heading-3 heading-4 link link-list mark nav-bar nav-list number-badge
    number-data ordered-list page page-body page-content page-footer page-header page-layout pagination paragraph
    pre-heading radio-button root search-bar select separator skip-link spotlight-section status-badge surface table
    textarea textbox unordered-list
""".split()  # noqa: SIM905 (sixty names read better in a block)
OWN_TOKENS = re.compile(r"var\((--[a-z0-9-]+)")
DECLARED = re.compile(r"^\s*(--[a-z0-9-]+):\s*([^;]+);", re.MULTILINE)


def main() -> None:
    """Renew the vendored files."""
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=TOOLS, check=True)
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    components = [(MODULES / f"@utrecht/{name}-css/dist/index.min.css").read_text("utf-8") for name in COMPONENTS]
    css = "\n".join(components)
    (VENDOR / "components.css").write_text(css, "utf-8")
    (VENDOR / "tokens.css").write_text(_tokens(css), "utf-8")
    for weight in (400, 700):
        name = f"noto-sans-latin-{weight}-normal.woff2"
        shutil.copy(MODULES / FONT / "files" / name, VENDOR / name)
    _licences()
    _hashes()


def _tokens(css: str) -> str:
    """Return the tokens of the example theme that the components use, directly or through other tokens."""
    declared = dict(DECLARED.findall((MODULES / THEME / "dist" / "theme.css").read_text("utf-8")))
    wanted, found = set(OWN_TOKENS.findall(css)), set()
    while wanted:
        name = wanted.pop()
        if name in declared and name not in found:
            found.add(name)
            wanted |= set(OWN_TOKENS.findall(declared[name]))
    families = {name for name in declared if name.startswith(("--voorbeeld-kleuren-", "--basis-"))}
    lines = [f"  {name}: {declared[name]};" for name in declared if name in found | families]
    return ".noaber-theme {\n" + "\n".join(lines) + "\n}\n"


def _licences() -> None:
    """Write what was taken, in which version and under which licence."""
    names = [THEME, FONT, *(f"@utrecht/{name}-css" for name in COMPONENTS)]
    lines = ["What lies in this folder was made by others; tools/vendor.py copied it here.", ""]
    for name in names:
        package = (MODULES / name / "package.json").read_text("utf-8")
        version, licence = (re.search(rf'"{key}":\s*"([^"]+)"', package) for key in ("version", "license"))
        lines.append(f"{name} {version[1] if version else '?'}: {licence[1] if licence else '?'}")
    (VENDOR / "LICENCES.txt").write_text("\n".join(lines) + "\n", "utf-8")
    for name, target in ((FONT, "LICENCE-noto-sans.txt"), (THEME, "LICENCE-nl-design-system.md")):
        source = next(path for path in (MODULES / name).iterdir() if path.name.lower().startswith("licen"))
        shutil.copy(source, VENDOR / target)


def _hashes() -> None:
    """Write the SHA-256 of every file, so that a change by hand is seen."""
    files = sorted(path for path in VENDOR.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in files]
    (VENDOR / "SHA256SUMS").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
