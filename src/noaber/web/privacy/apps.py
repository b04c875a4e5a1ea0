"""This room as Django knows it."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """The room privacy."""

    name = "noaber.web.privacy"
    label = "privacy"
