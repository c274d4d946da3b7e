"""The sample world is what its command makes, and holds what it is there to show."""

import csv
import re
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parents[2] / "examples"
WORLD = EXAMPLES / "world"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
OPENING = {"registration", "holder_change", "re_registration"}
KINDS = OPENING | {"plate_change", "other_insurer", "deregistration", "withdrawn"}
DOCUMENTS = {"archive_document", "portfolio_event", "statement_available", "news"}
CATEGORIES = DOCUMENTS | {"important_letters", "urgent_reminders"}
PLATE = re.compile(
    r"([A-ZÄÖÜ]{1,3}|[A-Z]*[AOU]E[A-Z]*)[- ]([A-Z]{1,2} ?[1-9]\d{0,3}[EH]?|\d{1,6})|[A-Z]{2}\d{1,4}",
    re.IGNORECASE,
)
SCENARIOS = {1, 2, 5, 6, 7, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 20, 22, 23, 26, 27, 28, 32, 33}

Cells = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row with its place: `cells` is empty if their number is not that of the header."""

    file: str
    number: int
    cells: Cells


@cache
def lines(table: str) -> tuple[Line, ...]:
    return tuple(line for path in sorted(WORLD.glob(f"{table}*.csv")) for line in _lines(path))


def _lines(path: Path) -> Iterator[Line]:
    text = path.read_text(encoding="utf-8-sig")
    head, *rows = csv.reader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ",")
    for number, row in enumerate(rows, start=2):
        cells = dict(zip(head, row, strict=True)) if len(row) == len(head) else {}
        yield Line(file=path.name, number=number, cells=cells)


@cache
def bad_rows() -> frozenset[tuple[str, int, str]]:
    told = re.findall(r"^\| `(\S+\.csv)` \| (\d+) \| (?:`(\w+)`|\(row\)) \| ", README, re.MULTILINE)
    return frozenset((file, int(number), column) for file, number, column in told)


def good(table: str) -> list[Cells]:
    bad = {(file, number) for file, number, _ in bad_rows()}
    return [line.cells for line in lines(table) if (line.file, line.number) not in bad]


def notices(*kinds: str) -> list[Cells]:
    """Return the good notices of these kinds, each once even if its row stands in two files."""
    once = {(cells["message_id"], cells["kind"]): cells for cells in good("notices")}
    return [cells for cells in once.values() if cells["kind"] in kinds]


def users() -> dict[str, Cells]:
    return {cells["login_id"]: cells for cells in good("users")}


def firm_of(agency: str) -> str:
    return next((cells.cells["firm"] for cells in lines("agencies") if cells.cells["number"] == agency), "")


def is_rfc_3339(text: str) -> bool:
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)?", text) is not None


def is_the_first_of_its_id(cells: Cells) -> bool:
    told = next(
        line.cells
        for line in lines("notices")
        if line.cells and (line.cells["message_id"], line.cells["kind"]) == (cells["message_id"], cells["kind"])
    )
    return told["plate"] == cells["plate"]


RULES: tuple[tuple[str, str, Callable[[Cells], object]], ...] = (
    ("agencies", "parent", lambda row: not row["parent"] or firm_of(row["parent"]) == row["firm"]),
    (
        "agencies",
        "electronic_until",
        lambda row: not row["electronic_until"] or row["electronic_from"] <= row["electronic_until"],
    ),
    (
        "users",
        "email",
        lambda row: not row["email"] or re.fullmatch(r"[\w.-]+@[\w.-]+\.example", row["email"]),
    ),
    (
        "users",
        "assigned_agencies",
        lambda row: all(firm_of(agency) == row["firm"] for agency in row["assigned_agencies"].split("|") if agency),
    ),
    ("preferences", "category", lambda row: row["category"] in CATEGORIES),
    ("preferences", "choice", lambda row: row["choice"] in {"yes", "no"}),
    ("evb", "number", lambda row: re.fullmatch(r"[A-HJ-NP-Z0-9]{7}", row["number"])),
    ("evb", "agency", lambda row: row["agency"]),
    ("notices", "received_at", lambda row: is_rfc_3339(row["received_at"])),
    ("notices", "kind", lambda row: row["kind"] in KINDS),
    ("notices", "evb", lambda row: row["evb"] or row["vin"]),
    ("notices", "vin", lambda row: re.fullmatch(r"([A-HJ-NPR-Z0-9]{5,17})?", row["vin"])),
    ("notices", "plate", lambda row: PLATE.fullmatch(row["plate"]) and is_the_first_of_its_id(row)),
    ("applications", "evb", lambda row: row["evb"] or row["plate"] or row["vin"]),
    ("documents", "category", lambda row: row["category"] in DOCUMENTS),
)


def test_the_committed_files_are_exactly_what_the_seeded_command_makes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, EXAMPLES / "make_world.py", "--into", tmp_path], check=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "world").iterdir()}
    assert made == {path.name: path.read_bytes() for path in WORLD.iterdir() if path.is_file()}
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == README


def test_the_rows_that_break_a_rule_are_those_that_the_readme_names() -> None:
    wrong = {(line.file, line.number, "") for line in lines("notices") if not line.cells}
    for table, column, holds in RULES:
        wrong |= {(line.file, line.number, column) for line in lines(table) if line.cells and not holds(line.cells)}
    assert wrong == bad_rows()
    assert 12 <= len(wrong) <= 18


def test_the_market_has_its_size_and_covers_all_laender() -> None:
    agencies = good("agencies")
    sizes = {table: len(good(table)) for table in ("carriers", "firms", "agencies")}
    assert sizes == {"carriers": 3, "firms": 20, "agencies": 60}
    assert len(users()) == 150
    assert len({cells["state"] for cells in agencies}) == 16
    assert {cells["firm"] for cells in agencies} == {cells["id"] for cells in good("firms")}


def test_sub_agencies_lie_four_deep_and_some_stand_before_their_parents() -> None:
    parents = {cells["number"]: cells["parent"] for cells in good("agencies")}
    order = list(parents)

    def depth(number: str) -> int:
        return 1 + depth(parents[number]) if parents[number] else 1

    assert max(map(depth, parents)) == 4
    assert any(parent and order.index(parent) > order.index(number) for number, parent in parents.items())


def test_agencies_become_electronic_cease_to_be_so_or_never_are_within_the_run() -> None:
    first, last = (world()[key].isoformat() for key in ("from", "until"))
    agencies = good("agencies")
    assert sum(first < cells["electronic_from"] <= last for cells in agencies) == 5
    assert sum(first <= cells["electronic_until"] <= last for cells in agencies) == 2
    assert sum("" < cells["electronic_until"] < first for cells in agencies) == 2
    assert sum(not cells["electronic_from"] for cells in agencies) == 7


def test_there_are_users_of_every_kind() -> None:
    everybody = users().values()
    administrators = Counter(cells["firm"] for cells in everybody if cells["administrator"] == "yes")
    parents = {cells["parent"] for cells in good("agencies")}
    assert max(administrators.values()) >= 2
    assert len(administrators) < 20
    assert any(cells["technical"] == "yes" for cells in everybody)
    assert any(cells["active"] == "no" for cells in everybody)
    assert any(cells["administrator"] == "yes" and not cells["email"] for cells in everybody)
    assert any("view_portfolio" not in cells["rights"] for cells in everybody)
    assert any("|" in cells["assigned_agencies"] for cells in everybody)
    assert any(cells["assigned_agencies"] in parents - {""} for cells in everybody)


def test_colleagues_share_an_address_and_one_person_works_for_two_firms() -> None:
    firms: dict[str, list[str]] = defaultdict(list)
    for cells in users().values():
        firms[cells["email"].lower()].append(cells["firm"])
    del firms[""]
    assert any(len(there) > len(set(there)) for there in firms.values())
    assert sum(len(set(there)) > 1 for there in firms.values()) == 1


def test_choices_are_explicit_for_some_in_every_category_both_ways() -> None:
    chosen = {(cells["category"], cells["choice"]) for cells in good("preferences")}
    assert chosen == {(category, choice) for category in CATEGORIES for choice in ("yes", "no")}
    assert len({cells["login_id"] for cells in good("preferences")}) < 75


def test_six_hundred_vehicles_take_to_the_road_in_eleven_weeks() -> None:
    days = sorted(received_on(cells) for cells in notices(*OPENING))
    assert len(days) == 600
    assert (days[0], days[-1] <= date(2026, 5, 10)) == (date(2026, 2, 23), True)
    assert len({day.isocalendar().week for day in days}) == 11
    assert {cells["kind"] for cells in good("notices")} == KINDS


def test_notices_come_in_the_batch_during_the_day_and_at_seven_sharp() -> None:
    clocks = Counter(cells["received_at"][11:19] for cells in notices(*OPENING))
    batch = sum(count for clock, count in clocks.items() if clock.startswith("05:3"))
    assert 300 < batch < 500
    assert clocks["07:00:00"] >= 3


def test_plates_vins_and_evbs_out_of_the_ordinary_are_there() -> None:
    opened = notices(*OPENING)
    kinds = {cells["number"]: cells["kind"] for cells in good("evb")}
    uses = Counter(cells["evb"] for cells in opened)
    assert {"E", "H"} <= {cells["plate"][-1] for cells in opened}
    assert any(cells["season"] for cells in opened)
    assert any(re.match("[A-Z]*[ÄÖÜ]", cells["plate"]) for cells in opened)
    assert any(re.match("(LUEN|LOEB|MUER)", cells["plate"]) for cells in opened)
    assert any(not cells["vin"] for cells in opened)
    assert uses[""] >= 2
    assert max(count for evb, count in uses.items() if kinds.get(evb) == "permanent") == 5
    assert sum(count == 2 for evb, count in uses.items() if kinds.get(evb) == "single") == 3
    assert any(firm_of(cells["agency"]) == "" for cells in good("evb"))


def test_applications_come_for_about_two_thirds_of_the_vehicles() -> None:
    told = re.search(r"Applications come for (\d+) of the 600", README)
    assert told is not None
    assert 360 <= int(told[1]) <= 420
    assert int(told[1]) <= len(good("applications"))
    assert any(received_on(cells) < date(2026, 2, 23) for cells in good("applications"))


def test_documents_come_in_every_category() -> None:
    assert {cells["category"] for cells in good("documents")} == DOCUMENTS
    assert len(good("documents")) == 30


def test_the_readme_gives_every_scenario_messages_that_exist() -> None:
    told = set(re.findall(r"`([ZA]\d{6}-\d{3})`", README))
    known = {cells["message_id"] for cells in good("notices")}
    known |= {cells["application_id"] for cells in good("applications")}
    logins = set(re.findall(r"`(vm[pt]\w{5})`", README))
    assert told <= known
    assert logins <= set(users())
    assert {int(number) for number in re.findall(r"^\| (\d+) \| ", README, re.MULTILINE)} == SCENARIOS


def test_the_run_begins_with_the_first_notice_and_ends_after_corpus_christi() -> None:
    told = world()
    assert told["from"] == date(2026, 2, 23)
    assert told["until"] > date(2026, 6, 4)
    assert told["title"]
    assert told["sentence"]
    assert f"--from {told['from']} --until {told['until']}" in README


@cache
def world() -> dict[str, Any]:
    return tomllib.loads((WORLD / "world.toml").read_text(encoding="utf-8"))


def received_on(cells: Cells) -> date:
    return datetime.fromisoformat(cells["received_at"]).date()
