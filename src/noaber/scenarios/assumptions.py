"""What a costing rests on, line by line, in the words of the plan: for who doubts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from noaber import plans
from noaber.plans import Estimate

from .variant import Variant


def assumptions(plan: plans.Plan, chosen: Sequence[Variant]) -> Iterator[tuple[str, Estimate]]:
    """Yield what each measure of the variants, and each form elsewhere, assumes: of what, and the estimate."""
    measures = {measure.code: measure for variant in chosen for measure in variant.measures}
    for measure in measures.values():
        for effect in measure.effects:
            forms = ", ".join(effect.care_forms) or str(effect.law)
            yield f"{measure.name}: {effect.lever}, {forms}", effect.size
            if effect.waterbed is not None:
                yield f"{measure.name}: waterbed, {effect.waterbed.to}", effect.waterbed.share
    for item in plan.elsewhere:
        yield f"{item.name}: euro per maand", item.euros
        yield f"{item.name}: maanden", item.months
