"""One bad row in a batch is set aside alone: the others proceed."""

import pytest
from tests.faults import world
from tests.faults.houses import House
from tests.faults.workers import Task, sql

BAD = world.evb(3)
BAD_ON_PAPER = world.evb(5)
LETTERS = sql("SELECT count(*) FROM letters_letter WHERE issued_on = '2026-03-31'")
MAILS = sql("SELECT state, count(*) FROM notifications_mail GROUP BY 1 ORDER BY 1")
STUCK = sql("""
    SELECT evb, stuck_reason FROM cases_deadline JOIN cases_case ON id = case_id WHERE stuck_at IS NOT NULL
""")
UNRENDERED = sql("""
    SELECT evb, sha256, stuck_reason FROM letters_rendering JOIN letters_letter l ON letter_id = l.id
    JOIN cases_case c ON l.case = c.id WHERE sha256 = ''
""")
PRINTED = sql("""
    SELECT evb, b.state FROM delivery_delivery JOIN letters_letter l ON letter_id = l.id
    JOIN cases_case c ON l.case = c.id LEFT JOIN delivery_printbatch b ON batch_id = b.id
    WHERE channel = 'post' ORDER BY evb
""")
IN_ONE_BATCH = {"_BATCH": 100, "_LETTERS_AT_ONCE": 100, "_MAILS_AT_ONCE": 100}


def spoil(column: str, evb: str = BAD) -> Task:
    """Return the task of spoiling a case."""
    return sql(f"UPDATE cases_case SET {column} WHERE evb = '{evb}'")


@pytest.mark.parametrize("column", ["process = 'verschwunden.1'", "carrier_id = NULL", "state = 'unsinn'"])
def test_a_case_whose_step_fails_is_set_aside_and_goes_on_once_it_is_repaired(column: str, morning: House) -> None:
    repaired = spoil("process = 'kfz_standard.1', state = 'grace', carrier_id = 'UH'")
    with morning.copy() as house:
        _, _, stuck, written, _, _, done, left = house.do(
            spoil(column),
            "take_steps",
            STUCK,
            LETTERS,
            repaired,
            ("retry_step", BAD),
            "take_steps",
            STUCK,
            limits=IN_ONE_BATCH,
        )
    assert [evb for evb, _ in stuck] == [BAD]
    assert written == [[5]]
    assert (done, left) == (1, [])


def test_a_letter_that_cannot_be_rendered_is_set_aside_alone(morning: House) -> None:
    with morning.copy() as house:
        unrendered = house.do(
            spoil("policyholder_name = '漢'"),
            "take_steps",
            "render",
            "render",
            UNRENDERED,
            limits=IN_ONE_BATCH,
        )[-1]
    assert [(evb, sha256) for evb, sha256, _ in unrendered] == [(BAD, "")]
    assert unrendered[0][2].startswith("Das Zeichen „漢“ (U+6F22) im Feld ")


def test_a_letter_that_cannot_be_rendered_holds_up_no_other_paper(morning: House) -> None:
    with morning.copy() as house:
        broken = spoil("policyholder_name = '漢'", BAD_ON_PAPER)
        *_, printed = house.do(broken, "take_steps", "print_post", ("turn", world.LATER), "print_post", PRINTED)
    assert dict(printed)[world.evb(6)] == "built"
    assert dict(printed)[BAD_ON_PAPER] != "built"


@pytest.mark.parametrize("broken", ["data - 'agency'", """data || '{"category": "verschwunden"}'"""])
def test_an_announcement_that_makes_no_sense_is_set_aside_alone(broken: str, morning: House) -> None:
    spoiled = f"UPDATE journal_unannounced SET data = {broken} WHERE id = (SELECT min(id) FROM journal_unannounced)"
    stuck = sql("SELECT count(*) FROM journal_unannounced WHERE stuck_at IS NOT NULL")
    told = sql("SELECT count(DISTINCT matter) FROM notifications_unmailed WHERE decided_at > '2026-03-31'")
    with morning.copy() as house:
        tasks = ["take_steps", sql(spoiled), "announce", "announce", stuck, told]
        *_, set_aside, decided = house.do(*tasks, limits=IN_ONE_BATCH)
    assert set_aside == [[1]]
    assert decided == [[3]]


@pytest.mark.parametrize(
    "spoiled",
    [
        "UPDATE notifications_mail SET category = 'verschwunden' WHERE id = ({})",
        "UPDATE notifications_mention SET urgency = 'unsinn' WHERE mail_id = ({})",
        "UPDATE notifications_mention SET origin = 'unsinn' WHERE mail_id = ({})",
    ],
    ids=["category gone", "urgency unknown", "origin unknown"],
)
def test_a_mail_that_cannot_be_written_is_shown_and_holds_up_no_other(spoiled: str, morning: House) -> None:
    first = "SELECT min(id) FROM notifications_mail WHERE state = 'waiting'"
    with morning.copy() as house:
        tasks = ["take_steps", "announce", sql(spoiled.format(first)), "post_all", MAILS]
        mails = dict(house.do(*tasks, limits=IN_ONE_BATCH)[-1])
    assert mails["sent"] == 5
    assert mails.keys() <= {"sent", "refused"}
