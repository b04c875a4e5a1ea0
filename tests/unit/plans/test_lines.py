"""The finder of lines, held to texts whose lines are known because they were made so."""

import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from noaber.plans.lines import Path, line_of, locate

VALUES = (
    "1",
    '"# [no] = heading"',
    "[\n  1,\n  2, # ]\n]",
    '"""\n[[a]]\nb = 1\n"""',
    "{ x = 1 }",
    "'''[b]'''",
    "2020-01-01",
)
keys = st.lists(st.sampled_from(["k", "l", '"m n"', "o"]), unique=True, max_size=3)


def test_a_small_plan() -> None:
    text = """\
unit = "keur"
[[measures]]
code = "M" # a comment
text = '''
[[measures]]
'''
[[measures.effects]]
lever = "inflow"
[measures.effects.waterbed]
delay = 3
[[measures]]
a.b = 1
lines = [
  { code = "x" },

  { code = "y" },
]
"""
    assert locate(text) == {
        (): 1,
        ("unit",): 1,
        ("measures", 0): 2,
        ("measures", 0, "code"): 3,
        ("measures", 0, "text"): 4,
        ("measures", 0, "effects", 0): 7,
        ("measures", 0, "effects", 0, "lever"): 8,
        ("measures", 0, "effects", 0, "waterbed"): 9,
        ("measures", 0, "effects", 0, "waterbed", "delay"): 10,
        ("measures", 1): 11,
        ("measures", 1, "a", "b"): 12,
        ("measures", 1, "lines"): 13,
        ("measures", 1, "lines", 0): 14,
        ("measures", 1, "lines", 1): 16,
    }


def test_what_was_not_found_stands_where_its_heading_stands() -> None:
    lines = locate("[[a]]\nb = { c = 1 }\n")
    assert [line_of(lines, path) for path in ((), ("a", 0, "b", "c"), ("a", 0, "z"), ("q",))] == [1, 2, 1, 1]


@given(st.lists(st.tuples(st.sampled_from(["a", "b"]), keys, st.sampled_from(VALUES)), max_size=6))
def test_every_key_is_found_on_the_line_that_was_written(tables: list[tuple[str, list[str], str]]) -> None:
    text, expected, count = "", dict[Path, int](), {"a": 0, "b": 0}
    for table, names, value in tables:
        expected[table, count[table]] = text.count("\n") + 1
        text += f"[[{table}]]\n"
        for name in names:
            expected[table, count[table], name.strip('"')] = text.count("\n") + 1
            text += f"{name} = {value}\n"
        count[table] += 1
    found = locate(text)
    assert {path: line for path, line in found.items() if path} == expected
    assert all(value_at(tomllib.loads(text), path) is not None for path in found)


def value_at(plain: Any, path: Path) -> Any:
    """What a path leads to."""
    for step in path:
        plain = plain[step]
    return plain
