"""The site as Django knows it."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The room that puts the others together."""

    name = "noaber.web.site"
    label = "site"

    def ready(self) -> None:
        """Register the checks of the installation."""
        from . import checks  # noqa: F401, PLC0415  # Django registers checks by importing them, once apps are ready
