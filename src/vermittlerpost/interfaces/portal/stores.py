"""Where the portal finds what the settings of this installation say."""

from django.conf import settings

from vermittlerpost.lib.storage import Store


def letter_store() -> Store:
    """Return where the PDFs of letters are kept."""
    return Store(settings.HOME / "letters")
