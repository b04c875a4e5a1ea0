"""Why a plan cannot be read; each class has a section in docs/how-to/errors/plans.md."""

from __future__ import annotations

from noaber.records import NoaberError


class PlanError(NoaberError):
    """A plan that cannot be read."""

    code = "N-700"
    exit_code = 7


class PlanFileError(PlanError):
    """There is no plan here, or a file of it is not TOML."""

    code = "N-701"


class PlanKeyError(PlanError):
    """A key that nothing reads, that is missing, or that holds something else than it should."""

    code = "N-702"


class PlanAmountError(PlanError):
    """An amount without a unit, or not in whole cents."""

    code = "N-703"
