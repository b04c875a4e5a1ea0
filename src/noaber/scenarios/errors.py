"""Why a scenario cannot be costed; each class has a section in docs/how-to/errors/scenarios.md."""

from __future__ import annotations

from noaber.records import NoaberError


class ScenarioError(NoaberError):
    """A scenario that cannot be costed."""

    code = "N-710"
    exit_code = 7


class UnknownTargetError(ScenarioError):
    """A measure names a care form, district, referrer or scenario that is not there."""

    code = "N-711"


class NothingTouchedError(ScenarioError):
    """An effect that reaches nobody, changes nothing, or works outside the months that are costed."""

    code = "N-712"


class EmptySnapshotError(ScenarioError):
    """A snapshot without claims of a care form, so that it has no price."""

    code = "N-713"


class TooSmallError(ScenarioError):
    """A care form with too few clients to cost a measure on: one client only, or never seen."""

    code = "N-714"


class UnclaimedAmountError(ScenarioError):
    """A stated amount that does not say from which spending it must come."""

    code = "N-715"


class PilotError(ScenarioError):
    """Figures of a pilot that contradict each other."""

    code = "N-716"


class IncomeError(ScenarioError):
    """Households and their incomes that cannot be right."""

    code = "N-717"


class NationalTableError(ScenarioError):
    """A table of municipalities that cannot be used for a national run."""

    code = "N-718"


class TooManyUsersError(ScenarioError):
    """A plan says that more residents use a support elsewhere than live here."""

    code = "N-719"
