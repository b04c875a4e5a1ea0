"""Lineage: every row of support and cost names the delivery and line that made it what it is."""

from knowing import known
from said import allocation, claim, said, start, stop

GIVEN = said("2024-01-10", allocation(at="2024-01-10"))
BEGUN = said("2024-02-05", claim("a", 1), start("2024-02-01"))
ENDED = said("2024-05-02", claim("b", 1), claim("c", 1), stop("2024-02-01", "2024-04-30"))


def came_from(on):
    return known("SELECT delivery, line FROM support", [GIVEN, BEGUN, ENDED], on)


def test_support_leads_to_the_row_that_made_the_version():
    assert came_from("2024-01-31") == [(GIVEN.receipt.delivery, 1)]
    assert came_from("2024-03-01") == [(BEGUN.receipt.delivery, 2)]
    assert came_from("2024-06-01") == [(ENDED.receipt.delivery, 3)]


def test_cost_leads_to_the_claimed_line():
    rows = known("SELECT delivery, line FROM cost ORDER BY line, delivery", [GIVEN, ENDED])
    assert rows == [(ENDED.receipt.delivery, 1), (ENDED.receipt.delivery, 2)]
