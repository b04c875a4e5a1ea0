"""This room as Django knows it."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """The room oversight."""

    name = "noaber.web.oversight"
    label = "oversight"
