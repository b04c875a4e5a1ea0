"""noaber-web deliver: say to the other organisation what waits, once or again and again."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from noaber.web.exchange.outbox.deliver import deliver


class Command(BaseCommand):
    """Work through the outbox; two at a time do no harm."""

    help = "Say to the other organisation what waits."

    def add_arguments(self, parser: Any) -> None:
        """Take --every, the seconds between rounds; without it there is one round."""
        parser.add_argument("--every", type=int, default=0, help="go on, with a round every so many seconds")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Do a round, say what came of it, and wait."""
        while True:
            tally = deliver(now=timezone.now)
            self.stdout.write(
                f"said {tally.said}, postponed {tally.postponed}, refused {tally.refused}, stopped {tally.stopped}"
            )
            if not options["every"]:
                return
            time.sleep(options["every"])
