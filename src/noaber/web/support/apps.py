"""This room as Django knows it."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """The room support."""

    name = "noaber.web.support"
    label = "support"
