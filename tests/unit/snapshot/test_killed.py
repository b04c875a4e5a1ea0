"""Whatever happens to the process that writes, the snapshot from before stands or the new one does, and nothing else.

The writer is a real process. It is killed at steps of its work on the disk and at random times, and its disk is full.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from writer import act, after, before

from noaber import pseudonym
from noaber.snapshot import Store
from said import TOWN

HERE = Path(__file__).parent
ENVIRONMENT = os.environ | {
    "PYTHONPATH": os.pathsep.join([str(HERE.parents[1]), *filter(None, sys.path)]),
    "PYTHONWARNINGS": "ignore::DeprecationWarning",  # from 3.12 on Python warns of the fork that makes a child to kill
}


def command(what, *folders):
    return [sys.executable, str(HERE / "writer.py"), what, *map(str, folders)]


def run(what, *folders, **more):
    return subprocess.run(command(what, *folders), env=ENVIRONMENT, capture_output=True, text=True, check=False, **more)


def contents(store):
    return sorted(str(path.relative_to(store.folder)) for path in store.folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A store with one delivery, and its key."""
    folder = tmp_path_factory.mktemp("begun")
    pseudonym.make(folder / "keys" / "9901.key")
    act(folder, "begin")
    return folder


@pytest.fixture(scope="module")
def done(begun, tmp_path_factory):
    """What the store looks like when nobody kills the writer."""
    folder = tmp_path_factory.mktemp("done") / "copy"
    shutil.copytree(begun, folder)
    act(folder, "add")
    return Store(folder / "store")


def standing(folder):
    snapshot = Store(folder / "store").current()
    snapshot.verify()
    with snapshot.connect() as connection:
        assert connection.execute("SELECT count(*) FROM support").fetchone() == (1,)
    return snapshot.hash


def killed_at_its_steps(begun, tmp_path, what, every):
    """Return a copy of the store per step of the writer (every so many, and the last ones all), killed at that step."""
    whole = shutil.copytree(begun, tmp_path / "whole")
    ended, steps = run(what, whole).stdout.split()
    assert (ended, int(steps) > 40) == ("0", True)
    chosen = [step for step in range(1, int(steps) + 1) if step % every == 0 or step > int(steps) - 10]
    folders = [shutil.copytree(begun, tmp_path / str(step)) for step in chosen]
    told = run(what, *(f"{folder}:{step}" for folder, step in zip(folders, chosen, strict=True)))
    assert told.stdout.split("\n")[:-1] == [f"{-signal.SIGKILL} 0"] * len(chosen), told.stderr
    return folders


def test_killed_at_any_step_of_taking_in_the_old_or_the_new_snapshot_stands(begun, done, tmp_path):
    old, new = standing(begun), done.current().hash
    found = []
    for folder in killed_at_its_steps(begun, tmp_path, "add", 6):
        found.append(standing(folder))
        assert found[-1] in (old, new)
        store = Store(folder / "store")
        assert store.add(after(), town=TOWN).hash == new
        assert contents(store) == contents(done), "something of the killed run was left"
    assert found == sorted(found, key=(old, new).index), "once the pointer has moved it stays"
    assert {old, new} == set(found)


def test_killed_at_random_times_the_old_or_the_new_snapshot_stands(begun, done, tmp_path):
    luck, old, new = random.Random(1), standing(begun), done.current().hash
    for attempt in range(5):
        folder = tmp_path / str(attempt)
        shutil.copytree(begun, folder)
        with subprocess.Popen(
            command("add", folder), env=ENVIRONMENT, stderr=subprocess.PIPE, start_new_session=True
        ) as process:
            assert process.stderr.readline() == b"at work\n"
            time.sleep(luck.uniform(0, 0.4))
            os.killpg(process.pid, signal.SIGKILL)  # the writer and its child
            process.stderr.read()  # until both are gone
        assert standing(folder) in (old, new)
        assert Store(folder / "store").add(after(), town=TOWN).hash == new


def test_killed_at_any_step_of_rotating_all_pseudonyms_are_old_or_all_are_new(begun, tmp_path):
    old = standing(begun)
    for folder in killed_at_its_steps(begun, tmp_path, "rotate", 10):
        hash_then, key_file, store = standing(folder), folder / "keys" / "9901.key", Store(folder / "store")
        finished = len(pseudonym.read(key_file).keys) == 2 and pseudonym.before(key_file) is None
        assert not finished or hash_then != old
        store.rotate_key(key_file, town=TOWN)
        ring = pseudonym.read(key_file)
        assert len(ring.keys) == (3 if finished else 2), "what was cut off is finished, not begun anew"
        assert pseudonym.before(key_file) is None
        expected = "a" * 32
        for number in range(2, len(ring.keys) + 1):
            expected = pseudonym.Pseudonymiser(ring.keys[:number]).rekey(expected)
        _only_pseudonym(store, expected)


def _only_pseudonym(store, expected):
    snapshot = store.current()
    snapshot.verify()
    assert store.history() == [snapshot.hash]
    with snapshot.connect() as connection:
        for table in ("support", "allocation", "start"):
            assert connection.execute(f"SELECT DISTINCT person FROM {table}").fetchall() == [(expected,)]
    assert len(list((store.folder / "snapshots").iterdir())) == 1
    assert len(list((store.folder / "deliveries").iterdir())) == len(snapshot.manifest.deliveries)


@pytest.mark.parametrize("room", [0, 600, 9000])
def test_on_a_full_disk_the_writer_says_so_and_the_old_snapshot_stands(begun, done, tmp_path, room):
    folder = tmp_path / "full"
    shutil.copytree(begun, folder)

    def no_more_than_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    failed = run("add", folder, preexec_fn=no_more_than_room)
    assert "StoreNotWrittenError" in failed.stderr
    assert standing(folder) == standing(begun)
    assert Store(folder / "store").add(after(), town=TOWN).hash == done.current().hash
    assert contents(Store(folder / "store")) == contents(done), "what was half written is swept"


def test_of_two_writers_at_once_each_delivers_or_says_that_the_other_is_busy(begun, done, tmp_path):
    folder = tmp_path / "two"
    shutil.copytree(begun, folder)
    pair = [
        subprocess.Popen(command("add", folder), env=ENVIRONMENT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(2)
    ]
    told = [process.communicate()[1].decode() for process in pair]
    assert 0 in [process.returncode for process in pair]
    assert all(process.returncode == 0 or "StoreBusyError" in text for process, text in zip(pair, told, strict=True))
    assert standing(folder) == done.current().hash


def test_the_deliveries_of_the_writer_are_new_to_the_store(begun):
    store = Store(begun / "store")
    assert all(store.has(batch.receipt.delivery) for batch in before())
    assert not any(store.has(batch.receipt.delivery) for batch in after())
