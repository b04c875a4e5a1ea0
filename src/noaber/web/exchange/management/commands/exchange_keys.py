"""noaber-web exchange_keys: write the public keys of this installation, to hand to the other organisation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from noaber.connections.exchange import public_file
from noaber.web.exchange.peers import KEYS, own_keys


class Command(BaseCommand):
    """Write our public keys; with --renew, make a new key first."""

    help = "Write the public keys of this installation, to hand to the other organisation."

    def add_arguments(self, parser: Any) -> None:
        """Take the file to write and --renew."""
        parser.add_argument("file", type=Path, help="the file to write, such as our-keys.json")
        parser.add_argument("--renew", action="store_true", help="make a new key first; older ones still open")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file, and say the name of the key, to compare by telephone."""
        if options["renew"]:
            settings.NOABER.renew(KEYS)
        keys = own_keys()
        options["file"].write_bytes(public_file(keys, settings.NOABER.code))
        self.stdout.write(f"{options['file']}: compare by telephone that the key is {keys.signs_as}")
