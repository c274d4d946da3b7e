"""Compose a notification: from what was provided to the bytes that travel, saying no more than R4 allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html import escape
from urllib.parse import quote, urlsplit

from vermittlerpost.lib.seals import seal
from vermittlerpost.notifications.categories import CATEGORIES, Category, Role
from vermittlerpost.notifications.messages import MESSAGES, Message
from vermittlerpost.notifications.rules import Origin
from vermittlerpost.notifications.texts import Page, encoded, facts, framed, headers, listing, source, wording
from vermittlerpost.notifications.texts.wording import Item

__all__ = ["Announcement", "Item", "Operator", "PersonalMail", "Recipient", "compose", "compose_message", "subject"]

# Quoted-printable never writes „=_“, so the boundary cannot occur within a part (RFC 2045, 6.7).
_BOUNDARY = "=_vermittlerpost"
_FIXED_HEADERS = (
    "Auto-Submitted: auto-generated\r\n"  # RFC 3834: no holiday note may answer
    "X-Auto-Response-Suppress: All\r\n"  # the same for Exchange, which does not heed RFC 3834
    "Content-Language: de\r\n"
    "MIME-Version: 1.0\r\n"
    f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"\r\n\r\n'
)
_PART = f"--{_BOUNDARY}\r\nContent-Type: text/%s; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
_TEXT_FOLLOWS = (_PART % "plain").encode()
_HTML_FOLLOWS = ("\r\n" + _PART % "html").encode()
_END = f"\r\n--{_BOUNDARY}--\r\n".encode()

_OWN_SETTINGS = {
    "change": "Ändern können Sie das unter Services » Mein Profil »",
    "settings_label": "E-Mail-Benachrichtigungen ändern",
    "settings": "services/mein-profil/e-mail-benachrichtigungen/",
}
_SETTINGS_OF_OTHERS = {
    "change": "Ändern kann das ein Administrator Ihrer Firma. Ihre Einstellungen sehen Sie unter Services »",
    "settings_label": "Mein Profil",
    "settings": "services/mein-profil/",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Operator:
    """Say whose portal it is: name and address of the sender, base URL of the portal, imprint in lines.

    With `seal_key` each mail is marked, so that nobody else can write a report about it.
    """

    name: str
    address: str
    portal: str
    imprint: str
    seal_key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Say who is told, whose choice that is (`origin`), and whether he may change it (`self_service`)."""

    address: str
    administrator: bool
    origin: str
    self_service: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """Hold one mail to be written: `mail` is its id for ever, `at` the moment of its Date; it has items."""

    mail: str
    category: str
    items: Sequence[Item]
    recipient: Recipient
    at: datetime

    def __post_init__(self) -> None:
        """Refuse a mail about nothing."""
        if not self.items:
            raise ValueError("A mail is about something.")


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalMail:
    """Hold one mail that somebody caused: `mail` is its id for ever, `content` has the keys that its message names."""

    mail: str
    message: str
    content: Mapping[str, str]
    address: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sort:
    """Tell apart what mails are worded differently, whatever they are about."""

    category: str
    is_single: bool
    why: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class _Pages:
    text: Page
    html: Page


def subject(announcement: Announcement) -> str:
    """Return the subject line as its recipient reads it."""
    return wording.subject(CATEGORIES[announcement.category], wording.summary(announcement.items))


def compose(announcement: Announcement, operator: Operator) -> bytes:
    """Return the mail as seven-bit bytes with CRLF; the same announcement always gives the same bytes.

    Refuses an address that cannot be mailed, and an id or a text that has no place in a header.
    """
    category, mail = CATEGORIES[announcement.category], wording.summary(announcement.items)
    pages = _pages(_sort(announcement, category), operator)
    slots = {
        b"headline": encoded(wording.counted(category, mail.whole.count)),
        b"link": encoded(_link(announcement, category, operator)),
    }
    text = slots | {b"facts": facts.as_text(mail), b"listing": listing.as_text(category, mail)}
    html = slots | {b"facts": facts.as_html(mail), b"listing": listing.as_html(category, mail)}
    head = _headers(announcement, announcement.recipient.address, wording.subject(category, mail), operator)
    return _joined(head, pages.text.filled(text), pages.html.filled(html))


def _joined(head: str, text: bytes, html: bytes) -> bytes:
    return b"".join([head.encode("ascii"), _TEXT_FOLLOWS, text, _HTML_FOLLOWS, html, _END])


def _headers(mail: Announcement | PersonalMail, address: str, words: str, operator: Operator, more: str = "") -> str:
    lines = [
        _sender(operator),
        f"To: {headers.addressable(address)}\r\n",
        more,
        headers.text("Subject", words),
        headers.date(mail.at),
        headers.message_id(mail.mail, seal(mail.mail, operator.seal_key), operator.address.rpartition("@")[2]),
        _FIXED_HEADERS,
    ]
    return "".join(lines)


@lru_cache(maxsize=8)
def _sender(operator: Operator) -> str:
    return headers.mailbox("From", operator.name, operator.address)


