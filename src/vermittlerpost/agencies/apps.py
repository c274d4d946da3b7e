"""Django's entry for this room."""

from django.apps import AppConfig


class Agencies(AppConfig):
    """Name the room."""

    name = "vermittlerpost.agencies"
