"""The menu of the site: every page by its kind, so that a new page needs no line anywhere else.

MkDocs runs `on_config`; the census asks `menu` whether a page was forgotten.
"""

from pathlib import Path

KINDS = {
    "tutorial": "Tutorial",
    "how-to": "How to",
    "explanation": "Explanation",
    "reference": "Reference",
    "decisions": "Decisions",
}


def menu(docs):
    """Return the menu over the pages below `docs`: the front page, then each kind with its pages and folders."""
    return [
        "index.md",
        *({words: _pages(docs / kind, docs)} for kind, words in KINDS.items() if (docs / kind).is_dir()),
    ]


def _pages(folder, docs):
    found = sorted(folder.glob("*.md"), key=lambda path: (path.stem != "index", path.stem))
    folders = sorted(path for path in folder.iterdir() if path.is_dir() and any(path.rglob("*.md")))
    pages = [path.relative_to(docs).as_posix() for path in found]
    return pages + [{path.name.replace("-", " ").capitalize(): _pages(path, docs)} for path in folders]


def on_config(config):
    """Give MkDocs the menu."""
    config.nav = menu(Path(config.docs_dir))
    return config
