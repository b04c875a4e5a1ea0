"""Tracks: groups of clients of one form that measures reach alike, so that each keeps its own duration and cost.

A measure that shortens support for 30 percent of the new clients makes two tracks: who is reached ends sooner, who is
not stays as long as before. A mixture of two durations is not the same as one average duration, and this is exact.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .errors import OverlapError, RampError
from .levers import Effect
from .resolved import Move, Return
from .words import Floats, Ints


@dataclass(frozen=True, kw_only=True)
class Tracks:
    """What tracks there are, who starts on them, who moves onto them and what they change."""

    form: Ints
    """[G]"""
    weight: Floats | None
    """[1, T, C, G]; None when every form has one track."""
    exit: Floats
    """[D|1, K, C|1, G]"""
    moves: tuple[Move, ...]
    returns: tuple[Return, ...]
    factors: dict[str, Floats]
    """Per lever intensity, price and contribution, [D|1, G]."""


@dataclass(frozen=True, kw_only=True)
class _Option:
    """Some of the effects of a programme together, and the share of people who meet exactly these."""

    effects: tuple[Effect, ...]
    share: Floats
    """[C, F]"""


@dataclass(frozen=True, kw_only=True)
class _Programme:
    """Effects on one group of people that come at one pace."""

    options: tuple[_Option, ...]
    ramp: Floats
    present: bool

    @property
    def reached(self) -> Floats:
        """The share of people whom any of the effects reaches, [C, F]."""
        return np.asarray(sum(option.share for option in self.options))


Chosen = tuple[int, ...]
"""Per programme the option of a track, counted from 1; 0 when it is not reached."""


def tracks(effects: Sequence[Effect], exit_share: Floats, duration: Floats) -> Tracks:
    """Return the tracks that these effects make.

    `exit_share` is [K, C|1, F] and `duration` a factor on durations [D|1, F]. Effects are those on duration, and those
    on intensity, price or contribution of new clients only; sizes are floats or [D].
    """
    programmes = _programmes(effects)
    duration = np.broadcast_to(duration, (len(duration), exit_share.shape[2]))
    chosen = [(form, choice) for form in range(exit_share.shape[2]) for choice in _choices(programmes, form)]
    form = np.array([pair[0] for pair in chosen], dtype=np.int64)
    ratio = _stacked([_ratio(programmes, choice) for _, choice in chosen]) / duration[:, form]
    hazard = _faster(exit_share[..., form][None], ratio)
    plain = len(form) == exit_share.shape[2]
    return Tracks(
        form=form,
        weight=None if plain else np.stack([_weight(programmes, *pair) for pair in chosen], axis=-1)[None],
        exit=hazard,
        moves=tuple(_moves(programmes, chosen)),
        returns=tuple(_returns(programmes, chosen, exit_share, hazard, ratio)),
        factors={
            lever: _stacked([_factor(programmes, choice, lever) for _, choice in chosen])
            for lever in ("intensity", "price", "contribution")
        },
    )


def _stacked(values: list[Floats]) -> Floats:
    """Return [D|1, G] from [D|1] per track."""
    return np.stack(np.broadcast_arrays(*values), axis=-1)


def _programmes(effects: Sequence[Effect]) -> list[_Programme]:
    groups: dict[tuple[str, str], list[Effect]] = {}
    for number, effect in enumerate(effects):
        groups.setdefault((effect.lever, effect.people or str(number)), []).append(effect)
    return [programme for programme in map(_programme, groups.values()) if programme.options]


def _programme(group: list[Effect]) -> _Programme:
    first = group[0]
    if any(not np.array_equal(other.ramp, first.ramp) or other.present != first.present for other in group):
        raise RampError(
            f"Measures on the {first.lever} of the same people come at different paces.",
            where=first.people,
            now="Give them one ramp, and let both touch new clients only or both present ones too.",
        )
    if first.overlap == "apart":
        options = [_Option(effects=(effect,), share=effect.touches) for effect in group]
        if sum(option.share for option in options).max() > 1 + 1e-9:  # type: ignore[union-attr]
            raise OverlapError(
                "Measures on people who are declared apart reach more than everyone.",
                where=first.people,
                now="Lower the reach, or declare that they touch the same people.",
            )
    else:
        options = [
            _Option(effects=subset, share=_nested(group, subset))
            for size in range(1, len(group) + 1)
            for subset in itertools.combinations(group, size)
        ]
    options = [option for option in options if option.share.any()]
    return _Programme(options=tuple(options), ramp=first.ramp, present=first.present and first.lever == "duration")


def _nested(group: list[Effect], subset: tuple[Effect, ...]) -> Floats:
    """Return the share of people within reach of exactly `subset`, when smaller reaches lie inside larger ones."""
    within = np.min([effect.touches for effect in subset], axis=0)
    others = [effect.touches for effect in group if not any(effect is one for one in subset)]
    return np.asarray(np.maximum(within - np.max([np.zeros_like(within), *others], axis=0), 0.0))


def _choices(programmes: list[_Programme], form: int) -> list[Chosen]:
    ranges = [
        [0] + [number for number, option in enumerate(programme.options, 1) if option.share[:, form].any()]
        for programme in programmes
    ]
    return list(itertools.product(*ranges))


def _met(programmes: list[_Programme], choice: Chosen) -> list[Effect]:
    """Return the effects that clients on a track meet."""
    return [
        effect
        for programme, number in zip(programmes, choice, strict=True)
        if number
        for effect in programme.options[number - 1].effects
    ]


def _ratio(programmes: list[_Programme], choice: Chosen) -> Floats:
    """Return how many times as fast support ends, [D|1]."""
    return 1.0 / _factor(programmes, choice, "duration")


def _factor(programmes: list[_Programme], choice: Chosen, lever: str) -> Floats:
    """Return by what the effects of a lever multiply together, [D|1]."""
    whole = np.ones(1)
    for effect in _met(programmes, choice):
        if effect.lever == lever:
            whole = whole * (1.0 + np.asarray(effect.size))
    return whole


def _faster(exit_share: Floats, ratio: Floats) -> Floats:
    """Return exit shares [D|1, K, C|1, G] when support ends `ratio` [D|1, G] times as fast (a hazard ratio)."""
    times = ratio[:, None, None, :]
    if (times == 1).all():
        return exit_share
    return np.where(times == 1, exit_share, 1.0 - (1.0 - exit_share) ** times)


def _weight(programmes: list[_Programme], form: int, choice: Chosen) -> Floats:
    """Return the share of a form's starters that goes on this track, [T, C]."""
    share = np.ones((1, 1))
    for programme, number in zip(programmes, choice, strict=True):
        part = programme.options[number - 1].share[:, form] if number else programme.reached[:, form]
        reached = programme.ramp[:, None] * part
        share = share * (reached if number else 1.0 - reached)
    return share


