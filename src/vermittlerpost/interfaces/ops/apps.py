"""Django's entry for this door."""

from django.apps import AppConfig


class Ops(AppConfig):
    """Name the door."""

    name = "vermittlerpost.interfaces.ops"
