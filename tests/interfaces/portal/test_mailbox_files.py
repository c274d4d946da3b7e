"""The list as CSV and the letters as ZIP: what the page shows, in flat memory, and no trace of what broke."""

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from typing import cast as typed

import pytest
from django.conf import settings
from django.http import StreamingHttpResponse
from django.test import Client
from tests import acts
from tests.cast import CARLA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries
from vermittlerpost.delivery.models import MailboxEntry
from vermittlerpost.interfaces.portal.cockpit import mailbox_files, mailbox_selection
from vermittlerpost.interfaces.portal.stores import letter_store
from vermittlerpost.letters import actions
from vermittlerpost.letters.models import Letter, Rendering

pytestmark = pytest.mark.usefixtures("stage")
Visit = Callable[[str], Client]
SELECTION = "/cockpit/vermittlerpost/auswahl/"
CSV = "/cockpit/vermittlerpost/liste.csv"


@pytest.fixture
def letters() -> list[str]:
    """Return two letters of one case, the newest first, of which no PDF is made yet."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    return [letter.id for letter in reversed(acts.letters_of())]


def test_the_list_speaks_the_language_in_which_it_was_asked_for_though_it_is_sent_later(
    letters: list[str], visit: Visit
) -> None:
    client = visit("carla")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    heads, row = client.get(CSV).getvalue().decode("utf-8-sig").splitlines()
    assert heads.startswith("Letter;Case;")
    assert ";Reminder;" in row
    assert ";unread;" in row


def zipped(client: Client, letters: Iterable[str]) -> StreamingHttpResponse:
    """Ask for letters as ZIP."""
    response = client.post(SELECTION, {"aktion": "zip", "schreiben": list(letters)})
    assert response.status_code == 200
    return typed(StreamingHttpResponse, response)


def stream(response: StreamingHttpResponse) -> Iterator[bytes]:
    """Return what is sent, part by part."""
    return iter(typed(Iterable[bytes], response.streaming_content))


def copies(letter: str, number: int) -> list[str]:
    """Let a letter with a PDF lie in the mailbox so many times more."""
    made = [f"{letter}-{n:03d}" for n in range(number)]
    kept: list[tuple[Any, str]] = [(Letter, "id"), (Rendering, "letter_id"), (MailboxEntry, "letter_id")]
    for model, key in kept:
        row = model.objects.get(pk=letter)
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        cases = [{"case": f"V-{one}"} if "case" in values else {} for one in made]
        model.objects.bulk_create(model(**values | {key: one} | case) for one, case in zip(made, cases, strict=True))
    return made


def measured(client: Client, letters: Sequence[str]) -> tuple[int, int]:
    """Return how many bytes a ZIP has, and how many bytes were held at most while it was made and sent."""
    tracemalloc.start()
    try:
        size = sum(len(part) for part in stream(zipped(client, letters)))
        return size, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def downloads(letter: str) -> list[str]:
    """Return who downloaded a letter."""
    return [receipt.actor for receipt in queries.receipts_of(letter) if receipt.kind == "downloaded"]


def table(client: Client, query: str = "?zustand=alle") -> list[list[str]]:
    """Return the list as a spreadsheet reads it."""
    response = client.get(CSV + query)
    text = b"".join(stream(typed(StreamingHttpResponse, response))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_a_zip_holds_the_pdfs_under_speaking_names_and_notes_the_download(letters: list[str], visit: Visit) -> None:
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream(zipped(visit(CARLA), letters)))))
    assert archive.testzip() is None
    assert archive.namelist() == [
        f"K-WB-4444_Erinnerung_2026-03-03_{letters[0]}.pdf",
        f"K-WB-4444_Antragsanforderung_2026-02-16_{letters[1]}.pdf",
    ]
    store = letter_store()
    for letter, name in zip(letters, archive.namelist(), strict=True):
        assert archive.read(name) == actions.pdf_of(letter, store, by="test")
        assert downloads(letter) == [CARLA]


def test_an_umlaut_and_a_slash_make_no_trouble_in_a_name(letters: list[str]) -> None:
    entry = MailboxEntry(
        plate="MÜL/ÄB 1", kind="evb_cancellation", letter_id="S-1", provided_at=acts.moment("2026-03-03")
    )
    assert mailbox_files._member(entry, "pdf").filename == "MUEL-AEB-1_eVB-Kuendigung_2026-03-03_S-1.pdf"


def test_a_broken_download_leaves_no_file_and_no_receipt(
    letters: list[str], home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path_factory.mktemp("scratch")
    monkeypatch.setenv("TMPDIR", str(scratch))
    entries = queries.among(agencies.user(CARLA), letters)
    parts = mailbox_files._zipped(entries, letter_store(), CARLA)
    assert next(parts).startswith(b"PK")
    typed(Generator[bytes, None, None], parts).close()
    assert not any(scratch.iterdir())
    assert {path.name for path in home.iterdir()} <= {"letters", "mails", "print"}
    assert not any(downloads(letter) for letter in letters)


def test_a_letter_that_cannot_be_printed_holds_the_others_up_no_more_than_itself(
    letters: list[str], visit: Visit
) -> None:
    first = acts.letter()
    first.facts["policyholder"]["name"] = "\N{SNOWMAN}"
    first.save()
    Rendering.objects.filter(letter=first).update(sha256="")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(stream(zipped(visit(CARLA), letters)))))
    assert [name.rsplit(".")[1] for name in archive.namelist()] == ["txt", "pdf"]
    assert [bool(downloads(letter)) for letter in letters] == [False, True]


def test_more_letters_than_a_zip_holds_are_refused_with_both_numbers(
    letters: list[str], visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox_selection, "MOST_LETTERS", 1)
    response = visit(CARLA).post(SELECTION, {"aktion": "zip", "schreiben": letters}, follow=True)
    assert "höchstens 1 Schreiben, gewählt sind 2" in response.content.decode()
    assert not any(downloads(letter) for letter in letters)


def test_a_zip_of_500_letters_takes_hardly_more_memory_than_one_of_50(letters: list[str], visit: Visit) -> None:
    b"".join(stream(zipped(visit(CARLA), letters[:1])))  # its PDF is made, and all that is made once
    many = copies(letters[0], mailbox_files.MOST_LETTERS)
    small, few = measured(visit(CARLA), many[:50])
    big, peak = measured(visit(CARLA), many)
    assert big > 9 * small
    # No PDF is kept: what grows is what is known of each letter beforehand, a tenth of what it is sent as.
    assert (peak - few) / 450 < big / 500 / 10


def test_the_csv_has_every_row_of_the_filter_and_reads_well_in_a_spreadsheet(letters: list[str], visit: Visit) -> None:
    response = visit(CARLA).get(CSV)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    head, *rows = table(visit(CARLA))
    assert head[:5] == ["Schreiben", "Vorgang", "Art", "Dringlichkeit", "Kennzeichen"]
    assert [row[0] for row in rows] == letters
    assert rows[0][3:7] == ["hoch", acts.PLATE, acts.POLICYHOLDER, "4710"]
    assert [row[0] for row in table(visit(CARLA), "?zustand=alle&dringlichkeit=normal")[1:]] == letters[1:]
    assert [row[0] for row in table(visit(CARLA), "")[1:]] == letters[:1]
    assert "durch ein neueres Schreiben überholt" in rows[1]


@pytest.mark.parametrize("name", ["=1+1", "+49", "-x", "@sum", "\tx"])
def test_no_cell_is_taken_for_a_formula(letters: list[str], visit: Visit, name: str) -> None:
    MailboxEntry.objects.filter(letter=letters[0]).update(policyholder=name)
    assert table(visit(CARLA))[1][5] == f"'{name}"
