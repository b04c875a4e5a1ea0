"""Experience: of the residents who answered a statement, the share that agrees."""

import pytest

from people import figure


def test_the_share_of_who_answered():
    plain = {"year": 2024, "law": "wmo", "question": "K2", "label": "Ik werd snel geholpen", "invited": 200}

    def share(answered: int, positive: int) -> float:
        survey = [plain | {"answered": answered, "positive": positive}]
        return figure("experience", "2024", codes={"question": "K2"}, experience=survey)

    assert share(answered=80, positive=60) == 75, "who did not answer does not count"
    with pytest.raises(KeyError):
        share(answered=0, positive=0)
