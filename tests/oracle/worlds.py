"""Make small random worlds, the same for the same seed, in which all happens that files can express."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from .columns import COLUMNS
from .draft import Draft, new_draft
from .offices import furnish
from .vehicles import tell_story

Tables = Mapping[str, list[list[str]]]

# One wrong cell each: a copy of a good row under a new id gets it, and must be refused for it.
BLEMISHES = (
    ("carriers", "process", "unbekannt"),
    ("firms", "self_service", "vielleicht"),
    ("agencies", "state", "DE-XX"),
    ("agencies", "parent", "000000"),
    ("agencies", "firm", "F99"),
    ("agencies", "electronic_until", "2001-01-01"),
    ("agencies", "contact_email", "ohne Klammeraffe"),
    ("users", "assigned_agencies", "000000"),
    ("users", "administrator", "ja"),
    ("users", "email", "ohne-klammeraffe"),
    ("users", "rights", "basic|allmacht"),
    ("preferences", "login_id", "niemand"),
    ("preferences", "category", "brieftauben"),
    ("evb", "number", "NLIO123"),
    ("evb", "carrier", "XX"),
    ("evb", "agency", ""),
    ("evb", "issued_on", "31.12.2025"),
    ("notices", "received_at", "gestern"),
    ("notices", "kind", "umzug"),
    ("notices", "plate", "K-ÄB 12"),
    ("notices", "vin", "OOOOOOOO"),
    ("notices", "keeper_name", ""),
    ("notices", "registered_on", "2026-02-30"),
    ("applications", "received_at", "2026-02-30T08:00:00Z"),
    ("applications", "evb", "1234"),
)


def make(seed: int, folder: Path) -> tuple[date, date]:
    """Write the files of a random world into a folder and return the first and the last day to simulate."""
    draft = new_draft(seed)
    furnish(draft)
    notices = draft.rng.randint(5, 25)
    while len(draft.tables["notices"]) < notices:
        tell_story(draft)
    draft.rng.shuffle(draft.tables["notices"])
    draft.rng.shuffle(draft.tables["applications"])
    sound = {kind: list(rows) for kind, rows in draft.tables.items()}
    _replace_masters(draft, sound)
    for _ in range(draft.rng.randint(0, 5)):
        _add_bad_row(draft, sound)
    _repeat_messages(draft, sound)
    _write(draft, folder)
    return draft.first, draft.last


def _replace_masters(draft: Draft, sound: Tables) -> None:
    """Say some master rows again with other cells: the later row replaces the earlier one."""
    changes: tuple[tuple[str, dict[str, str]], ...] = (
        ("agencies", {"electronic_from": "2020-01-01", "electronic_until": ""}),
        ("users", {"active": "yes"}),
        ("users", {"email": "neu@firma.example"}),
        ("evb", {"valid_until": ""}),
    )
    for kind, cells in changes:
        if draft.chance(0.3):
            _say_again(draft, sound, kind, cells)


def _add_bad_row(draft: Draft, sound: Tables) -> None:
    kind, column, value = draft.rng.choice(BLEMISHES)
    key = next(iter(COLUMNS[kind]))
    new_id = {} if kind in ("preferences", "evb") else {key: f"NEU{draft.rng.randrange(10**6)}"}
    said = _say_again(draft, sound, kind, new_id | {column: value})
    if said and draft.chance(0.15):
        draft.tables[kind][-1].append("eine Zelle zu viel")


def _repeat_messages(draft: Draft, sound: Tables) -> None:
    """Say some messages twice: word for word, which changes nothing, or otherwise, which is refused."""
    for kind, column in (("notices", "authority"), ("applications", "agency")):
        if draft.chance(0.4):
            _say_again(draft, sound, kind, {})
        if draft.chance(0.4):
            _say_again(draft, sound, kind, {column: "anders"})


def _say_again(draft: Draft, sound: Tables, kind: str, changes: dict[str, str]) -> bool:
    """Copy a sound row with some cells changed to the end of its table; say whether there was one to copy."""
    if not sound.get(kind):
        return False
    cells = dict(zip(COLUMNS[kind], draft.rng.choice(sound[kind]), strict=True))
    draft.add(kind, **cells | changes)
    return True


def _write(draft: Draft, folder: Path) -> None:
    """Write each table in one of the accepted ways, the notices in two files now and then."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {kind: draft.tables[kind] for kind in COLUMNS}
    if draft.chance(0.5):
        notices = tables.pop("notices")
        half = len(notices) // 2
        tables |= {"notices-1": notices[:half], "notices-2": notices[half:]}
    for name, rows in tables.items():
        encoding = draft.rng.choice(["utf-8", "utf-8-sig"])
        with (folder / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=draft.rng.choice(";,"))
            writer.writerow(COLUMNS[name.partition("-")[0]])
            writer.writerows(rows)
