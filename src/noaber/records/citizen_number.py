"""The citizen number (*burgerservicenummer*, BSN): its eleven-test and the range that is safe to make up.

Source of the test: BRP, Logisch Ontwerp; rule CS002 of iWmo and iJw. The range 999900006-999999990 is reserved for
tests, so that a made-up resident can never be a real one.
"""

from __future__ import annotations

from typing import Final

TEST_RANGE: Final = range(999_900_006, 999_999_991)
_WEIGHTS: Final = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_citizen_number(text: str) -> bool:
    """Return whether `text` is nine digits that pass the eleven-test (and not nine zeros)."""
    if len(text) != 9 or not (text.isascii() and text.isdigit()) or text == "000000000":
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11 == 0


def test_citizen_numbers() -> list[str]:
    """Return every citizen number of the test range, in order (9,091 of them)."""
    return [str(number) for number in TEST_RANGE if is_citizen_number(str(number))]


test_citizen_numbers.__test__ = False  # type: ignore[attr-defined]  # a name pytest would otherwise collect
