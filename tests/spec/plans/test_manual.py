"""What the manual shows is a plan, and a sound one."""

import re
from pathlib import Path

from noaber import plans

MANUAL = Path(__file__).parents[3] / "docs" / "how-to" / "write-a-plan.md"


def test_the_plan_of_the_manual_can_be_read_and_adds_up() -> None:
    blocks = re.findall(r"```toml\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    plan = plans.together([plans.parse("\n".join(blocks), "manual.toml")])
    assert len(blocks) == 5
    assert plans.check(plan, care_forms={"OZL1", "OZL2", "OMD1"}) == []
    assert [effect.waterbed.to for measure in plan.measures for effect in measure.effects if effect.waterbed] == [
        "OZL2"
    ]
