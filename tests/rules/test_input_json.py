"""JSON files: a list of objects or an object a line, read like the rows of a table."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vermittlerpost.intake import reading
from vermittlerpost.intake.formats import FORMATS
from vermittlerpost.intake.reading import objects
from vermittlerpost.intake.reading.results import Accepted, Outcome, Refusal
from vermittlerpost.intake.rules.inputs import Format

Read = Callable[[str, str], list[Outcome]]

USER: dict[str, object] = {
    "login_id": "a",
    "firm": 1,  # whole numbers are their digits
    "name": "Änne",
    "email": None,  # like an empty cell; `rights` is missing, which is the same
    "administrator": True,
    "technical": "no",
    "assigned_agencies": ["2", "1"],
    "active": "yes",
}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(name: str, content: str) -> list[Outcome]:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return list(reading.read(path))

    return read


def facts(outcomes: list[Outcome]) -> list[tuple[int, str]]:
    """Return row and column of refusals, row and login id of what is accepted."""
    return [
        (one.row, one.column if isinstance(one, Refusal) else one.refuse("login_id", "").value)
        for one in outcomes
        if isinstance(one, Refusal | Accepted)
    ]


def preference(login_id: str) -> str:
    return json.dumps({"login_id": login_id, "category": "news", "choice": "yes"})


def test_an_object_is_read_with_the_types_of_json(read: Read) -> None:
    [row] = read("users.json", json.dumps([USER]))
    assert isinstance(row, Accepted)
    table = "login_id;firm;name;email;administrator;technical;rights;assigned_agencies;active\n"
    [same] = read("users.csv", table + "a;1;Änne;;yes;no;;1|2;yes\n")
    assert isinstance(same, Accepted)
    assert row.values == same.values


A, B = preference("a"), preference("b")

GOOD = [
    ("preferences.json", f"[{A},{B}]"),
    ("preferences.json", f"\ufeff \n[\n  {A} ,\r\n\t{B}\n]\n"),  # byte order mark and white space
    ("preferences.json", f"{A}\n{B}\n"),  # an object a line
    ("preferences.jsonl", f"\n{A}\r\n\r\n{B}"),  # blank lines are not counted
    ("preferences.ndjson", f"\ufeff{A}\n{B}\n"),
]


@pytest.mark.parametrize(("name", "content"), GOOD)
def test_the_first_object_is_row_two(read: Read, name: str, content: str) -> None:
    assert facts(read(name, content)) == [(2, "a"), (3, "b")]


def test_an_empty_list_gives_nothing(read: Read) -> None:
    assert read("preferences.json", " [ ] ") == []


BAD_ROWS: list[tuple[object, str]] = [
    ({**USER, "colour": "red"}, "colour"),  # an unknown key
    ({**USER, "name": 1.5}, "name"),  # a fraction
    ({**USER, "name": {"first": "Änne"}}, "name"),  # an object
    ({**USER, "name": ["Änne"]}, "name"),  # a list where none belongs
    ({**USER, "name": True}, "name"),  # an answer where none belongs
    ({**USER, "name": "\ud800"}, "name"),  # half a character
    ({**USER, "name": "\x00"}, "name"),  # NUL
    ({**USER, "name": ""}, "name"),  # empty
    ({**USER, "assigned_agencies": [""]}, "assigned_agencies"),  # never „all agencies"
    ({**USER, "assigned_agencies": [1]}, "assigned_agencies"),
    ("Änne", ""),  # no object
    ([USER], ""),
    (None, ""),
]


@pytest.mark.parametrize(("bad", "column"), BAD_ROWS)
def test_a_bad_object_is_refused_and_the_ones_beside_it_pass(read: Read, bad: object, column: str) -> None:
    expected = [(2, "a"), (3, column), (4, "a")]
    assert facts(read("users.json", json.dumps([USER, bad, USER]))) == expected
    rows = "\n".join(json.dumps(row) for row in (USER, bad, USER))
    assert facts(read("users.jsonl", rows)) == expected


def test_a_key_that_stands_twice_refuses_the_row(read: Read) -> None:
    twice = '{"login_id":"a","login_id":"b","category":"news","choice":"yes"}'
    assert facts(read("preferences.json", f"[{twice}]")) == [(2, "login_id")]


BROKEN_LISTS = [
    (f"[{A},", [(2, "a"), (3, "")]),  # cut off
    (f"[{A}", [(2, "a"), (3, "")]),
    (f"[{A},]", [(2, "a"), (3, "")]),  # a comma too many
    (f"[{A} {B}]", [(2, "a"), (3, "")]),  # a comma too few
    (f"[{A}] {B}", [(2, "a"), (3, "")]),  # something behind the list
    (f"[{A}, {{nonsense, {B}]", [(2, "a"), (3, "")]),
    (f"[{A}, NaN]", [(2, "a"), (3, "")]),
    ("[", [(2, "")]),
]


@pytest.mark.parametrize(("content", "expected"), BROKEN_LISTS)
def test_a_broken_list_is_read_up_to_the_break(read: Read, content: str, expected: list[tuple[int, str]]) -> None:
    outcomes = read("preferences.json", content)
    assert facts(outcomes) == expected
    assert isinstance(outcomes[-1], Refusal)
    assert outcomes[-1].rule == objects.BROKEN


@pytest.mark.parametrize("content", ['{\n  "preferences": [', "login_id;category", "{" * 100_000])
def test_what_is_neither_list_nor_lines_is_refused_at_once(read: Read, content: str) -> None:
    [refusal] = read("preferences.json", content)
    assert isinstance(refusal, Refusal)
    assert (refusal.row, refusal.rule) == (1, objects.NO_JSON)


@pytest.mark.parametrize("nested", ["[" * 50_000, "[" * 900 + "]" * 900, '{"a":' * 50_000])
def test_deep_nesting_is_refused(read: Read, nested: str) -> None:
    assert facts(read("preferences.json", f"[{A}, {nested}]"))[:2] == [(2, "a"), (3, "")]
    assert facts(read("preferences.jsonl", f"{A}\n{nested}\n{B}"))[:3] == [(2, "a"), (3, ""), (4, "b")]


def test_a_line_that_is_no_json_hits_its_own_row_only(read: Read) -> None:
    assert facts(read("preferences.jsonl", f"{A}\n{{nonsense\n{B}\n")) == [(2, "a"), (3, ""), (4, "b")]


def test_objects_are_read_wherever_the_window_ends(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "_CHUNK", 3)
    monkeypatch.setattr(objects, "LONGEST_LINE", 80)
    content = "[" + " ,\n\n  ".join(preference(f"a{row}") for row in range(50)) + "]"
    assert facts(read("preferences.json", content)) == [(row + 2, f"a{row}") for row in range(50)]


def test_an_object_without_end_is_refused(read: Read) -> None:
    endless = json.dumps({"login_id": "x" * 1_000_000})
    assert facts(read("preferences.json", f"[{A}, {endless}, {B}]")) == [(2, "a"), (3, "")]
    assert facts(read("preferences.jsonl", f"{A}\n{endless}\n{B}")) == [(2, "a"), (3, ""), (4, "b")]


pieces = st.sampled_from([*'[]{}",:-0. \n', "a", "login_id", "\\u0000", "\\ud800", "true", "null", "NaN", "1e999"])
rubbish = st.binary(max_size=60) | st.lists(pieces, max_size=40).map(lambda some: "".join(some).encode())


@given(rubbish, st.sampled_from([b"", b"[", A.encode() + b"\n"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes, start: bytes) -> None:
    path = tmp_path / "preferences.json"
    path.write_bytes(start + content)
    for outcome in reading.read(path):
        assert isinstance(outcome, Accepted | Refusal)
        if isinstance(outcome, Refusal):
            quoted = outcome.column + outcome.value
            assert "\0" not in quoted
            assert quoted.encode().decode() == quoted  # no halves of characters


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_a_table_and_its_list_of_objects_say_the_same(read: Read, form: Format) -> None:
    row = {column.name: column.example for column in form.columns}
    stem = form.file_name.rstrip("*")
    [listed] = read(f"{stem}.json", json.dumps([row]))
    [tabled] = read(f"{stem}.csv", f"{','.join(row)}\n{','.join(row.values())}\n")
    assert isinstance(listed, Accepted)
    assert isinstance(tabled, Accepted)
    assert listed.values == tabled.values
