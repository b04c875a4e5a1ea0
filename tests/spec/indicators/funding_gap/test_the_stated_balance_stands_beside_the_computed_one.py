"""Funding: what a document says is left, beside what its own lines add up to."""

from people import figure


def test_the_stated_balance_stands_beside_the_computed_one():
    def row(item: str, kind: str, euros: int) -> dict[str, object]:
        return {"year": 2018, "law": "wmo", "item": item, "kind": kind, "amount_cents": 100 * euros}

    funding = [
        row("Rijk", "state_grant", 250),
        row("Eigen bijdragen", "own_contribution", 16),
        row("Uitgaven", "expense", 290),
        row("Saldo", "balance", -25),
    ]

    def euros(item: str) -> float:
        return figure("funding_gap", "2018", codes={"item": item, "law": "wmo"}, funding=funding) / 100

    assert euros("computed") == -24
    assert euros("balance") == -25, "as stated: the difference is for the reader to see"
