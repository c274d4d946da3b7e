"""Django's entry for this room."""

from django.apps import AppConfig


class Delivery(AppConfig):
    """Name the room."""

    name = "vermittlerpost.delivery"
