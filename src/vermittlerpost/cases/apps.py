"""Django's entry for this room."""

from django.apps import AppConfig


class Cases(AppConfig):
    """Name the room."""

    name = "vermittlerpost.cases"
