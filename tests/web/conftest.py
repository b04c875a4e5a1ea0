"""What all tests of the web share: actions are watched, the journal may be emptied, each test has its own marks."""

import pytest

from acts import every_action_is_watched
from flushing import the_journal_may_be_emptied_between_tests
from noaber.web.journal import marks

__all__ = ["every_action_is_watched", "the_journal_may_be_emptied_between_tests"]


@pytest.fixture(autouse=True)
def marks_of_ones_own(monkeypatch, tmp_path):
    """Keep the marks of the journal in a folder of the test, since the journal itself begins anew with each."""
    monkeypatch.setattr(marks, "_file", lambda: tmp_path / "journal.marks")
