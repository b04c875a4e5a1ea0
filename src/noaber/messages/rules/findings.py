"""What a return message must say of the verdicts: each code at the part of the message that its rule is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from ..answer import Finding
from ..model import ChangeRequest317, Claim323, Header
from ..parts import Class
from .judge import Verdict
from .rule import Effect

_OF_THE_HEADER: Final = frozenset({"IV046", "TR056"})
"""Rules about for whom a message is and what it is called; other rules about a whole message are about its body."""


def findings(verdicts: Iterable[Verdict]) -> Iterator[Finding]:
    """Yield what was found, for `answer`; what was only remarked upon is no part of a return message."""
    for verdict in verdicts:
        if verdict.refusal is not None:
            yield Finding(_about(verdict), verdict.refusal.return_code)


def _about(verdict: Verdict) -> Header | Class:
    message, refusal = verdict.at.message, verdict.refusal
    line: Class = verdict.line.element
    if refusal is None or refusal.effect is not Effect.ALL_REFUSED:
        return line
    if refusal.rule in _OF_THE_HEADER:
        return message.header
    match message:
        case Claim323():
            return message.claim
        case ChangeRequest317():
            return message.client.request
        case _:
            return line
