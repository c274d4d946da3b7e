"""Django's entry for this door."""

from django.apps import AppConfig


class Portal(AppConfig):
    """Name the door."""

    name = "vermittlerpost.interfaces.portal"
