"""Fixtures for all tests: importing one here makes it available everywhere, and built only when a test asks for it."""

from between import between, both
from browser import browser
from cast import cast
from shelves import house, published_folder, shown
from town import small_town
from village import _made_village, village
from windows import window

__all__ = [
    "_made_village",
    "between",
    "both",
    "browser",
    "cast",
    "house",
    "published_folder",
    "shown",
    "small_town",
    "village",
    "window",
]
