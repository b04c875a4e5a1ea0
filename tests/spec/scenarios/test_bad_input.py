"""What cannot be costed says so in a sentence with a code; there is no silent zero and no traceback."""

import pytest

from noaber.flows import ClaimError
from noaber.plans import PlanKeyError
from noaber.scenarios import (
    NothingTouchedError,
    TooSmallError,
    UnclaimedAmountError,
    UnknownTargetError,
    compare,
)
from scenario_town import baseline, measure, plan

BASE = baseline()
BAD = {
    "an unknown care form": (measure(more='care_forms = ["NOWHERE"]'), UnknownTargetError),
    "a care form of another law": (measure(more='care_forms = ["YOUTH"]'), UnknownTargetError),
    "a district elsewhere": (measure(more='areas = ["WK000000"]'), UnknownTargetError),
    "an unknown referrer": (measure(more='referrers = ["99"]'), UnknownTargetError),
    "a law that nobody has": (measure(law="participatiewet"), UnknownTargetError),
    "a care form with one client": (measure(more='care_forms = ["RARE"]'), TooSmallError),
    "a care form never seen": (measure(more='care_forms = ["GONE"]'), TooSmallError),
    "ages that nobody has": (measure(law="jeugdwet", more="ages = [40, 50]"), NothingTouchedError),
    "a month after the last": (measure().replace("2024-01-01", "2031-01-01"), NothingTouchedError),
    "a month before the first": (measure().replace("2024-01-01", "2020-01-01"), NothingTouchedError),
    "a contribution that is not there": (measure(lever="contribution", law="jeugdwet"), NothingTouchedError),
    "a pair that never follows": (
        measure(lever="throughflow", more='care_forms = ["HEAVY"]\nto = "GROUP"'),
        NothingTouchedError,
    ),
    "a claim on nothing": ('[[measures]]\ncode = "m"\nname = "M"\namounts = { 2024 = 5 }', UnclaimedAmountError),
    "a claim above its base": (
        '[[measures]]\ncode = "m"\nname = "M"\nlaw = "wmo"\namounts = { 2024 = 900000000 }',
        ClaimError,
    ),
    "a scenario that is not there": (measure("other"), UnknownTargetError),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_it_says_what_where_and_what_now(text):
    words, kind = text
    with pytest.raises(kind) as caught:
        compare(BASE, plan(words), ["m"], draws=16)
    assert caught.value.code.startswith("N-7")
    assert caught.value.now


@pytest.mark.parametrize(
    "text",
    [
        measure(lever="duration", size=-1.0),
        measure(lever="access", size=1.4, more='to = "SERVICE"'),
        measure(more="months = -6"),
        measure(more="reach = 1.5"),
        measure(more="nobody_reads_this = 1"),
    ],
    ids=["a duration of nothing", "a share over 1", "a ramp that ends first", "a reach over 1", "a key nothing reads"],
)
def test_the_plan_itself_refuses(text):
    with pytest.raises(PlanKeyError, match=r"\."):
        plan(text)
