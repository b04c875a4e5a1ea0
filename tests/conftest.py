"""Fixtures for all tests: importing one here makes it available everywhere, and built only when a test asks for it."""

from cast import cast
from town import small_town

__all__ = ["cast", "small_town"]
