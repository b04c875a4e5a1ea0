"""Every page is in the menu, has one title, and the commands in it are commands that exist."""

import ast
import re
import runpy

import pytest
from house import DOCS, ROOT

PAGES = sorted(DOCS.rglob("*.md"))
NAV = runpy.run_path(str(DOCS / "menu.py"))["menu"]
RUN = re.compile(r"^<!-- run -->\n```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
READ = [*PAGES, *ROOT.glob("*.md")]


def leaves(item):
    """Every page in a menu."""
    if isinstance(item, str):
        return [item]
    return [leaf for inner in (item.values() if isinstance(item, dict) else item) for leaf in leaves(inner)]


def test_every_page_is_in_the_menu_once():
    assert sorted(leaves(NAV(DOCS))) == sorted(path.relative_to(DOCS).as_posix() for path in PAGES)


def test_pages_stand_in_the_four_kinds_or_the_decisions():
    kinds = {"tutorial", "how-to", "explanation", "reference", "decisions"}
    assert {path.relative_to(DOCS).parts[0] for path in PAGES if path.parent != DOCS} == kinds
    assert [path.name for path in PAGES if path.parent == DOCS] == ["index.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_a_page_begins_with_its_title(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert text.startswith("# ")
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1


def commands():
    """Every command line in a block that is marked to run, as (page, line)."""
    for page in READ:
        for language, block in RUN.findall(page.read_text(encoding="utf-8")):
            if language in {"sh", "console"}:
                yield from ((page.name, line.removeprefix("$ ")) for line in block.splitlines() if line.strip())


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_a_command_in_a_page_exists(page, line):
    words = line.partition("#")[0].split()
    if "noaber" in words:
        verb = words[words.index("noaber") + 1]
        assert f"## noaber {verb}\n" in (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
        return
    assert words[:2] == ["python3", "run.py"]
    told = re.findall(r"^    python3 run\.py (\w+)", (ROOT / "run.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert words[2] in told


def examples():
    """Every Python block that is marked to run, as (page, block)."""
    for page in READ:
        found = RUN.findall(page.read_text(encoding="utf-8"))
        yield from ((page.name, block) for language, block in found if language == "python")


@pytest.mark.parametrize(("page", "block"), list(examples()), ids=lambda value: value if value.endswith(".md") else "")
def test_an_example_in_a_page_gives_what_it_says(page, block):
    space, checked = {}, 0
    for node in ast.parse(block).body:
        says = re.search(r"  # (.+)$", block.splitlines()[node.end_lineno - 1])
        if isinstance(node, ast.Expr) and says:
            assert str(eval(ast.unparse(node), space)) == says[1]
            checked += 1
        else:
            exec(ast.unparse(node), space)
    assert checked


@pytest.mark.parametrize("page", READ, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_picture_exists_and_is_told_in_words(page):
    for words, target in re.findall(r"!\[(.*?)\]\((.+?)\)", page.read_text(encoding="utf-8")):
        assert len(words.split()) > 4
        assert (page.parent / target).is_file(), f"{target} is not there"


def test_readme_tells_the_two_commands():
    told = [line for page, line in commands() if page == "README.md"]
    assert [line.split()[2] for line in told][:2] == ["demo", "test"]
