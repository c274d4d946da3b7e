"""journal: append-only by the database's own word, chained per subject, and without personal data (R10)."""

import json
import re

import pytest
from django.db import IntegrityError, connection, transaction
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import actions, queries
from vermittlerpost.journal.events import KINDS, Event, Kind, sentence_of
from vermittlerpost.journal.models import Chain, Entry
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications

NOTED = KINDS["case.resumed"]

pytestmark = pytest.mark.usefixtures("stage")


def note(*subjects: str, by: str = "system") -> None:
    actions.record([Event(kind=NOTED, subject=subject, data={"next_on": "2026-03-03"}) for subject in subjects], by=by)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor = 'somebody'",
        "UPDATE journal_entry SET data = '{}' WHERE subject = 'V-1'",
        "DELETE FROM journal_entry WHERE subject = 'V-1'",
        "TRUNCATE journal_entry CASCADE",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_entry_r10(statement: str) -> None:
    note("V-1")
    with pytest.raises(IntegrityError, match="Das Journal kennt keine Änderung"), transaction.atomic():
        connection.cursor().execute(statement)
    assert queries.about("V-1").count() == 1


def test_entries_of_a_subject_are_numbered_and_each_subject_has_a_chain_of_its_own() -> None:
    note("V-1", "V-2", "V-1")
    note("V-2")
    assert [entry.position for entry in queries.about("V-1")] == [1, 2]
    assert [entry.position for entry in queries.about("V-2")] == [1, 2]
    assert queries.broken_at("V-1") is None
    assert queries.broken_at("V-2") is None


def test_an_entry_has_actor_and_moment() -> None:
    with clock.turned_to(moment("2026-02-16 07:00")):
        note("V-1", by="carla")
    entry = queries.about("V-1").get()
    assert (entry.actor, entry.at) == ("carla", moment("2026-02-16 07:00"))


def tamper(statement: str) -> None:
    """Do what only the owner of the database can: switch the guard off."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE journal_entry SET actor = 'nobody' WHERE subject = 'V-1' AND position = 2", 2),
        ("UPDATE journal_entry SET at = at - interval '1 day' WHERE subject = 'V-1' AND position = 1", 1),
        ("UPDATE journal_entry SET data = '{}' WHERE subject = 'V-1' AND position = 3", 3),
        ("DELETE FROM journal_entry WHERE subject = 'V-1' AND position = 1", 1),
        ("DELETE FROM journal_entry WHERE subject = 'V-1' AND position = 3", 3),
    ],
)
def test_what_the_owner_of_the_database_changes_is_noticed_where_it_was_changed(statement: str, place: int) -> None:
    note("V-1", "V-1", "V-1")
    tamper(statement)
    assert queries.broken_at("V-1") == place


def test_an_entry_is_written_in_the_transaction_of_what_it_records_or_not_at_all() -> None:
    with transaction.atomic():
        note("V-1")
        transaction.set_rollback(True)
    assert not queries.about("V-1").exists()
    assert not Chain.objects.filter(subject="V-1").exists()


def live_a_full_life() -> None:
    """Let everything happen that leaves an entry about people and vehicles."""
    acts.confirm(acts.OTHER_EVB, agency=cast.DRESDEN, policyholder_name="Klara Müller")
    case = acts.register("Z-1", keeper_name="Jörg Weiß")
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.register("Z-3", vin="WVWZZZ1JZ3W386754", plate="K-XX 33")
    acts.receive(acts.notice("Z-4", "2026-02-05 06:00", kind="plate_change", plate="K-XX 44"))
    acts.mornings(acts.REQUESTED)
    rounds.render()
    [batch] = acts.print_post(f"{acts.REQUESTED} 14:00")
    acts.hand_over(batch, f"{acts.REQUESTED} 15:00")
    delivery.record_receipt(letter=acts.letter("Z-1").id, case=case, kind=ReceiptKind.DISPLAYED, by=cast.CARLA)
    notifications.suppress("carla@brueckner.example", reason="RCPT: 550 5.1.1", by="system")
    with clock.turned_to(moment("2026-02-17 09:00")):
        cases.reroute(case=case, agency=cast.MUENCHEN, reason="Bestandsübertragung", by="insurer")
    cast.change_user(cast.ANNA, name="Anna Neu", email="anna.neu@brueckner.example")
    cast.choose(cast.BERND, "urgent_reminders", wanted=True)
    acts.apply("A-1", "2026-02-20 10:00", vin=acts.VIN)
    acts.mornings(acts.REMINDED)


CODE = re.compile(r"\b[a-z]+_[a-z_0-9]+\b|\b(None|True|False|letter|opened|ended|application|registration)\b")
COLUMNS = re.compile("^(Stammdaten .*|Benutzer) geändert: |^eVB-Bestätigung übernommen: ")
PERSONAL = (
    "Übelacker",
    "Klara",
    "Weiß",
    "Gasse",
    "Anna Neu",
    "@brueckner.example",
    "WB 4444",
    "K-XX",
    acts.VIN,
    acts.OTHER_VIN,
    "Ackermann",
    "Römertor",
)


def test_no_entry_holds_personal_data_r10() -> None:
    live_a_full_life()
    told = json.dumps(list(Entry.objects.values_list("kind", "actor", "subject", "data")), ensure_ascii=False)
    assert [secret for secret in PERSONAL if secret in told] == []
    assert Entry.objects.count() > 40


def test_every_chain_holds_and_every_entry_has_a_german_sentence() -> None:
    live_a_full_life()
    subjects = Entry.objects.values_list("subject", flat=True).distinct()
    assert [subject for subject in subjects if queries.broken_at(subject) is not None] == []
    sentences = [sentence_of(entry.kind, entry.data) for entry in Entry.objects.all()]
    assert all(sentence.endswith(".") and "{" not in sentence for sentence in sentences)
    # Changes of master data name the columns of the input files, as their reference does.
    assert [one for one in sentences if CODE.search(one) and not COLUMNS.search(one)] == []


def test_a_sentence_says_words_instead_of_codes() -> None:
    told = {"category": "urgent_reminders", "before": None, "after": True}
    assert sentence_of("preference.changed", told) == (
        "E-Mail-Benachrichtigung „Eilige Erinnerungen“: von Vorbelegung auf Ja."
    )
    assert "Mitteilung eingegangen (Zulassung): ein Vorgang ist eröffnet." in (
        sentence_of("notice.settled", {"kind": "registration", "outcome": "opened"})
    )


def test_every_change_of_state_of_a_case_has_its_entry_r10() -> None:
    live_a_full_life()
    kinds = [entry.kind for entry in queries.about(acts.case("Z-1").id)]
    assert kinds == [
        "case.opened",
        "case.plate_changed",
        "letter.issued",
        "letter.provided",
        "case.step_taken",
        "letter.rendered",
        "letter.read",
        "letter.receipt",
        "case.rerouted",
        "case.closed",
        "letter.settled",
    ]


def test_a_case_names_the_confirmation_of_nobody_in_its_entries() -> None:
    live_a_full_life()
    told = json.dumps(list(queries.about(acts.case("Z-1").id).values_list("data", flat=True)))
    assert acts.EVB not in told


def test_a_name_that_is_taken_by_another_kind_of_event_is_refused() -> None:
    with pytest.raises(ValueError, match="Two event kinds"):
        Kind("case.closed", "Etwas anderes.")
