"""Watches every action of the web while tests run: each writes the journal exactly once, or its test fails."""

from functools import wraps
from importlib import import_module, util
from inspect import signature
from pathlib import Path
from threading import local

import pytest

MAY_FIND_NOTHING_TO_DO = {
    "access.end_representation",
    "access.record_representation",
    "council.drop",
    "council.plan",
    "entrance.hand_over",
    "entrance.merge",
    "published.answer",
    "published.approve",
    "published.ask",
    "published.reject",
    "published.take",
    "published.withdraw",
    "support.escalate",
    "support.judge",
    "support.lay_back",
    "support.merge_cases",
    "support.merge_members",
    "support.settle",
    "support.take_up",
    "support.take_up_from_entrance",
    "workbench.ask",
    "workbench.drop",
    "workbench.share",
    "workbench.withdraw",
}
"""Actions that do nothing, and so write nothing, when all was done before."""
ONE_FOR_EACH_RESIDENT = {"support.look", "support.download"}
"""Looks at what is about several residents: each of them must be able to see who looked."""
BELOW = {"privacy", "journal"}
"""Rooms that lie below the journal or are it."""
_now = local()


def of(room):
    """The modules of a room that hold its actions."""
    folder = Path(util.find_spec(f"noaber.web.{room}").origin).parent
    names = [path.stem for path in sorted(folder.glob("*actions.py"))] + ["actions"] * (folder / "actions").is_dir()
    return [import_module(f"noaber.web.{room}.{name}") for name in names]


def acts():
    """Every public action, as (module, name, function): what is told who acts; the rest is a part of another."""
    rooms = import_module("noaber.web.site.rooms").ROOMS
    for room, module in ((item.name, module) for item in rooms if item.name not in BELOW for module in of(item.name)):
        for name, item in list(vars(module).items()):
            ours = callable(item) and not isinstance(item, type) and item.__module__.startswith(module.__name__)
            if ours and not name.startswith("_") and "by" in signature(item).parameters:
                yield module, f"{room}.{name}", item


def watched(name, function):
    """An action that says when it wrote the journal another number of times than once."""

    @wraps(function)
    def act(*given, **named):
        if getattr(_now, "lines", None) is not None:
            return function(*given, **named)  # a part of another act, which is counted already
        _now.lines = 0
        try:
            done = function(*given, **named)
            least = 0 if name in MAY_FIND_NOTHING_TO_DO else 1
            most = float("inf") if name in ONE_FOR_EACH_RESIDENT else 1
            assert least <= _now.lines <= most, f"{name} wrote {_now.lines} lines in the journal"
        finally:
            _now.lines = None
        return done

    return act


@pytest.fixture(scope="session", autouse=True)
def every_action_is_watched():
    """Put every action under watch for the whole run."""
    entry = import_module("noaber.web.journal.models").Entry
    save = entry.save

    def counted(self, *given, **named):
        if getattr(_now, "lines", None) is not None:
            _now.lines += 1
        return save(self, *given, **named)

    patch = pytest.MonkeyPatch()
    patch.setattr(entry, "save", counted)
    for module, name, function in acts():
        patch.setattr(module, name.partition(".")[2], watched(name, function))
    yield
    patch.undo()
