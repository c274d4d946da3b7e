"""The mailbox as files: its list as CSV, its letters as ZIP; both are sent while they are made."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext

from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import ReceiptKind, Row
from vermittlerpost.interfaces.portal.cockpit import letter_words
from vermittlerpost.interfaces.portal.cockpit.mailbox_filter import MailboxFilter
from vermittlerpost.interfaces.portal.pages import Visit, for_users
from vermittlerpost.interfaces.portal.stores import letter_store
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.spreadsheets import table
from vermittlerpost.lib.storage import Away, Missing, Store

MOST_LETTERS = 500
"""The most letters of one ZIP."""

_UMLAUTS = str.maketrans({"Ä": "AE", "Ö": "OE", "Ü": "UE", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@for_users()
def mailbox_csv(request: Visit) -> HttpResponseBase:
    """Give the whole list that the address asks for as CSV, as spreadsheets of this country read it."""
    asked = MailboxFilter(request.GET, request.user)
    rows = delivery.everything(request.user, asked.criteria, asked.sort)
    return table(f"vermittlerpost_{clock.today():%Y-%m-%d}", _heads(), map(_cells, rows))


def _heads() -> list[str]:
    return [
        gettext("Schreiben"), gettext("Vorgang"), gettext("Art"), gettext("Dringlichkeit"), gettext("Kennzeichen"),
        gettext("Versicherungsnehmer"), gettext("Agentur"), gettext("Name der Agentur"), gettext("Risikoträger"),
        gettext("Bereitgestellt am"), gettext("Frist"), gettext("Zustand"), gettext("Erledigt am"), gettext("Grund"),
        gettext("In Arbeit bei"), gettext("BiPRO"),
    ]  # fmt: skip


def _cells(row: Row) -> Iterable[str]:
    standing = gettext("erledigt") if row.done_on else gettext("gelesen") if row.read_at else gettext("ungelesen")
    return (
        row.letter, row.case, gettext(KINDS[row.kind].titled(row.due_on)), row.urgency, row.plate,
        row.policyholder, row.agency, row.agency_name, row.carrier,
        f"{clock.german_day(row.provided_at):%d.%m.%Y}", _day(row.due_on), standing, _day(row.done_on),
        letter_words.end(row.done_reason), row.assignee, _by_software(row),
    )  # fmt: skip


def _by_software(row: Row) -> str:
    if row.acknowledged_at:
        return gettext("über BiPRO quittiert")
    return gettext("über BiPRO abgerufen") if row.fetched_at else ""


def _day(day: Any) -> str:
    return f"{day:%d.%m.%Y}" if day else ""


def zip_of(entries: Sequence[Any], *, by: str) -> HttpResponseBase:
    """Give letters as one ZIP, and note their download when the last of it has been taken."""
    response = StreamingHttpResponse(_zipped(entries, letter_store(), by), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="vermittlerpost_{clock.today():%Y-%m-%d}.zip"'
    response["Content-Encoding"] = "identity"  # packed already
    return response


def _zipped(entries: Sequence[Any], store: Store, by: str) -> Iterator[bytes]:
    sink, given = Sink(), dict[str, str]()
    with zipfile.ZipFile(sink, "w") as archive:
        for entry, pdf in _with_pdfs(entries, store, by):
            if pdf is None:
                archive.writestr(_member(entry, "txt"), gettext("Dieses PDF liegt noch nicht vor."))
            else:
                archive.writestr(_member(entry, "pdf"), pdf)
                given[entry.letter_id] = entry.case
            yield sink.taken()
    yield sink.taken()
    deliver.record_receipts(letters=given, kind=ReceiptKind.DOWNLOADED, by=by)


def _with_pdfs(entries: Sequence[Any], store: Store, by: str) -> Iterator[tuple[Any, bytes | None]]:
    """Yield each entry with its PDF, if there is one; a store that is away is asked no further."""
    is_away = False
    for entry in entries:
        pdf = None
        if not is_away:
            try:
                pdf = letters.pdf_of(entry.letter_id, store, by=by)
            except (Refused, Missing) as trouble:
                is_away = isinstance(trouble, Away)
        yield entry, pdf


def _member(entry: Any, suffix: str) -> zipfile.ZipInfo:
    """Return a name that every system takes, and the day of the letter."""
    day = clock.german_day(entry.provided_at)
    parts = (entry.plate, KINDS[entry.kind].titled(entry.due_on), day.isoformat(), entry.letter_id)
    name = "_".join(re.sub(r"[^A-Za-z0-9]+", "-", part.translate(_UMLAUTS)).strip("-") for part in parts)
    return zipfile.ZipInfo(f"{name}.{suffix}", date_time=(day.year, day.month, day.day, 0, 0, 0))


class Sink(io.RawIOBase):
    """What is written until somebody takes it: nothing of a file lies anywhere, and it cannot be gone back in."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        """Answer yes."""
        return True

    def write(self, data: Any) -> int:
        """Keep what was written."""
        self._parts.append(bytes(data))
        return len(self._parts[-1])

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)
