"""Collect what the portal says into the English catalogue, keep what is translated, and compile it.

`tools/messages.py` writes the catalogue anew; new sentences stand in it without a translation, and a test names them.
"""

import ast
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from vermittlerpost.cases.processes import PROCESSES
from vermittlerpost.cases.rules import (
    ANSWERED_LATE,
    ASKED,
    AT_REST,
    HALTED,
    ON_ITS_WAY,
    QUESTIONED,
    STATE_TITLES,
    STUCK,
    Clarification,
    CloseReason,
    Subject,
)
from vermittlerpost.journal.events import KINDS as EVENTS
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.messages import MESSAGES
from vermittlerpost.notifications.rules import LIES_BEHIND, ONLY_A_CHOICE_ENDS

ROOT = Path(__file__).resolve().parent.parent
DOORS = ROOT / "src" / "vermittlerpost" / "interfaces"
FOLDER = DOORS / "portal" / "locale" / "en" / "LC_MESSAGES"
KEYWORDS: dict[str, Any] = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_CHATTER = tuple(f'"{name}'.encode() for name in "Project Report POT PO-Rev Last Language-Team Generated".split())
"""Lines of a catalogue's head that say who wrote it when; the history says it better."""


def collected() -> Catalog:
    """Return the catalogue of everything that is said, with the translations that there are."""
    catalogue = Catalog(
        locale="en", fuzzy=False, header_comment="# The portal in English; collected by tools/messages.py."
    )
    known = _read(FOLDER.joinpath("django.po").read_bytes())
    for message, context in sorted({(_key(message), context) for message, context in _said()}, key=str):
        found = known.get(message, context)
        catalogue.add(message, found.string if found else None, context=context)
    return catalogue


def untranslated(catalogue: Catalog) -> list[str]:
    """Return what is said in German only."""
    return [str(message.id) for message in catalogue if message.id and not _is_whole(message.string)]


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file, always the same bytes for the same messages."""
    file = io.BytesIO()
    write_po(file, catalogue, omit_header=False, sort_output=True, width=120, include_lineno=False)
    return b"".join(line for line in file.getvalue().splitlines(keepends=True) if not line.startswith(_CHATTER))


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    file = io.BytesIO()
    write_mo(file, _read(written(catalogue)))
    return file.getvalue()


def _read(file: bytes) -> Catalog:
    catalogue = read_po(io.BytesIO(file), locale="en")
    # The file names no moment, and Babel would put in this one.
    catalogue.creation_date = datetime.fromtimestamp(0, UTC)
    return catalogue


def _is_whole(string: Any) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


def _key(message: Any) -> Any:
    return tuple(message) if isinstance(message, list) else message


def _said() -> Iterator[tuple[Any, str | None]]:
    for path in sorted(DOORS.rglob("*.py")):
        yield from _in(path.read_text(encoding="utf-8"))
    for path in sorted(DOORS.rglob("templates/**/*.html")):
        text = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        # What is no message is blanked out, but its indentation is none that Python would read.
        yield from _in("\n".join(line.strip() for line in text.splitlines()))
    for sentence in house_sentences():
        yield sentence, None


def _in(source: str) -> Iterator[tuple[Any, str | None]]:
    calls: Iterable[Any] = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {})
    for _line, function, messages, _comments in calls:
        yield from _of_call(KEYWORDS[function], messages if isinstance(messages, tuple) else (messages,))


def _of_call(places: Any, arguments: tuple[Any, ...]) -> Iterator[tuple[Any, str | None]]:
    context = next((arguments[place[0] - 1] for place in places or () if isinstance(place, tuple)), None)
    chosen = [arguments[place - 1] for place in places or (1,) if isinstance(place, int)]
    if all(chosen) and chosen:
        yield (chosen[0] if len(chosen) == 1 else tuple(chosen)), context


def house_sentences() -> Iterable[str]:
    """Return the sentences of the rooms' catalogues that the pages show."""
    for events in (ROOT / "src" / "vermittlerpost").glob("*/events.py"):
        import_module(f"vermittlerpost.{events.parent.name}.events")
    yield from (event.sentence for event in EVENTS.values())
    yield from (reason.words for reason in CloseReason)
    yield from (reason.words for reason in Clarification)
    yield from (subject.words for subject in Subject)
    yield from STATE_TITLES.values()
    yield from (ON_ITS_WAY, ASKED, QUESTIONED)
    for at_rest in (STUCK, HALTED, ANSWERED_LATE, *AT_REST.values()):
        yield from filter(None, (at_rest.title, at_rest.sentence, at_rest.prevented_by))
    yield from (kind.title for kind in KINDS.values())
    yield from (kind.undated for kind in KINDS.values() if kind.undated)
    for category in CATEGORIES.values():
        yield from (category.title, category.sentence, category.example, category.one, category.many)
    yield from (message.title for message in MESSAGES.values())
    yield from (ONLY_A_CHOICE_ENDS, LIES_BEHIND)
    yield from refusals()
    for process in PROCESSES.values():
        yield process.title
        for step in process.steps:
            yield from filter(None, (step.title, step.announcement, step.coming, step.prospect))


def refusals() -> Iterator[str]:
    """Yield the sentences with which actions refuse, and those with which rows are refused that portal users write."""
    rooms = ROOT / "src" / "vermittlerpost"
    paths = sorted([*rooms.glob("*/actions.py"), *rooms.glob("*/actions/**/*.py")])
    nodes = [node for path in paths for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    kinds = {
        node.name for node in nodes if isinstance(node, ast.ClassDef) and "Refused" in map(ast.unparse, node.bases)
    }
    for node in nodes:
        match node:
            case ast.Raise(exc=ast.Call(func=ast.Name(id=kind), args=[ast.Constant(value=str() as sentence), *_])):
                if kind in kinds:
                    yield sentence
            case ast.Call(func=ast.Name(id="Objection"), args=[_, ast.Constant(value=str() as sentence), *_]):
                yield sentence


def main() -> None:
    """Write both files, and say what is missing."""
    catalogue = collected()
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "django.po").write_bytes(written(catalogue))
    (FOLDER / "django.mo").write_bytes(compiled(catalogue))
    missing = untranslated(catalogue)
    print(f"{len(list(catalogue)) - 1} messages, {len(missing)} without a translation")


if __name__ == "__main__":
    main()
