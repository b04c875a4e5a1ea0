"""noaber-web renew_number_key: make a new key for citizen numbers, and write all of them again under it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from noaber.web.oversight import actions
from noaber.web.privacy.numbers import SERIES


class Command(BaseCommand):
    """Renew the key of citizen numbers; what was interrupted is finished by --continue."""

    help = "Make a new key for citizen numbers and write all of them again under it."

    def add_arguments(self, parser: Any) -> None:
        """Take --continue, which makes no new key."""
        parser.add_argument("--continue", action="store_true", dest="go_on", help="make no new key, finish the last")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say which key is the newest and how many numbers were written again."""
        newest = max(settings.NOABER.series(SERIES)) if options["go_on"] else settings.NOABER.renew(SERIES)
        count = actions.renew_number_key(by=actions.system(timezone.now()))
        self.stdout.write(f"Key {newest} is the newest; {count} numbers were written again.")
