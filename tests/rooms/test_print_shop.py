"""Paper on its way: laid at the print shop with checksums, confirmed by it, brought back by the post, and watched."""

import csv
import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests import acts
from tests.acts import moment
from tests.cast import DRESDEN

from vermittlerpost.delivery import actions as printing
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries as kept
from vermittlerpost.interfaces.ops import health, measures, queues, rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

pytestmark = pytest.mark.usefixtures("stage")

NOON, LATER, AFTERNOON = (f"{acts.REQUESTED} {hour}" for hour in ("12:00", "12:29", "12:30"))
RECEIPTS = "batch;pdf_sha256;letters;received_at;printed_at"
RETURNS = "letter;returned_on;reason"

Feed = Callable[..., intake.Report]


@pytest.fixture
def shop(tmp_path: Path, settings: LazySettings) -> Path:
    """Return the folder of a print shop that takes batches half an hour after they were built."""
    folder = tmp_path / "shop"
    folder.mkdir()
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"print_shop": folder})
    return folder


@pytest.fixture
def letter() -> str:
    """Return a letter that waits for print."""
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


@pytest.fixture
def feed(tmp_path: Path) -> Feed:
    """Return a function that feeds a file at a moment."""

    def write_and_feed(at: str, name: str, *lines: str) -> intake.Report:
        path = tmp_path / name
        path.write_text("\n".join([*lines, ""]), encoding="utf-8")
        with clock.turned_to(moment(at)):
            return intake.feed(path, by="feed")

    return write_and_feed


def bring(at: str) -> list[str]:
    with clock.turned_to(moment(at)):
        return rounds.bring_to_print_shop()


def stuck(at: str) -> list[str]:
    with clock.turned_to(moment(at)):
        return queues.stuck_in(queues.readings())


def receipt(batch: str, letters: int = 1, sha256: str = "", printed_at: str = "") -> str:
    known = delivery.batches().get(id=batch)
    return f"{batch};{sha256 or known.sha256};{letters};{acts.REQUESTED}T13:00:00;{printed_at}"


def test_a_batch_lies_at_the_print_shop_with_its_checksums_once_it_can_no_longer_be_recalled(
    letter: str, shop: Path
) -> None:
    (batch,) = acts.print_post(NOON)
    assert (bring(LATER), list(shop.iterdir())) == ([], [])
    assert bring(AFTERNOON) == [batch]
    sums = dict(line.split("  ")[::-1] for line in (shop / f"{batch}.sha256").read_text().splitlines())
    assert sums == {
        f"{batch}.{kind}": hashlib.sha256((shop / f"{batch}.{kind}").read_bytes()).hexdigest()
        for kind in ("pdf", "csv")
    }
    (line,) = csv.DictReader(io.StringIO((shop / f"{batch}.csv").read_text(encoding="utf-8")), delimiter=";")
    assert (line["letter"], line["pdf_sha256"]) == (letter, sums[f"{batch}.pdf"])
    assert acts.delivery_of(letter).state == "handed_over"
    assert bring(f"{acts.REQUESTED} 13:00") == []
    assert [entry.kind for entry in journal.about(f"batch:{batch}")] == [
        "print_batch.built", "print_batch.handed_over", "print_batch.sent",
    ]  # fmt: skip


def test_a_recalled_batch_never_gets_there(letter: str, shop: Path) -> None:
    (batch,) = acts.print_post(NOON)
    with clock.turned_to(moment(LATER)):
        printing.recall(batch, reason="Falsches Papier", by="operator")
    assert (bring(AFTERNOON), list(shop.iterdir())) == ([], [])


