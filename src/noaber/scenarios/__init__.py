"""Scenarios: what a plan does to unchanged policy, how sure that is, whose saving it is, and what a pilot shows.

What lives here: measures of a plan as levers on flows, their comparison, attribution, sensitivity, waiting, income
limits and pilots. What does not: reading plans, the flow engine itself and drawing. Jobs and the web's workbench call.
"""

from .answer import Answer, Prepared, answer, prepare_answers
from .assumptions import assumptions
from .attribution import By, Shares, attribute_variant
from .baseline import Baseline, by_age
from .calibrated import prepare
from .compare import DRAWS, Band, Comparison, Counted, Executor, compare
from .errors import (
    EmptySnapshotError,
    IncomeError,
    NationalTableError,
    NothingTouchedError,
    PilotError,
    ScenarioError,
    TooManyUsersError,
    TooSmallError,
    UnclaimedAmountError,
    UnknownTargetError,
)
from .income import Incomes, incomes, limited, with_incomes
from .income import read as read_incomes
from .levers import law_of, parameters, resolve
from .many import Cluster, Processes, Serial, cluster, processes
from .municipalities import Municipalities
from .municipalities import read as read_municipalities
from .national import NationalRun
from .national import run as run_national
from .pilots import Estimate, estimate, sentence
from .sensitivity import BreakEven, Swing, break_even, tornado
from .study import Study, as_compared, study
from .study_tables import divided_tables, study_tables
from .tables import tables
from .variant import STATED, Variant, variants
from .waiting import Waiting, usual_limits, waiting

__all__ = [
    "DRAWS",
    "STATED",
    "Answer",
    "Band",
    "Baseline",
    "BreakEven",
    "By",
    "Cluster",
    "Comparison",
    "Counted",
    "EmptySnapshotError",
    "Estimate",
    "Executor",
    "IncomeError",
    "Incomes",
    "Municipalities",
    "NationalRun",
    "NationalTableError",
    "NothingTouchedError",
    "PilotError",
    "Prepared",
    "Processes",
    "ScenarioError",
    "Serial",
    "Shares",
    "Study",
    "Swing",
    "TooManyUsersError",
    "TooSmallError",
    "UnclaimedAmountError",
    "UnknownTargetError",
    "Variant",
    "Waiting",
    "answer",
    "as_compared",
    "assumptions",
    "attribute_variant",
    "break_even",
    "by_age",
    "cluster",
    "compare",
    "divided_tables",
    "estimate",
    "incomes",
    "law_of",
    "limited",
    "parameters",
    "prepare",
    "prepare_answers",
    "processes",
    "read_incomes",
    "read_municipalities",
    "resolve",
    "run_national",
    "sentence",
    "study",
    "study_tables",
    "tables",
    "tornado",
    "usual_limits",
    "variants",
    "waiting",
    "with_incomes",
]
