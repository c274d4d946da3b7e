"""Django's entry for this room."""

from django.apps import AppConfig


class Exchange(AppConfig):
    """Name the room."""

    name = "vermittlerpost.exchange"
