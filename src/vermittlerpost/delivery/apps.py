"""Django's entry for this room."""

from django.apps import AppConfig

from vermittlerpost.lib import lexemes


class Delivery(AppConfig):
    """Name the room, and prepare what its mailbox is searched by."""

    name = "vermittlerpost.delivery"

    def ready(self) -> None:
        """Let search words be written."""
        lexemes.register()
