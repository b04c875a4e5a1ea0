"""Sixteen draws in one value, for compiled loops: what is written for one draw is counted for sixteen at once.

A compiler makes such loops by itself only when it can prove that no two arrays overlap, which it seldom can. With a
type of its own there is nothing to prove, sums stay in registers, and a draw has the same bits in whatever place.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Final

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, overload, register_model

ir: Any = vars(cgutils)["ir"]
"""The llvmlite that numba came with."""
LANES: Final = 16
"""Draws that go together: two or four registers of a processor."""
_VECTOR: Final = ir.VectorType(ir.DoubleType(), LANES)
_FUSED: Final = ("contract",)
"""A product and a sum may be one instruction; nothing else may change, so that every lane rounds alike."""


class _Lanes(types.Type):
    def __init__(self) -> None:
        super().__init__(name=f"float64x{LANES}")


_LANES: Final = _Lanes()


@register_model(_Lanes)
class _Model(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, _VECTOR)  # type: ignore[no-untyped-call]


def _pointer(context: Any, builder: Any, kinds: Any, values: Any) -> Any:
    """Return where the lanes of `array[index]` lie, of an array without gaps and with draws as its last axis."""
    array = context.make_array(kinds[0])(context, builder, values[0])
    sizes = cgutils.unpack_tuple(builder, array.shape, kinds[0].ndim)  # type: ignore[no-untyped-call]
    offset = context.get_constant(types.intp, 0)
    places = cgutils.unpack_tuple(builder, values[1])  # type: ignore[no-untyped-call]
    for place, kind, size in zip(places, kinds[1], sizes[:-1], strict=True):
        offset = builder.add(builder.mul(offset, size), context.cast(builder, place, kind, types.intp))
    return builder.gep(builder.bitcast(array.data, _VECTOR.as_pointer()), [offset])


def _load(typing: Any, array: Any, index: Any) -> Any:
    """Return the lanes of `array[index]`; `index` is a tuple without the last axis."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        return builder.load(_pointer(context, builder, signature.args, values), align=8)

    return _LANES(array, index), generate


def _store(typing: Any, array: Any, index: Any, lanes: Any) -> Any:
    """Put the lanes at `array[index]`."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        builder.store(values[2], _pointer(context, builder, signature.args, values), align=8)
        return context.get_dummy_value()

    return types.none(array, index, lanes), generate


def _same(typing: Any, value: Any) -> Any:
    """Return one number in every lane."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        number = context.cast(builder, values[0], signature.args[0], types.float64)
        one = builder.insert_element(ir.Constant(_VECTOR, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
        places = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return builder.shuffle_vector(one, one, places)

    return _LANES(value), generate


def _at_least_zero(typing: Any, lanes: Any) -> Any:
    """Return the lanes, with 0 where they are less."""

    def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        zero = ir.Constant(_VECTOR, [0.0] * LANES)
        return builder.select(builder.fcmp_ordered(">", values[0], zero), values[0], zero)

    return _LANES(lanes), generate


# Numba fills in the first argument, `typing`; who calls gives the others.
load: Any = intrinsic(_load)
store: Any = intrinsic(_store)
same: Any = intrinsic(_same)
at_least_zero: Any = intrinsic(_at_least_zero)


def _operator(symbol: Callable[[Any, Any], Any], instruction: str) -> None:
    """Let lanes be added, subtracted or multiplied."""

    def instruct(typing: Any, one: Any, other: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, values: Any) -> Any:
            return getattr(builder, instruction)(*values, flags=_FUSED)

        return _LANES(one, other), generate

    apply: Any = intrinsic(instruct)

    @overload(symbol, strict=False)
    def choose(one: Any, other: Any) -> Any:
        if isinstance(one, _Lanes) and isinstance(other, _Lanes):
            return lambda one, other: apply(one, other)  # noqa: PLW0108 - numba reads its arguments
        return None


_operator(operator.add, "fadd")
_operator(operator.sub, "fsub")
_operator(operator.mul, "fmul")