def _moves(programmes: list[_Programme], chosen: list[tuple[int, Chosen]]) -> list[Move]:
    """Return how present clients come on their track, at the pace of the ramp."""
    number_of = {pair: number for number, pair in enumerate(chosen)}
    found = []
    for place, programme in enumerate(programmes):
        if not programme.present:
            continue
        before = np.concatenate([[0.0], programme.ramp[:-1]])[:, None]
        step = programme.ramp[:, None] - before
        for (form, choice), source in number_of.items():
            if choice[place]:
                continue
            left = 1.0 - before * programme.reached[:, form]
            for number, option in enumerate(programme.options, 1):
                target = number_of.get((form, (*choice[:place], number, *choice[place + 1 :])))
                if target is None:
                    continue
                going = step * option.share[:, form]
                rate = np.divide(going, left, out=np.zeros_like(going), where=left > 1e-15)
                left = left - going
                found.append(Move(source=source, target=target, rate=np.minimum(rate, 1.0)[None]))
    return found


def _returns(
    programmes: list[_Programme], chosen: list[tuple[int, Chosen]], exit_share: Floats, hazard: Floats, ratio: Floats
) -> list[Return]:
    """Return who comes back through the waterbed under a shorter duration."""
    form = np.array([pair[0] for pair in chosen], dtype=np.int64)
    found = []
    effects = {id(e): e for programme in programmes for option in programme.options for e in option.effects}
    for effect in effects.values():
        if effect.waterbed is None or effect.lever != "duration":
            continue
        meets = np.array([any(one is effect for one in _met(programmes, choice)) for _, choice in chosen])
        without = ratio * np.where(meets, 1.0 + np.atleast_1d(np.asarray(effect.size))[:, None], 1.0)
        extra = np.maximum(hazard - _faster(exit_share[..., form][None], without), 0.0) * meets
        share = np.atleast_1d(np.asarray(effect.waterbed.share))[:, None, None, None]
        found.append(Return(extra=extra * share, to=effect.waterbed.to[form], delay=effect.waterbed.delay))
    return found
