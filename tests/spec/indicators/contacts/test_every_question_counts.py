"""Contacts: questions at the entrance, by how residents came and what came of it."""

from datetime import date

from people import EAST, WEST, figure


def test_every_question_counts():
    contacts = [
        {"on": on, "district": where, "channel": channel, "theme": "wonen", "outcome": outcome, "contacts": number}
        for on, where, channel, outcome, number in [
            (date(2025, 1, 2), WEST, "desk", "information", 3),
            (date(2025, 1, 2), EAST, "web", "information", 2),
            (date(2025, 3, 31), WEST, "desk", "basic_support", 1),
            (date(2025, 4, 1), WEST, "desk", "information", 9),
        ]
    ]

    def number(**codes: str) -> float:
        return figure("contacts", "2025-Q1", frequency="quarter", codes=codes, contact=contacts)

    assert number() == 6
    assert [number(channel="desk"), number(outcome="information"), number(district=EAST)] == [4, 5, 2]
