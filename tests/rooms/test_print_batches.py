"""delivery: paper goes out in batches per carrier, recalled until it is handed over, and never afterwards."""

import csv
import hashlib
import io
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from tests import acts
from tests.acts import moment
from tests.cast import ANKERBUND, DRESDEN, NORDLICHT

from vermittlerpost.delivery import actions as printing
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.actions.printing import NoSuchBatch
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import queries as written
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")

MORNING, NOON, AFTERNOON = (f"{acts.REQUESTED} {hour}" for hour in ("07:00", "12:00", "15:00"))


@pytest.fixture
def letters() -> list[str]:
    """Return three letters that wait for print, the third of another carrier."""
    acts.confirm(agency=DRESDEN, kind="permanent")
    acts.confirm(acts.OTHER_EVB, agency=DRESDEN, carrier=ANKERBUND)
    acts.register("Z-1", vin="", plate="DD-A 1")
    acts.register("Z-2", vin="", plate="DD-A 2")
    acts.register("Z-3", vin="", plate="DD-A 3", evb=acts.OTHER_EVB)
    acts.mornings(acts.REQUESTED)
    return [acts.letter(f"Z-{number}").id for number in (1, 2, 3)]


def states(letters: list[str]) -> list[str]:
    return [acts.delivery_of(letter).state for letter in letters]


