"""The household as a drawing: who lives together in one frame, who stands around it, and what the ties are like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Member

_WIDE, _HIGH, _ROW = 128, 96, 4
_GAP = 64


@dataclass(frozen=True, slots=True)
class Figure:
    """A person in the drawing: the middle, two lines of words, and what the line to the frame is like."""

    x: int
    y: int
    name: str
    words: str
    tie: str
    tie_words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A frame with the household in it, who stands around it below, and the whole in one sentence."""

    width: int
    height: int
    frame: int
    household: tuple[Figure, ...]
    around: tuple[Figure, ...]
    sentence: str


def draw(members: Iterable[Member]) -> Drawing:
    """Return the drawing of the people who belong to a case now."""
    here = [member for member in members if member.left_on is None]
    inside = [member for member in here if member.household]
    outside = [member for member in here if not member.household]
    frame = max(1, -(-len(inside) // _ROW)) * _HIGH + 16
    below = -(-len(outside) // _ROW)
    return Drawing(
        width=_ROW * _WIDE + 32,
        height=frame + 8 + (below * (_HIGH + _GAP) if outside else 0) + 8,
        frame=frame,
        household=_placed(inside, 8, _HIGH),
        around=_placed(outside, frame + _GAP, _HIGH + _GAP),
        sentence=_told(inside, outside),
    )


def _placed(members: Sequence[Member], top: int, height: int) -> tuple[Figure, ...]:
    figures = []
    for number, member in enumerate(members):
        row, column = divmod(number, _ROW)
        alone = min(_ROW, len(members) - row * _ROW)
        left = (_ROW - alone) * _WIDE // 2 + 16
        x, y = left + column * _WIDE + _WIDE // 2, top + row * height + 32
        figures.append(Figure(x, y, _short(member.name), _about(member), member.tie, str(member.get_tie_display())))
    return tuple(figures)


def _short(name: str) -> str:
    return name if len(name) <= 15 else f"{name[:14]}…"


def _about(member: Member) -> str:
    relation = str(member.get_relation_display())
    return f"{relation}, {member.birth_year}" if member.birth_year else relation


def _told(inside: Sequence[Member], outside: Sequence[Member]) -> str:
    together = ", ".join(f"{member.name} ({_about(member)})" for member in inside) or _("nog niemand")
    around = ", ".join(f"{member.name} ({_about(member)}, {member.get_tie_display()})" for member in outside)
    if not around:
        return _("In huis: %(together)s.") % {"together": together}
    return _("In huis: %(together)s. Eromheen: %(around)s.") % {"together": together, "around": around}
