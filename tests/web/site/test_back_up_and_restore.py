"""The commands of the page on backups, run as they stand there: what comes back is whole, and nothing without keys."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs/how-to/back-up-and-restore.md").read_text(encoding="utf-8")
COMMAND = f"{sys.executable} -m noaber.web.site.command"
NUMBER = "999990019"
FILL = f"""
import django; django.setup()
from django.core.management import call_command
from django.utils import timezone
from noaber.web.access.actions import welcome_resident
from noaber.web.journal.actions import By
call_command("migrate", verbosity=0)
welcome_resident(number="{NUMBER}", at=timezone.now(), by=By(at=timezone.now(), name="De toneelmeester"))
call_command("verify_journal")
"""
READ = """
import django; django.setup()
from noaber.web.access.models import Resident
print(Resident.objects.get().number)
"""


def blocks(title):
    """The commands under a heading of the page that need no PostgreSQL, in their order."""
    section = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    found = re.findall(r"^```sh\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return "".join(block for block in found if "pg_" not in block).replace("noaber-web", COMMAND)


def run(place, *words):
    """Run a program in the folder of an installation; returns what happened and what was said."""
    return subprocess.run(
        words,
        cwd=place.folder,
        env=os.environ
        | {
            "NOABER_INSTALLATION": str(place.folder / "installation.toml"),
            "DJANGO_SETTINGS_MODULE": "noaber.web.site.settings",
            "PYTHONPATH": str(ROOT / "src"),
            "BACKUP": str(place.backup),
            "VAULT": str(place.vault),
        },
        capture_output=True,
        text=True,
        check=False,
    )


def told(done):
    """What a program said, that must have gone well."""
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def at(where, folder):
    """An installation in `folder`, and where its copies go."""
    (where / folder).mkdir()
    return SimpleNamespace(folder=where / folder, backup=where / "backup", vault=where / "vault")


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory):
    """An installation with a resident, an upload and a marked journal, after the backup of the page was made."""
    place = at(tmp_path_factory.mktemp("backup"), "installation")
    (place.folder / "installation.toml").write_text('role = "partner"\nname = "Naober"\ncode = "90009999"\n')
    (place.folder / "uploads").mkdir()
    (place.folder / "uploads" / "letter.txt").write_text("a letter")
    told(run(place, sys.executable, "-c", FILL))
    told(run(place, "sh", "-e", "-c", blocks("Back up")))
    return place


def test_a_restored_installation_is_whole(backed_up):
    place = at(backed_up.folder.parent, "restored")
    assert "2 entries, and all is well." in told(run(place, "sh", "-e", "-c", blocks("Restore")))
    assert told(run(place, sys.executable, "-c", READ)).strip() == NUMBER
    assert (place.folder / "uploads" / "letter.txt").read_text() == "a letter"


def test_the_backup_of_the_database_says_no_number_and_gives_none_without_the_keys(backed_up):
    place = at(backed_up.folder.parent, "robbed")
    for file in ("noaber.sqlite3", "installation.toml"):
        shutil.copy(place.backup / file, place.folder)
    assert NUMBER.encode() not in (place.folder / "noaber.sqlite3").read_bytes()
    failed = run(place, sys.executable, "-c", READ)
    assert failed.returncode != 0
    assert "NumberKeyError" in failed.stderr
    assert NUMBER not in failed.stdout + failed.stderr


def test_a_backup_under_the_marks_of_a_later_day_is_seen_to_be_cut_off(backed_up):
    place = at(backed_up.folder.parent, "older")
    told(run(backed_up, *COMMAND.split(), "verify_journal"))
    for file in ("noaber.sqlite3", "installation.toml"):
        shutil.copy(place.backup / file, place.folder)
    shutil.copytree(backed_up.folder / "keys", place.folder / "keys")
    seen = run(place, *COMMAND.split(), "verify_journal")
    assert seen.returncode != 0
    assert "does not hold" in seen.stderr
