"""Django's entry for this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class Journal(AppConfig):
    """Name the room, and gather the event kinds of all rooms."""

    name = "vermittlerpost.journal"

    def ready(self) -> None:
        """Import every room's `events`, so that each kind's sentence is known wherever the journal is read."""
        autodiscover_modules("events")
