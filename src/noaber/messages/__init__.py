"""The messages of iWmo and iJw 3.2, as the standard names them: model, reader, writer, rules and return messages.

What lives here: bytes in, structs out, and back; pure, no disk but a configured folder of official schemas. What does
not: zips, folders, pseudonyms and tables, which are the door's (`sources/messages.py`). Doors and casework may call it.
"""

from .codes import CODE_LISTS, CodeList, meaning
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
from .standard import ANSWERED_BY, CODES, RETURNS, Number, Setting, Standard

__all__ = [
    "ANSWERED_BY",
    "CODES",
    "CODE_LISTS",
    "KINDS",
    "RETURNS",
    "CodeList",
    "EnvelopeError",
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
    "meaning",
    "message_code",
]
