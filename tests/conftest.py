"""Fixtures for all tests: importing one here makes it available everywhere, and built only when a test asks for it."""

from town import small_town

__all__ = ["small_town"]
