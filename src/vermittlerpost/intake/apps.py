"""Django's entry for this room."""

from django.apps import AppConfig


class Intake(AppConfig):
    """Name the room."""

    name = "vermittlerpost.intake"
