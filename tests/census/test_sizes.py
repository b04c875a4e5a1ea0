"""Files and functions stay small enough to read in one sitting."""

import statistics

from house import SRC, functions, modules

FILE_LINES, FUNCTION_LINES, MEDIAN_LINES = 600, 70, 10


def lines(node):
    """Lines of a function, its decorators left out."""
    return node.end_lineno - node.lineno + 1


def test_no_file_is_longer_than_600_lines():
    long = {name: (SRC / name).read_text(encoding="utf-8").count("\n") for name, _ in modules()}
    assert not {name: count for name, count in long.items() if count > FILE_LINES}


def test_no_function_is_longer_than_70_lines():
    long = [(name, node.name, lines(node)) for name, tree in modules() for node in functions(tree)]
    assert not [item for item in long if item[2] > FUNCTION_LINES]


def test_half_of_all_functions_have_at_most_ten_lines():
    assert statistics.median(lines(node) for _, tree in modules() for node in functions(tree)) <= MEDIAN_LINES
