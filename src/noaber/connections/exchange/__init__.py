"""The other organisation: what two installations say to each other over HTTP, signed by both and sealed for one.

What lives here: keys, signatures, seals, the shape of what travels, asking over HTTP (`client`) and an imitation of the
other side (`fake`). What does not: what may be sent and what is done with it; that is the room `exchange` of the web.
"""

from .client import Client
from .envelope import (
    STATUSES,
    Contents,
    Envelope,
    ExchangeError,
    Line,
    PeerRefusedError,
    PeerUnreachableError,
    Receipt,
    Status,
)
from .fake import Fake
from .keys import KeyFileError, OwnKeys, PeerKeys, public_file, read_public
from .seal import SealError, open_sealed, seal
from .sign import Exchanged, SignatureError, sign_answer, sign_request, verify_answer, verify_request

__all__ = [
    "STATUSES",
    "Client",
    "Contents",
    "Envelope",
    "ExchangeError",
    "Exchanged",
    "Fake",
    "KeyFileError",
    "Line",
    "OwnKeys",
    "PeerKeys",
    "PeerRefusedError",
    "PeerUnreachableError",
    "Receipt",
    "SealError",
    "SignatureError",
    "Status",
    "open_sealed",
    "public_file",
    "read_public",
    "seal",
    "sign_answer",
    "sign_request",
    "verify_answer",
    "verify_request",
]
