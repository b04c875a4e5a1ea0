"""Months by their first day: moving one, and counting between two."""

from __future__ import annotations

from datetime import date


def moved(first: date, months: int) -> date:
    """Return the first of the month so many months later; earlier when negative."""
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def between(first: date, last: date) -> int:
    """Return the months from one first of a month to another."""
    return (last.year - first.year) * 12 + last.month - first.month
