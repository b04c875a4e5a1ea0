"""This room as Django knows it."""

from django.apps import AppConfig


class WorkbenchConfig(AppConfig):
    """The room workbench."""

    name = "noaber.web.workbench"
    label = "workbench"
