"""A plan is read as it is written; what does not add up is said, with its place, and nothing is repaired."""

from plan_texts import read, said


def test_a_package_must_be_what_its_measures_add_up_to():
    assert said("""
        [[packages]]
        code = "A"
        name = "Package A"
        amounts = { 2018 = 150, 2019 = 305 }

        [[measures]]
        code = "A1"
        name = "First"
        package = "A"
        amounts = { 2018 = 100, 2019 = 200 }

        [[measures]]
        code = "A2"
        name = "Second"
        package = "A"
        amounts = { 2018 = 50, 2019 = 90 }
    """) == [
        (
            "plan.toml:6 Package A, 2019: the parts add up to €290,000, the document says €305,000; "
            "€15,000 apart, and rounding does not explain it."
        )
    ]


def test_costs_are_told_apart_from_savings():
    (line,) = said("""
        [[packages]]
        code = "A"
        name = "Package A"
        structural = 1600

        [[measures]]
        code = "A1"
        name = "Saves"
        package = "A"
        structural = 1695

        [[measures]]
        code = "A2"
        name = "Costs"
        package = "A"
        structural = -90
    """)
    assert line.startswith("plan.toml:6 Package A: the parts add up to €1,605,000 (€1,695,000 and -€90,000), ")
    assert line.endswith("€5,000 apart, which fits rounding to €100,000.")


TOTAL = """
    [[measures]]
    code = "M1"
    name = "First"
    amounts = {{ 2026 = {part} }}

    [[totals]]
    code = "T"
    name = "Total"
    of = ["M*"]
    amounts = {{ 2026 = 8104 }}
    {rounded}
"""


def test_a_total_that_was_cut_instead_of_rounded_is_told_so():
    assert said(TOTAL.format(part="8104.8", rounded=""))[0].endswith(
        "which fits cutting off at €1,000 instead of rounding."
    )
    assert said(TOTAL.format(part="8103.7", rounded=""))[0].endswith("€300 apart, which fits rounding to €1,000.")


def test_a_total_that_says_to_what_it_rounds_may_round():
    assert said(TOTAL.format(part="8104.4", rounded="rounded_to = 1")) == []
    assert said(TOTAL.format(part="8104.8", rounded="rounded_to = 1")) != []


def test_a_conclusion_must_repeat_the_table_of_its_package():
    assert said("""
        [[packages]]
        code = "pakket-1"
        name = "Package 1"
        amounts = { 2019 = 1000, 2022 = 4500 }

        [[programmes]]
        code = "P"
        name = "Programme"
        shortfall = { 2019 = -8700, 2022 = -8500 }
        balance = { 2019 = -7650, 2022 = -4000 }
        conclusion = [
          { name = "Steering", of = "pakket-1", amounts = { 2019 = 1050, 2022 = 4500 } },
        ]
    """) == [
        (
            "plan.toml:14 Steering, 2019: the conclusion says €1,050,000, its own table €1,000,000; "
            "€50,000 apart, and rounding does not explain it."
        )
    ]


def test_a_balance_is_income_less_spending():
    assert said("""
        [[budgets]]
        code = "wmo"
        name = "Wmo"
        balance = { 2021 = -3410, 2022 = -3528 }
        lines = [
          { code = "rijk", name = "State", kind = "income", amounts = { 2021 = 26273, 2022 = 26172 } },
          { code = "eigen", name = "Contributions", kind = "income", amounts = { 2021 = 845, 2022 = 845 } },
          { code = "uit", name = "Spending", amounts = { 2021 = 30528, 2022 = 30546 } },
        ]
    """) == [
        (
            "plan.toml:6 Wmo, 2022: the parts add up to -€3,529,000 (€27,017,000 and -€30,546,000), "
            "the document says -€3,528,000; €1,000 apart, and rounding does not explain it."
        )
    ]


def test_a_percentage_is_held_to_its_own_decimals():
    growth = """
        [[percentages]]
        name = "Clients"
        kind = "growth"
        base = 1250
        number = 2056
        stated = [{{ percent = {percent}, words = "called so" }}]
    """
    assert said(growth.format(percent=64)) == []
    assert said(growth.format(percent=64.5)) == []
    assert said(growth.format(percent=60)) == ["plan.toml:8 Clients: 'called so', but 1250 → 2056 is 64.5%."]
    assert said(growth.format(percent=64.4)) != []


def test_a_misprint_keeps_its_reading_and_says_whether_the_total_then_holds():
    rows = """
        [[scenarios]]
        code = "S"
        name = "Scenario"
        philosophy = "An idea"
        amounts = {{ 2025 = {total} }}
        rows = [
          {{ name = "Wmo", law = "wmo", amounts = {{ 2025 = 2025 }}, printed = {{ 2025 = "2.025.00" }} }},
        ]
    """
    assert said(rows.format(total=2025)) == [
        "plan.toml:9 Wmo, 2025: it prints '2.025.00', read as €2,025,000; the total then holds."
    ]
    assert said(rows.format(total=2026))[-1] == "plan.toml:9 Wmo, 2025: it prints '2.025.00', read as €2,025,000."


