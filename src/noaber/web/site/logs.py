"""Logs for whoever keeps this running: one JSON object a line, without personal data.

Who did what belongs in the journal, not here. A line has a moment, a level, an event, the identity of the request and,
for a fault, where in the code; the words of an exception stay out, because they may repeat what someone typed.
"""

from __future__ import annotations

import logging
import re
from collections.abc import MutableMapping
from typing import Any, Final

import structlog

_NUMBER: Final = re.compile(r"\b[0-9]{8,}\b")
_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


def impersonal(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take long numbers and mail addresses out of a line, and the words of an exception."""
    for key, value in line.items():
        if isinstance(value, str):
            line[key] = _ADDRESS.sub("[adres]", _NUMBER.sub("[nummer]", value))
    fault = line.pop("exc_info", None)
    if isinstance(fault, tuple) and fault[0] is not None:
        line["fault"] = fault[0].__name__
        line["at"] = _places(fault[2])
    return line


def _places(traceback: Any) -> list[str]:
    """Return the last places in the code that a fault went through: file, line and function; no values."""
    places = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('site-packages/', 1)[-1]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return places[-8:]


def formatter() -> logging.Formatter:
    """Return the formatter of all logs, ours and those of libraries."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            impersonal,
            structlog.processors.JSONRenderer(),
        ],
    )
