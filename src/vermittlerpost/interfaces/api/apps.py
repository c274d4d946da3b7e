"""Django's entry for this door."""

from django.apps import AppConfig


class Api(AppConfig):
    """Name the door."""

    name = "vermittlerpost.interfaces.api"
