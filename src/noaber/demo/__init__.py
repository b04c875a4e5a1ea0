"""The made-up town Noaberstad: its residents and support, and the files its suppliers would send.

What lives here: proportions, the growing of the town, and writers of deliveries. What does not: reading deliveries,
counting, or anything true of a real person. `jobs`, tests and the bench may call `make`.
"""

from .town import CitizenNumbersRanOutError, DemoError, Town, make
from .truth import Truth, YearTruth

__all__ = ["CitizenNumbersRanOutError", "DemoError", "Town", "Truth", "YearTruth", "make"]
