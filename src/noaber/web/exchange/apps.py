"""This room as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The room exchange."""

    name = "noaber.web.exchange"
    label = "exchange"
