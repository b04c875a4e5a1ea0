"""This room as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room access."""

    name = "noaber.web.access"
    label = "access"
