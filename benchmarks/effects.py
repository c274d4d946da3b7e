"""Whether everything happened that had to, and nothing twice."""

from collections.abc import Sequence

from vermittlerpost.delivery import queries as delivery
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as letters
from vermittlerpost.notifications import queries as notifications


def check_each_once(due: int, taken: Sequence[str]) -> None:
    """Refuse the state of the database unless each due case has its letter, PDF and mails, none of them twice.

    `taken` are the Message-IDs that the mail server has seen. A mail whose fate is unknown may be among them or not.
    """
    assert delivery.everything_issued().count() == due
    assert not letters.to_render().exists()
    assert not letters.stuck().exists()
    assert not journal.unannounced().exists()
    assert not notifications.waiting().exists()
    assert len(set(taken)) == len(taken)
    sent, unclear = notifications.sent().count(), unknown_mails()
    assert sent <= len(taken) <= sent + unclear
    assert sent + unclear > 0


def unknown_mails() -> int:
    """Return how many mails a person has to look at."""
    return notifications.to_settle().count()
