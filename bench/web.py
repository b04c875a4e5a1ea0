"""Fifty people at once against a served demo: seconds per page, and questions to the database per page.

The made-up town is copied (or made, small), prepared as `noaber-web demo` does, and its municipality served by one
process on this machine. Every person reads the six pages in turn and waits between them, as people do; the number of
people, of pages and the waiting are bounded. PostgreSQL of its own where there is one, otherwise SQLite.

    python bench/web.py [--town FOLDER] [--people 50] [--rounds 2] [--waiting 5]
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median, quantiles

from noaber.web.site.command import ORGANISATIONS, write_installation

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import postgresql  # the launcher of the tests

PAGES = {
    "empty answer, to compare": "/gezondheid/",
    "home": "/",
    "themes": "/cijfers/",
    "one theme": "/cijfers/thema/piramide/",
    "one district": "/cijfers/wijken/{district}/",
    "council home": "/raad/",
    "log in": "/toegang/inloggen/",
}
TOO_LONG = 60
"""Seconds after which an answer counts as none, and the measurement stops."""
Times = dict[str, list[float]]


def prepare(where: Path, town: Path | None, database: str | None) -> Path:
    """Copy or make a town below `where`, fill its two installations, and return the file of the municipality."""
    folder = where / "town"
    if town:
        shutil.copytree(town, folder, ignore=shutil.ignore_patterns("web"))
    else:
        run("-m", "noaber.cli", "demo", "--folder", str(folder), "--scale", "0.05", "--quiet")
    files = {role: write_installation(folder, role) for role in ORGANISATIONS}
    if database:
        lines = files["municipality"].read_text(encoding="utf-8")
        files["municipality"].write_text(f'database = "{database}"\n{lines}', encoding="utf-8")
    run("-m", "noaber.web.site.command", "demo", str(folder), "--prepare")
    (files["municipality"].parent / "static").mkdir(exist_ok=True)
    return files["municipality"]


def run(*command: str) -> None:
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served() -> Iterator[int]:
    """Serve the installation by one process on a free port of this machine, as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "noaber.web.site.command", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            wait_for(port)
            yield port
        finally:
            process.terminate()


def wait_for(port: int) -> None:
    until = time.monotonic() + TOO_LONG
    while time.monotonic() < until:
        try:
            ask(http.client.HTTPConnection("127.0.0.1", port, timeout=5), "/gereed/")
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit("The installation does not answer.")


def ask(line: http.client.HTTPConnection, page: str) -> float:
    """Return the seconds from the question to the last byte of the answer."""
    start = time.perf_counter()
    line.request("GET", page)
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{page} answered {answer.status}.")
    return time.perf_counter() - start


def read(port: int, pages: dict[str, str], rounds: int, pause: Callable[[], float], times: Times) -> None:
    """Be one person: read all pages `rounds` times, beginning anywhere, and wait in between."""
    order = list(pages) * rounds
    begin = random.randrange(len(pages))
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=TOO_LONG)
    for name in order[begin:] + order[:begin]:
        time.sleep(pause())
        times[name].append(ask(line, pages[name]))
    line.close()


def together(port: int, pages: dict[str, str], people: int, rounds: int, waiting: float) -> tuple[Times, float]:
    """Let `people` read at once; return the seconds per page, and answers per second over the whole."""
    times: Times = defaultdict(list)

    def pause() -> float:
        return random.uniform(0, 2 * waiting)

    threads = [threading.Thread(target=read, args=(port, pages, rounds, pause, times)) for _ in range(people)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = people * rounds * len(pages)
    answered = sum(map(len, times.values()))
    assert answered == asked, f"{asked - answered} of {asked} questions got no answer"
    return times, answered / (time.perf_counter() - start)


def counted(pages: dict[str, str]) -> dict[str, int]:
    """Return the questions to the database per page, once everything that is read once has been read."""
    import django  # noqa: PLC0415  # after its settings are known

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    browser, found = Client(HTTP_HOST="127.0.0.1"), {}
    for name, page in pages.items():
        browser.get(page)
        with CaptureQueriesContext(connection) as captured:
            browser.get(page)
        found[name] = len(captured)
    connection.close()
    return found


def a_district(file: Path) -> str:
    """Return the code of the first district that the installation knows."""
    from noaber import municipality  # noqa: PLC0415

    return next(iter(municipality.read(file.parent / "../../municipality.toml").districts)).code


def tell(queries: dict[str, int], alone: Times, many: Times) -> None:
    base = median(alone["empty answer, to compare"])
    print("| page | questions | alone: ms | ÷ empty | together: median ms | 95 of 100 within ms |")
    print("| --- | --: | --: | --: | --: | --: |")
    for name, count in queries.items():
        one, half, most = median(alone[name]), median(many[name]), quantiles(many[name], n=20)[-1]
        print(f"| {name} | {count} | {one * 1e3:.0f} | {one / base:.0f} | {half * 1e3:.0f} | {most * 1e3:.0f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--town", type=Path, help="a folder of `noaber demo`, which is copied (default: a small one)")
    parser.add_argument("--people", type=int, default=50, choices=range(1, 201), metavar="1-200")
    parser.add_argument("--rounds", type=int, default=2, choices=range(1, 11), metavar="1-10")
    parser.add_argument("--waiting", type=float, default=5, help="seconds between two pages, on average")
    asked = parser.parse_args()
    random.seed(1)
    with ExitStack() as stack:
        where = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["NOABER_KEYS"] = str(where)
        database = stack.enter_context(postgresql.server()) if postgresql.programs() else None
        file = prepare(where, asked.town, database)
        os.environ |= {"NOABER_INSTALLATION": str(file), "DJANGO_SETTINGS_MODULE": "noaber.web.site.settings"}
        pages = {name: page.format(district=a_district(file)) for name, page in PAGES.items()}
        queries = counted(pages)
        port = stack.enter_context(served())
        together(port, pages, 1, 1, 0)  # what is read once
        before = os.getloadavg()[0]
        alone, _ = together(port, pages, 1, 10, 0)
        many, rate = together(port, pages, asked.people, asked.rounds, asked.waiting)
        print(f"Python {platform.python_version()}, {'PostgreSQL' if database else 'SQLite'}, {os.cpu_count()} cores")
        print(f"load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")
        print(f"{asked.people} people, {asked.waiting:g} s between pages: {rate:.1f} answers per second\n")
        tell(queries, alone, many)


if __name__ == "__main__":
    main()
