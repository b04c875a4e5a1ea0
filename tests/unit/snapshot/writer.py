"""A writer in a process of its own, for tests that kill it: `python writer.py ACT FOLDER[:STEP]…`.

It does its act on each folder in a child of its own. With a STEP the child kills itself, without any farewell, at that
step of its work on the disk: just before or just after a call that makes something durable or moves it. Per folder it
prints how the child ended and how many steps it took; it says when it is at work.
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


def before():
    """Return what stands in the store before the writer comes."""
    return [said("2024-01-10", allocation(at="2024-01-10"), start("2024-02-01", person="a" * 32))]


def after():
    """Return what the writer brings."""
    return [
        said("2024-03-05", claim("R1", 1000), claim("R2", 500)),
        said("2024-05-02", stop("2024-02-01", "2024-04-30")),
    ]


def act(folder: Path, what: str) -> None:
    store, key_file = Store(folder / "store"), folder / "keys" / "9901.key"
    if what == "begin":
        store.add(before(), town=TOWN, pseudonyms=pseudonym.read(key_file))
    elif what == "add":
        store.add(after(), town=TOWN)
    else:
        store.rotate_key(key_file, town=TOWN)


class Steps:
    """Counts the calls that touch the disk, and kills this process just before or just after one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.taken = 0
        for module, name in ((os, "open"), (os, "fsync"), (Path, "mkdir"), (Path, "rename"), (Path, "replace"),
                             (Path, "unlink"), (shutil, "rmtree")):  # fmt: skip
            setattr(module, name, self._counted(getattr(module, name)))

    def _counted(self, call):
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


def in_a_child(folder: Path, what: str, fatal: int) -> str:
    """Do the act in a child; return how it ended (0, or minus the signal) and how many steps it took."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        steps = Steps(fatal)
        print("at work", file=sys.stderr, flush=True)
        act(folder, what)
        os.write(writing, str(steps.taken).encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    taken = os.read(reading, 20).decode() or "0"
    return f"{os.waitstatus_to_exitcode(status)} {taken}"


def main() -> None:
    what, *folders = sys.argv[1:]
    for place in folders:
        folder, _, fatal = place.partition(":")
        print(in_a_child(Path(folder), what, int(fatal or 0)), flush=True)


if __name__ == "__main__":
    main()
