"""What can be wrong with a message before it can be judged by the rules, and how that is said.

No text repeats a value from the message: it may be a citizen number, a name or an address.
"""

from __future__ import annotations

from dataclasses import dataclass

from noaber.records import NoaberError


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that the standard does not allow: line in the XML, element, and what it should be (Dutch)."""

    line: int
    element: str
    reason: str

    def __str__(self) -> str:
        place = f"regel {self.line}: " if self.line else ""
        return f"{place}{self.element} {self.reason}"


class MessageError(NoaberError):
    """A message cannot be taken in. Its subclasses say why."""

    code = "N-200"
    exit_code = 3
    problems: tuple[Problem, ...] = ()


class MessageTooLargeError(MessageError):
    """The file is larger than messages may be."""

    code = "N-201"


class NotXmlError(MessageError):
    """The file is no XML, is cut off, or its encoding is not what it says."""

    code = "N-202"


class UnsafeXmlError(MessageError):
    """The XML asks for something that a message never needs: a document type, entities, or endless depth."""

    code = "N-203"


class UnknownMessageError(MessageError):
    """The XML is not one of the fourteen messages of release 3.2, of either standard."""

    code = "N-204"


class MessageContentError(MessageError):
    """Elements are missing, unknown, doubled, or hold what the standard does not allow."""

    code = "N-205"

    def __init__(self, name: str, problems: tuple[Problem, ...], *, kind: str) -> None:
        self.problems = problems
        first, rest = problems[0], len(problems) - 1
        more = f" En nog {rest} {'fout' if rest == 1 else 'fouten'}." if rest else ""
        super().__init__(
            f"Het bericht {kind} voldoet niet aan de standaard: {first}.{more}",
            where=f"{name}, regel {first.line}" if first.line else name,
            now="Laat de afzender het bericht verbeteren en opnieuw sturen; er is niets van overgenomen.",
        )


class EnvelopeError(MessageError):
    """The envelope around messages (GGk) cannot be opened."""

    code = "N-206"


class SchemaFolderError(MessageError):
    """The folder with official schemas is not there, is incomplete, or holds something else."""

    code = "N-207"


class UnwritableMessageError(MessageError):
    """A message that we made ourselves would not meet the standard."""

    code = "N-208"

    def __init__(self, problems: tuple[Problem, ...], *, kind: str) -> None:
        self.problems = problems
        super().__init__(
            f"Een bericht {kind} kan zo niet worden gemaakt: {problems[0]}.",
            where=f"bericht {kind}",
            now="Vul de gegevens aan waaruit het bericht wordt gemaakt; er is niets verstuurd.",
        )
