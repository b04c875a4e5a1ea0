"""Whoever types a wrong plan at the command line reads one sentence, where it stands and what to do now.

The fixture `village` is a small made-up town, on whose snapshot every plan here is costed.
"""

import json

import pytest

from noaber import cli
from scenario_town import measure

HEAD = 'source = "test"\nunit = "eur"\n'
BASIC = """
[[elsewhere]]
code = "BASIC"
name = "Basic support"
{users}
euros = {{ value = 80, low = 45, high = 140, because = "a test" }}
months = {{ value = 10, low = 8, high = 12, because = "a test" }}
"""


def costed(text, folder, capsys):
    """Cost the measure `m` of a plan; return the exit code and what a machine reads."""
    file = folder / "plan.toml"
    file.write_text(HEAD + text.replace("2024-01-01", "2028-01-01"), encoding="utf-8")
    code = cli.main(
        ["compare", "m", "--plan", str(file), "--until", "2029", "--draws", "16", "--workers", "1", "--json"]
    )
    return code, json.loads(capsys.readouterr().out)


WRONG = {
    "a negative duration": (measure(lever="duration", size=-1.2), "N-702", "-1.2 is none at all"),
    "a share over 1": (measure(more="reach = 1.5"), "N-702", "at most 1"),
    "a ramp that ends before it starts": (measure(more="months = -6"), "N-702", "no ramp ends before it starts"),
    "a care form that is unknown here": (measure(more='care_forms = ["NOWHERE"]'), "N-711", "no care form NOWHERE"),
    "a claim on nothing": ('[[measures]]\ncode = "m"\nname = "M"\namounts = { 2028 = 5 }', "N-715", "which spending"),
    "a measure without anything to count": ('[[measures]]\ncode = "m"\nname = "M"', "N-712", "no effect"),
    "a plan with nothing in it": ("", "N-711", "nothing with the code m"),
    "more users than residents": (BASIC.format(users="users = 3600") + measure(), "N-719", "3,600 users"),
    "users said twice": (BASIC.format(users="users = 3\nusers_per_1000 = 4") + measure(), "N-702", "said once"),
}


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_it_says_what_where_and_what_now(village, tmp_path, capsys, text):
    words, error, said = text
    code, answer = costed(words, tmp_path, capsys)
    assert (code, answer["error"]) == (7, error)
    assert said in answer["what"]
    assert answer["where"]
    assert answer["now"]


def test_users_per_thousand_fit_a_village_as_well(village, tmp_path, capsys):
    code, answer = costed(BASIC.format(users="users_per_1000 = 54") + measure(), tmp_path, capsys)
    assert code == 0
    assert answer["results"]["scenario_saving"]
