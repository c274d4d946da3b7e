"""Django's entry for this door."""

from django.apps import AppConfig


class BackOffice(AppConfig):
    """Name the door."""

    name = "vermittlerpost.interfaces.backoffice"
