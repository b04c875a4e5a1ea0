"""Light triage as a tree held as data: versions in files, each read once and checked; it advises, a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from noaber.records import Text

Step = tuple[str, str]
"""A question and the answer that was given, by their keys."""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer, and the question or end that it leads to."""

    key: str
    words: Text
    next: str


class Ask(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of the tree, with help for who asks it and the reason that it is asked there."""

    key: str
    words: Text
    help: Text
    because: Text
    answers: tuple[Answer, ...]


class End(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a path ends: the outcome that is advised, and why."""

    key: str
    outcome: str
    words: Text
    because: Text


class Tree(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the tree."""

    version: str
    start: str
    description: Text
    questions: tuple[Ask, ...]
    ends: tuple[End, ...]

    def ask(self, key: str) -> Ask | None:
        """Return a question by its key; None when it is an end."""
        return next((item for item in self.questions if item.key == key), None)

    def end(self, key: str) -> End | None:
        """Return an end by its key; None when it is a question."""
        return next((item for item in self.ends if item.key == key), None)


NEWEST: Final = "2026-01"
"""The version that is asked now; older ones stay, so that an old path can still be read."""


@cache
def tree(version: str = NEWEST) -> Tree:
    """Return a version of the tree; raises FileNotFoundError for one that never was."""
    content = (files("noaber.web.entrance") / "trees" / f"{version}.toml").read_bytes()
    return msgspec.toml.decode(content, type=Tree)


def faults(asked: Tree) -> list[str]:
    """Return what is wrong with a tree: what leads nowhere, what is never reached, and what turns in circles."""
    known = {item.key for item in asked.questions} | {item.key for item in asked.ends}
    reached: set[str] = set()
    found: list[str] = []

    def walk(key: str, above: tuple[str, ...]) -> None:
        if key in above:
            found.append(f"{key} turns in a circle")
            return
        if key not in known:
            found.append(f"{key} leads nowhere")
            return
        reached.add(key)
        question = asked.ask(key)
        for answer in question.answers if question else ():
            walk(answer.next, (*above, key))

    walk(asked.start, ())
    return found + [f"{key} is never reached" for key in sorted(known - reached)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """How far a path came: the steps that count, and the next question or the end."""

    steps: tuple[Step, ...]
    ask: Ask | None
    end: End | None


def walk(asked: Tree, answers: Sequence[str]) -> Walk:
    """Follow answers from the start, as far as they fit; an answer that does not exist is where the path stops."""
    key, steps = asked.start, []
    for given in answers:
        question = asked.ask(key)
        answer = next((item for item in question.answers if item.key == given), None) if question else None
        if question is None or answer is None:
            break
        steps.append((question.key, answer.key))
        key = answer.next
    return Walk(steps=tuple(steps), ask=asked.ask(key), end=asked.end(key))


@dataclass(frozen=True, slots=True)
class Said:
    """One step of a path in words: what was asked, what was answered, and why it is asked."""

    question: Text
    answer: Text
    because: Text


def told(asked: Tree, steps: Sequence[Step]) -> list[Said]:
    """Return a path in words."""
    found = []
    for key, given in steps:
        question = asked.ask(key)
        answer = next((item for item in question.answers if item.key == given), None) if question else None
        if question and answer:
            found.append(Said(question.words, answer.words, question.because))
    return found
