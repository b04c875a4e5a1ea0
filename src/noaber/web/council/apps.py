"""This room as Django knows it."""

from django.apps import AppConfig


class CouncilConfig(AppConfig):
    """The room council."""

    name = "noaber.web.council"
    label = "council"
