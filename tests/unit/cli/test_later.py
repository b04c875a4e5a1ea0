"""A module that is loaded later is the module itself, and a name without a module is refused at once."""

from __future__ import annotations

import subprocess
import sys

import pytest

from noaber import terms
from noaber.later import later


def told(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def test_a_part_that_is_asked_for_first_is_not_loaded_a_second_time():
    code = (
        "import noaber.cli, noaber.scenarios.attribution as part, sys;"
        "print(noaber.cli.scenarios.attribute_variant is part.attribute_variant,"
        " sys.modules['noaber.scenarios.attribution'] is part)"
    )
    assert told(code) == "True True"


def test_what_is_asked_for_comes_from_the_module():
    assert later("noaber.terms").Deadline is terms.Deadline


def test_a_module_that_is_not_there_is_refused():
    with pytest.raises(ModuleNotFoundError, match=r"noaber\.nowhere"):
        later("noaber.nowhere")
