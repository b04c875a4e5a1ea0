"""The made-up town, from nothing to its fact sheet: time, memory and size of each step of the walk.

Each step is a process of its own, so that its memory is its own; sizes are those on disk afterwards.

    python bench/demo.py --scale 1.0
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

UNTIL = "2026-11-24"
MAKE = "from datetime import date; from pathlib import Path; from noaber import demo, pseudonym"
MAKE += "; demo.make(Path({folder!r}), seed=1, until=date.fromisoformat({until!r}), scale={scale})"
MAKE += "; pseudonym.make(pseudonym.default_key_file('9901'))"
STEPS = {"take in": ["take-in"], "publish": ["publish"], "fact sheet": ["factsheet"]}
FOLDERS = {"make the town": "deliveries", "take in": "store", "publish": "published", "fact sheet": "factsheet"}


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float, int]:
    """Run a command; return wall seconds, CPU seconds and peak memory (MB)."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{command} ended with {process.returncode}"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, cpu, used.ru_maxrss // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="size of the made-up town; 1.0 is 83,058 residents")
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory() as where:
        folder = Path(where) / "town"
        environment = os.environ | {"NOABER_KEYS": where, "NOABER_MUNICIPALITY": str(folder / "municipality.toml")}
        make = MAKE.format(folder=str(folder), until=UNTIL, scale=scale)
        commands = {"make the town": [sys.executable, "-c", make]}
        commands |= {name: [sys.executable, "-m", "noaber.cli", *verb, "--quiet"] for name, verb in STEPS.items()}
        print(f"Python {platform.python_version()}, until {UNTIL}, scale {scale}\n")
        print("| step | wall s | CPU s | peak MB | written | MB on disk |\n| --- | --: | --: | --: | --- | --: |")
        for name, command in commands.items():
            wall, cpu, memory = run(command, environment)
            size = sum(path.stat().st_size for path in (folder / FOLDERS[name]).rglob("*") if path.is_file())
            print(f"| {name} | {wall:.1f} | {cpu:.1f} | {memory} | `{FOLDERS[name]}` | {size / 1e6:.1f} |", flush=True)


if __name__ == "__main__":
    main()