def _link(announcement: Announcement, category: Category, operator: Operator) -> str:
    """Return where the mail leads: to the one thing it is about, else to where all of them are."""
    first, *others = announcement.items
    page = "" if others else f"{quote(first.letter, safe='')}/"
    return f"{operator.portal.rstrip('/')}/{category.path}{page}"


def _sort(announcement: Announcement, category: Category) -> _Sort:
    recipient = announcement.recipient
    is_chosen = Origin(recipient.origin) is not Origin.ROLE_DEFAULT
    return _Sort(
        category=announcement.category,
        is_single=len(announcement.items) == 1,
        why="für Sie auf Ja gestellt ist" if is_chosen else _preset(category, recipient),
        may_change=recipient.administrator or recipient.self_service,
    )


def _preset(category: Category, recipient: Recipient) -> str:
    """Say for whom a category is preset to Ja, given that it is for this recipient."""
    if category.role_default(Role(administrator=False, restricted=False)):
        return "für alle auf Ja vorbelegt ist"
    if recipient.administrator and category.role_default(Role(administrator=True, restricted=False)):
        return "für Administratoren auf Ja vorbelegt ist"
    return "bei eingeschränkter Bestandssicht auf Ja vorbelegt ist"


@lru_cache(maxsize=256)
def _pages(sort: _Sort, operator: Operator) -> _Pages:
    """Compile both versions with all that does not differ within a sort of mails."""
    fixed = _fixed(sort, CATEGORIES[sort.category], operator)
    in_html = {name: _as_html(value) for name, value in fixed.items()}
    return _Pages(text=Page(source("mail.txt"), fixed), html=Page(framed("mail.html"), in_html))


def _fixed(sort: _Sort, category: Category, operator: Operator) -> Mapping[str, str]:
    portal = operator.portal.rstrip("/")
    settings = _OWN_SETTINGS if sort.may_change else _SETTINGS_OF_OTHERS
    return settings | {
        "lead": category.lead_one if sort.is_single else category.lead_many,
        "action": f"{category.open_one} in {category.place}" if sort.is_single else f"Zu {category.place}",
        "leads": f"Führt nach der Anmeldung auf {urlsplit(portal).netloc}",
        "operator": operator.name,
        "imprint": "\r\n".join(operator.imprint.splitlines()),
        "reason": f"Sie erhalten diese E-Mail, weil „{category.title}“ {sort.why}.",
        "settings": f"{portal}/{settings['settings']}",
    }


def compose_message(mail: PersonalMail, operator: Operator) -> bytes:
    """Return a mail that somebody caused, in the form of all others but without settings that would switch it off.

    Refuses what `compose` refuses, a message that does not exist, and content without a key that its message names.
    """
    message = MESSAGES[mail.message]
    answer = mail.content[message.reply_to] if message.reply_to else ""
    reply_to = f"Reply-To: {headers.addressable(answer)}\r\n" if answer else ""
    head = _headers(mail, mail.address, message.subject.format_map(mail.content), operator, reply_to)
    text, html = _written(message, mail.content, operator)
    return _joined(head, text, html)


def _written(message: Message, content: Mapping[str, str], operator: Operator) -> tuple[bytes, bytes]:
    told = [(label, content[key]) for label, key in message.facts if content[key]]
    written = content[message.text].splitlines() if message.text else []
    words = {
        "operator": operator.name,
        "headline": message.headline.format_map(content),
        "lead": message.lead.format_map(content),
        "reason": message.reason,
        "imprint": "\r\n".join(operator.imprint.splitlines()),
    }
    way = _way(message, content, operator) if message.action else {}
    text, html = _in_text(words), _in_html(words)
    text |= {b"facts": facts.listed_as_text(told), b"text": _quoted_as_text(written)}
    html |= {b"facts": facts.listed_as_html(told), b"text": _quoted_as_html(written)}
    text[b"way"] = Page(source("way.txt")).filled(_in_text(way)) if way else b""
    html[b"way"] = Page(source("button.html")).filled(_in_html(way)) if way else b""
    return Page(source("message.txt")).filled(text), Page(framed("message.html")).filled(html)


def _way(message: Message, content: Mapping[str, str], operator: Operator) -> dict[str, str]:
    portal = operator.portal.rstrip("/")
    return {
        "action": message.action,
        "link": f"{portal}/{content['link'].lstrip('/')}",
        "leads": f"Führt auf {urlsplit(portal).netloc}",
    }


def _in_text(words: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): encoded(value) for name, value in words.items()}


def _in_html(words: Mapping[str, str]) -> dict[bytes, bytes]:
    return {name.encode(): encoded(_as_html(value)) for name, value in words.items()}


def _as_html(value: str) -> str:
    return escape(value).replace("\r\n", "<br>\r\n")


def _quoted_as_text(lines: Sequence[str]) -> bytes:
    return encoded("".join(["\r\n", *[f"{line}\r\n" for line in lines]])) if lines else b""


def _quoted_as_html(lines: Sequence[str]) -> bytes:
    text = encoded(_as_html("\r\n".join(lines)))
    return Page(source("written.html")).filled({b"text": text}) if lines else b""
