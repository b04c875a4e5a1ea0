"""The slider of the workbench: processor seconds of one answer, from the question to the last byte, in one thread.

Beside it what one would otherwise do: ask the whole band with its 256 draws for every drag, or the town by district.
The made-up town is copied (or made, small) and its workbench asked by Django's own client, so that access, journal,
the gate, the drawings and the page are in the time. Best of several, each in processor seconds.

    python bench/workbench.py [--town FOLDER] [--times 7]
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

for _threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(_threads, "1")  # as `noaber-web serve` does

THEN = date(2022, 12, 31)
ONE = "tarief=-5&tarief-waar=HO"
SEVEN = (
    f"instroom=-5&instroom-waar=wmo&duur=-10&duur-waar=jeugdwet&intensiteit=-5&intensiteit-waar=wmo&{ONE}"
    "&bijdrage=50&bijdrage-waar=wmo&toegang=10&toegang-waar=HO&toegang-heen=WIJK_WMO&grens=110"
)
"""All sliders but throughflow, and the income limit."""


def prepare(where: Path, town: Path | None) -> Path:
    """Copy or make a town below `where`, and return the installation file of a municipality that has it."""
    folder = where / "town"
    if town:
        shutil.copytree(town, folder, ignore=shutil.ignore_patterns("web"))
    else:
        command = ("-m", "noaber.cli", "demo", "--folder", str(folder), "--scale", "0.05", "--quiet")
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    file = where / "installation.toml"
    settings = {"name": "Gemeente", "code": "GM9901", "municipality": f"{folder}/municipality.toml"}
    lines = [f'{key} = "{value}"' for key, value in settings.items()]
    file.write_text("\n".join(['role = "municipality"', "demo = true", *lines, ""]), encoding="utf-8")
    return file


def best(times: int, act: Callable[[], Any]) -> tuple[float, Any]:
    """Return the fewest processor seconds of several times, and what came of the last."""
    found, seconds = None, []
    for _ in range(times):
        start = time.process_time()
        found = act()
        seconds.append(time.process_time() - start)
    return min(seconds), found


def analyst() -> Any:
    """Return a browser in which the analyst of the demo is logged in, both steps done."""
    from django.core.management import call_command  # noqa: PLC0415  # after its settings are known
    from django.test import Client  # noqa: PLC0415
    from django_otp import DEVICE_ID_SESSION_KEY  # noqa: PLC0415
    from django_otp.plugins.otp_static.models import StaticDevice  # noqa: PLC0415

    from noaber.web.access.models import Person  # noqa: PLC0415

    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        call_command("play", stdout=nowhere)
    person = Person.objects.filter(assignments__role="analyst").get()
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(person, backend="noaber.web.access.login.LocalBackend")
    session = browser.session
    session[DEVICE_ID_SESSION_KEY] = StaticDevice.objects.filter(user=person)[0].persistent_id
    session.save()
    return browser


def measure(times: int) -> list[tuple[str, float]]:
    """Return what is measured and its processor seconds."""
    from noaber import scenarios  # noqa: PLC0415
    from noaber.web.workbench import levers, starting_point  # noqa: PLC0415
    from noaber.web.workbench.position import Position  # noqa: PLC0415

    browser, here = analyst(), starting_point.ground()
    assert here is not None
    made = []
    for ahead in (5, 7):  # years for which nothing is kept yet
        seconds, _ = best(1, lambda until=THEN.year + ahead: starting_point.ready(here, THEN, until))
        made.append(seconds)
    point = starting_point.ready(here, THEN, Position(known_on=THEN).until)
    assert isinstance(point, starting_point.StartingPoint)
    rows = [("a starting point, once in a process", min(made))]

    def ask(what: str) -> Callable[[], Any]:
        return lambda: browser.get(f"/werkbank/antwoord/?bekend={THEN}&{what}", headers={"HX-Request": "true"})

    plan = point.plan.scenarios
    asked = {"no change": "", "one slider": ONE, "seven sliders": SEVEN}
    measures: tuple[str, ...] = ()
    if plan:
        (variant,) = scenarios.variants(point.plan, [plan[0].code])
        measures = tuple(item.code for item in variant.measures)
        asked[f"a plan of {len(measures)} measures"] = "&".join(f"m={code}" for code in measures)
    for name, what in asked.items():
        seconds, answer = best(times, ask(what))
        assert answer.status_code == 200, answer.status_code
        rows.append((f"{name}, the whole answer", seconds))
    found = levers.chosen(point, Position(known_on=THEN, measures=measures))
    rows.append(("that plan, the engine alone", best(times, lambda: scenarios.answer(point.quick, found.measures))[0]))
    rows.append(("that plan, by district", best(times, lambda: scenarios.answer(point.full, found.measures))[0]))
    whole = levers.of_plan(point, found, "plan")
    rows.append(
        (
            "that plan, the whole band (256 draws)",
            best(1, lambda: scenarios.compare(point.baseline, whole, [levers.SCENARIO]))[0],
        )
    )
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--town", type=Path, help="folder of a made-up town that was taken in; by default a small one")
    parser.add_argument("--times", type=int, default=7)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="noaber-bench-") as where:
        file = prepare(Path(where), asked.town)
        os.environ |= {"NOABER_INSTALLATION": str(file), "DJANGO_SETTINGS_MODULE": "noaber.web.site.settings"}
        import django  # noqa: PLC0415

        django.setup()
        rows = measure(asked.times)
    one = next(seconds for name, seconds in rows if name.startswith("one slider"))
    print(f"Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    print("| what | processor ms | ÷ one slider |\n| --- | --: | --: |")
    for name, seconds in rows:
        print(f"| {name} | {1000 * seconds:.0f} | {seconds / one:.1f} |")


if __name__ == "__main__":
    main()
