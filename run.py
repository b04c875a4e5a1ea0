"""Sets up Noaber on a machine that has only Python 3.11 or newer, and runs it.

    python3 run.py demo     make the made-up town, open its fact sheet, and serve the town and its partner
    python3 run.py test     run all tests
    python3 run.py postgres run the tests of the web on a PostgreSQL of their own, where there is one
    python3 run.py check    run the linters, type checker, import contracts and docs build
    python3 run.py lock     renew the locked dependencies (maintainers; needs uv)
    python3 run.py noaber … run the noaber command with these arguments

Everything is installed in .venv beside this file, from locked versions whose hashes are checked.
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
LOCKS = {"run": "requirements.lock", "test": "requirements-test.lock"}


def main(arguments):
    """Run the command named on the command line; return its exit code."""
    if sys.version_info < (3, 11):
        return _stop("Noaber needs Python 3.11 or newer; this is %d.%d." % sys.version_info[:2])
    command, rest = (arguments or ["help"])[0], arguments[1:]
    if command == "demo":
        set_up("run")
        made = call("-m", "noaber.cli", "demo", *(rest or ["--open", "--again"]))
        return made if made or rest else call("-m", "noaber.web.site.command", "demo", "noaberstad")
    if command == "noaber":
        set_up("run")
        return call("-m", "noaber.cli", *rest)
    if command == "test":
        set_up("test")
        return call("-m", "pytest", *(rest or ["-n", "2", "--dist", "worksteal"]))
    if command == "postgres":
        set_up("test")
        return call(str(HERE / "tests" / "postgresql.py"), *rest)
    if command == "check":
        set_up("test")
        return check()
    if command == "lock":
        return lock()
    print(__doc__)
    return 0 if command in {"help", "-h", "--help"} else 2


def set_up(purpose):
    """Install the locked dependencies and Noaber itself, unless that was done for these very locks already."""
    if any(_stamp(name).exists() and _stamp(name).read_text() == _state(name) for name in (purpose, "test")):
        return
    print(f"Setting up in {VENV.name}: about a minute, once …", flush=True)
    if not PYTHON.exists():
        venv.create(VENV, with_pip=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", str(HERE / LOCKS[purpose])], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "-e", str(HERE)], check=True)
    _stamp(purpose).write_text(_state(purpose))


def _stamp(purpose):
    return VENV / f".{purpose}.installed"


def _state(purpose):
    return hashlib.sha256((HERE / LOCKS[purpose]).read_bytes() + (HERE / "pyproject.toml").read_bytes()).hexdigest()


def check():
    """Run every check that is not a test; say which failed."""
    steps = {
        "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
        "lint": ["-m", "ruff", "check", "--quiet", "."],
        "types": ["-m", "mypy"],
        "import contracts": ["-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
        "generated docs": ["docs/generate.py", "--check"],
        "docs": [
            "-W",
            "error::UserWarning",
            "-m",
            "mkdocs",
            "build",
            "--strict",
            "--quiet",
            "--site-dir",
            "build/site",
        ],
    }
    failed = []
    for name, arguments in steps.items():
        print(f"== {name}", flush=True)
        if call(*arguments):
            failed.append(name)
    if failed:
        return _stop("Failed: " + ", ".join(failed))
    print("All checks passed.")
    return 0


def lock():
    """Renew both lock files and constraints.txt; no index address is written into any of them."""
    flags = ["--universal", "--python-version", "3.11", "--no-emit-index-url", "--quiet", "--upgrade"]
    flags += ["--custom-compile-command", "python3 run.py lock"]
    extras = [part for name in ("build", "test", "check", "cluster", "fast") for part in ("--extra", name)]
    jobs = [
        [*flags, *extras, "--no-annotate", "-o", "constraints.txt"],
        [*flags, *extras, "--generate-hashes", "-c", "constraints.txt", "-o", LOCKS["test"]],
        [*flags, "--extra", "build", "--generate-hashes", "-c", "constraints.txt", "-o", LOCKS["run"]],
    ]
    for job in jobs:
        subprocess.run(
            ["uv", "pip", "compile", "pyproject.toml", *job], check=True, cwd=HERE, stdout=subprocess.DEVNULL
        )
    return 0


def call(*arguments):
    """Run the environment's Python with these arguments, in the caller's folder; return its exit code."""
    return subprocess.run([str(PYTHON), *arguments], check=False).returncode


def _stop(message):
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
