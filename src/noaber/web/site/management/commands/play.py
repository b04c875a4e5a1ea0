"""noaber-web play: fill an empty demo with made-up people and what they do, and say how to log in."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from noaber.web.access.roles import ROLES
from noaber.web.site.play_demo import play


class Command(BaseCommand):
    """Play the demo through the rooms' own actions; a second time adds nothing."""

    help = "Fill an empty demo with made-up people and what they do, and say how to log in."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write one JSON object: the address, the accounts with their role, the password and the code."""
        call_command("migrate", verbosity=0)
        played = play(settings.NOABER, timezone.now())
        accounts = [
            {"email": person.email, "name": person.name, "role": ROLES[role].name.nl}
            for role, person in played.people.items()
        ]
        told = {"address": settings.NOABER.address, "password": played.password, "code": played.code}
        self.stdout.write(json.dumps(told | {"accounts": accounts}, ensure_ascii=False))
