"""Categories: what a user can be told about by e-mail, each switched on its own; the folder is the list."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

from vermittlerpost.agencies.rules import Right
from vermittlerpost.lib import catalogue
from vermittlerpost.notifications.events import TITLES

LETTER_PROVIDED = "letter.provided"
DOCUMENT_PROVIDED = "document.provided"
NEWS_PUBLISHED = "news.published"
NEWS_WITHDRAWN = "news.withdrawn"


@dataclass(frozen=True, kw_only=True, slots=True)
class Role:
    """Say what a preset may depend on: nothing but the user's standing in the own firm (R2)."""

    administrator: bool
    restricted: bool


@dataclass(frozen=True, kw_only=True)
class Category:
    """Describe one kind of notification; its code is the name of its file.

    It waits for journal entries of kind `event`, or of one of the `further_events`, that bear its own code as their
    category; an entry of kind `recall` takes back what has not left yet. `role_default` is the preset as long as
    nobody has chosen. Within `merge_window` mails of one user become one; an urgent category has none (R3). The leads
    go on after „Guten Tag,“; they may not tell what a letter is about (R4), and the agency only if it has one
    (`names_agency`). Its `right` is asked for by the mail and by the page that the mail leads to, so that nobody is
    told of what he cannot open.
    """

    title: str
    sentence: str
    example: str
    event: str
    further_events: tuple[str, ...] = ()
    recall: str = ""
    names_agency: bool = True
    right: Right = Right.VIEW_PORTFOLIO
    role_default: Callable[[Role], bool]
    merge_window: timedelta
    urgent: bool = False
    one: str
    many: str
    lead_one: str
    lead_many: str
    open_one: str
    place: str = "Mein Cockpit » Vermittlerpost"
    path: str = "cockpit/vermittlerpost/"

    def __post_init__(self) -> None:
        """Refuse an urgent category that would wait."""
        if self.urgent and self.merge_window:
            raise ValueError("An urgent mail never waits for others.")

    def announces(self, event: str) -> bool:
        """Tell whether an event of this kind is what the category waits for."""
        return event == self.event or event in self.further_events


CATEGORIES = catalogue.modules("vermittlerpost.notifications.categories", Category)
TITLES.update({code: f"„{category.title}“" for code, category in CATEGORIES.items()})


def right_to(code: str) -> Right:
    """Return the right without which nobody is told of a category, or reads what is of it.

    Of a category that is gone it is that to see portfolio data.
    """
    return CATEGORIES[code].right if code in CATEGORIES else Right.VIEW_PORTFOLIO


def documents_for(rights: Collection[str]) -> list[str]:
    """Return the categories of documents that somebody with these rights may read."""
    return [code for code, one in CATEGORIES.items() if one.event == DOCUMENT_PROVIDED and one.right in rights]
