"""The tables of the entrance, by idea."""

from .clients import Client
from .contacts import Attachment, Attempt, CallBack, Clarification, Contact, Question, TriageAdvice
from .passed import PassedOn
from .places import OpeningHour, Place, Shift
from .sampling import LongForm, SamplingPlan, SamplingRate
from .social_map import Activity, Provider, Session
from .work import Note, Task

__all__ = [
    "Activity",
    "Attachment",
    "Attempt",
    "CallBack",
    "Clarification",
    "Client",
    "Contact",
    "LongForm",
    "Note",
    "OpeningHour",
    "PassedOn",
    "Place",
    "Provider",
    "Question",
    "SamplingPlan",
    "SamplingRate",
    "Session",
    "Shift",
    "Task",
    "TriageAdvice",
]
