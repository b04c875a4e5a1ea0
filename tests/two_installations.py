"""Two installations on one machine: each a process with its own database, keys and address, over real HTTP.

Run as a program it is one of them: it makes the tables, answers on its address, and does what it is told on its
standard input, one line of JSON at a time.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

ROOT = Path(__file__).resolve().parents[1]
KEYS = {"GM9901": "municipality", "90009999": "partner"}
NAMES = {"GM9901": "Gemeente Noaberstad", "90009999": "Stichting Naoberwerk"}


@dataclass
class Place:
    """One installation: its folder, its port, and the process that answers there."""

    code: str
    folder: Path
    port: int
    database: str
    process: subprocess.Popen | None = None
    environment: dict = field(default_factory=dict)

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Start answering; returns when it does."""
        self.process = subprocess.Popen(
            [sys.executable, __file__],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=self.folder,
        )
        ready = self.process.stdout.readline().strip()
        assert ready == "ready", ready

    def stop(self):
        """Stop answering, at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process.stdin.close()
            self.process.stdout.close()
            self.process = None

    def do(self, name, **given):
        """Do something of `exchanging` there, and return what it returns."""
        self.process.stdin.write(json.dumps({"name": name, "given": given}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "fault" not in answer, answer["fault"]
        return answer["result"]

    def command(self, *words):
        """Start a command of Django there, in a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "django", *words],
            env=self.environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def make(folder, *, by_way_of=None):
    """Make both installations, with keys that know each other; returns them by code, not yet started.

    `by_way_of` maps a code to the port under which the other knows it, when something stands in between.
    """
    places = {}
    for code, role in KEYS.items():
        here = folder / role
        here.mkdir(parents=True)
        places[code] = Place(code, here, free_port(), _database(role))
    for code, place in places.items():
        other = places[next(item for item in KEYS if item != code)]
        port = (by_way_of or {}).get(other.code, other.port)
        (place.folder / "installation.toml").write_text(
            f"""\
role = "{KEYS[code]}"
name = "{NAMES[code]}"
code = "{code}"
demo = true
address = "{place.address}"
database = "{place.database}"

[[peers]]
name = "{NAMES[other.code]}"
code = "{other.code}"
address = "http://127.0.0.1:{port}"
public_key_file = "other.json"
""",
            encoding="utf-8",
        )
        place.environment = os.environ | {
            "NOABER_INSTALLATION": str(place.folder / "installation.toml"),
            "DJANGO_SETTINGS_MODULE": "noaber.web.site.settings",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'tests'}",
        }
    for code, place in places.items():
        other = places[next(item for item in KEYS if item != code)]
        made = place.command("exchange_keys", str(other.folder / "other.json"))
        told = made.communicate(timeout=60)[0]
        assert made.returncode == 0, told
    return places


def _database(role):
    """Return a database of its own: a file, or a new one beside the database that the tests were told to use."""
    told = os.environ.get("NOABER_TEST_DATABASE", "")
    if not told.startswith("postgres"):
        return "sqlite:///noaber.sqlite3"
    import psycopg  # noqa: PLC0415  # only when the tests run on PostgreSQL

    name = f"noaber_{role}_{secrets.token_hex(4)}"
    start, _, rest = told.rpartition("/")
    query = rest.partition("?")[1] + rest.partition("?")[2]
    with psycopg.connect(f"{start}/postgres{query}", autocommit=True) as line:
        line.execute(f'CREATE DATABASE "{name}"')
    return f"{start}/{name}{query}"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_args):
        pass


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


def serve():
    """Be one installation, until told no more."""
    import django  # noqa: PLC0415  # after its settings are known

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    import exchanging  # noqa: PLC0415  # with its models, so after the settings too
    from noaber.web.site.wsgi import application  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    exchanging.house()
    port = int(settings.NOABER.address.rpartition(":")[2])
    server = make_server("127.0.0.1", port, application, server_class=_Threaded, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    answers, sys.stdout = sys.stdout, sys.stderr
    print("ready", file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer = {"result": getattr(exchanging, asked["name"])(**asked["given"])}
            told = json.dumps(answer, default=str)
        except Exception as error:  # whatever it is, the test must hear it
            told = json.dumps({"fault": f"{type(error).__name__}: {error}"})
        print(told, file=answers, flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        serve()
