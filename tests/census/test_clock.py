"""Nothing reads the clock but the edge: everyone else is told which day it is."""

import ast

from house import places

EDGE = ("cli.py", "schedule.py", "views.py")
CLOCKS = {"now", "today", "utcnow"}


def reads_clock(name, node):
    """Whether a call reads the day or the hour; a stopwatch (perf_counter, monotonic) is not a clock."""
    if name.endswith(EDGE) or not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    owner = node.func.value
    return node.func.attr in CLOCKS or (node.func.attr == "time" and isinstance(owner, ast.Name) and owner.id == "time")


def test_only_the_edge_knows_what_day_it_is():
    assert not places(reads_clock)