def manifest(home: Path, batch: str) -> list[dict[str, str]]:
    text = (home / "print" / f"{batch}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def recall(batch: str) -> None:
    with clock.turned_to(moment(NOON)):
        printing.recall(batch, reason="Falsches Papier", by="operator")


def test_all_that_waits_is_put_into_one_batch_per_carrier(letters: list[str], home: Path) -> None:
    batches = acts.print_post(NOON)
    built = {batch.carrier_id: batch for batch in delivery.batches()}
    assert {carrier: batch.letters for carrier, batch in built.items()} == {NORDLICHT: 2, ANKERBUND: 1}
    assert sorted(batches) == sorted(batch.id for batch in built.values())
    assert states(letters) == ["in_batch"] * 3
    assert acts.print_post(AFTERNOON) == []


def test_the_pdf_holds_the_letters_in_the_order_of_the_manifest_and_the_hash_fits(
    letters: list[str], home: Path
) -> None:
    acts.print_post(NOON)
    for batch in delivery.batches():
        content = (home / "print" / f"{batch.id}.pdf").read_bytes()
        lines = manifest(home, batch.id)
        assert hashlib.sha256(content).hexdigest() == batch.sha256
        assert {line["pdf_sha256"] for line in lines} == {batch.sha256}
        assert {line["letter"] for line in lines} == {one.letter_id for one in batch.deliveries.all()}
        assert [line["sequence"] for line in lines] == [str(number) for number in range(1, batch.letters + 1)]
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert len(pdf.pages) == batch.letters


def test_the_manifest_names_letters_and_no_people(letters: list[str], home: Path) -> None:
    acts.print_post(NOON)
    [batch] = delivery.batches().filter(carrier=ANKERBUND)
    assert manifest(home, batch.id) == [
        {
            "batch": batch.id,
            "pdf_sha256": batch.sha256,
            "sequence": "1",
            "letter": letters[2],
            "case": acts.case("Z-3").id,
            "agency": DRESDEN,
            "kind": "application_request",
            "level": "0",
            "issued_on": acts.REQUESTED,
        }
    ]


def test_a_batch_that_is_handed_over_leaves_a_receipt_for_each_letter_r9(letters: list[str]) -> None:
    batch = acts.print_post(NOON)[0]
    acts.hand_over(batch, AFTERNOON)
    inside = [one.letter_id for one in delivery.batches().get(id=batch).deliveries.all()]
    assert states(inside) == ["handed_over"] * len(inside)
    for letter in inside:
        receipt = delivery.receipts_of(letter).get()
        assert (receipt.kind, receipt.actor, receipt.at) == ("handed_over", "printer", moment(AFTERNOON))
    assert delivery.batches().get(id=batch).handed_over_at == moment(AFTERNOON)


def test_a_batch_is_handed_over_once_and_cannot_be_recalled_afterwards(letters: list[str]) -> None:
    batch = acts.print_post(NOON)[0]
    acts.hand_over(batch, AFTERNOON)
    with pytest.raises(NoSuchBatch):
        acts.hand_over(batch, AFTERNOON)
    with pytest.raises(NoSuchBatch):
        recall(batch)
    with pytest.raises(NoSuchBatch):
        acts.hand_over("D-0000-0000-00000", AFTERNOON)


def test_a_recalled_batch_gives_its_letters_to_the_next_one(letters: list[str]) -> None:
    first = acts.print_post(NOON)
    for batch in first:
        recall(batch)
    assert states(letters) == ["to_print"] * 3
    second = acts.print_post(AFTERNOON)
    assert set(first).isdisjoint(second)
    assert states(letters) == ["in_batch"] * 3
    assert {batch.id: batch.state for batch in delivery.batches()} == {
        **dict.fromkeys(first, "recalled"),
        **dict.fromkeys(second, "built"),
    }


def test_a_case_that_ends_takes_its_letter_out_and_the_others_go_into_the_next_batch_r6(letters: list[str]) -> None:
    acts.print_post(NOON)
    [old] = delivery.batches().filter(carrier=NORDLICHT)
    acts.receive(acts.notice("Z-1", f"{acts.REQUESTED} 13:00", kind="withdrawn"))
    assert states(letters) == ["withdrawn", "to_print", "in_batch"]
    assert delivery.batches().get(id=old.id).state == "recalled"
    with pytest.raises(NoSuchBatch):
        acts.hand_over(old.id, AFTERNOON)
    [new] = acts.print_post(AFTERNOON)
    acts.hand_over(new, AFTERNOON)
    assert states(letters) == ["withdrawn", "handed_over", "in_batch"]


def test_a_case_that_ends_before_any_batch_is_never_printed(letters: list[str]) -> None:
    acts.receive(acts.notice("Z-3", f"{acts.REQUESTED} 09:00", kind="withdrawn"))
    acts.print_post(NOON)
    assert [batch.carrier_id for batch in delivery.batches()] == [NORDLICHT]


def test_a_letter_that_cannot_be_printed_holds_up_no_other_and_is_shown_r12(home: Path) -> None:
    acts.confirm(agency=DRESDEN, kind="permanent")
    acts.register("Z-1", vin="", plate="DD-A 1")
    acts.register("Z-2", vin="", plate="DD-A 2", keeper_name="Smiley 🙂")
    acts.mornings(acts.REQUESTED)
    rounds.render()
    [batch] = acts.print_post(NOON)
    assert [line["letter"] for line in manifest(home, batch)] == [acts.letter("Z-1").id]
    assert written.stuck().get().letter_id == acts.letter("Z-2").id


def test_a_letter_that_turns_out_unprintable_in_its_batch_lets_the_others_go_in_the_next_r12(home: Path) -> None:
    acts.confirm(agency=DRESDEN, kind="permanent")
    acts.register("Z-1", vin="", plate="DD-A 1")
    acts.register("Z-2", vin="", plate="DD-A 2", keeper_name="Smiley 🙂")
    acts.mornings(acts.REQUESTED)
    assert acts.print_post(NOON) == []
    assert [batch.state for batch in delivery.batches()] == ["recalled"]
    rounds.render()
    [batch] = acts.print_post(AFTERNOON)
    assert [line["letter"] for line in manifest(home, batch)] == [acts.letter("Z-1").id]


def test_the_files_of_a_recalled_batch_are_gone_before_the_next_is_there(letters: list[str], home: Path) -> None:
    first = acts.print_post(NOON)
    for batch in first:
        recall(batch)
    second = acts.print_post(AFTERNOON)
    assert {path.stem for path in (home / "print").iterdir()} == set(second)


def test_what_is_recalled_after_the_cut_off_waits_for_the_next_day(letters: list[str]) -> None:
    with clock.turned_to(moment(f"{acts.REQUESTED} 14:00")):
        built = rounds.print_after_cut_off()
    with clock.turned_to(moment(AFTERNOON)):
        printing.recall(built[0], reason="Falsches Papier", by="operator")
        assert rounds.print_after_cut_off() == []
    with clock.turned_to(moment("2026-02-17 14:00")):
        assert len(rounds.print_after_cut_off()) == 1


def test_every_turn_of_paper_is_journalled_with_its_batch(letters: list[str]) -> None:
    acts.print_post(NOON)
    [first] = delivery.batches().filter(carrier=NORDLICHT)
    recall(first.id)
    acts.print_post(AFTERNOON)
    [second] = delivery.batches().filter(carrier=NORDLICHT, state="built")
    acts.hand_over(second.id, AFTERNOON)
    turns = [
        (entry.kind, entry.data.get("batch"))
        for entry in journal.about(acts.case("Z-1").id)
        if entry.data.get("letter") == letters[0]
    ]
    assert turns[1:] == [
        ("letter.queued_for_print", None),
        ("letter.batched", first.id),
        ("letter.recalled", first.id),
        ("letter.batched", second.id),
        ("letter.handed_over", second.id),
    ]
    assert [entry.kind for entry in journal.about(f"batch:{first.id}")] == ["print_batch.built", "print_batch.recalled"]


@pytest.mark.parametrize(("at", "batches"), [("13:59", 0), ("14:00", 2), ("18:00", 2)])
def test_the_daily_batch_is_built_from_the_cut_off_on(letters: list[str], at: str, batches: int) -> None:
    with clock.turned_to(moment(f"{acts.REQUESTED} {at}")):
        assert len(rounds.print_after_cut_off()) == batches


def test_what_is_written_after_the_cut_off_waits_for_the_next_day() -> None:
    acts.confirm(agency=DRESDEN)
    acts.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 16:00")):
        rounds.take_steps()
        assert rounds.print_after_cut_off() == []
    with clock.turned_to(moment("2026-02-17 14:00")):
        assert len(rounds.print_after_cut_off()) == 1
    assert acts.letter().issued_on == date(2026, 2, 16)
