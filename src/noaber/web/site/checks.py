"""What is wrong with an installation, said at its start: an id, a sentence and a hint each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Advice

from .configuration import Installation


@register(Tags.security)
def installation(app_configs: Sequence[AppConfig] | None, **_: Any) -> list[CheckMessage]:
    """Return what an administrator must or should mend before people log in."""
    here: Installation = settings.NOABER
    found: list[CheckMessage] = []
    local = any(name in here.address for name in ("127.0.0.1", "localhost"))
    if not here.in_earnest and not local:
        found.append(
            Error(
                "People would reach this installation without encryption.",
                hint="Set address to an https address, behind a proxy that ends TLS.",
                id="noaber.E001",
            )
        )
    if here.demo and here.in_earnest:
        found.append(
            Error("Made-up accounts may log in on a real address.", hint="Set demo to false.", id="noaber.E002")
        )
    if here.in_earnest and here.database.startswith("sqlite"):
        found.append(
            Advice(
                "The database is SQLite; with more than a few people at once, writing will wait.",
                hint="Set database to a postgresql:// address.",
                id="noaber.W001",
            )
        )
    if here.in_earnest and here.mail is None:
        found.append(
            Advice("There is no mail server; mail is written to a folder.", hint="Fill [mail].", id="noaber.W002")
        )
    open_providers = [
        provider
        for provider in (here.staff, here.residents)
        if provider and not provider.issuer.startswith("https://") and not local
    ]
    if open_providers:
        found.append(Error("An identity provider is reached without encryption.", hint="Use https.", id="noaber.E003"))
    return found
