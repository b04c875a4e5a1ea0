"""What a stranger looks for is there, and says the same everywhere."""

import re
import tomllib

import pytest
import yaml
from house import ROOT

import noaber

EXPECTED = ("README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE")


@pytest.mark.parametrize("name", EXPECTED)
def test_what_a_stranger_looks_for_is_there(name):
    assert (ROOT / name).stat().st_size > 200


def test_publiccode_says_what_the_project_says():
    public = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert public["softwareVersion"] == noaber.__version__
    assert public["legal"]["license"] == project["license"]
    assert set(public["description"]) == {"nl", "en"}


def test_the_architecture_names_every_room():
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][
        0
    ]
    rooms = {name for line in layers["layers"] for name in re.findall(r"\w+", line)}
    assert not [name for name in rooms if f"`{name}`" not in told]


def test_a_promise_names_guards_that_exist():
    text = (ROOT / "docs" / "explanation" / "promises.md").read_text(encoding="utf-8")
    promises = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert len(promises) == 5
    for promise in promises:
        guards = re.findall(r"`((?:tests|src)/[\w/.-]+)`", promise)
        assert guards, promise.splitlines()[0]
        assert not [name for name in guards if not (ROOT / name).exists()]


def test_every_fragment_of_the_changelog_speaks_to_users_and_to_developers():
    names = {path.name for path in (ROOT / "changelog.d").rglob("*.md")}
    assert names
    assert {re.sub(r"\.nl\.md$", ".en.md", name) for name in names if name.endswith(".nl.md")} == {
        name for name in names if name.endswith(".en.md")
    }


def test_every_key_of_a_municipality_has_a_meaning():
    page = (ROOT / "docs" / "reference" / "municipality.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page, re.MULTILINE)
    assert len(rows) > 30
    assert not [key for key, meaning in rows if not meaning]