def test_who_dies_between_the_hand_over_and_the_files_leaves_them_to_the_next(
    letter: str, shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (batch,) = acts.print_post(NOON)
    with monkeypatch.context() as patch:
        patch.setattr(printing, "send", _dead)
        with pytest.raises(KeyboardInterrupt):
            bring(AFTERNOON)
    assert acts.delivery_of(letter).state == "handed_over"
    assert bring(AFTERNOON) == [batch]


def _dead(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_print_shop_that_is_away_and_a_damaged_pdf_hold_up_nothing_and_are_shown_r12(
    letter: str, shop: Path, home: Path
) -> None:
    (batch,) = acts.print_post(NOON)
    whole = (home / "print" / f"{batch}.pdf").read_bytes()
    (home / "print" / f"{batch}.pdf").write_bytes(b"%PDF-halb")
    assert bring(AFTERNOON) == []
    (home / "print" / f"{batch}.pdf").write_bytes(whole)
    shop.rmdir()
    assert bring(AFTERNOON) == []
    assert not shop.exists()
    assert not next(one for one in health.findings() if one.subject == "Druckerei").is_ok
    shop.mkdir()
    assert bring(AFTERNOON) == [batch]


def test_the_receipt_of_the_print_shop_is_compared_and_recorded(letter: str, shop: Path, feed: Feed) -> None:
    (batch,) = acts.print_post(NOON)
    early = feed(LATER, "print_receipts.csv", RECEIPTS, receipt(batch))
    bring(AFTERNOON)
    wrong = feed(
        AFTERNOON, "print_receipts-2.csv", RECEIPTS, receipt(batch, sha256="0" * 64), receipt(batch, letters=2)
    )
    assert [(row.column, row.value) for row in kept.refused_rows()] == [
        ("batch", batch), ("pdf_sha256", "0" * 64), ("letters", "2"),
    ]  # fmt: skip
    assert (early.refused, wrong.refused) == (1, 2)
    good = receipt(batch, printed_at=f"{acts.REQUESTED}T14:00:00")
    assert feed(AFTERNOON, "print_receipts-3.csv", RECEIPTS, good).accepted == 1
    assert feed(AFTERNOON, "print_receipts-4.csv", RECEIPTS, good).known == 1
    assert delivery.batches().get(id=batch).confirmed_at == moment(f"{acts.REQUESTED} 13:00")
    assert [(one.kind, one.at) for one in delivery.receipts_of(letter)] == [
        ("handed_over", moment(AFTERNOON)), ("printed", moment(f"{acts.REQUESTED} 14:00")),
    ]  # fmt: skip


def test_a_batch_that_nobody_hands_over_or_confirms_raises_an_alarm(letter: str, shop: Path, feed: Feed) -> None:
    (batch,) = acts.print_post(NOON)
    assert stuck("2026-02-18 12:00") == []
    assert stuck("2026-02-18 12:01") == ["Druckstapel: 1"]
    bring(AFTERNOON)
    assert stuck("2026-02-18 12:30") == []
    with clock.turned_to(moment("2026-02-18 12:31")):
        assert b'vermittlerpost_queue_stuck{queue="print_batches"} 1.0' in measures.text()
        assert any("Druckstapel: 1" in one.sentence for one in health.findings() if not one.is_ok)
    feed("2026-02-18 12:31", "print_receipts.csv", RECEIPTS, receipt(batch))
    assert stuck("2026-02-20 12:31") == []


def test_where_batches_are_handed_over_by_hand_nobody_waits_for_a_receipt(letter: str) -> None:
    (batch,) = acts.print_post(NOON)
    assert bring(AFTERNOON) == []
    acts.hand_over(batch, AFTERNOON)
    assert delivery.unconfirmed_batches().count() == 0
    assert delivery.stuck_batches(patience=timedelta(0)).count() == 0


def test_returns_are_fed_back_by_file_once_and_lie_in_the_worklist(letter: str, feed: Feed) -> None:
    (batch,) = acts.print_post(NOON)
    acts.hand_over(batch, AFTERNOON)
    row = f"{letter};2026-02-20;Empfänger unbekannt verzogen"
    report = feed(
        "2026-02-20 09:00", "returns.csv", RETURNS, row, f"{letter};2026-02-15;zu früh", "S-0;2026-02-20;fremd"
    )
    assert (report.accepted, report.refused) == (1, 2)
    assert feed("2026-02-21 09:00", "returns-2.csv", RETURNS, row).known == 1
    assert [one.letter_id for one in delivery.returned()] == [letter]
    (entry,) = journal.about(acts.case().id).filter(kind="letter.returned_on")
    assert (entry.data["returned_on"], entry.data["reason"]) == ("2026-02-20", "Empfänger unbekannt verzogen")


def test_a_letter_that_was_sent_again_is_not_returned_by_the_old_file(letter: str, feed: Feed) -> None:
    (batch,) = acts.print_post(NOON)
    acts.hand_over(batch, AFTERNOON)
    row = f"{letter};2026-02-20;Empfänger unbekannt verzogen"
    feed("2026-02-20 09:00", "returns.csv", RETURNS, row)
    printing.send_again(letter=letter, reason="Anschrift stimmt", by="operator")
    (again,) = acts.print_post("2026-02-20 14:00")
    acts.hand_over(again, "2026-02-20 15:00")
    assert feed("2026-02-23 09:00", "returns.csv", RETURNS, row).known == 1
    assert acts.delivery_of(letter).state == "handed_over"
    future = feed("2026-02-23 09:00", "returns-2.csv", RETURNS, row.replace("02-20", "03-20"))
    assert (future.refused, kept.refused_rows()[0].column) == (1, "returned_on")


def test_what_came_back_is_not_sent_again_once_its_case_has_ended(letter: str, feed: Feed) -> None:
    (batch,) = acts.print_post(NOON)
    acts.hand_over(batch, AFTERNOON)
    feed("2026-02-20 09:00", "returns.csv", RETURNS, f"{letter};2026-02-20;Empfänger unbekannt verzogen")
    acts.apply("A-1", "2026-02-21 10:00")
    with pytest.raises(Refused, match="ist erledigt"):
        printing.send_again(letter=letter, reason="Anschrift stimmt", by="operator")
    printing.settle_return(letter=letter, reason="Antrag ist da", by="operator")
    assert acts.delivery_of(letter).state == "return_settled"
