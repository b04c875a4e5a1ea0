"""Budget per care form: the budget, and beside it what a table of indications states, also when they differ."""

from people import figure


def test_a_table_of_indications_may_state_another_amount():
    plain = {"year": 2018, "law": "wmo", "care_form": "HO"}
    budget = [plain | {"budget_line": "Hulp", "version": "primitive", "amount_cents": 900_00}]
    stated = plain | {"label": "Hulp", "indications": 3, "budget_cents": 880_00}
    tables = [
        stated | {"period": "year", "kind": "expected"},
        stated | {"period": "jan_apr", "kind": "observed"},
    ]

    def euros(version: str) -> float:
        codes = {"version": version, "care_form": "HO"}
        return figure("budget_by_care_form", "2018", codes=codes, budget=budget, indication_table=tables) / 100

    assert [euros("primitive"), euros("stated")] == [900, 880], "stated twice for one care form, and counted once"
