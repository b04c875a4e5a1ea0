"""This room as Django knows it."""

from django.apps import AppConfig


class EntranceConfig(AppConfig):
    """The room entrance."""

    name = "noaber.web.entrance"
    label = "entrance"
