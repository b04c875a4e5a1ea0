"""Every error a person can meet has a code of its own, an exit code, and a page that says what to do now."""

import importlib
import re

from house import DOCS, SRC, modules

from noaber.records import NoaberError

RANGES = {
    "records": (101, 149),
    "municipality": (101, 149),
    "rules": (150, 199),
    "messages": (200, 299),
    "sources": (200, 299),
    "connections": (250, 299),
    "pseudonym": (300, 399),
    "snapshot": (400, 499),
    "results": (500, 549),
    "indicators": (500, 549),
    "disclosure": (550, 599),
    "figures": (600, 699),
    "plans": (700, 799),
    "scenarios": (700, 799),
    "forecasts": (700, 799),
    "flows": (700, 799),
    "demo": (800, 899),
    "examples": (800, 899),
    "cli": (900, 949),
    "jobs": (900, 949),
    "web": (950, 999),
}


def _has_errors(path):
    return "migrations" not in path.parts and "NoaberError" in path.read_text(encoding="utf-8")


def errors():
    """Every class below NoaberError that the package defines."""
    web = [path.relative_to(SRC).as_posix() for path in (SRC / "web").rglob("*.py") if _has_errors(path)]
    for name in [*(name for name, _ in modules()), *web]:
        importlib.import_module("noaber." + name.removesuffix(".py").removesuffix("/__init__").replace("/", "."))
    for path in SRC.glob("web/*/*.py"):
        if "(NoaberError)" in path.read_text(encoding="utf-8"):
            importlib.import_module(f"noaber.web.{path.parent.name}.{path.stem}")
    found, todo = [], [NoaberError]
    while todo:
        below = [item for item in todo.pop().__subclasses__() if item.__module__.startswith("noaber.")]
        found += below
        todo += below
    return sorted(set(found), key=lambda item: item.code)


def sections():
    """Every section of the error pages as (code, class name, its text)."""
    pages = "\n".join(path.read_text(encoding="utf-8") for path in sorted((DOCS / "how-to" / "errors").glob("*.md")))
    return re.findall(r"^## (N-\d{3}) (\w+)\n(.*?)(?=^#|\Z)", pages, re.MULTILINE | re.DOTALL)


def test_codes_are_unique():
    codes = [item.code for item in errors()]
    assert len(codes) == len(set(codes)), sorted(code for code in codes if codes.count(code) > 1)


def test_codes_lie_in_the_range_of_their_room():
    for item in errors():
        low, high = RANGES[item.__module__.split(".")[1]]
        assert re.fullmatch(r"N-\d{3}", item.code)
        assert low <= int(item.code[2:]) <= high, f"{item.__name__} has {item.code}"


def test_every_error_declares_its_own_code():
    assert not [item.__name__ for item in errors() if "code" not in vars(item)]


def test_every_error_has_a_section_and_every_section_an_error():
    assert {(code, name) for code, name, _ in sections()} == {(item.code, item.__name__) for item in errors()}


def test_every_section_says_more_than_a_line():
    assert not [code for code, _, text in sections() if len(text.split()) < 20]


def test_every_exit_code_is_one_that_the_manual_explains():
    manual = (DOCS / "how-to" / "exit-codes.md").read_text(encoding="utf-8")
    explained = {int(number) for number in re.findall(r"^\| (\d+) \|", manual, re.MULTILINE)}
    assert {item.exit_code for item in errors()} <= explained
    assert 0 in explained


def test_the_command_line_explains_the_same_exit_codes():
    manual = (DOCS / "how-to" / "exit-codes.md").read_text(encoding="utf-8")
    told = re.findall(r"^  (\d)  ", (SRC / "cli.py").read_text(encoding="utf-8"), re.MULTILINE)
    assert not told or set(told) == set(re.findall(r"^\| (\d+) \|", manual, re.MULTILINE))


def test_names_end_in_error():
    assert not [item.__name__ for item in errors() if not item.__name__.endswith("Error")]
