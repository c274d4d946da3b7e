"""Django's entry for this room."""

from django.apps import AppConfig


class News(AppConfig):
    """Name the room."""

    name = "vermittlerpost.news"
