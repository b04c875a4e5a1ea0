"""The command `noaber-web`: what keeps an installation running, and the demo of both organisations side by side.

    noaber-web serve                    answer requests for the installation in installation.toml
    noaber-web work                     do what waits in the background, and what is due at night
    noaber-web migrate | check          bring the database up to this version | look whether settings are in order
    noaber-web doctor                   look whether settings, database, journal and outbox are in order
    noaber-web first_administrator …    let the first person in
    noaber-web demo FOLDER              serve a made-up municipality and its partner, in a folder of `noaber demo`
    noaber-web help                     everything else

NOABER_INSTALLATION names another file than installation.toml in the current folder.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from django.core.management import execute_from_command_line

from noaber.records import NoaberError

from .configuration import VARIABLE

ORGANISATIONS: Final = {
    "municipality": ("Gemeente Noaberstad", "GM9901", 8710),
    "partner": ("Stichting Naoberwerk", "99030001", 8711),
}
"""Per role of the demo: who it is, its code, and the port it answers on."""
KEYS: Final = "exchange-keys.json"
_TRIES: Final = 240


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return the exit code."""
    asked = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "noaber.web.site.settings")
    if asked[:1] == ["demo"]:
        return demo(asked[1:])
    if not asked or asked[0] in {"-h", "--help"}:
        print(__doc__)
        return 0
    try:
        execute_from_command_line(["noaber-web", *asked])
    except NoaberError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def demo(arguments: Sequence[str]) -> int:
    """Make, fill and serve the two installations of the demo; return when they are stopped."""
    parser = argparse.ArgumentParser(prog="noaber-web demo", description="Serve the made-up town and its partner.")
    parser.add_argument("folder", type=Path, help="the folder that `noaber demo` made")
    parser.add_argument("--open", action="store_true", help="open the municipality in the browser")
    parser.add_argument("--prepare", action="store_true", help="make and fill, and do not serve")
    asked = parser.parse_args(arguments)
    if not (asked.folder / "municipality.toml").exists():
        print(f"There is no town in {asked.folder}; make it with: noaber demo", file=sys.stderr)
        return 2
    files = {role: write_installation(asked.folder, role) for role in ORGANISATIONS}
    for file in files.values():
        _run(file, "exchange_keys", str(file.with_name(KEYS)))
    for file in files.values():
        tell(json.loads(_run(file, "play")))
    if asked.prepare:
        return 0
    return _serve(files, open_browser=asked.open)


def write_installation(folder: Path, role: str) -> Path:
    """Write the installation file of one of the two organisations, unless it is there; return its path."""
    name, code, port = ORGANISATIONS[role]
    file = folder / "web" / role / "installation.toml"
    if not file.exists():
        file.parent.mkdir(parents=True)
        settings = {
            "role": role,
            "name": name,
            "code": code,
            "address": f"http://127.0.0.1:{port}",
            "municipality": "../../municipality.toml",
            "contact": "telefoon 14 000 (verzonnen)",
        }
        other = next(item for item in ORGANISATIONS if item != role)
        peer = dict(zip(("name", "code"), ORGANISATIONS[other], strict=False))
        peer |= {"address": f"http://127.0.0.1:{ORGANISATIONS[other][2]}", "public_key_file": f"../{other}/{KEYS}"}
        lines = [*_toml(settings), "demo = true", "", "[[peers]]", *_toml(peer)]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _toml(settings: Mapping[str, object]) -> list[str]:
    return [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in settings.items()]


def tell(played: dict[str, Any]) -> None:
    """Say where an installation is and who can log in."""
    print(f"\n{played['address']}   password {played['password']}, then the code {played['code']}")
    for account in played["accounts"]:
        print(f"  {account['email']:<34} {account['role']}")


def _run(file: Path, *command: str) -> str:
    done = subprocess.run(_python(*command), env=_environment(file), check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout


def _serve(files: dict[str, Path], *, open_browser: bool) -> int:
    """Serve all installations until one stops or somebody stops us."""
    running = [subprocess.Popen(_python("serve"), env=_environment(file)) for file in files.values()]
    running += [subprocess.Popen(_python("work"), env=_environment(file)) for file in files.values()]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        for _, _, port in ORGANISATIONS.values():
            _wait_for(f"http://127.0.0.1:{port}/gereed/")
        for role in ("partner", "municipality"):
            _run(files[role], "play", "--exchange")
        print("\nBoth organisations answer now. Stop with Ctrl+C.", flush=True)
        if open_browser:
            webbrowser.open(f"http://127.0.0.1:{ORGANISATIONS['municipality'][2]}/")
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()
    return 1


def _wait_for(address: str) -> None:
    for _ in range(_TRIES):
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310  # our own loopback address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)


def _python(*command: str) -> list[str]:
    return [sys.executable, "-m", "noaber.web.site.command", *command]


def _environment(file: Path) -> dict[str, str]:
    return os.environ | {VARIABLE: str(file), "PYTHONUNBUFFERED": "1"}


if __name__ == "__main__":
    raise SystemExit(main())
