"""The key by which the house knows its own mails again."""

from django.conf import settings


def key() -> str:
    """Return what marks our mails: as secret as the house's secret, and good for nothing else."""
    return f"mails of {settings.SECRET_KEY}"
