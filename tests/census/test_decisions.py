"""Every decision record says why, and why not otherwise."""

import re

import pytest
from house import DOCS

RECORDS = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.name != "index.md")
PARTS = ["Context", "Decision", "Why not otherwise", "Weight"]


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: path.stem)
def test_a_decision_has_its_four_parts(path):
    text = path.read_text(encoding="utf-8")
    assert [part for part in re.findall(r"^## (.+)$", text, re.MULTILINE) if part in PARTS] == PARTS
    assert re.fullmatch(r"[a-z0-9-]+", path.stem), "named by what was decided, not by a number"


def test_the_index_has_every_decision():
    index = (DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    assert not [path.name for path in RECORDS if f"({path.name})" not in index]
