"""Pages for whoever keeps this running: is the process alive, and can it do its work."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from noaber.web.access.door import public
from noaber.web.exchange.queries import backlog


@public("A load balancer asks it without an account; it says nothing about anybody.")
def alive(_request: HttpRequest) -> JsonResponse:
    """Return that the process answers."""
    return JsonResponse({"status": "ok"})


@public("A load balancer asks it without an account; it says nothing about anybody.")
def ready(_request: HttpRequest) -> JsonResponse:
    """Return whether the database answers and has the tables of this version; 503 when not.

    `outbox` says how many things still wait to be said to each other organisation: a peer that is away makes it grow,
    and makes us no less ready.
    """
    try:
        executor = MigrationExecutor(connection)
        behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    if behind:
        return JsonResponse({"status": "migrations behind", "behind": behind}, status=503)
    return JsonResponse({"status": "ok", "outbox": backlog()})
