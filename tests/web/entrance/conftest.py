"""The stage, for every test of this room."""

from stage import partner

__all__ = ["partner"]
