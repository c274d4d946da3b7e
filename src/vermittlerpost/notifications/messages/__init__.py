"""Messages: mails that somebody caused, each to one address; the folder is the list."""

from dataclasses import dataclass
from string import Formatter

from vermittlerpost.lib import catalogue


@dataclass(frozen=True, kw_only=True)
class Message:
    """Describe one mail that is no notification: nobody switches it, and nothing is bundled into it.

    Its code is the name of its file. Subject, headline and lead may name keys of the content in braces; the lead goes
    on after „Guten Tag,“. A fact is a label and a key, left out if its value is empty. `text` is the key of what was
    written by hand, `reply_to` that of the address to which an answer goes. A mail with an `action` has a link, in the
    content as a path of the portal.
    """

    title: str
    subject: str
    headline: str
    lead: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    action: str = ""
    reply_to: str = ""
    reason: str

    @property
    def keys(self) -> frozenset[str]:
        """Return the keys that its content has, no more and no less."""
        said = {key for words in (self.subject, self.headline, self.lead) for _, key, *_ in Formatter().parse(words)}
        facts = {key for _, key in self.facts}
        return frozenset(filter(None, {*said, *facts, self.text, self.reply_to, "link" if self.action else ""}))


MESSAGES = catalogue.modules("vermittlerpost.notifications.messages", Message)
