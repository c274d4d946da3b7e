"""A new entry of any catalogue is one new file: nothing else has to be touched for it to work end to end."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEW_FILES = {
    "letters/kinds/vehicle_check.toml": """
title = "Fahrzeugprüfung"
category = "vehicle_checks"
bipro = "100005000"
answer = "{contact}"

[wordings.normal]
subject = "Bitte prüfen Sie das Fahrzeug {plate}"
request = "bitte prüfen Sie die Angaben zum Fahrzeug."
deadline = "Frist: {due_on}"
""",
    "notifications/categories/vehicle_checks.py": '''
"""„Fahrzeugprüfungen“: for those who want them."""

from datetime import timedelta

from vermittlerpost.notifications.categories import LETTER_PROVIDED, Category

CHECKS = Category(
    title="Fahrzeugprüfungen",
    sentence="Wenn Angaben zu prüfen sind.",
    example="1 Fahrzeugprüfung",
    event=LETTER_PROVIDED,
    role_default=lambda role: True,
    merge_window=timedelta(0),
    one="Fahrzeugprüfung",
    many="Fahrzeugprüfungen",
    lead_one="es liegt eine Fahrzeugprüfung bereit.",
    lead_many="es liegen Fahrzeugprüfungen bereit.",
    open_one="Zur Fahrzeugprüfung",
)
''',
    "delivery/channels/messenger.py": '''
"""A way that some agencies have."""

from vermittlerpost.delivery import events
from vermittlerpost.delivery.rules import Channel, State

CHANNEL = Channel(
    title="Bote",
    rank=5,
    takes=lambda parcel: parcel.agency.startswith("B"),
    first_state=State.PROVIDED,
    event=events.PROVIDED,
)
''',
    "cases/deadlines/never_on_tuesday.py": '''
"""Count as if Tuesdays did not exist."""

from datetime import date, timedelta

from vermittlerpost.cases.rules import Counting


def _roll(day: date, state: str) -> date:
    return day + timedelta(days=1) if day.weekday() == 1 else day


COUNTING = Counting(title="Nie am Dienstag", roll=_roll)
''',
    "cases/processes/quick_check.1.toml": """
title = "Schnelle Prüfung"
counting = "never_on_tuesday"
grace_days = 1
longest_hold_days = 1
longest_pause_days = 1
most_pause_days = 1

[[steps]]
state = "checking"
title = "Prüfung erbeten"
letter = "vehicle_check"
level = 0
urgency = "normal"
due_days = 8
""",
    "intake/formats/registrations.py": '''
"""Notices under another name."""

from vermittlerpost.intake.formats.notices import NoticeRow
from vermittlerpost.intake.rules.inputs import Format, Repeat

FORMAT = Format(
    code="registrations",
    title="Zulassungen",
    sentence="Mitteilungen unter anderem Namen.",
    file_name="registrations*",
    order=75,
    row=NoticeRow,
    key=("message_id", "withdraws"),
    repeat=Repeat.REFUSES,
)
''',
}

WORLD = {
    "carriers.csv": """code;name;legal_name;sender_street;sender_postcode;sender_city;process
adler;Adler;Adler Versicherung AG;Am Markt 1;50667;Köln;quick_check
""",
    "firms.csv": "id;name;self_service\nF1;Kontor Eins;no\n",
    "agencies.csv": (
        "number;parent;firm;name;street;postcode;city;state;electronic_from;electronic_until;"
        "contact_name;contact_email;contact_phone\n"
        "B1;;F1;Kontor Eins;Am Rhein 2;50667;Köln;DE-NW;;;Ida Kern;ida.kern@adler.example;0221 555\n"
    ),
    "users.csv": (
        "login_id;firm;name;email;administrator;technical;rights;assigned_agencies;active\n"
        "u1;F1;Eva Land;eva.land@kontor.example;no;no;basic|view_portfolio;;yes\n"
    ),
    "evb.csv": (
        "number;carrier;agency;policyholder_name;policyholder_street;policyholder_postcode;policyholder_city;"
        "issued_on;valid_until;kind\n"
        "AD00001;adler;B1;Uwe Feld;Feldweg 1;50667;Köln;2026-01-05;;single\n"
    ),
    # Sunday, 1 March 2026: the grace ends on Monday, eight days later is a Tuesday, so the letter is due on Wednesday.
    "registrations.csv": (
        "message_id;received_at;kind;evb;plate;season;vin;hsn;tsn;keeper_name;keeper_street;keeper_postcode;"
        "keeper_city;registered_on;authority\n"
        "R1;2026-03-01T09:00:00;registration;AD00001;K-AB 12;;WVWZZZ1JZ3W386752;;;Uwe Feld;Feldweg 1;50667;Köln;;\n"
    ),
}


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """Return a copy of the product with the new files, and nothing else changed."""
    shutil.copytree("src/vermittlerpost", tmp_path / "src" / "vermittlerpost")
    for name, text in NEW_FILES.items():
        path = tmp_path / "src" / "vermittlerpost" / name
        assert not path.exists()
        path.write_text(text, encoding="utf-8")
    return tmp_path


def run(overlay: Path, *arguments: str) -> str:
    environment = {
        **os.environ,
        "PYTHONPATH": str(overlay / "src"),
        "VERMITTLERPOST_HOME": str(overlay / "home"),
    }
    script = "from vermittlerpost.interfaces.ops.cli import main; main()"
    finished = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return finished.stdout


def test_six_new_files_are_six_new_entries_that_work_together(overlay: Path) -> None:
    world, out = overlay / "world", overlay / "out"
    world.mkdir()
    for name, text in WORLD.items():
        (world / name).write_text(text, encoding="utf-8")
    run(overlay, "simulate", str(world), "--from", "2026-03-01", "--until", "2026-03-11", "--out", str(out))

    (letter,) = [json.loads(line) for line in (out / "letters.jsonl").read_text().splitlines()]
    (mail,) = [json.loads(line) for line in (out / "mails.jsonl").read_text().splitlines()]
    (case,) = [json.loads(line) for line in (out / "cases.jsonl").read_text().splitlines()]
    assert (letter["kind"], letter["category"], letter["channel"]) == ("vehicle_check", "vehicle_checks", "messenger")
    assert (letter["issued_on"], letter["due_on"], case["state"]) == ("2026-03-02", "2026-03-11", "checking")
    assert (mail["login_id"], mail["category"], mail["letters"]) == ("u1", "vehicle_checks", [letter["letter"]])

    listed = {entry["entry"] for entry in json.loads(run(overlay, "catalogue", "--json"))}
    assert {Path(name).stem for name in NEW_FILES} <= listed
