"""CSV files: good rows pass, bad rows say why, a bad file says why at once, and nothing else happens."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vermittlerpost.intake import reading
from vermittlerpost.intake.formats.firms import FirmRow
from vermittlerpost.intake.formats.preferences import PreferenceRow
from vermittlerpost.intake.reading import lines
from vermittlerpost.intake.reading.results import Accepted, Doubt, Outcome, Refusal
from vermittlerpost.intake.rules.cells import VIN, YES_NO

Read = Callable[[str, str | bytes], list[Outcome]]

HEAD = "login_id;category;choice\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(name: str, content: str | bytes) -> list[Outcome]:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(reading.read(path))

    return read


def accepted(outcomes: list[Outcome]) -> list[tuple[int, str]]:
    return [
        (one.row, one.values.login_id)
        for one in outcomes
        if isinstance(one, Accepted) and isinstance(one.values, PreferenceRow)
    ]


def refused(outcomes: list[Outcome]) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.value) for one in outcomes if isinstance(one, Refusal)]


GOOD = [
    "login_id;category;choice\na;news;yes\nb;news;no\n",  # as published
    "login_id,category,choice\na,news,yes\nb,news,no\n",  # commas
    "\ufefflogin_id;category;choice\na;news;yes\nb;news;no\n",  # byte order mark
    "login_id;category;choice\r\na;news;yes\r\nb;news;no\r\n",  # line ends of Windows
    "login_id;category;choice\na;news;yes\nb;news;no",  # no line end at the end
    '"login_id";"category";"choice"\n"a";"news";"yes"\nb;"news";no\n',  # quoted
    " login_id ; category;choice \n a ;news; yes\nb;news;no\n",  # blanks around
    "choice;login_id;category\nyes;a;news\nno;b;news\n",  # another order
]


@pytest.mark.parametrize("content", GOOD)
def test_a_table_is_read_whatever_its_separator_quotes_line_ends_and_order(read: Read, content: str) -> None:
    outcomes = read("preferences.csv", content)
    assert accepted(outcomes) == [(2, "a"), (3, "b")]
    assert len(outcomes) == 2


def test_quoted_cells_may_hold_the_separator_and_doubled_quotes(read: Read) -> None:
    head = "id;name;self_service\n"
    [row] = read("firms.csv", head + '1;"Haus ""Süd""; Mitte";yes\n')
    assert isinstance(row, Accepted)
    assert isinstance(row.values, FirmRow)
    assert row.values.name == 'Haus "Süd"; Mitte'


def test_blank_lines_are_passed_over_but_counted(read: Read) -> None:
    assert accepted(read("preferences.csv", HEAD + "\na;news;yes\n;;\n  \nb;news;no\n")) == [
        (3, "a"),
        (6, "b"),
    ]


def test_a_header_without_rows_gives_nothing(read: Read) -> None:
    assert read("preferences.csv", HEAD) == []


BAD_ROWS = [
    ("x;news", (3, "", "x;news")),  # a cell too few
    ("x;news;yes;", (3, "", "x;news;yes;")),  # a cell too many
    ("x;news;ja", (3, "choice", "ja")),  # breaks the rule of its column
    ("x;;yes", (3, "category", "")),  # empty
    ('x;"news;yes', (3, "", 'x;"news;yes')),  # a quote that is not closed hits its own row only
    ('x;"news"s;yes', (3, "", 'x;"news"s;yes')),  # something behind a closed quote
    ("x\x0by;news;yes", (3, "login_id", "x\x0by")),  # a control character
]


@pytest.mark.parametrize(("line", "refusal"), BAD_ROWS)
def test_a_bad_row_is_refused_and_the_rows_beside_it_pass(read: Read, line: str, refusal: tuple[int, str, str]) -> None:
    outcomes = read("preferences.csv", f"{HEAD}a;news;yes\n{line}\nb;news;no\n")
    assert accepted(outcomes) == [(2, "a"), (4, "b")]
    assert refused(outcomes) == [refusal]


def test_every_bad_cell_of_a_row_is_named_with_its_rule(read: Read) -> None:
    outcomes = read("preferences.csv", HEAD + "ü;;vielleicht\n")
    assert refused(outcomes) == [(2, "login_id", "ü"), (2, "category", ""), (2, "choice", "vielleicht")]
    assert isinstance(outcomes[2], Refusal)
    assert outcomes[2].rule == YES_NO.rule
    assert outcomes[2].file == "preferences.csv"


def test_cells_that_do_not_fit_together_are_refused_by_their_column(read: Read) -> None:
    outcomes = read("applications.csv", "application_id,received_at,evb,plate,vin,agency\nA1,2026-03-02T07:00:00,,,,\n")
    assert refused(outcomes) == [(2, "evb", "")]


def test_a_short_vin_is_accepted_with_a_warning(read: Read) -> None:
    head = "application_id,received_at,evb,plate,vin,agency\n"
    row, doubt = read("applications.csv", head + "A1,2026-03-02T07:00:00Z,,,12345,\n")
    assert isinstance(row, Accepted)
    assert isinstance(doubt, Doubt)
    assert (doubt.row, doubt.column, doubt.value) == (2, "vin", "12345")
    assert VIN.doubt is not None
    assert doubt.warning == VIN.doubt("12345")


def test_an_accepted_row_can_be_refused_and_doubted_later(read: Read) -> None:
    [row] = read("preferences.csv", HEAD + "a;news;yes\n")
    assert isinstance(row, Accepted)
    assert row.refuse("choice", "Nein.") == Refusal(
        file="preferences.csv", row=2, column="choice", value="yes", rule="Nein."
    )
    assert row.doubt("login_id", "Oh.").value == "a"


BAD_HEADERS = [
    ("login_id;category", [(1, "choice", "")]),  # missing
    ("login_id;category;choice;note", [(1, "note", "")]),  # unexpected
    ("login_id;category;choice;choice", [(1, "choice", "")]),  # twice
    ("login_id;category;Choice", [(1, "choice", ""), (1, "Choice", "")]),  # case counts
    (
        "login_id\tcategory\tchoice",
        [(1, n, "") for n in ("login_id", "category", "choice")] + [(1, "login_id\tcategory\tchoice", "")],
    ),
    ('login_id;"category;choice', [(1, "", 'login_id;"category;choice')]),  # open quote
]


@pytest.mark.parametrize(("header", "refusals"), BAD_HEADERS)
def test_a_wrong_header_refuses_the_file_and_names_the_columns(
    read: Read, header: str, refusals: list[tuple[int, str, str]]
) -> None:
    assert refused(read("preferences.csv", f"{header}\na;news;yes\n")) == refusals


BAD_FILES = [
    (b"", 1, ""),  # empty
    (b"\xef\xbb\xbf", 1, ""),  # nothing but a byte order mark
    (b" \r\n\r\n", 1, ""),  # nothing but white space
    (HEAD.encode() + b"a;news;yes\nM\xfcller;news;yes\n", 3, "0xFC"),  # Latin-1
    (HEAD.encode() + b"a;news;yes\nx\xc3", 3, "0xC3"),  # cut off within a character
    (HEAD.encode("utf-16"), 1, "0xFF"),  # UTF-16
    (HEAD.encode("utf-16-le"), 1, "0x00"),  # UTF-16 without byte order mark
    (HEAD.encode() + b"a;news;yes\n\x00;news;yes\n", 3, "0x00"),  # NUL
    (HEAD.encode() + b"a;news;yes\n" * 20_000 + b"\xff", 20_002, "0xFF"),  # late
]


@pytest.mark.parametrize(("content", "row", "value"), BAD_FILES)
def test_a_file_that_is_no_utf_8_text_is_refused_as_a_whole_with_place(
    read: Read, content: bytes, row: int, value: str
) -> None:
    outcomes = read("preferences.csv", content)
    assert refused(outcomes) == [(row, "", value)]
    assert len(outcomes) == 1


@given(st.integers(0, 400), st.sampled_from([b"\xff", b"\x00", b"\xe2\x82"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
def test_the_place_of_a_wrong_byte_is_right_wherever_chunks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, wrong: bytes
) -> None:
    monkeypatch.setattr(lines, "_CHUNK", 7)
    good = (HEAD + "ä;€;yes\n" * 40).encode()
    while at and good[at - 1] >= 0x80:
        at -= 1
    path = tmp_path / "preferences.csv"
    path.write_bytes(good[:at] + wrong + b"\n" + good[at:])
    [refusal] = reading.read(path)
    assert isinstance(refusal, Refusal)
    assert refusal.row == good[:at].count(b"\n") + 1
    assert f"Byte {at + 1})" in refusal.rule


def test_an_unknown_file_name_is_refused_with_the_names_that_are_known(read: Read) -> None:
    [refusal] = read("zulassungen.csv", HEAD)
    assert isinstance(refusal, Refusal)
    assert (refusal.row, refusal.value) == (1, "zulassungen.csv")
    assert "notices*" in refusal.rule


def test_a_line_without_end_is_refused_and_the_next_one_read(read: Read) -> None:
    outcomes = read("preferences.csv", f"{HEAD}{'x' * (lines.LONGEST_LINE * 2)}\nb;news;no\n")
    assert refused(outcomes) == [(2, "", "")]
    assert accepted(outcomes) == [(3, "b")]


def test_a_header_of_any_length_gives_few_refusals(read: Read) -> None:
    assert len(read("preferences.csv", ";".join(map(str, range(20_000))) + "\n")) == 50


def test_a_long_value_is_quoted_in_part(read: Read) -> None:
    [(_, _, value)] = refused(read("preferences.csv", f"{HEAD}{'x' * 1000};news;yes\n"))
    assert value == "x" * 200 + "…"


pieces = st.sampled_from([b'"', b";", b",", b"\n", b"\r", b"a", b"yes", b"\xc3\xa4", b"\x00", b"\xff", b" ", b"\x1c"])
rubbish = st.binary(max_size=60) | st.lists(pieces, max_size=40).map(b"".join)


@given(rubbish, st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_break_the_reader(tmp_path: Path, content: bytes, headed: bool) -> None:
    path = tmp_path / "preferences.csv"
    path.write_bytes((HEAD.encode() if headed else b"") + content)
    for outcome in reading.read(path):
        assert isinstance(outcome, Accepted | Refusal)
        if isinstance(outcome, Refusal):
            quoted = outcome.column + outcome.value
            assert "\0" not in quoted
            assert quoted.encode().decode() == quoted  # no halves of characters


@given(st.lists(st.sampled_from(["a;news;yes", 'b;"news";no', "x;news", 'x;"news;yes', "x;;", "ä;news;yes"])))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_good_rows_pass_whatever_stands_around_them(tmp_path: Path, written: list[str]) -> None:
    path = tmp_path / "preferences.csv"
    path.write_text(HEAD + "".join(f"{line}\n" for line in written), encoding="utf-8")
    good = [(row, line[0]) for row, line in enumerate(written, start=2) if line[0] in "ab"]
    assert accepted(list(reading.read(path))) == good
