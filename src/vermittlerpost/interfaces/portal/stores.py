"""Where the portal finds what the settings of this installation say."""

from vermittlerpost.letters import queries as letters
from vermittlerpost.lib.storage import Store


def letter_store() -> Store:
    """Return where the PDFs of letters are kept."""
    return letters.store()
