"""Runs tests on a PostgreSQL of their own: python3 tests/postgresql.py [arguments of pytest].

Starts a server from the system's programs in a folder of its own, reached by a socket in that folder only, and takes it
away afterwards. The server refuses to run as root, so root lends it to `nobody`. Without the programs nothing is run.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USUAL = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
)


def programs():
    """The folder with `initdb` and `pg_ctl`, the newest version; None when there is none."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    places = [
        place for pattern in USUAL for place in Path("/").glob(pattern.lstrip("/")) if (place / "initdb").exists()
    ]
    return max(
        places, key=lambda place: [int(part) for part in place.parent.name.split(".") if part.isdigit()], default=None
    )


@contextmanager
def server():
    """Give the address of a database on a server that lives as long as the block."""
    where = programs()
    folder = Path(tempfile.mkdtemp(prefix="noaber-postgresql-"))
    owner = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(program, *arguments):
        lent = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        told = subprocess.run(
            [where / program, *arguments], cwd=folder, check=False, capture_output=True, text=True, timeout=120, **lent
        )
        if told.returncode:
            raise SystemExit(f"{program} failed:\n{told.stdout}{told.stderr}")

    try:
        run("initdb", "-D", "data", "-U", "noaber", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale", "C")
        quick = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off -c full_page_writes=off"
        run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", quick, "start")
        try:
            yield f"postgresql://noaber@{quote(str(folder), safe='')}/postgres"
        finally:
            run("pg_ctl", "-D", "data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main(arguments):
    """Run pytest on a server of its own; return its exit code, and 0 with a remark without PostgreSQL."""
    if programs() is None:
        print("PostgreSQL is not installed here; the tests ran on SQLite only.")
        return 0
    with server() as address:
        command = [sys.executable, "-m", "pytest", *(arguments or ["-q", "-m", "not browser", "tests/web"])]
        return subprocess.run(command, env=os.environ | {"NOABER_TEST_DATABASE": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
