"""Fifty people at once against both served organisations of the demo: seconds and database questions per page.

The made-up town is copied (or made, small) and prepared as `noaber-web demo` does; municipality and partner are each
served by one process on this machine, each on a PostgreSQL database of its own where there is PostgreSQL, otherwise on
SQLite. Everybody reads the pages of who they are (a visitor, a council member, an entrance worker, a team worker, an
administrator …) in turn, logged in, and waits between them, as people do. It takes two to three minutes.

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
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from noaber.web.site.command import ORGANISATIONS, write_installation

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
import postgresql  # the launcher of the tests

if TYPE_CHECKING:
    from django.test import Client


@dataclass(frozen=True)
class Reader:
    """A kind of reader: of which organisation, in which role (none: a visitor), how many of fifty, and which pages."""

    who: str
    organisation: str
    role: str
    of_fifty: int
    pages: tuple[str, ...]


READERS = (
    Reader(
        "visitor",
        "municipality",
        "",
        16,
        (
            "/gezondheid/",
            "/",
            "/cijfers/",
            "/cijfers/thema/piramide/",
            "/cijfers/wijken/{district}/",
            "/cijfers/andere-gemeenten/",
            "/toegang/inloggen/",
        ),
    ),
    Reader(
        "council member",
        "municipality",
        "council_member",
        8,
        ("/raad/", "/raad/zoeken/?q=wmo", "/cijfers/cijfer/waiting/"),
    ),
    Reader("administrator", "municipality", "administrator", 2, ("/toegang/mensen/", "/toegang/rollen/")),
    Reader("privacy officer", "municipality", "privacy_officer", 2, ("/toezicht/logboek/", "/toezicht/register/")),
    Reader("handover worker", "municipality", "exchange_worker", 4, ("/uitwisseling/", "/toegang/vertegenwoordigers/")),
    Reader(
        "entrance worker",
        "partner",
        "entrance_worker",
        10,
        ("/entree/vandaag/", "/entree/contact/", "/entree/inwoners/", "/entree/sociale-kaart/"),
    ),
    Reader("team worker", "partner", "support_worker", 8, ("/ondersteuning/", "/ondersteuning/vragen/")),
)
"""Everybody who reads, and their pages; the first page of all answers nothing, to compare with."""
EMPTY = READERS[0].pages[0]
TOO_LONG = 60
"""Seconds after which an answer counts as none, and the measurement stops."""
Times = dict[tuple[str, str], list[float]]
"""Seconds per reader and page."""


def prepare(where: Path, town: Path | None, databases: dict[str, str]) -> dict[str, Path]:
    """Copy or make a town below `where`, fill its two installations, and return their files."""
    folder = where / "town"
    if town:
        shutil.copytree(town, folder, ignore=shutil.ignore_patterns("web"))
    else:
        run("-m", "noaber.cli", "demo", "--folder", str(folder), "--scale", "0.05", "--quiet")
    files = {role: write_installation(folder, role) for role in ORGANISATIONS}
    for role, database in databases.items():
        lines = files[role].read_text(encoding="utf-8")
        files[role].write_text(f'database = "{database}"\n{lines}', encoding="utf-8")
    run("-m", "noaber.web.site.command", "demo", str(folder), "--prepare")
    for file in files.values():
        (file.parent / "static").mkdir(exist_ok=True)
    return files


def two_databases(address: str) -> dict[str, str]:
    """Return a database for each organisation on a PostgreSQL server."""
    import psycopg  # noqa: PLC0415  # only where there is PostgreSQL

    with psycopg.connect(address, autocommit=True) as line:
        line.execute("CREATE DATABASE partner")
    return {"municipality": address, "partner": address.removesuffix("postgres") + "partner"}


def run(*command: str) -> None:
    subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)


@contextmanager
def served(file: Path) -> Iterator[int]:
    """Serve an installation by one process on a free port of this machine, as long as the block lasts."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "noaber.web.site.command", "serve", "--port", str(port)]
    settings = os.environ | {"NOABER_INSTALLATION": str(file)}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=settings) as process:
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


def ask(line: http.client.HTTPConnection, page: str, cookie: str = "") -> float:
    """Return the seconds from the question to the last byte of the answer."""
    start = time.perf_counter()
    line.request("GET", page, headers={"Cookie": cookie} if cookie else {})
    answer = line.getresponse()
    answer.read()
    if answer.status != 200:
        raise SystemExit(f"{page} answered {answer.status}.")
    return time.perf_counter() - start


@dataclass(frozen=True)
class Visit:
    """A reader as they come to a served installation: on which port, with which cookie, for which pages."""

    reader: Reader
    port: int
    cookie: str
    pages: tuple[str, ...]


def read(visit: Visit, rounds: int, pause: Callable[[], float], times: Times) -> None:
    """Be one person: read all one's pages `rounds` times, beginning anywhere, and wait in between."""
    order = list(visit.pages) * rounds
    begin = random.randrange(len(visit.pages))
    line = http.client.HTTPConnection("127.0.0.1", visit.port, timeout=TOO_LONG)
    for page in order[begin:] + order[:begin]:
        time.sleep(pause())
        times[visit.reader.who, page].append(ask(line, page, visit.cookie))
    line.close()


def together(visits: list[Visit], rounds: int, waiting: float) -> tuple[Times, float]:
    """Let all `visits` go on at once; return the seconds per page, and answers per second over the whole."""
    times: Times = defaultdict(list)

    def pause() -> float:
        return random.uniform(0, 2 * waiting)

    threads = [threading.Thread(target=read, args=(visit, rounds, pause, times)) for visit in visits]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    asked = sum(rounds * len(visit.pages) for visit in visits)
    answered = sum(map(len, times.values()))
    assert answered == asked, f"{asked - answered} of {asked} questions got no answer"
    return times, answered / (time.perf_counter() - start)


