"""The workbench: the analysts' room, where a plan and a few sliders answer at once what they do to unchanged policy.

What lives here: starting points, the position of the sliders, answers through the gate, saved scenarios, links to read
them, and long calculations. What does not: counting (scenarios, forecasts), hiding (disclosure) and drawing (figures).
The one room of the web that may call the analysis; it never sees a person.
"""

__all__: list[str] = []
