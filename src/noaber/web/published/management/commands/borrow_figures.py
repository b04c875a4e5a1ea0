"""noaber-web borrow_figures [SOURCE]: take over what another organisation made public, from its address or a folder."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from noaber.connections.figures import source
from noaber.web.journal.actions import By
from noaber.web.published import actions, borrowed
from noaber.web.published.schedule import address


class Command(BaseCommand):
    """Fetch public figures; they replace those that were fetched before."""

    help = "Take over what another organisation made public: all that its index names now."

    def add_arguments(self, parser: Any) -> None:
        """Take the address or the folder; by default the address of the municipality that is named as peer."""
        parser.add_argument("source", nargs="?", default="", help="https address or folder with an index.json")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fetch, check and keep; raises CommandError when no source is known."""
        named = options["source"] or address()
        if not named:
            raise CommandError("Name a source: the address or the folder where the figures are public.")
        now, place = timezone.now(), source(named)
        by = By(at=now, name="De beheerder", role="beheerder")
        count = actions.borrow(borrowed.fetch(place), source=place.name, at=now, by=by)
        self.stdout.write(f"{count} figures of {place.name} count now.")