def let_in(file: Path, organisation: str, district: str, most: int) -> dict[str, tuple[list[str], dict[str, int]]]:
    """Return per reader of an organisation `most` cookies, and the questions to the database per page.

    Runs in a process of its own, for Django knows one installation at a time. Questions are counted on the second
    reading, once everything that is read once has been read.
    """
    os.environ |= {"NOABER_INSTALLATION": str(file), "DJANGO_SETTINGS_MODULE": "noaber.web.site.settings"}
    import django  # noqa: PLC0415  # after its settings are known

    django.setup()
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    found = {}
    for reader in READERS:
        if reader.organisation != organisation:
            continue
        browsers = [Client(HTTP_HOST="127.0.0.1") for _ in range(most if reader.role else 1)]
        cookies = [log_in(browser, reader.role) for browser in browsers] if reader.role else [""] * most
        counts = {}
        for page in (page.format(district=district) for page in reader.pages):
            browsers[0].get(page)
            with CaptureQueriesContext(connection) as captured:
                browsers[0].get(page)
            counts[page] = len(captured)
        found[reader.who] = cookies, counts
    connection.close()
    return found


def log_in(browser: Client, role: str) -> str:
    """Let somebody with a role in, both steps done, and return the cookie of the session."""
    from django_otp import DEVICE_ID_SESSION_KEY  # noqa: PLC0415
    from django_otp.plugins.otp_static.models import StaticDevice  # noqa: PLC0415

    from noaber.web.access.models import Person  # noqa: PLC0415

    person = Person.objects.filter(assignments__role=role).first()
    if person is None:
        raise SystemExit(f"Nobody in the demo has the role {role}.")
    browser.force_login(person, backend="noaber.web.access.login.LocalBackend")
    session = browser.session
    session[DEVICE_ID_SESSION_KEY] = StaticDevice.objects.filter(user=person)[0].persistent_id
    session.save()
    return "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())


def a_district(file: Path) -> str:
    """Return the code of the first district that the installation knows."""
    from noaber import municipality  # noqa: PLC0415

    return next(iter(municipality.read(file.parent / "../../municipality.toml").districts)).code


def nearly_all(seconds: list[float]) -> float:
    """Return within how many seconds 95 of 100 answers came."""
    return quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]


def tell(counts: dict[tuple[str, str], int], alone: Times, many: Times) -> None:
    """Print a line per page, and one over all pages."""
    base = median(alone["visitor", EMPTY])
    print("| who | page | questions | alone: ms | ÷ empty | together: median ms | 95 of 100 within ms |")
    print("| --- | --- | --: | --: | --: | --: | --: |")
    for key, count in counts.items():
        one, half, most = median(alone[key]), median(many[key]), nearly_all(many[key])
        times = f"{one * 1e3:.0f} | {one / base:.0f} | {half * 1e3:.0f} | {most * 1e3:.0f}"
        print(f"| {key[0]} | `{key[1]}` | {count} | {times} |")
    pages = [seconds for key, found in many.items() if key[1] != EMPTY for seconds in found]
    print(f"\nall pages together: median {median(pages) * 1e3:.0f} ms, ", end="")
    print(f"95 of 100 within {nearly_all(pages) * 1e3:.0f} ms, at most {max(counts.values())} questions a page")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--town", type=Path, help="a folder of `noaber demo`, which is copied (default: a small one)")
    parser.add_argument("--people", type=int, default=50, choices=range(10, 201), metavar="10-200")
    parser.add_argument("--rounds", type=int, default=2, choices=range(1, 11), metavar="1-10")
    parser.add_argument("--waiting", type=float, default=5, help="seconds between two pages, on average")
    asked = parser.parse_args()
    random.seed(1)
    with ExitStack() as stack:
        where = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        os.environ["NOABER_KEYS"] = str(where)
        server = stack.enter_context(postgresql.server()) if postgresql.programs() else None
        files = prepare(where, asked.town, two_databases(server) if server else {})
        numbers = {reader.who: max(1, round(reader.of_fifty * asked.people / 50)) for reader in READERS}
        district = a_district(files["municipality"])
        counts: dict[tuple[str, str], int] = {}
        visits: list[Visit] = []
        for organisation, file in files.items():
            with get_context("spawn").Pool(1) as process:
                inside = process.apply(let_in, (file, organisation, district, max(numbers.values())))
            port = stack.enter_context(served(file))
            for reader in READERS:
                if reader.organisation == organisation:
                    cookies, pages = inside[reader.who]
                    counts |= {(reader.who, page): count for page, count in pages.items()}
                    visits += [Visit(reader, port, cookie, tuple(pages)) for cookie in cookies[: numbers[reader.who]]]
        each_once = list({visit.reader.who: visit for visit in visits}.values())
        together(each_once, 1, 0)  # what is read once
        before = os.getloadavg()[0]
        alone: Times = {}
        for visit in each_once:
            alone |= together([visit], 10, 0)[0]
        many, rate = together(visits, asked.rounds, asked.waiting)
        print(
            f"Python {platform.python_version()}, {'PostgreSQL' if server else 'SQLite'}, {os.cpu_count()} cores, ",
            end="",
        )
        print(f"load of the machine {before:.1f} before, {os.getloadavg()[0]:.1f} after")
        print(f"{len(visits)} people, {sum(map(len, many.values()))} answers, none refused, {rate:.1f} per second\n")
        tell(counts, alone, many)


if __name__ == "__main__":
    main()
