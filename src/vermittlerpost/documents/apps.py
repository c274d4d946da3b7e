"""Django's entry for this room."""

from django.apps import AppConfig


class Documents(AppConfig):
    """Name the room."""

    name = "vermittlerpost.documents"
