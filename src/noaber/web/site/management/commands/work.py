"""noaber-web work: do what waits in the background, and what is due at night, until stopped."""

from __future__ import annotations

import time
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from noaber.web.site.schedule import enqueue_due


class Command(BaseCommand):
    """Work through the tasks; one process is enough, and more do no harm but for a nightly job done twice."""

    help = "Do what waits in the background, and what is due at night."

    def add_arguments(self, parser: Any) -> None:
        """Take --once, to stop when nothing waits."""
        parser.add_argument("--once", action="store_true", help="stop when nothing waits")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Put what is due in the queue, empty the queue, and wait a moment."""
        while True:
            enqueue_due(timezone.now())
            call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
            if options["once"]:
                return
            time.sleep(2)
