"""A stated amount comes from somewhere: a base cannot give more than is spent there, and a saving counts once."""

from noaber import plans
from plan_texts import read, said

BUDGET = """
    [[budgets]]
    code = "wmo"
    name = "Wmo"
    lines = [
      {{ code = "OZL", name = "Guidance", amounts = {{ 2018 = 600 }} }},
      {{ code = "OMD", name = "Day activities", amounts = {{ 2018 = 400 }} }},
    ]

    [[measures]]
    code = "M1"
    name = "Less guidance"
    structural = {first}
    bases = [{{ on = ["wmo/OZL"] }}]

    [[measures]]
    code = "M2"
    name = "Less of both"
    structural = {second}
    bases = [{{ on = ["wmo/*"] }}]
    {status}
"""


def test_two_measures_may_share_a_base_as_long_as_there_is_enough():
    assert said(BUDGET.format(first=600, second=400, status="")) == []


def test_a_claim_may_not_be_larger_than_its_base():
    assert said(BUDGET.format(first=700, second=100, status="")) == [
        "plan.toml:15 Less guidance must find €700,000 in a base of €600,000."
    ]


def test_claims_together_may_not_be_larger_than_what_is_left():
    assert said(BUDGET.format(first=600, second=401, status="")) == [
        "plan.toml:21 M1, M2 must together find €1,001,000 in wmo/OMD, wmo/OZL, where €1,000,000 is spent."
    ]


def test_a_measure_that_was_dropped_claims_nothing():
    dropped = 'resolutions = [{ year = 2020, status = "dropped" }]'
    assert said(BUDGET.format(first=600, second=401, status=dropped)) == []


LEANING = """
    [[measures]]
    code = "M1"
    name = "Booked"
    structural = 300

    [[proposals]]
    code = "V1"
    name = "One"
    kinds = ["innovation"]
    builds_on = ["M1"]
    expects = {{ words = "much" }}
    books_extra = {extra}
    goal = "g"
    means = "m"
    baseline = "b"
    result = "r"
    monitoring = "m"

    [[proposals]]
    code = "V2"
    name = "Two"
    kinds = ["innovation"]
    builds_on = ["M1"]
    {expects}
    goal = "g"
    means = "m"
    baseline = "b"
    result = "r"
    monitoring = "m"
"""


def test_two_proposals_may_help_to_reach_the_same_saving():
    assert said(LEANING.format(expects="", extra="false")) == []


def test_but_not_both_expect_it_as_their_own():
    assert said(LEANING.format(expects='expects = { words = "more" }', extra="false")) == [
        "plan.toml:25 V1, V2 lean on €300,000 that is booked already (M1); it counts once."
    ]


def test_nor_may_one_book_it_once_more():
    assert said(LEANING.format(expects="", extra="true")) == [
        "plan.toml:12 V1 leans with its own saving on €300,000 that is booked already (M1); it counts once."
    ]


HELD = """
    [[packages]]
    code = "P"
    name = "Package"
    structural = 350

    [[measures]]
    code = "M1"
    name = "Less prevention"
    package = "P"
    structural = 350
    resolutions = [
      {{ year = 2019, status = "booked", amounts = {{ 2019 = 185 }} }},
      {{ year = 2020, status = "{status}" }},
    ]
"""


def test_a_saving_that_was_put_on_hold_still_counts_in_its_package_and_that_is_worth_knowing():
    def told(status: str) -> list[str]:
        found = plans.held(read(HELD.format(status=status)))
        return [f"{item.file}:{item.line} {item.what('en')}" for item in found]

    assert told("on_hold") == ["plan.toml:15 M1 Less prevention was put on hold in 2020, but counts in P: €350,000."]
    assert told("resumed") == []
    assert said(HELD.format(status="on_hold")) == [], "no document contradicts itself"
