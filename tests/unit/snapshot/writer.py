"""A writer in a process of its own, for tests that kill it: `python writer.py FOLDER ACT [STEP]`.

With a STEP it kills itself, without any farewell, at that step of its work on the disk; steps are the calls that make
something durable or move it. Without one it prints how many steps there were.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from noaber import pseudonym
from noaber.snapshot import Store
from said import TOWN, allocation, claim, said, start, stop

BEFORE = (said("2024-01-10", allocation(at="2024-01-10"), start("2024-02-01", person="a" * 32)),)
AFTER = (
    said("2024-03-05", claim("R1", 1000), claim("R2", 500)),
    said("2024-05-02", stop("2024-02-01", "2024-04-30")),
)


def act(folder: Path, what: str) -> None:
    store = Store(folder / "store")
    if what == "add":
        store.add(AFTER, town=TOWN)
    elif what == "rotate":
        store.rotate_key(folder / "keys" / "9901.key", town=TOWN)
    elif what == "begin":
        store.add(BEFORE, town=TOWN, pseudonyms=pseudonym.read(folder / "keys" / "9901.key"))


class Steps:
    """Counts the calls that touch the disk, and kills this process just before or just after one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.taken = 0

    def counted(self, call):
        def counting(*args, **kwargs):
            self._step()
            try:
                return call(*args, **kwargs)
            finally:
                self._step()

        return counting

    def _step(self) -> None:
        self.taken += 1
        if self.taken == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    folder, what = Path(sys.argv[1]), sys.argv[2]
    steps = Steps(int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    for module, name in ((os, "open"), (os, "fsync"), (Path, "mkdir"), (Path, "rename"), (Path, "replace"),
                         (Path, "unlink"), (shutil, "rmtree")):  # fmt: skip
        setattr(module, name, steps.counted(getattr(module, name)))
    act(folder, what)
    print(steps.taken)


if __name__ == "__main__":
    main()
