"""The words: residents, areas, laws, care forms, support, claims, contacts; the tables they stand in; deliveries.

What lives here: declarations and the small checks that follow from them. What does not: reading files, counting,
drawing. Every room may use these words; this room uses nobody.
"""

from .catalogue import DELIVERED, FOLDED, TABLES
from .citizen_number import is_citizen_number, test_citizen_numbers
from .delivery import Batch, Receipt, Refusal, Remark, delivery_id, keep_good_rows
from .errors import NoaberError, RecordError
from .table import DTYPES, LINEAGE, Column, Privacy, Table, Type
from .words import (
    KIND_NAMES,
    LAW_NAMES,
    LAYER_NAMES,
    TOTAL,
    Kind,
    Language,
    Law,
    Layer,
    Status,
    Text,
)

__all__ = [
    "DELIVERED",
    "DTYPES",
    "FOLDED",
    "KIND_NAMES",
    "LAW_NAMES",
    "LAYER_NAMES",
    "LINEAGE",
    "TABLES",
    "TOTAL",
    "Batch",
    "Column",
    "Kind",
    "Language",
    "Law",
    "Layer",
    "NoaberError",
    "Privacy",
    "Receipt",
    "RecordError",
    "Refusal",
    "Remark",
    "Status",
    "Table",
    "Text",
    "Type",
    "delivery_id",
    "is_citizen_number",
    "keep_good_rows",
    "test_citizen_numbers",
]
