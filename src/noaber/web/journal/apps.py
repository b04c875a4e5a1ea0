"""This room as Django knows it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The room journal."""

    name = "noaber.web.journal"
    label = "journal"
