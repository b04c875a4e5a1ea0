"""This room as Django knows it."""

from django.apps import AppConfig


class FrontdeskConfig(AppConfig):
    """The room frontdesk."""

    name = "noaber.web.frontdesk"
    label = "frontdesk"
