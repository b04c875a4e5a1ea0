"""What the gate says when it stays closed; the cells are named, their numbers never."""

from __future__ import annotations

from noaber.records import NoaberError


class DisclosureError(NoaberError):
    """The gate stays closed."""

    code = "N-550"
    exit_code = 6


class RecoverableError(DisclosureError):
    """A hidden figure can be worked out from what would be published; nothing was published."""

    code = "N-551"


class MissingKeyError(DisclosureError):
    """The rule `noise` was asked for without the secret key of the installation."""

    code = "N-552"


class ContradictionError(DisclosureError):
    """Figures that would be published together cannot all be true."""

    code = "N-553"


class PublishedFileError(DisclosureError):
    """A published file is missing, damaged or of a later format."""

    code = "N-554"
