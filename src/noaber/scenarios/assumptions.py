"""What a costing rests on, line by line, in words: for who doubts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from noaber import plans
from noaber.plans import Estimate
from noaber.records import LAW_NAMES, Text

from .levers import name_of
from .variant import Variant

LEVER_NAMES: Final[Mapping[plans.Lever, Text]] = {
    "eligibility": Text("wie in aanmerking komt", "who is eligible"),
    "inflow": Text("instroom", "inflow"),
    "access": Text("toegang", "access"),
    "throughflow": Text("doorstroom", "throughflow"),
    "duration": Text("duur", "duration"),
    "intensity": Text("intensiteit", "intensity"),
    "price": Text("tarief", "price"),
    "contribution": Text("eigen bijdrage", "own contribution"),
    "fixed": Text("vaste kosten", "fixed costs"),
}
"""The levers in words, in the causal order in which they work."""
_RATES: Final = {
    "inflow": Text("Instroom nu", "Inflow now"),
    "duration": Text("Duur nu", "Duration now"),
    "price": Text("Prijs nu", "Price now"),
    "slope": Text("Groei van de instroom", "Growth of the inflow"),
    "damping": Text("Hoe lang de groei doorgaat", "How long the growth goes on"),
    "prices": Text("Lonen en prijzen", "Wages and prices"),
}


def assumptions(
    plan: plans.Plan, chosen: Sequence[Variant], forms: Mapping[str, Text] | None = None
) -> Iterator[tuple[Text, Estimate]]:
    """Yield what each measure of the variants, and each form elsewhere, assumes: of what, and the estimate.

    `forms` are care forms in words by their codes; without them the codes stand.
    """
    measures = {measure.code: measure for variant in chosen for measure in variant.measures}
    for measure in measures.values():
        for effect in measure.effects:
            yield _of_effect(measure, effect, forms or {}), effect.size
            if effect.waterbed is not None:
                yield _of_waterbed(measure, effect.waterbed, forms or {}), effect.waterbed.share
    for item in plan.elsewhere:
        yield Text(f"{item.name}: euro per maand", f"{item.name}: euros a month"), item.euros
        yield Text(f"{item.name}: maanden", f"{item.name}: months"), item.months


def parameter_names(measures: Sequence[plans.Measure], forms: Mapping[str, Text]) -> dict[str, Text]:
    """Return the parameters that these measures are, in words by the name of each (see `levers.parameters`)."""
    found = {}
    for measure in measures:
        for number, effect in enumerate(measure.effects, 1):
            found[name_of(measure, number)] = _of_effect(measure, effect, forms)
            if effect.waterbed is not None:
                found[name_of(measure, number, bed=True)] = _of_waterbed(measure, effect.waterbed, forms)
    return found


def rate_name(name: str, forms: Mapping[str, Text]) -> Text:
    """Return in words a parameter of unchanged policy, such as "inflow of FORM" or "damping"."""
    kind, _, of = name.partition(" of ")
    if not of:
        return _RATES.get(kind, Text(kind, kind))
    what = forms.get(of) or Text(of, of)
    rate = _RATES.get(kind, Text(kind, kind))
    return Text(f"{rate.nl}: {what.nl}", f"{rate.en}: {what.en}")


def _of_effect(measure: plans.Measure, effect: plans.Effect, forms: Mapping[str, Text]) -> Text:
    lever = LEVER_NAMES[effect.lever]
    named = [forms.get(code) or Text(code, code) for code in effect.care_forms] or [LAW_NAMES[effect.law]]
    nl, en = _listed([words.nl for words in named], "en"), _listed([words.en for words in named], "and")
    return Text(f"{measure.name}: {lever.nl}, {nl}", f"{measure.name}: {lever.en}, {en}")


def _of_waterbed(measure: plans.Measure, bed: plans.Waterbed, forms: Mapping[str, Text]) -> Text:
    to = forms.get(bed.to) or Text(bed.to, bed.to)
    return Text(f"{measure.name}: waterbed naar {to.nl}", f"{measure.name}: waterbed to {to.en}")


def _listed(words: Sequence[str], last: str) -> str:
    """Return names as a list in a sentence; of more than three, the first and how many more."""
    if len(words) > 3:
        return f"{words[0]} {last} {len(words) - 1} {'andere' if last == 'en' else 'others'}"
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))
