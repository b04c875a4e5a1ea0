"""What all tests of the web share: every action is watched, and the journal may be emptied between tests."""

from acts import every_action_is_watched
from flushing import the_journal_may_be_emptied_between_tests

__all__ = ["every_action_is_watched", "the_journal_may_be_emptied_between_tests"]
