"""Feeds over REST: the same rules as for files, one by one or many at once, and the same answer for the same key."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests import acts, cast
from tests.interfaces.api.conftest import System, content, said
from tests.interfaces.ops.test_erasing_beside import erase_at

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.exchange.rules.keys import Scope
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries as kept
from vermittlerpost.intake.formats import FORMATS
from vermittlerpost.interfaces.api.documentation import document
from vermittlerpost.journal import queries as journal

LetIn = Callable[..., System]

FIRM = {"id": "F1", "name": "Maklerhaus Eins", "self_service": "no"}
NOTICE = {
    "message_id": "Z-1",
    "received_at": "2026-02-02T06:00:00+01:00",
    "kind": "registration",
    "evb": acts.EVB,
    "plate": "K-WB 4444",
    "vin": acts.VIN,
    "keeper_name": "Klara",
    "keeper_street": "Weg 1",
    "keeper_postcode": "50667",
    "keeper_city": "Köln",
}
BAD_NOTICE = NOTICE | {"message_id": "Z-2", "received_at": "gestern", "plate": "?"}


def verdicts(answer: Any) -> list[str]:
    return [row["verdict"] for row in said(answer)["rows"]]


def test_an_object_is_taken_and_the_second_time_it_is_known(system: LetIn) -> None:
    core = system(Scope.FEED_MASTERS)
    first, second = core.post("firms", FIRM), core.post("firms", FIRM)
    assert (first.status_code, said(first)) == (200, {"verdict": "accepted", "warnings": []})
    assert said(second)["verdict"] == "known"
    assert set(agencies.known_firms(["F1"])) == {"F1"}


def test_a_refused_object_is_a_problem_that_names_row_column_value_and_rule(system: LetIn) -> None:
    answer = system().post("firms", FIRM | {"self_service": "vielleicht"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    problem = said(answer)
    assert (problem["code"], problem["status"], problem["instance"]) == ("row_refused", 422, "/api/v1/firms")
    assert problem["errors"] == [{"row": 2, "column": "self_service", "value": "vielleicht", "rule": "yes oder no."}]
    assert problem["type"].startswith("/api/v1/docs#")


def test_whatever_a_file_may_hold_can_be_sent_one_by_one_and_many_at_once() -> None:
    paths = document()["paths"]
    assert {
        "carriers",
        "firms",
        "agencies",
        "users",
        "preferences",
        "evb",
        "notices",
        "applications",
        "documents",
    } < set(FORMATS)
    for code in FORMATS:
        single, batch = (paths[f"/api/v1/{code}{many}"]["post"]["requestBody"]["content"] for many in ("", "/batch"))
        assert (set(single), set(batch)) == ({"application/json"}, {"application/x-ndjson"})


def test_a_field_that_nobody_knows_is_refused_by_name(system: LetIn) -> None:
    problem = said(system().post("firms", FIRM | {"colour": "grün"}))
    assert [fault["column"] for fault in problem["errors"]] == ["colour"]


def test_an_object_may_go_over_several_lines(system: LetIn) -> None:
    assert system().post("firms", json.dumps(FIRM, indent=2)).status_code == 200


@pytest.mark.parametrize(
    "body",
    [" ", "{", "[]", "[{}]", "null", '"F1"', "{} {}", f"{json.dumps(FIRM)},{json.dumps(FIRM)}", "{}]", "\0", b"\xff{}"],
)
def test_what_is_no_json_object_is_a_problem_and_nothing_is_taken(system: LetIn, body: str | bytes) -> None:
    answer = system().post("firms", body)
    assert (answer.status_code, said(answer)["code"]) in [(400, "unreadable"), (422, "row_refused")]
    assert not agencies.known_firms(["F1"])


def test_of_many_rows_the_bad_ones_are_refused_and_the_good_ones_taken(system: LetIn) -> None:
    answer = system().send("firms", [FIRM, FIRM | {"id": "F2", "name": ""}, FIRM | {"id": "F3"}])
    assert answer.status_code == 200
    result = said(answer)
    assert [(row["row"], row["verdict"]) for row in result["rows"]] == [
        (2, "accepted"),
        (3, "refused"),
        (4, "accepted"),
    ]
    assert result["rows"][1]["errors"] == [{"column": "name", "value": "", "rule": "Die Zelle darf nicht leer sein."}]
    assert (result["accepted"], result["known"], result["refused"], result["warned"]) == (2, 0, 1, 0)
    assert [row.column for row in kept.refused_rows()] == ["name"]


def test_rows_are_refused_just_as_those_of_a_file(system: LetIn, stage: None, tmp_path: Path) -> None:
    rows = [NOTICE, BAD_NOTICE, NOTICE | {"plate": "K-WB 5555"}, NOTICE | {"message_id": "Z-3", "evb": "", "vin": ""}]
    answer = system().send("notices", rows)
    over_rest = [(row.row, row.column, row.value, row.rule) for row in kept.refused_rows()]
    file = tmp_path / "notices.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    report = intake.feed(file, by="file")
    of_file = [(row.row, row.column, row.value, row.rule) for row in kept.refused_rows().filter(file__name=file.name)]
    assert over_rest == of_file
    assert verdicts(answer) == ["accepted", "refused", "refused", "refused"]
    told = [
        (row["row"], fault["column"], fault["value"], fault["rule"])
        for row in said(answer)["rows"]
        for fault in row.get("errors", [])
    ]
    assert told == of_file
    assert report.refused == 3


def test_doubts_come_with_the_row_that_is_taken_all_the_same(system: LetIn, stage: None) -> None:
    [row] = said(system().send("notices", [NOTICE | {"vin": "WDB12345"}]))["rows"]
    assert row["verdict"] == "accepted"
    assert {warning["column"] for warning in row["warnings"]} >= {"vin"}


def test_a_row_over_rest_opens_the_case_that_it_opens_by_file(system: LetIn, stage: None) -> None:
    assert system().post("notices", NOTICE).status_code == 200
    assert (acts.case().state, acts.case().agency_id) == ("grace", cast.BONN)
    [actor] = set(journal.about(acts.intake_case("Z-1")).values_list("actor", flat=True))
    assert actor == "api:kernsystem"


def test_under_the_same_key_the_same_request_gets_the_same_answer_for_ever(
    system: LetIn, turn_clock: Callable[[str], object]
) -> None:
    turn_clock("2026-02-02 08:00")
    core = system(days=5000)
    first = core.send("firms", [FIRM, FIRM | {"id": "", "name": "X"}], **{"Idempotency-Key": "lieferung-1"})
    turn_clock("2036-02-02 08:00")
    second = core.send("firms", [FIRM, FIRM | {"id": "", "name": "X"}], **{"Idempotency-Key": "lieferung-1"})
    assert content(first) == content(second)
    assert (first.get("Idempotent-Replayed"), second.get("Idempotent-Replayed")) == (None, "true")
    assert verdicts(second) == ["accepted", "refused"]
    assert kept.refused_rows().count() == 1


def test_what_was_answered_is_forgotten_after_two_years_and_what_was_done_is_not(
    system: LetIn, turn_clock: Callable[[str], object]
) -> None:
    turn_clock("2026-02-16 12:00")
    core, refused = system(days=5000), FIRM | {"self_service": "Sören Übelacker"}
    assert core.post("firms", refused, **{"Idempotency-Key": "k"}).status_code == 422
    assert erase_at("2028-02-29 12:00").answers == 0
    assert erase_at("2028-03-01 12:00").answers == 1
    turn_clock("2028-03-01 13:00")
    again = core.post("firms", refused, **{"Idempotency-Key": "k"})
    assert (again.status_code, said(again)["code"]) == (410, "answer_erased")
    assert "16.02.2026" in said(again)["detail"]


def test_a_refusal_is_repeated_under_its_key_as_well(system: LetIn) -> None:
    core, wrong = system(), FIRM | {"name": ""}
    answers = [core.post("firms", wrong, **{"Idempotency-Key": "k"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert content(answers[0]) == content(answers[1])
    assert kept.refused_rows().count() == 1


def test_a_key_that_comes_with_other_content_or_for_something_else_is_refused(system: LetIn) -> None:
    core, key = system(), {"Idempotency-Key": "k"}
    assert core.post("firms", FIRM, **key).status_code == 200
    others = [core.post("firms", FIRM | {"name": "Anders"}, **key), core.post("users", FIRM, **key)]
    assert {(other.status_code, said(other)["code"]) for other in others} == {(422, "idempotency_key_reused")}
    assert agencies.known_firms(["F1"])


def test_another_system_may_use_the_same_key_and_a_renewed_api_key_knows_the_old_one(system: LetIn) -> None:
    key = {"Idempotency-Key": "k"}
    system().post("firms", FIRM, **key)
    assert said(system(holder="druckstrasse").post("firms", FIRM, **key))["verdict"] == "known"
    assert said(system().post("firms", FIRM, **key))["verdict"] == "accepted"


@pytest.mark.parametrize("key", ["", "mit Leerzeichen", "k" * 256, "schlüssel"])
def test_an_idempotency_key_that_is_none_is_refused(system: LetIn, key: str) -> None:
    answer = system().post("firms", FIRM, **{"Idempotency-Key": key})
    assert (answer.status_code, said(answer)["code"]) == (400, "idempotency_key_unfit")
    assert not agencies.known_firms(["F1"])


def test_the_masters_of_the_sample_world_can_be_fed_over_rest_without_a_refusal(system: LetIn) -> None:
    core = system()
    for name in ("carriers", "firms", "agencies", "users", "preferences", "evb"):
        text = Path(f"examples/world/{name}.csv").read_text(encoding="utf-8-sig")
        rows = list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ","))
        result = said(core.send(name, rows))
        assert len(result["rows"]) == len(rows)
        assert result["accepted"] + result["known"] + result["refused"] == len(rows), name
        assert result["accepted"] > 0
