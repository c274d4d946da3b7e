"""Where the rules could be read in two ways: a test for each ruling that days lived through can show.

The others are held by the tests of rules and rooms; `docs/explanation/rulings.md` names them all.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from tests.journeys.rows import application, evbs, notice, user
from tests.oracle import sample

Lines = list[dict[str, Any]]
Live = Callable[..., dict[str, Lines]]

REQUESTED, REMINDED, REMINDED_AGAIN = "2026-02-16", "2026-03-03", "2026-03-18"


def by_message(lines: Lines) -> dict[str, tuple[str, str | None]]:
    return {line["message_id"]: (line["state"], line["reason"]) for line in lines}


def test_what_came_at_seven_sharp_is_fed_after_the_run_and_the_last_day_has_one_ruling_01(live: Live) -> None:
    told = live(
        REQUESTED,
        evb=evbs("100", "100", "100", "100"),
        notices=[
            notice("Z-1", "NL00001"),
            notice("Z-2", "NL00002"),
            notice("Z-3", "NL00003", "2026-02-02T05:00:00Z"),
            notice("Z-4", "NL00004"),
        ],
        applications=[
            application("A-1", "2026-02-16T06:59:59", "NL00001"),
            application("A-2", "2026-02-16T07:00:00", "NL00002"),
            application("A-3", "2026-02-16T23:59:59", "NL00003"),
            application("A-4", "2026-02-17T00:00:00", "NL00004"),  # after the last day
        ],
    )
    assert {line["message_id"] for line in told["letters"]} == {"Z-2", "Z-3", "Z-4"}
    assert by_message(told["cases"]) == {
        "Z-1": ("closed", "application"),
        "Z-2": ("closed", "application"),
        "Z-3": ("closed", "application"),
        "Z-4": ("requested", None),
    }


def test_at_the_same_instant_notices_come_first_and_then_the_order_is_that_of_ids_ruling_01(live: Live) -> None:
    told = live(
        "2026-02-03",
        notices=[
            notice("Z-2", "NL00001"),  # the later by id, although it is read first
            notice("Z-1", "NL00001"),
            notice("Z-3", "NL00002", "2026-02-02T06:00:00+01:00"),
        ],
        applications=[application("A-1", "2026-02-02T05:00:00Z", "NL00002")],
    )
    assert by_message(told["cases"]) == {
        "Z-1": ("grace", None),
        "Z-2": ("clarification", "evb_used_twice"),
        "Z-3": ("closed", "application"),
    }
    assert told["cases"][2]["case"]  # it was opened, then ended


def test_both_ends_of_electronic_delivery_count_and_paper_leaves_no_decisions_ruling_02(live: Live) -> None:
    told = live(
        REQUESTED,
        agencies=[
            sample.agency("100", begin="2026-02-16"),
            sample.agency("200", begin="2020-01-01", end="2026-02-16"),
            sample.agency("300", begin="2026-02-17"),
            sample.agency("400", begin="2020-01-01", end="2026-02-15"),
        ],
        users=[user("rom1")],
        evb=evbs("100", "200", "300", "400"),
        notices=[notice(f"Z-{number}", f"NL0000{number}") for number in (1, 2, 3, 4)],
    )
    channels = {line["agency"]: line["channel"] for line in told["letters"]}
    assert channels == {"100": "electronic", "200": "electronic", "300": "post", "400": "post"}
    decided = {line["letter"] for line in told["decisions"]}
    assert decided == {line["letter"] for line in told["letters"] if line["channel"] == "electronic"}
    assert [len(mail["letters"]) for mail in told["mails"]] == [2]


def test_scope_reaches_down_the_whole_tree_and_the_first_reason_is_kept_ruling_03(live: Live) -> None:
    told = live(
        REQUESTED,
        agencies=[
            sample.agency("100"),
            sample.agency("110", parent="100"),
            sample.agency("111", parent="110"),
            sample.agency("200"),
        ],
        users=[
            user("above", administrator="no", assigned="100"),
            user("beside", administrator="no", assigned="200"),
            user("everywhere", administrator="no"),
            user("gone", active="no", technical="yes", rights="", email=""),
            user("machine", technical="yes", rights="", email=""),
            user("nobody", rights="basic", email=""),
            user("silent", email=""),
        ],
        preferences=["silent;important_letters;no", "gone;important_letters;no"],
        evb=evbs("111"),
        notices=[notice("Z-1", "NL00001")],
    )
    assert {line["login_id"]: (line["outcome"], line["reason"]) for line in told["decisions"]} == {
        "above": ("mailed", None),
        "everywhere": ("not_mailed", "preference"),
        "gone": ("not_mailed", "inactive"),
        "machine": ("not_mailed", "technical"),
        "nobody": ("not_mailed", "no_right"),
        "silent": ("not_mailed", "preference"),
    }


def test_two_users_with_one_address_get_one_mail_ruling_04(live: Live) -> None:
    told = live(
        REQUESTED,
        users=[user("rom2", email="Post@F1.example"), user("rom1", email="post@f1.EXAMPLE")],
        notices=[notice("Z-1", "NL00001")],
    )
    assert [mail["login_id"] for mail in told["mails"]] == ["rom1"]
    decided = {line["login_id"]: (line["outcome"], line["reason"]) for line in told["decisions"]}
    assert decided == {"rom1": ("mailed", None), "rom2": ("not_mailed", "already_mailed")}


LIFE = [
    ("2026-02-13", "grace"),
    (REQUESTED, "requested"),
    (REMINDED, "reminded_1"),
    (REMINDED_AGAIN, "reminded_2"),
    ("2026-04-02", "cancellation_proposed"),
]


@pytest.mark.parametrize(("until", "state"), LIFE)
def test_a_case_that_nobody_answers_is_in_these_states_ruling_09(until: str, state: str, live: Live) -> None:
    told = live(until, notices=[notice("Z-1", "NL00001")])
    assert by_message(told["cases"]) == {"Z-1": (state, None)}


def test_a_case_ends_for_these_reasons_and_one_that_was_answered_before_is_none_ruling_09(live: Live) -> None:
    told = live(
        "2026-02-12",
        evb=evbs(*["100"] * 6),
        notices=[
            *(notice(f"Z-{number}", f"NL0000{number}") for number in (1, 2, 3, 4, 5)),
            notice("Z-6", ""),
            notice("S-2", "NL00002", "2026-02-10T06:00:00", "other_insurer"),
            notice("S-3", "NL00003", "2026-02-10T06:00:00", "deregistration"),
            notice("Z-4", "NL00004", "2026-02-10T06:00:00", "withdrawn"),
        ],
        applications=[
            application("A-1", "2026-02-10T06:00:00", "NL00001"),
            application("A-5", "2026-01-30T06:00:00", "NL00005"),
        ],
    )
    assert by_message(told["cases"]) == {
        "Z-1": ("closed", "application"),
        "Z-2": ("closed", "other_insurer"),
        "Z-3": ("closed", "deregistration"),
        "Z-4": ("closed", "withdrawn"),
        "Z-5": ("closed", "application"),
    }
    assert {line["message_id"]: bool(line["case"]) for line in told["cases"]}["Z-5"] is False
    assert [line["column"] for line in told["refused"]] == ["evb"]  # Z-6 names neither eVB nor VIN


def test_all_steps_of_a_run_are_one_mail_at_the_runs_moment_ruling_11_s14(live: Live) -> None:
    told = live(
        "2026-03-03",
        users=[user("rom1")],
        evb=evbs("100", "100", "100"),
        notices=[
            notice("Z-1", "NL00001"),
            notice("Z-2", "NL00002"),
            notice("Z-3", "NL00003", "2026-02-17T06:00:00"),  # requested when the others are reminded
        ],
    )
    assert [(mail["category"], mail["sent_at"], len(mail["letters"])) for mail in told["mails"]] == [
        ("important_letters", "2026-02-16T06:00:00Z", 2),
        ("important_letters", "2026-03-03T06:00:00Z", 1),
        ("urgent_reminders", "2026-03-03T06:00:00Z", 2),
    ]


def test_the_lines_say_it_in_these_words_ruling_14(live: Live) -> None:
    told = live(
        "2026-03-18",
        users=[user("rom1"), user("rom2", email="")],
        preferences=["rom2;urgent_reminders;yes", "rom1;urgent_reminders;vielleicht"],
        notices=[notice("Z-1", "NL00001"), notice("Z-2", "NL00002")],
        applications=[application("A-1", "2026-03-09T23:30:00Z", "NL00002")],  # in Germany it is the 10th
    )
    first = [line for line in told["letters"] if line["message_id"] == "Z-1"]
    assert [(line["kind"], line["level"], line["urgency"], line["category"]) for line in first] == [
        ("application_request", 0, "normal", "important_letters"),
        ("reminder", 1, "hoch", "urgent_reminders"),
        ("reminder", 2, "letzte", "urgent_reminders"),
    ]
    assert (first[0]["channel"], first[0]["issued_on"], first[0]["due_on"]) == (
        "electronic",
        "2026-02-16",
        "2026-03-02",
    )
    request, reminder, _ = (line["letter"] for line in first)
    about = {(line["letter"], line["login_id"]): line for line in told["decisions"]}
    assert about[request, "rom1"]["reason"] is None
    assert about[request, "rom2"]["origin"] == "role_default"
    assert (about[reminder, "rom2"]["reason"], about[reminder, "rom2"]["origin"]) == ("no_address", "explicit")
    assert told["cases"][1]["closed_on"] == "2026-03-10"
    assert told["refused"] == [
        {"file": "preferences.csv", "row": 3, "column": "choice", "value": "vielleicht", "rule": "yes oder no."}
    ]


def test_old_messages_keep_their_day_and_the_overdue_step_is_taken_at_the_first_run_ruling_17(live: Live) -> None:
    told = live("2026-05-05", first="2026-05-04", notices=[notice("Z-1", "NL00001", "2026-01-12T06:00:00")])
    assert [(line["level"], line["issued_on"], line["due_on"]) for line in told["letters"]] == [
        (0, "2026-05-04", "2026-05-18")
    ]


def test_the_same_world_gives_the_same_lines_to_the_letter_ruling_17(live: Live) -> None:
    told = []
    for _ in range(2):
        with transaction.atomic():
            told.append(live("2026-03-04", users=[user("rom1")], notices=[notice("Z-1", "NL00001")]))
            transaction.set_rollback(True)
    assert told[0] == told[1]
    ids = [line[name] for line in told[0]["letters"] for name in ("letter", "case")]
    assert all(len(one) <= 17 and set(one) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") for one in ids)
