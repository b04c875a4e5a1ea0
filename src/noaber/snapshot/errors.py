"""What can be wrong with a store. In all cases the snapshot that stood before still stands."""

from __future__ import annotations

from noaber.records import NoaberError


class StoreError(NoaberError):
    """The store cannot do what was asked."""

    code = "N-400"


class StoreBusyError(StoreError):
    """Another process is writing to the store."""

    code = "N-401"
    exit_code = 5


class StoreNotWrittenError(StoreError):
    """The disk refused: full, read-only or gone."""

    code = "N-402"
    exit_code = 5


class DamagedStoreError(StoreError):
    """A file of the snapshot is missing or is not what was written."""

    code = "N-403"
    exit_code = 4


class OtherKeyError(StoreError):
    """The pseudonyms of the store were made under another key ring."""

    code = "N-404"
    exit_code = 4


class UnfitBatchError(StoreError):
    """A batch holds rows that its tables do not allow, or rows of another delivery."""

    code = "N-405"
    exit_code = 3
