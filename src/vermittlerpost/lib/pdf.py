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
    """Sets PDFs with the templates (`*.typ`) of one folder and the fonts of one, `fonts` in it unless another is named.

    There are no others. Threads take turns.
    """

    def __init__(self, folder: Path, *, fonts: Path | None = None) -> None:
        for template in folder.glob("*.typ"):
            _refuse_packages(template.read_text(encoding="utf-8"))
        own = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts or folder / "fonts"])
        self._compiler = Compiler(root=folder, font_paths=own, ignore_system_fonts=True)
        self._turn = Lock()

    def typeset(self, main: str, files: Mapping[str, str], *, on: date, form: Format) -> bytes:
        """Return the document `main` as PDF, dated `on`; the same words give the same bytes.

        It sees the press's folder and `files`, nothing else. Refuses packages, errors and warnings (`NotTypeset`):
        with Typst, a missing font is a warning and a silent replacement.
        """
        _refuse_packages(main)
        try:
            content, warnings = self._compile({"main.typ": main, **files}, on, form)
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


def _refuse_packages(template: str) -> None:
    if "@preview" in template:
        raise NotTypeset("Templates may not load packages.")


def pages(content: bytes) -> int:
    """Return how many pages a PDF of this press has."""
    found = _PAGES.search(content)
    if not found:
        raise ValueError("This PDF does not come from this press.")
    return int(found[1])
