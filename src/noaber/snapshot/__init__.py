"""The snapshot: an immutable, dated, hashed set of record tables in Parquet, read through DuckDB.

What lives here: keeping deliveries, folding support and cost from them, and showing what was known on a day. What does
not: reading suppliers' files (`sources`) and counting (`indicators`). Only `jobs` and tests call this room.
"""

from .costs import fold_cost
from .errors import (
    DamagedStoreError,
    OtherKeyError,
    StoreBusyError,
    StoreError,
    StoreNotWrittenError,
    UnfitBatchError,
)
from .reading import Origin, Snapshot
from .spells import fold_support
from .store import Store

__all__ = [
    "DamagedStoreError",
    "Origin",
    "OtherKeyError",
    "Snapshot",
    "Store",
    "StoreBusyError",
    "StoreError",
    "StoreNotWrittenError",
    "UnfitBatchError",
    "fold_cost",
    "fold_support",
]
