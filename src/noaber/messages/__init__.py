"""The messages of iWmo and iJw 3.2, as the standard names them: model, reader, writer, rules and return messages.

What lives here: bytes in, structs out, and back; pure, no disk but a configured folder of official schemas. What does
not: zips, folders, pseudonyms and tables, which are the door's (`sources/messages.py`). Doors and casework may call it.
"""

from .answer import Finding, answer
from .codes import CODE_LISTS, CodeList, meaning
from .envelope import Envelope, open_envelopes, unwrap, wrap
from .errors import (
    EnvelopeError,
    MessageContentError,
    MessageError,
    MessageTooLargeError,
    NotXmlError,
    Problem,
    SchemaFolderError,
    UnknownMessageError,
    UnsafeXmlError,
    UnwritableMessageError,
)
from .model import KINDS, Message, message_code
from .read import read
from .standard import ANSWERED_BY, CODES, RETURNS, Number, Setting, Standard
from .write import write

__all__ = [
    "ANSWERED_BY",
    "CODES",
    "CODE_LISTS",
    "KINDS",
    "RETURNS",
    "CodeList",
    "Envelope",
    "EnvelopeError",
    "Finding",
    "Message",
    "MessageContentError",
    "MessageError",
    "MessageTooLargeError",
    "NotXmlError",
    "Number",
    "Problem",
    "SchemaFolderError",
    "Setting",
    "Standard",
    "UnknownMessageError",
    "UnsafeXmlError",
    "UnwritableMessageError",
    "answer",
    "meaning",
    "message_code",
    "open_envelopes",
    "read",
    "unwrap",
    "wrap",
    "write",
]
