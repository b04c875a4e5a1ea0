"""Budget and realisation: per line, as the documents have them, with their totals."""

from people import figure


def line(name: str, euros: int, **more: object) -> dict[str, object]:
    return {"year": 2024, "law": "wmo", "budget_line": name, "amount_cents": 100 * euros} | more


def test_budget_and_ledger_stand_side_by_side():
    budget = [
        line("Hulp", 900, version="primitive"),
        line("Bijdragen", -100, version="primitive"),
        line("Hulp", 950, version="revised"),
    ]
    ledger = [line("Hulp", 1000, status="final"), line("Bijdragen", -80, status="final")]

    def euros(version: str, **codes: str) -> float:
        codes = {"version": version, **codes}
        return figure("budget_realisation", "2024", codes=codes, budget=budget, realisation=ledger) / 100

    assert [euros("primitive"), euros("revised"), euros("realised")] == [800, 950, 920], "income is subtracted"
    assert euros("realised", budget_line="Hulp") == 1000
