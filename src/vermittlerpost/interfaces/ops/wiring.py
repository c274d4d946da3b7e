"""What the settings of this installation plug together: stores, mail destination, operator."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings

from vermittlerpost.delivery.transports import Shop
from vermittlerpost.delivery.transports.folder import ShopFolder
from vermittlerpost.delivery.transports.sftp import SftpServer
from vermittlerpost.interfaces.ops import sealing
from vermittlerpost.interfaces.ops.bounces.boxes import Box, box_at
from vermittlerpost.letters import queries as letters
from vermittlerpost.lib import extras
from vermittlerpost.lib.storage import Folder, Store
from vermittlerpost.notifications.composing import Operator
from vermittlerpost.notifications.transports import Destination
from vermittlerpost.notifications.transports.folder import MailFolder
from vermittlerpost.notifications.transports.smtp import SmtpServer

_SFTP = 22
_PATIENCE = 120.0
"""Seconds for the answer to a mail's content; a group of mails must be through before its lease runs out."""


def letter_store() -> Store:
    """Return where the PDFs of letters are kept."""
    return letters.store()


def print_folder() -> Folder:
    """Return where print batches are laid for the print shop."""
    return Folder(settings.HOME / "print")


def print_shop() -> Shop | None:
    """Return how batches reach the print shop, None where they are handed over by hand."""
    environment = settings.ENVIRONMENT
    if environment.print_shop:
        return ShopFolder(path=environment.print_shop)
    return _print_server() if environment.print_sftp else None


def _print_server() -> SftpServer:
    environment = settings.ENVIRONMENT
    url = urlsplit(environment.print_sftp)
    return SftpServer(
        host=url.hostname or "",
        port=url.port or _SFTP,
        user=unquote(url.username or ""),
        folder=unquote(url.path) or ".",
        host_keys=[key.strip() for key in environment.print_sftp_host_key.split("|")],
        key=environment.print_sftp_key,
        password=environment.print_sftp_password.get_secret_value(),
        answers_in=environment.print_sftp_answers,
        settled=environment.inbox_settled,
    )


def refuse_missing_extras() -> None:
    """Refuse if something is set that needs a library which is not installed."""
    if settings.ENVIRONMENT.s3_bucket:
        extras.load("boto3", extra="s3")
    if settings.ENVIRONMENT.print_sftp:
        extras.load("asyncssh", extra="sftp")


def mail_destination() -> Destination:
    """Return where mails go."""
    environment = settings.ENVIRONMENT
    if environment.mail_transport == "folder":
        return MailFolder(path=settings.HOME / "mails")
    return SmtpServer(
        host=environment.smtp_host,
        port=environment.smtp_port,
        tls=environment.smtp_tls,
        user=environment.smtp_user,
        password=environment.smtp_password.get_secret_value(),
        timeout=environment.smtp_timeout,
        patience=_PATIENCE,
    )


def bounce_box() -> Box | None:
    """Return where bounces are read, None where nobody said."""
    environment = settings.ENVIRONMENT
    return box_at(environment.bounces, environment.bounces_password.get_secret_value()) if environment.bounces else None


def operator() -> Operator:
    """Return who signs the mails."""
    environment = settings.ENVIRONMENT
    return Operator(
        name=environment.operator,
        address=environment.mail_from,
        portal=environment.base_url,
        imprint=environment.imprint.replace("|", "\n"),
        seal_key=sealing.key(),
    )


@contextmanager
def housed_in(folder: Path) -> Iterator[None]:
    """Let letters, print batches and mails go to a folder within the block, and nothing leave or enter the house."""
    home = settings.HOME
    settings.HOME = folder
    try:
        with set_to(mail_transport="folder", s3_bucket="", print_shop=None, print_sftp="", inbox=None):
            yield
    finally:
        settings.HOME = home


@contextmanager
def set_to(**changed: object) -> Iterator[None]:
    """Let some settings be others within the block."""
    environment = settings.ENVIRONMENT
    settings.ENVIRONMENT = environment.model_copy(update=changed)
    try:
        yield
    finally:
        settings.ENVIRONMENT = environment
