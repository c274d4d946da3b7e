"""The mails of the folder, so that one can look at what nobody was sent; never in production, never with SMTP."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from vermittlerpost.interfaces.portal.pages import for_everybody
from vermittlerpost.notifications.transports.folder import MailFolder

_AT_ONCE = 50
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""A mail brings its own styles and nothing else; its links open beside it."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """A mail as its recipient reads it."""

    name: str
    sender: str
    recipient: str
    subject: str
    at: datetime
    text: str
    html: str


@for_everybody()
def mails(request: HttpRequest) -> HttpResponseBase:
    """List the mails, the latest first."""
    folder = _folder()
    names = folder.names()
    before = request.GET.get("vor", "")
    start = names.index(before) + 1 if before in names else 0
    shown = [_mail(folder, name) for name in names[start : start + _AT_ONCE]]
    has_more = len(names) > start + _AT_ONCE
    return render(
        request, "portal/development/mails.html", {"mails": shown, "next": shown[-1].name if has_more else ""}
    )


@for_everybody()
def mail(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show one mail: its headers, its text, and its page in a frame of its own."""
    return render(request, "portal/development/mail.html", {"mail": _mail(_folder(), name)})


@for_everybody()
def mail_page(_request: HttpRequest, name: str) -> HttpResponseBase:
    """Return the HTML part of a mail as a page that may do nothing."""
    html = _mail(_folder(), name).html.replace("<head>", '<head><base target="_blank">', 1)
    return HttpResponse(html, headers={"Content-Security-Policy": _PAGE_POLICY})


def _folder() -> MailFolder:
    environment = settings.ENVIRONMENT
    if environment.is_production or environment.mail_transport != "folder":
        raise Http404
    return MailFolder(path=settings.HOME / "mails")


def _mail(folder: MailFolder, name: str) -> Mail:
    try:
        message = message_from_bytes(folder.read(name), policy=policy.default)
    except KeyError as error:
        raise Http404 from error
    return Mail(
        name=name,
        sender=str(message["From"]),
        recipient=str(message["To"]),
        subject=str(message["Subject"]),
        at=parsedate_to_datetime(str(message["Date"])),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body else ""
