"""The tree as a picture: questions below each other, answers to the right, the path that was walked drawn strong.

It is drawn twice and the style sheet shows one: on a telephone the ends stand below their question, not beside it.
The picture is SVG with a title and a description in words; colours come from the style sheet of the room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from noaber.records import Language, Text

from .triage import Step, Tree, told

_WIDTH: Final = 760
_LEFT: Final = 4
_BOX: Final = 330
_END_LEFT: Final = 482
_END_BOX: Final = 274
_LINE: Final = 19
_PAD: Final = 10
_ROW: Final = 12
_LETTERS: Final = 41
_END_LETTERS: Final = 33
_LABEL: Final = 18
_SLIM: Final = 360
_INSET: Final = 44
_SLIM_LETTERS: Final = 40


@dataclass(slots=True)
class _Drawing:
    """What was drawn so far, and how far down."""

    parts: list[str]
    y: float


def picture(tree: Tree, language: Language, steps: Sequence[Step] = ()) -> str:
    """Return the whole tree as SVG, wide and slim; the questions, answers and end of the path `steps` are marked."""
    title = escape(Text("Beslisboom van de wijkentree", "Decision tree of the entrance")(language))
    said = escape(_in_words(tree, language, steps))
    order = _spine(tree)
    drawn = ""
    for name, width, draw in (("wide", _WIDTH, _question), ("slim", _SLIM, _slim_question)):
        drawing = _Drawing([], 4)
        for key, following in zip(order, [*order[1:], ""], strict=True):
            draw(drawing, tree, key, language, dict(steps), following)
        drawn += (
            f'<svg class="tree {name}" viewBox="0 0 {width} {drawing.y:.0f}" role="img" '
            f'aria-labelledby="{name}-titel {name}-tekst"><title id="{name}-titel">{title}</title>'
            f'<desc id="{name}-tekst">{said}</desc>{"".join(drawing.parts)}</svg>'
        )
    return drawn


def _spine(tree: Tree) -> list[str]:
    """Return the questions in the order in which one meets them."""
    order = [tree.start]
    for key in order:
        question = tree.ask(key)
        for answer in question.answers if question else ():
            if tree.ask(answer.next) and answer.next not in order:
                order.append(answer.next)
    return order


def _question(
    drawing: _Drawing, tree: Tree, key: str, language: Language, walked: dict[str, str], following: str
) -> None:
    """Draw one question on the left and its ends on the right; the answer that goes on runs down."""
    question = tree.ask(key)
    assert question is not None, "the spine holds questions"
    lines = _wrapped(question.words(language), _LETTERS)
    top, height = drawing.y, len(lines) * _LINE + 2 * _PAD
    passed = "walked" if key in walked else ""
    drawing.parts.append(_box(_LEFT, top, _BOX, height, lines, f"ask {passed}"))
    y = top
    for answer in question.answers:
        end = tree.end(answer.next)
        if end is None:
            continue
        mine = "walked" if walked.get(key) == answer.key else ""
        words = _wrapped(end.words(language), _END_LETTERS)
        tall = len(words) * _LINE + 2 * _PAD
        middle = y + tall / 2
        drawing.parts.append(
            f'<path class="way {mine}" d="M{_LEFT + _BOX} {min(middle, top + height - 8):.1f}'
            f'H{_LEFT + _BOX + 12}V{middle:.1f}H{_END_LEFT}"/>'
        )
        drawing.parts.append(_label(_LEFT + _BOX + 18, middle - 5, answer.words(language), mine))
        drawing.parts.append(_box(_END_LEFT, y, _END_BOX, tall, words, f"end {end.outcome} {mine}"))
        y += tall + _ROW
    bottom = max(top + height, y - _ROW)
    onward = next((item for item in question.answers if item.next == following), None)
    if onward:
        mine = "walked" if walked.get(key) == onward.key else ""
        drawing.parts.append(f'<path class="way {mine}" d="M{_LEFT + 24} {top + height:.1f}V{bottom + 38:.1f}"/>')
        drawing.parts.append(
            f'<text class="says {mine}" x="{_LEFT + 32}" y="{bottom + 26:.1f}">{escape(onward.words(language))}</text>'
        )
    drawing.y = bottom + (38 if onward else 8)


def _slim_question(
    drawing: _Drawing, tree: Tree, key: str, language: Language, walked: dict[str, str], following: str
) -> None:
    """Draw one question with its ends below it, each at a branch of the trunk that runs down to the next question."""
    question = tree.ask(key)
    assert question is not None, "the spine holds questions"
    lines = _wrapped(question.words(language), _SLIM_LETTERS)
    height = len(lines) * _LINE + 2 * _PAD
    passed = "walked" if key in walked else ""
    drawing.parts.append(_box(_LEFT, drawing.y, _SLIM - 2 * _LEFT, height, lines, f"ask {passed}"))
    bottom = y = drawing.y + height
    for answer in question.answers:
        end = tree.end(answer.next)
        if end is None and answer.next != following:
            continue
        mine = "walked" if walked.get(key) == answer.key else ""
        said = f'<text class="says {mine}" x="{_INSET}" y="{y + 24:.1f}">{escape(answer.words(language))}</text>'
        if end is None:
            trunk = f'<path class="way {mine}" d="M{_LEFT + 18} {bottom:.1f}V{y + 40:.1f}"/>'
            drawing.parts += [trunk, said]
            y += 40
            continue
        words = _wrapped(end.words(language), _SLIM_LETTERS - 6)
        tall = len(words) * _LINE + 2 * _PAD
        branch = f"M{_LEFT + 18} {bottom:.1f}V{y + 32 + tall / 2:.1f}H{_INSET}"
        drawing.parts += [f'<path class="way {mine}" d="{branch}"/>', said]
        drawing.parts.append(_box(_INSET, y + 32, _SLIM - _INSET - _LEFT, tall, words, f"end {end.outcome} {mine}"))
        y += 32 + tall
    drawing.y = y + (0 if following else 8)


def _label(x: float, y: float, text: str, mine: str) -> str:
    """Draw what was answered, above its line."""
    lines = _wrapped(text, _LABEL)
    words = "".join(
        f'<tspan x="{x}" y="{y - (len(lines) - 1 - place) * 15:.1f}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return f'<text class="says {mine}">{words}</text>'


def _box(x: float, y: float, width: float, height: float, lines: Sequence[str], kind: str) -> str:
    words = "".join(
        f'<tspan x="{x + 12}" y="{y + _PAD + 14 + place * _LINE:.1f}">{escape(line)}</tspan>'
        for place, line in enumerate(lines)
    )
    return (
        f'<g class="{kind.strip()}"><rect x="{x}" y="{y:.1f}" width="{width}" height="{height:.1f}" rx="4"/>'
        f"<text>{words}</text></g>"
    )


def _wrapped(text: str, letters: int) -> list[str]:
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= letters:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines


def _in_words(tree: Tree, language: Language, steps: Sequence[Step]) -> str:
    """Return the path in words; without one, what the picture shows."""
    said = told(tree, steps)
    if not said:
        return tree.description(language)
    return " ".join(f"{item.question(language)} {item.answer(language)}." for item in said)
