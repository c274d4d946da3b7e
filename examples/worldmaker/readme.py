"""The README of the examples: what is in the world, and which messages play which scene."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from worldmaker.messages import Scene
from worldmaker.people import KINDS, Office
from worldmaker.script import Script
from worldmaker.sheets import Sheet
from worldmaker.timetable import FIRST_DAY, LAST_DAY, LAST_NOTICE_DAY

_TEXT = """\
# The sample world

A spring of an invented insurance group: three carriers under one roof, {firms} firms, {agencies} agencies
in all sixteen Länder, {users} users, and the notices of eleven weeks ({first} to {last_notice}) with
everything that is heard of these vehicles until {last}. Easter, 1 May, Ascension, Whit Monday and Corpus
Christi lie inside. Nobody in it exists: names are invented, addresses end in `.example`, telephone numbers
are those kept free for fiction, and the carriers' eVB numbers begin with `QU`, `QF` and `QB` (other insurers'
with `QX`). Towns, postcodes and plate districts are real, so that letters look like letters.

    vermittlerpost simulate examples/world --from {first} --until {last} --out var/sample

`world/world.toml` says the same for machines. The folder is made by a seeded command; a test holds the
committed files against it, this page included. Change `worldmaker/`, then run

    python examples/make_world.py

## What is in it

{files}

{kinds}

Applications come for {applied} of the {openings} vehicles that a registration, holder change or
re-registration puts on the road ({share} %): before the notice, in grace, after each letter, or too late.

Oddities of real feeds, on purpose:

- Files are UTF-8 with semicolons; `preferences.csv` uses commas. `notices-2026-W15.csv` was written by
  another hand: byte order mark, commas, moments without offset (German time). Applications are stamped in
  UTC (`Z`).
- In `agencies.csv` some sub-agencies stand before their parents.
- The last four rows of `users.csv` replace earlier ones.
- A `withdrawn` row bears the message id of the notice that it withdraws.
- Three notices stand in a later file once more, unchanged.
- eVBs of agency `0399000` are on file, the agency is not; some eVBs are never used.

## Users

{people}

{roles}

## Scenes

Numbers are those of the product's scenarios; “–” marks rules without a number. `Z…` is a notice, `A…` an
application.

{scenes}

## Bad rows

Each breaks another rule and must be refused, without stopping the rows beside it. Line 1 is the header.

{flaws}
"""


def text(sheets: Sequence[Sheet], script: Script, ids: Mapping[str, str], office: Office) -> str:
    """Return the page."""
    openings = script.openings()
    applied = {notice.key for notice in openings} & script.applied
    return _TEXT.format(
        first=FIRST_DAY,
        last=LAST_DAY,
        last_notice=LAST_NOTICE_DAY,
        firms=_good(sheets, "firms"),
        agencies=_good(sheets, "agencies"),
        users=len(office.users),
        files=_table(("file", "good rows", "bad rows"), _files(sheets)),
        kinds=_table(("message", "good rows, repeats included"), sorted(_kinds(sheets).items())),
        openings=len(openings),
        applied=len(applied),
        share=round(100 * len(applied) / len(openings)),
        people=_table(("kind", "users"), _people(office)),
        roles=_table(("scenario", "what happens", "login ids"), _roles(office)),
        scenes=_table(("scenario", "what happens", "messages"), _scenes(script.scenes, ids)),
        flaws=_table(("file", "line", "column", "rule"), _flaws(sheets)),
    )


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _good(sheets: Sequence[Sheet], table: str) -> int:
    return sum(not row.flaw for sheet in sheets if sheet.table == table for row in sheet.rows)


def _files(sheets: Sequence[Sheet]) -> list[tuple[object, ...]]:
    return [(f"`{sheet.name}`", len(sheet.rows) - len(sheet.flaws()), len(sheet.flaws())) for sheet in sheets]


def _kinds(sheets: Sequence[Sheet]) -> Counter[str]:
    notices = (row for sheet in sheets if sheet.table == "notices" for row in sheet.rows)
    return Counter(row.cells[2] for row in notices if not row.flaw)


def _people(office: Office) -> list[tuple[object, ...]]:
    counts = Counter(user.kind for user in office.users)
    return [(meaning, counts[kind]) for kind, meaning in KINDS.items()]


def _roles(office: Office) -> list[tuple[object, ...]]:
    restricted, chosen, demoted, kept = (user.login_id for user in office.later)
    two_firms = (office.of("F0301", "R")[1].login_id, office.of("F0560", "R")[0].login_id)
    return [
        (5, "A later row restricts the user to a sub-agency; unset flips to Ja", f"`{restricted}`"),
        (5, "The same with an explicit Nein, which stays", f"`{chosen}`"),
        (6, "A later row makes the administrator a normal user; unset flips to Nein", f"`{demoted}`"),
        (6, "The same with an explicit Ja, which stays", f"`{kept}`"),
        (7, "Administrator without e-mail address", f"`{office.of('F0345', 'B')[0].login_id}`"),
        (23, "One person in two firms: two login ids, one address", "`{}` `{}`".format(*two_firms)),
        (
            "–",
            "Explicit Ja without `view_portfolio`: never mailed",
            f"`{office.of('F0118', 'N')[0].login_id}`",
        ),
        ("–", "Explicit Ja of a technical user: never mailed", f"`{office.of('F0118', 'T')[0].login_id}`"),
    ]


def _scenes(scenes: Sequence[Scene], ids: Mapping[str, str]) -> list[tuple[object, ...]]:
    return [(scene.number, scene.story, _ids(scene, ids)) for scene in sorted(scenes, key=_place)]


def _place(scene: Scene) -> int:
    return int(scene.number) if scene.number.isdecimal() else 99


def _ids(scene: Scene, ids: Mapping[str, str]) -> str:
    return " ".join(f"`{message_id}`" for message_id in dict.fromkeys(ids[key] for key in scene.keys))


def _flaws(sheets: Sequence[Sheet]) -> list[tuple[object, ...]]:
    return [
        (f"`{sheet.name}`", line, f"`{flaw.column}`" if flaw.column else "(row)", flaw.rule)
        for sheet in sheets
        for line, flaw in sheet.flaws()
    ]
