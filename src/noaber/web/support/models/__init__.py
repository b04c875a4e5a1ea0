"""The tables of this room, by what they are about."""

from .cases import Case, CaseWorker, Member, Scaling, Share
from .escalation import ClockChange, Escalation, Finding, Phase, PhaseChange, Seat
from .groups import Attendance, Group, Participant, Session
from .plan import Document, Goal, Note, Step, Task
from .questions import Question
from .teams import ContactPerson, Discussion, Expertise, Handover, Leave, Meeting, ShellMember

__all__ = [
    "Attendance",
    "Case",
    "CaseWorker",
    "ClockChange",
    "ContactPerson",
    "Discussion",
    "Document",
    "Escalation",
    "Expertise",
    "Finding",
    "Goal",
    "Group",
    "Handover",
    "Leave",
    "Meeting",
    "Member",
    "Note",
    "Participant",
    "Phase",
    "PhaseChange",
    "Question",
    "Scaling",
    "Seat",
    "Session",
    "Share",
    "ShellMember",
    "Step",
    "Task",
]
