"""Figures: charts, tables, the tile map, the pyramid, and the fact sheet *Sociaal domein in beeld*.

What lives here: choosing cells of a `SafeResult`, saying in one sentence what they show, and drawing them for screen
and paper. What does not: counting, and anything that did not pass the gate. Only jobs, cli and the web call.
"""

from . import chart, entries, factsheet, picture, theme
from .figure import Figure, Table
from .findings import Subject
from .series import FigureError, View

__all__ = ["Figure", "FigureError", "Subject", "Table", "View", "chart", "entries", "factsheet", "picture", "theme"]
