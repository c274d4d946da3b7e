"""Django's entry for this room."""

from django.apps import AppConfig


class Notifications(AppConfig):
    """Name the room."""

    name = "vermittlerpost.notifications"
