"""delivery: what happens to a letter is a recorded moment with its actor (R9)."""

import pytest
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions, queries
from vermittlerpost.delivery.actions.printing import NotOnItsWay
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")


@pytest.fixture
def letter() -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def record(letter: str, kind: ReceiptKind, by: str, at: str = "2026-02-16 09:00") -> None:
    with clock.turned_to(moment(at)):
        actions.record_receipt(letter=letter, case=acts.case().id, kind=kind, by=by)


@pytest.mark.parametrize("kind", ReceiptKind)
def test_every_kind_of_receipt_is_kept_with_moment_and_actor_and_journalled_r9(letter: str, kind: ReceiptKind) -> None:
    record(letter, kind, cast.CARLA)
    receipt = queries.receipts_of(letter).get(kind=kind, actor=cast.CARLA)
    assert receipt.at == moment("2026-02-16 09:00")
    entry = journal.about(acts.case().id).get(kind="letter.receipt")
    assert (entry.actor, entry.data) == (
        cast.CARLA,
        {"letter": letter, "receipt": kind.value, "actor": cast.CARLA},
    )


def test_what_a_machine_fetched_no_human_has_read_r9(letter: str) -> None:
    record(letter, ReceiptKind.FETCHED, cast.ROBOT)
    record(letter, ReceiptKind.ACKNOWLEDGED, cast.ROBOT, "2026-02-16 09:01")
    kinds = [receipt.kind for receipt in queries.receipts_of(letter)]
    assert "displayed" not in kinds
    assert kinds[-2:] == ["fetched", "acknowledged"]


def test_a_letter_that_is_read_again_has_two_moments_in_their_order(letter: str) -> None:
    record(letter, ReceiptKind.DISPLAYED, cast.CARLA, "2026-02-17 09:00")
    record(letter, ReceiptKind.DISPLAYED, cast.ANNA, "2026-02-16 09:00")
    displayed = queries.receipts_of(letter).filter(kind="displayed")
    assert [receipt.actor for receipt in displayed] == [cast.ANNA, cast.CARLA]


def test_fetching_and_acknowledging_take_a_letter_out_of_nobodys_mailbox(letter: str) -> None:
    record(letter, ReceiptKind.ACKNOWLEDGED, cast.ROBOT)
    record(letter, ReceiptKind.DISPLAYED, cast.CARLA)
    for login_id in (cast.ROBOT, cast.CARLA, cast.ANNA):
        assert queries.mailbox_of(agencies.user(login_id)).get().id == letter


def test_the_provision_of_an_electronic_letter_is_a_receipt_with_its_moment_and_actor_r9(letter: str) -> None:
    provided = queries.receipts_of(letter).get()
    assert (provided.kind, provided.actor, provided.at) == ("provided", "system", moment("2026-02-16 07:00"))


@pytest.fixture
def paper() -> str:
    """Return a letter that was handed over to the print shop."""
    acts.confirm(agency=cast.DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    [batch] = acts.print_post("2026-02-16 14:00")
    acts.hand_over(batch, "2026-02-16 14:30")
    return acts.letter().id


def test_paper_leaves_a_trail_from_print_to_return_r9(paper: str) -> None:
    with clock.turned_to(moment("2026-02-20 09:00")):
        actions.note_return(paper, reason="Empfänger verzogen", by="print_shop")
    assert acts.delivery_of(paper).state == "returned"
    assert [(receipt.kind, receipt.actor) for receipt in queries.receipts_of(paper)] == [
        ("handed_over", "printer"),
        ("returned", "print_shop"),
    ]
    trail = [entry.kind for entry in journal.about(acts.case().id) if entry.kind.startswith("letter.")]
    assert trail == [
        "letter.issued",
        "letter.queued_for_print",
        "letter.batched",
        "letter.handed_over",
        "letter.returned",
    ]


def test_only_what_was_handed_over_comes_back_and_only_once(paper: str) -> None:
    actions.note_return(paper, reason="Empfänger verzogen", by="print_shop")
    for letter in (paper, "S-0000-0000-00000"):
        with pytest.raises(NotOnItsWay):
            actions.note_return(letter, reason="Noch einmal", by="print_shop")
