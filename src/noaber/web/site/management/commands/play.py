"""noaber-web play: fill an empty demo with made-up people and what they do, and say how to log in."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from noaber.web.access.roles import ROLES
from noaber.web.site.play_demo import play, play_exchange


class Command(BaseCommand):
    """Play the demo through the rooms' own actions; a second time adds nothing."""

    help = "Fill an empty demo with made-up people and what they do, and say how to log in."

    def add_arguments(self, parser: Any) -> None:
        """Take --exchange, for the scenes in which both installations answer."""
        parser.add_argument("--exchange", action="store_true", help="hand over to the other side, or answer it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write one JSON object: the address, the accounts with their role, the password and the code."""
        if options["exchange"]:
            play_exchange(settings.NOABER, timezone.now)
            return
        call_command("migrate", verbosity=0)
        played = play(settings.NOABER, timezone.now())
        accounts = [
            {"email": person.email, "name": person.name, "role": ROLES[role].name.nl}
            for role, person in played.people.items()
        ]
        told = {"address": settings.NOABER.address, "password": played.password, "code": played.code}
        self.stdout.write(json.dumps(told | {"accounts": accounts}, ensure_ascii=False))
