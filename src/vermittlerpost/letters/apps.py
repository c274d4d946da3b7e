"""Django's entry for this room."""

from django.apps import AppConfig


class Letters(AppConfig):
    """Name the room."""

    name = "vermittlerpost.letters"
