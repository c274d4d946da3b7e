"""Typst, kept warm: starting a compiler takes longer than setting a page, so each process has one and keeps it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from typst import Compiler, Fonts, TypstError

_PAGES = re.compile(rb"^1 0 obj\s*<</Type/Pages/Count (\d+)", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Format:
    """Which promises a PDF keeps, and whether screen readers can follow it."""

    standards: Sequence[Literal["a-3a", "a-3b", "ua-1"]]
    tagged: bool


ACCESSIBLE = Format(standards=("a-3a", "ua-1"), tagged=True)
"""To be read and kept: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file."""

PAPER = Format(standards=("a-3b",), tagged=False)
"""To be printed: PDF/A-3b, without the tags that paper cannot show."""


class NotTypeset(Exception):
    """A template is wrong: it does not compile, compiles with a warning, or wants a package from the network."""


class Press:
    """Sets PDFs with the fonts of one folder and no others; threads take turns."""

    def __init__(self, fonts: Path) -> None:
        own = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
        self._compiler = Compiler(root=fonts, font_paths=own, ignore_system_fonts=True)
        self._turn = Lock()

    def typeset(self, files: Mapping[str, str], *, on: date, form: Format) -> bytes:
        """Return `main.typ` as PDF, dated `on`; the same files give the same bytes.

        `files` is all that the document can see. Refuses packages, errors and warnings (`NotTypeset`): with Typst, a
        missing font is a warning and a silent replacement.
        """
        if any(name.endswith(".typ") and "@preview" in text for name, text in files.items()):
            raise NotTypeset("Templates may not load packages.")
        try:
            content, warnings = self._compile(files, on, form)
        except TypstError as error:
            raise NotTypeset(error.diagnostic) from error
        if warnings:
            raise NotTypeset("; ".join(warning.message for warning in warnings))
        return content

    def _compile(self, files: Mapping[str, str], on: date, form: Format) -> tuple[bytes, Sequence[Any]]:
        # The compiler takes files by name, although its type hints forgot to say so.
        source: Any = {name: text.encode() for name, text in files.items()}
        with self._turn:
            content, warnings = self._compiler.compile_with_warnings(
                source,
                format="pdf",
                pdf_standards=list(form.standards),
                pdf_tags=form.tagged,
                timestamp=datetime.combine(on, time(), tzinfo=UTC),
            )
        assert isinstance(content, bytes)
        return content, warnings


def pages(content: bytes) -> int:
    """Return how many pages a PDF of this press has."""
    found = _PAGES.search(content)
    if not found:
        raise ValueError("This PDF does not come from this press.")
    return int(found[1])
