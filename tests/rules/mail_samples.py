"""What the tests of mails have in common: an operator, recipients, announcements, and eyes to read with."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser

from hypothesis import strategies as st

from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.composing import Announcement, Item, Operator, Recipient, compose
from vermittlerpost.notifications.texts.wording import URGENCIES

MONDAY = date(2026, 4, 13)
OPERATOR = Operator(
    name="Vermittlerpost der Musterland-Gruppe",
    address="vermittlerpost@portal.example",
    portal="https://portal.example",
    imprint="Musterland Versicherung AG, 12345 Musterstadt\nAmtsgericht Musterstadt HRB 12345",
    seal_key="only we know it",
)
CLERK = Recipient(address="b.beispiel@makler.example", administrator=False, origin="explicit")
BOSS = Recipient(address="a.beispiel@makler.example", administrator=True, origin="role_default")
ONE = Announcement(
    mail="M-1",
    category="urgent_reminders",
    items=[Item(letter="L-7F3K", agency="4711", urgency="letzte", due_on=MONDAY)],
    recipient=CLERK,
    at=datetime(2026, 3, 30, 5, 0, tzinfo=UTC),
)


def reminders(count: int, agencies: int) -> list[Item]:
    return [
        Item(
            letter=f"L-{number}",
            agency=str(4711 + number % agencies),
            urgency="letzte" if number == 0 else "hoch",
            due_on=MONDAY + timedelta(number % agencies),
        )
        for number in range(count)
    ]


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def part(data: bytes, kind: str) -> str:
    body = parsed(data).get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


class Page(HTMLParser):
    """Hold what a reader's program makes of a page: its elements and its texts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def text(announcement: Announcement) -> str:
    return part(compose(announcement, OPERATOR), "plain")


def page(announcement: Announcement) -> Page:
    return Page(part(compose(announcement, OPERATOR), "html"))


@st.composite
def announcements(draw: st.DrawFn) -> Announcement:
    items = st.builds(
        Item,
        letter=st.from_regex(r"[A-Z0-9-]{1,17}", fullmatch=True),
        agency=st.none() | st.from_regex(r"[A-Za-z0-9._/&<%$=-]{1,17}", fullmatch=True),
        urgency=st.sampled_from(URGENCIES),
        due_on=st.none() | st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    )
    recipients = st.builds(
        Recipient,
        address=st.just("a@makler.example"),
        administrator=st.booleans(),
        self_service=st.booleans(),
        origin=st.sampled_from(["explicit", "role_default"]),
    )
    return Announcement(
        mail="M-1",
        category=draw(st.sampled_from(sorted(CATEGORIES))),
        items=draw(st.lists(items, min_size=1, max_size=40)),
        recipient=draw(recipients),
        at=ONE.at,
    )
