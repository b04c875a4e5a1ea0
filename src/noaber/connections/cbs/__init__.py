"""Statistics Netherlands (CBS): its open data, fetched once and saved as one file that the door `cbs` reads.

What lives here: asking over HTTP (`client`), an imitation for tests (`fake`), the shape of what comes back (`table`)
and the tables that matter for the social domain (`catalogue`). What does not: what a figure means; that is the door's.
"""

from .catalogue import CATALOGUE, Entry, identifier
from .client import Client, fetch
from .fake import Fake
from .table import (
    Cbs,
    CbsAnswerError,
    CbsError,
    CbsTableError,
    CbsUnreachableError,
    Code,
    Dimension,
    Measure,
    Observation,
    Table,
)

__all__ = [
    "CATALOGUE",
    "Cbs",
    "CbsAnswerError",
    "CbsError",
    "CbsTableError",
    "CbsUnreachableError",
    "Client",
    "Code",
    "Dimension",
    "Entry",
    "Fake",
    "Measure",
    "Observation",
    "Table",
    "fetch",
    "identifier",
]
