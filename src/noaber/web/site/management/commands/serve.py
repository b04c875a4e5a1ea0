"""noaber-web serve: bring the database up to this version and answer requests, until stopped."""

from __future__ import annotations

import os
import socket
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from granian import Granian
from granian.constants import Interfaces

ONE_THREAD: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "POLARS_MAX_THREADS")
"""Requests are answered side by side already: a sum that spreads over all cores by itself only waits for the others."""


class Command(BaseCommand):
    """Serve this installation by WSGI; behind a proxy that ends TLS when it is in earnest."""

    help = "Bring the database up to this version and answer requests, until stopped."

    def add_arguments(self, parser: Any) -> None:
        """Take the port and the number of processes; by default the port of the installation's own address."""
        here = urlsplit(settings.NOABER.address)
        parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
        parser.add_argument("--port", type=int, default=here.port or 8000, help="default: that of the address")
        parser.add_argument("--workers", type=int, default=1, help="processes (default: 1)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Check, migrate and serve; raises CommandError when the port is taken."""
        _require_free(options["host"], options["port"])
        call_command("check", fail_level="ERROR")
        call_command("migrate", verbosity=0)
        for name in ONE_THREAD:
            os.environ.setdefault(name, "1")  # read by NumPy in the processes that are started here
        settings.STATIC_ROOT.mkdir(exist_ok=True)  # whitenoise looks there first
        Granian(
            "noaber.web.site.wsgi:application",
            address=options["host"],
            port=options["port"],
            interface=Interfaces.WSGI,
            workers=options["workers"],
            blocking_threads=8,
            log_enabled=False,
        ).serve()


def _require_free(host: str, port: int) -> None:
    with socket.socket() as asked:
        if asked.connect_ex((host, port)) == 0:
            raise CommandError(f"Something answers on {host}:{port} already; stop it, or name another --port.")
