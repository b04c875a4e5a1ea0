"""As known on a day: what a council was told in April can be told again, also after it turned out otherwise."""

from knowing import euros, known, spells
from said import allocation, claim, said, start, stop, unclaimed

GIVEN = said("2024-01-10", allocation(at="2024-01-10", district="WK990101"))
BEGUN = said("2024-02-05", start("2024-02-01"))
ENDED = said("2024-05-02", stop("2024-02-01", "2024-04-30"))
CLAIMED = said("2024-03-12", claim("a", 100_00), claim("b", 50_00))
CORRECTED = said(
    "2024-04-12", claim("aC", -100_00, previous_reference="a"), claim("aN", 120_00, previous_reference="a")
)


def test_nothing_is_known_before_the_first_delivery():
    assert spells([GIVEN, BEGUN, ENDED], on="2024-01-09") == []


def test_what_is_known_grows_with_what_is_said():
    told = [GIVEN, BEGUN, ENDED]
    assert spells(told, on="2024-02-04") == [(None, None)]
    assert spells(told, on="2024-02-05") == [("2024-02-01", None)]
    assert spells(told, on="2024-05-02") == [("2024-02-01", "2024-04-30")]


def test_a_line_that_is_credited_whole_and_claimed_again_costs_what_was_claimed_last():
    assert euros([CLAIMED, CORRECTED], on="2024-04-11") == 150
    assert euros([CLAIMED, CORRECTED]) == 170
    assert known("SELECT count(*) FROM cost", [CLAIMED, CORRECTED]) == [(2,)]


def test_a_credit_of_a_part_stands_as_a_negative_amount():
    part = said("2024-04-12", claim("aC", -30_00, previous_reference="a"))
    assert euros([CLAIMED, part]) == 120


def test_a_credit_that_comes_before_its_line_waits_for_it():
    assert euros([CORRECTED], on="2024-04-12") == 20
    late = said("2024-05-12", claim("a", 100_00))
    assert euros([CORRECTED, late]) == 120


def test_a_rejected_line_is_gone_from_the_day_of_the_answer():
    rejected = said("2024-03-20", unclaimed("a"))
    assert euros([CLAIMED, rejected], on="2024-03-19") == 150
    assert euros([CLAIMED, rejected]) == 50


def test_a_cost_counts_in_the_district_of_the_allocation_as_known_then():
    moved = said("2024-04-01", allocation(at="2024-04-01", district="WK990102"))
    later = said("2024-04-20", claim("c", 10_00))
    asked = "SELECT district, sum(amount_cents)::BIGINT FROM cost GROUP BY district ORDER BY district"
    assert known(asked, [GIVEN, CLAIMED, moved, later]) == [("WK990101", 150_00), ("WK990102", 10_00)]


def budget(line, cents):
    return "budget", {"year": 2024, "budget_line": line, "version": "primitive", "amount_cents": cents}


def test_a_table_that_is_delivered_again_takes_the_place_of_the_lines_that_it_names():
    first = said("2023-11-01", budget("Hulp", 900_00), budget("Vervoer", 100_00))
    second = said("2024-06-01", budget("Hulp", 950_00))
    asked = "SELECT budget_line, amount_cents FROM budget ORDER BY budget_line"
    assert known(asked, [first, second], on="2024-05-31") == [("Hulp", 900_00), ("Vervoer", 100_00)]
    assert known(asked, [first, second]) == [("Hulp", 950_00), ("Vervoer", 100_00)]
