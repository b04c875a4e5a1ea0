"""Indications per care form: as a document states them, counted and expected apart."""

from people import figure


def test_a_document_is_repeated_as_it_stands():
    rows = [
        {"year": 2018, "law": "wmo", "care_form": form, "label": form, "kind": kind, "period": part, "indications": n}
        for form, kind, part, n in [
            ("HO", "observed", "jan_apr", 40),
            ("HO", "expected", "year", 90),
            ("OZL1", "expected", "year", 10),
        ]
    ]

    def indications(kind: str, part: str) -> float:
        return figure("indications_by_care_form", "2018", codes={"kind": kind, "part": part}, indication_table=rows)

    assert indications("expected", "year") == 100
    assert indications("observed", "jan_apr") == 40
