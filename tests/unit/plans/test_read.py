"""What cannot be read is an error with the line that must be mended; never a traceback, never a silent zero."""

import re
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noaber import examples, plans
from noaber.flows import PIPELINE
from noaber.plans import effect
from plan_texts import HEAD, read, said

EFFECT = """
    [[measures]]
    code = "M"
    name = "Measure"

    [[measures.effects]]
    lever = "inflow"
    law = "wmo"
    from = 2026-01-01
    months = 12
    size = { value = -0.1, low = -0.2, high = 0, because = "a guess" }
    reach = 0.5

    [measures.effects.waterbed]
    share = { value = 0.2, low = 0.1, high = 0.3, because = "a guess" }
    to = "OMD1"
"""


@pytest.mark.parametrize(
    ("old", "new", "error", "where", "words"),
    [
        ("months = 12", "month = 12", plans.PlanKeyError, 11, "Nothing reads the key 'month'"),
        ("months = 12", "months = -1", plans.PlanKeyError, 11, "'months'"),
        ("months = 12", 'place = "here"', plans.PlanKeyError, 11, "Nothing reads the key 'place'"),
        ("reach = 0.5", "reach = 1.5", plans.PlanKeyError, 13, "'reach'"),
        ("low = -0.2", "low = -1.2", plans.PlanKeyError, 7, "takes away more than there is"),
        ("low = -0.2", "low = 0.2", plans.PlanKeyError, 12, "does not lie between"),
        ("high = 0.3", "high = 1.3", plans.PlanKeyError, 15, "gives back between nothing"),
        (', because = "a guess" }\n    reach', " }\n    reach", plans.PlanKeyError, 12, "because"),
        ('lever = "inflow"', 'lever = "instroom"', plans.PlanKeyError, 8, "'lever'"),
        ('lever = "inflow"', 'lever = "duration"\n    to = "HO"', plans.PlanKeyError, 7, "sends nobody elsewhere"),
        ('lever = "inflow"', 'lever = "access"', plans.PlanKeyError, 7, "from 0 to 1"),
        ("2026-01-01", "2026-01-15", plans.PlanKeyError, 7, "first day of a month"),
        ('law = "wmo"', 'law = "wlz"', plans.PlanKeyError, 9, "'law'"),
        ('code = "M"', 'code = "M 1"', plans.PlanKeyError, 4, "'code'"),
        ('code = "M"', 'code = "M"\n    place = 3', plans.PlanKeyError, 5, "Nothing reads the key 'place'"),
        ('code = "M"', 'code = "M"\n    amounts = { 2026 = "veel" }', plans.PlanKeyError, 5, "'amounts'"),
        ('code = "M"', 'code = "M"\n    amounts = { 26 = 1 }', plans.PlanKeyError, 5, "at least 2000"),
        ('code = "M"', 'code = "M"\n    amounts = { 2026 = 0.000001 }', plans.PlanAmountError, 5, "not in whole cents"),
        ("[[measures]]", "[[maatregelen]]", plans.PlanKeyError, 3, "Nothing reads the key 'maatregelen'"),
        ('name = "Measure"', 'name = "Measure', plans.PlanFileError, 5, "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(
    old: str, new: str, error: type[plans.PlanError], where: int, words: str
) -> None:
    assert said(EFFECT) == []
    with pytest.raises(error, match=words) as caught:
        read(EFFECT.replace(old, new, 1))
    assert caught.value.where == f"plan.toml:{where}"
    assert caught.value.now


def test_a_file_without_a_unit_says_so_at_the_first_amount() -> None:
    with pytest.raises(plans.PlanAmountError, match="Nothing says what the amount 5 counts") as caught:
        read("[[measures]]\ncode = 'M'\nname = 'M'\namounts = { 2026 = 5 }\n", head="")
    assert caught.value.where == "plan.toml:4"


def test_a_folder_is_read_whole_and_in_order_of_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / f"{name}.toml").write_text(f"{HEAD}[[measures]]\ncode = '{name}'\nname = '{name}'\n")
    assert [(item.code, item.place.file) for item in plans.read(tmp_path).measures] == [
        ("a", "a.toml"),
        ("b", "b.toml"),
    ]


@pytest.mark.parametrize("name", ["", "gone.toml", "bytes.toml"])
def test_what_is_not_there_or_not_text_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    (tmp_path / "empty").mkdir()
    with pytest.raises(plans.PlanFileError):
        plans.read(tmp_path / name if name else tmp_path / "empty")


HOSTILE = [
    "nan",
    "-inf",
    "1e999999",
    "9" * 5000,
    "[]",
    "{}",
    "[[]]",
    "true",
    "''",
    "0",
    "-1",
    "2020-01-01",
    "[{}]",
    "0.001",
]
EXAMPLE = "\n".join(
    line
    for file in sorted((resources.files(examples) / "hengelo" / "plans").iterdir(), key=lambda item: item.name)
    for line in file.read_text(encoding="utf-8").splitlines()
    if not re.match(r"(source|unit) = ", line)
)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_file_it_is_read_or_refused_with_its_place(data: st.DataObject) -> None:
    lines = (HEAD + EXAMPLE).splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    value = data.draw(st.sampled_from(HOSTILE))
    if values := list(re.finditer(r"= ([^{}\[\],]+|.*)", lines[place])):
        one = data.draw(st.sampled_from(values))
        lines[place] = lines[place][: one.start()] + f"= {value} " + lines[place][one.end() :]
    else:
        del lines[place]
    try:
        found = plans.check(plans.together([plans.parse("\n".join(lines), "plan.toml")]))
        places = [f"{item.file}:{item.line}" for item in found]
    except plans.PlanError as error:
        places = [error.where]
    assert all(re.fullmatch(r"plan\.toml(:\d+)?", where) for where in places)


def test_lists_in_lists_in_lists_end_in_an_error() -> None:
    with pytest.raises(plans.PlanFileError):
        read("measures = " + "[" * 100_000)


def test_a_plan_knows_the_levers_of_the_engine() -> None:
    assert effect.Lever.__args__ == PIPELINE


def test_findings_can_be_passed_on_as_plain_values() -> None:
    (found,) = plans.as_dicts(plans.check(read("[[measures]]\ncode = 'M'\nname = 'M'\npackage = 'P'\n")), "en")
    assert found == {
        "kind": "reference",
        "file": "plan.toml",
        "line": 6,
        "subjects": ["P"],
        "year": None,
        "what": "No package has the code P.",
        "advice": "Correct it, or add what is missing.",
    }
