"""noaber-web verify_journal: follow the chain of the journal; exit 1 when it does not hold."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from noaber.web.oversight import actions


class Command(BaseCommand):
    """Verify the journal, record the outcome in it, and mark its head."""

    help = "Follow the chain of the journal, record the outcome, and mark its head."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say what was found; raises CommandError when the chain is broken or cut off."""
        found = actions.verify_journal(by=actions.system(timezone.now()))
        if not found.whole:
            raise CommandError(f"The journal does not hold at entry {found.broken_at or found.cut_at}.")
        self.stdout.write(f"{found.checked} entries, and all is well.")