def test_names_that_were_guessed_are_counted():
    assert said("""
        [[budgets]]
        code = "b"
        name = "Youth care"
        lines = [{ code = "a", name = "Stay", amounts = { 2018 = 5 }, inferred = true }]
    """) == ["plan.toml:6 Youth care: the names of 1 lines stood apart from their amounts; their order was inferred."]


def test_a_fund_must_hold_what_is_asked_and_what_is_left():
    fund = """
        [[funds]]
        code = "F"
        name = "Fund"
        amounts = {{ 2020 = 700, 2021 = 300 }}
        spent = {{ 2020 = 500 }}
        left = {{ 2020 = {left}, 2021 = 350 }}
        carry_overs = [{{ code = "c", name = "Late", to = 2021, amounts = {{ 2020 = 50 }} }}]

        [[proposals]]
        code = "V1"
        name = "Proposal"
        kinds = ["innovation"]
        fund = "F"
        amounts = {{ 2020 = 500 }}
        goal = "g"
        means = "m"
        baseline = "b"
        result = "r"
        monitoring = "m"
    """
    assert said(fund.format(left=150)) == []
    assert "the parts add up to €150,000" in said(fund.format(left=200))[0]


def test_an_option_is_its_amount_less_its_costs_and_the_chosen_one_is_the_measure():
    measure = """
        [[measures]]
        code = "M"
        name = "Measure"
        structural = {structural}
        options = [
          {{ code = "1", name = "Stop", structural = 1263, costs = 400, net = {net}, chosen = true }},
          {{ code = "2", name = "Halve", structural = 350, net = 180 }},
        ]
    """
    assert said(measure.format(structural=863, net=863)) == []
    assert [line.split(":")[1] for line in said(measure.format(structural=900, net=860))] == ["6 Measure", "8 Stop"]


def test_an_amount_without_a_source_is_no_evidence():
    (line,) = said(
        """
        [[measures]]
        code = "M"
        name = "Measure"
        amounts = { 2020 = 1 }
        """,
        head='unit = "keur"\n',
    )
    assert line == "plan.toml:5 Measure: nothing says where the amount comes from."


def test_a_reference_to_nothing_and_a_code_used_twice_are_found():
    assert said("""
        [[measures]]
        code = "M"
        name = "One"
        package = "gone"

        [[measures]]
        code = "M"
        name = "Two"
        package = "gone"
        bases = [{ on = ["wmo/*"] }]
    """) == [
        "plan.toml:6 No package has the code gone.",
        "plan.toml:9 The code M is in use already.",
        "plan.toml:11 No package has the code gone.",
        "plan.toml:12 No budget line has the code wmo/*.",
    ]


def test_a_reference_must_be_to_the_right_kind():
    assert said("""
        [[measures]]
        code = "M"
        name = "One"

        [[measures]]
        code = "N"
        name = "Two"
        package = "M"
        bases = [{ on = ["M"] }]
    """) == ["plan.toml:10 No package has the code M.", "plan.toml:11 No budget line has the code M."]


def test_a_care_form_that_the_municipality_does_not_have_is_found():
    text = """
        [[budgets]]
        code = "b"
        name = "Wmo"
        lines = [{ code = "a", name = "Stay", care_form = "STAY", amounts = { 2018 = 5 } }]
    """
    assert said(text, care_forms={"STAY"}) == []
    assert said(text, care_forms={"HO"}) == ["plan.toml:6 There is no care form STAY here."]
    assert said(text) == []


def test_amounts_are_cents_once_read_whatever_their_unit():
    plan = read("""
        [[packages]]
        code = "A"
        name = "In millions"
        unit = "meur"
        amounts = { 2019 = 1.00, 2021 = 3.75 }

        [[packages]]
        code = "B"
        name = "In thousands"
        amounts = { 2019 = 0.01 }
    """)
    assert [package.amounts for package in plan.packages] == [{2019: 100_000_000, 2021: 375_000_000}, {2019: 1_000}]


def test_parts_inherit_source_and_unit_of_what_they_stand_in():
    plan = read("""
        [[budgets]]
        code = "b"
        name = "Budget"
        source = "Elsewhere"
        unit = "eur"
        lines = [
          { code = "a", name = "A", amounts = { 2018 = 7 } },
          { code = "c", name = "C", amounts = { 2018 = 7 }, unit = "keur", source = "Here" },
        ]
    """)
    lines = plan.budgets[0].lines
    assert [(line.amounts[2018], line.source) for line in lines] == [(700, "Elsewhere"), (700_000, "Here")]
