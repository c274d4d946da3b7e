"""Reading input files row by row: bad rows are refused with a reason and never block the good ones."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from vermittlerpost.intake.formats import FORMATS, IN_FEEDING_ORDER
from vermittlerpost.intake.reading import gdv, objects, tables
from vermittlerpost.intake.reading.lines import survey
from vermittlerpost.intake.reading.results import Outcome, Source
from vermittlerpost.intake.rules.inputs import Format

_READERS: dict[str, Callable[[BinaryIO, Format, Source], Iterator[Outcome]]] = {
    ".csv": tables.read,
    ".json": objects.read,
    ".jsonl": objects.read,
    ".ndjson": objects.read,
}
_GDV, _GDV_SUFFIX = "gdv", ".gdv"
_AFTER_ALL = 1000


def recognise(path: Path) -> Format | None:
    """Return the format that a file's name says it has, or nothing if no format knows the name.

    GDV records hold rows of several formats, so a file of them has none.
    """
    if path.suffix.lower() not in _READERS:
        return None
    return next((form for form in FORMATS.values() if form.fits(path.stem)), None)


def turn(path: Path) -> tuple[int, str]:
    """Return the place of a file among others that are fed with it: masters first, what has no format last."""
    form = FORMATS["evb"] if _is_gdv(path) else recognise(path)
    return form.order if form else _AFTER_ALL, path.name


def code_of(path: Path) -> str:
    """Return the code of the format that a file's name says it has, `gdv` for GDV records, or nothing."""
    form = recognise(path)
    return _GDV if _is_gdv(path) else form.code if form else ""


def _is_gdv(path: Path) -> bool:
    return path.suffix.lower() == _GDV_SUFFIX


def read(path: Path) -> Iterator[Outcome]:
    """Yield what becomes of each row of a file, in the file's order, holding one row in memory at a time.

    What concerns the file as a whole (name, encoding, emptiness) is refused as row 1 or where it was found,
    the header as row 1; then no row is accepted. A file that cannot be opened raises OSError.
    """
    source = Source(file=path.name)
    if _is_gdv(path):
        with path.open("rb") as stream:
            yield from gdv.read(stream, source)
        return
    form = recognise(path)
    if form is None:
        yield source.refuse(1, _name_rule(), value=path.name)
        return
    with path.open("rb") as stream:
        unreadable = survey(stream, source)
        if unreadable:
            yield unreadable
            return
        stream.seek(0)
        yield from _READERS[path.suffix.lower()](stream, form, source)


def _name_rule() -> str:
    names = ", ".join(form.file_name for form in IN_FEEDING_ORDER)
    return (
        f"Der Dateiname gehört zu keinem Format. Möglich: {names} mit der Endung {', '.join(_READERS)}, "
        f"oder GDV-Sätze mit der Endung {_GDV_SUFFIX}."
    )
