"""Geometry: each file turns what a view shows into one drawing.

What lives here: where marks, lines and words stand. What does not: choosing cells, sentences, colours. Only `chart`
calls.
"""

__all__: list[str] = []
