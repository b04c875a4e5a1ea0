"""noaber-web doctor: look whether this installation is in order; exit 1 when it is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import ERROR, run_checks
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from noaber.web.exchange.queries import backlog
from noaber.web.oversight import actions


class Command(BaseCommand):
    """Say per thing whether it is well, and what to do when it is not."""

    help = "Look whether settings, database, journal and outbox are in order."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Look at all of it; raises CommandError when something is wrong."""
        wrong = 0
        for well, said in _looked():
            wrong += not well
            self.stdout.write(f"{'ok   ' if well else 'WRONG'}  {said}")
        if wrong:
            raise CommandError(f"{wrong} of these must be mended.")


def _looked() -> Iterator[tuple[bool, str]]:
    faults = [item for item in run_checks(include_deployment_checks=False) if item.level >= ERROR]
    yield not faults, f"settings: {'; '.join(f'{item.id} {item.msg}' for item in faults) or 'no fault'}"
    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield (
        not behind,
        f"database: {behind} migrations behind; run: noaber-web migrate" if behind else "database: current",
    )
    if behind:
        return
    found = actions.verify_journal(by=actions.system(timezone.now()))
    at = found.broken_at or found.cut_at
    yield (
        found.whole,
        f"journal: {found.checked} entries and the chain holds"
        if found.whole
        else f"journal: the chain does not hold at entry {at}; see docs/how-to/verify-the-journal.md",
    )
    waiting = ", ".join(f"{count} for {peer}" for peer, count in sorted(backlog().items()))
    yield True, f"outbox: {waiting or 'nothing waits'}"
