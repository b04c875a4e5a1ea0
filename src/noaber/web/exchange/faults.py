"""What can go wrong here, in words for who asked; none of them names a person."""

from __future__ import annotations

from noaber.records import NoaberError

from .decide import Ground


class MayNotLeaveError(NoaberError):
    """What somebody wants to share may not leave, or not be taken in, by the law or for want of an agreement."""

    code = "N-970"
    exit_code = 5

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        super().__init__(ground.because, where=ground.article)


class WrongStepError(NoaberError):
    """A message cannot become this any more; somebody else, or the other side, was first."""

    code = "N-971"
    exit_code = 5


class OtherMessageError(NoaberError):
    """Under this key another message was received before."""

    code = "N-972"
    exit_code = 4


class UnknownPeerError(NoaberError):
    """The installation file names no other organisation with this code."""

    code = "N-973"
    exit_code = 2
