"""This room as Django knows it."""

from django.apps import AppConfig


class PublishedConfig(AppConfig):
    """The room published."""

    name = "noaber.web.published"
    label = "published"
