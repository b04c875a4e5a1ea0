"""Any valid message, made from the shape that the model declares: every element of every type, in every combination."""

from __future__ import annotations

import string
from functools import cache
from typing import Any

import hypothesis.strategies as st

from noaber.messages import CODE_LISTS, CODES, Message, Number, Setting, Standard
from noaber.messages.datatypes import Clock, Code, Comment, Day, MessageCode, Party, Text, Whole
from noaber.messages.shape import Shape, Slot, message_shape
from noaber.messages.standard import FROM_MUNICIPALITY

LINE = 2
"""A written message has its declaration on line 1 and all else on line 2."""

_VISIBLE = st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="\ufffe\uffff")
_ANY = st.one_of(_VISIBLE, st.sampled_from(" \t&<>'\"]é"))


def _text(most: int) -> st.SearchStrategy[str]:
    """Text with at least one visible character, sometimes of the greatest length."""
    around = st.text(_ANY, max_size=min(most - 1, 8))
    short = st.builds(lambda seen, more: (seen + more)[:most], _VISIBLE, around)
    return st.one_of(short, st.just("x" * most)) if most <= 200 else short


def _digits(count: int) -> st.SearchStrategy[str]:
    return st.text(string.digits, min_size=count, max_size=count)


@cache
def _simple(datatype: Any, setting: Setting) -> st.SearchStrategy[Any]:
    if isinstance(datatype, Text):
        return (
            st.from_regex(datatype.pattern, fullmatch=True).filter(
                lambda text: len(text) <= datatype.most and text.isprintable()
            )
            if datatype.pattern
            else _text(datatype.most)
        )
    if isinstance(datatype, Comment):
        return st.builds(lambda seen, more: seen + more, _VISIBLE, st.text(_ANY, max_size=8))
    if isinstance(datatype, Whole):
        return st.integers(datatype.least, datatype.most)
    if isinstance(datatype, Code):
        return st.sampled_from(sorted(CODE_LISTS[datatype.name].of(setting.standard)))
    if isinstance(datatype, Day):
        return st.dates()
    if isinstance(datatype, Clock):
        return st.times()
    if isinstance(datatype, MessageCode):
        return st.just(CODES[setting])
    assert isinstance(datatype, Party)
    return _digits(4 if datatype.sends == (setting.number in FROM_MUNICIPALITY) else 8)


def _of(slot: Slot, setting: Setting) -> st.SearchStrategy[Any]:
    one = _simple(slot.datatype, setting) if slot.shape is None else _part(slot.shape, setting)
    if slot.item_tag:
        return st.lists(one, min_size=1 if slot.required else 0, max_size=2).map(tuple)
    return one if slot.required else st.one_of(st.none(), one)


def _part(shape: Shape, setting: Setting) -> st.SearchStrategy[Any]:
    fields = {slot.field: _of(slot, setting) for slot in shape.slots}
    if shape.has_line:
        fields["line"] = st.just(LINE)
    return st.builds(shape.struct, **fields)


@cache
def messages(standard: Standard, number: Number) -> st.SearchStrategy[Message]:
    """Return a strategy for any valid message of one kind."""
    setting = Setting(standard, number)
    shape = message_shape(setting)
    fields = {slot.field: _of(slot, setting) for slot in shape.slots}
    return st.builds(shape.struct, standard=st.just(standard), **fields)


any_message = st.sampled_from(sorted(CODES)).flatmap(lambda setting: messages(*setting))
