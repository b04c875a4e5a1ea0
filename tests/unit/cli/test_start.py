"""Who asks for help gets it at once: nothing of the analysis is loaded before a verb needs it."""

import subprocess
import sys

from noaber import cli, examples, forecasts

HEAVY = ("numpy", "duckdb", "httpx", "jinja2", "lxml", "msgspec", "numba")


def test_help_loads_nothing_of_the_analysis():
    asked = "import sys\nfrom noaber import cli\ntry:\n    cli.main(['--help'])"
    told = f"{asked}\nexcept SystemExit:\n    print('LOADED', *(set({HEAVY}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert "take-in" in done.stdout
    assert done.stdout.splitlines()[-1] == "LOADED"


def test_what_may_be_chosen_is_what_there_is():
    assert cli._WAYS == forecasts.WAYS
    assert cli._EXAMPLES == examples.EXAMPLES
