"""The watch over the actions itself works: it sees an action that writes nothing, or twice."""

import pytest

from acts import acts, watched
from cast import somebody
from noaber.web.journal.actions import write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("times", [0, 2])
def test_an_action_that_does_not_write_once_fails(times):
    def act():
        for _ in range(times):
            write("team_kept", by=somebody())

    with pytest.raises(AssertionError, match=f"act wrote {times} lines"):
        watched("act", act)()


def test_every_action_is_under_watch():
    assert len(list(acts())) > 20
    assert all(hasattr(function, "__wrapped__") for _, _, function in acts())
