"""The door of every page: each view says who may open it, and what says nothing stays shut.

@requires(Permission.APPROVE_FIGURES)   only who holds the permission
@logged_in("…why…")                     whoever is logged in, for pages about oneself
@resident("…why…")                      a resident who came in by the identity connection
@peer("…why…")                          the other organisation, by its signature
@public("…why…")                        everyone
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.http import HttpRequest

from .permissions import Permission
from .rights import Rights

View = TypeVar("View", bound=Callable[..., Any])
Kind = Literal["permission", "logged_in", "resident", "peer", "public"]


@dataclass(frozen=True, slots=True)
class Door:
    """Who may open a view: by which kind of proof, with which permission, or why without one."""

    kind: Kind
    permission: Permission | None = None
    why: str = ""


def _hang(door: Door) -> Callable[[View], View]:
    def hang(view: View) -> View:
        view.door = door  # type: ignore[attr-defined]
        return view

    return hang


def requires(permission: Permission) -> Callable[[View], View]:
    """Let in only who holds `permission` today, with a second factor."""
    return _hang(Door("permission", permission))


def logged_in(why: str) -> Callable[[View], View]:
    """Let in whoever is logged in, because `why`."""
    return _hang(Door("logged_in", why=why))


def resident(why: str) -> Callable[[View], View]:
    """Let in a resident who came in by the identity connection, because `why`."""
    return _hang(Door("resident", why=why))


def peer(why: str) -> Callable[[View], View]:
    """Let in the other organisation; the view itself checks the signature before anything else."""
    return _hang(Door("peer", why=why))


def public(why: str) -> Callable[[View], View]:
    """Let in everyone, because `why`."""
    return _hang(Door("public", why=why))


def door_of(view: Callable[..., Any]) -> Door | None:
    """Return the door of a view, also when it is wrapped in decorators or is a class; None when it has none."""
    seen: Any = view
    while seen is not None:
        door = getattr(seen, "door", None) or getattr(getattr(seen, "view_class", None), "door", None)
        if isinstance(door, Door):
            return door
        seen = getattr(seen, "__wrapped__", None)
    return None


def may_open(view: Callable[..., Any], request: HttpRequest) -> bool:
    """Return whether whoever asks may open `view`, as the navigation wants to know."""
    door = door_of(view)
    rights: Rights = getattr(request, "rights", Rights())
    if door is None:
        return False
    if door.kind == "permission":
        assert door.permission is not None
        return rights.may(door.permission)
    if door.kind == "resident":
        return bool(request.session.get("resident"))
    return door.kind == "public" or (door.kind == "logged_in" and request.user.is_authenticated)
