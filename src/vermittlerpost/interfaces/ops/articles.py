"""News items as files: what is needed to publish them stands above the text, between two lines of dashes."""

from datetime import date
from pathlib import Path

from vermittlerpost.agencies.rules import Audience
from vermittlerpost.lib.errors import Refused
from vermittlerpost.news.rules import Draft

_FENCE = "---"
_NEEDED = {"title", "teaser", "audience", "valid_from"}
_KNOWN = {*_NEEDED, "valid_until"}


class UnreadableArticle(Refused):
    """The file does not say what a news item needs, or not in the form that it should have."""

    code = "unreadable_article"


def read(path: Path) -> Draft:
    """Read a news item; its short name is that of the file. Refuses a file that lacks something, naming what."""
    head, body = _parts(path)
    if missing := sorted(_NEEDED - head.keys()):
        raise UnreadableArticle("{file}: Es fehlt {missing}.", file=path.name, missing=", ".join(missing))
    if unknown := sorted(head.keys() - _KNOWN):
        raise UnreadableArticle("{file}: Unbekannt ist {unknown}.", file=path.name, unknown=", ".join(unknown))
    if head["audience"] not in set(Audience):
        raise UnreadableArticle("{file}: audience ist eines von {known}.", file=path.name, known=", ".join(Audience))
    return Draft(
        slug=path.stem,
        title=head["title"],
        teaser=head["teaser"],
        body=body,
        audience=Audience(head["audience"]),
        valid_from=_day(path, head["valid_from"]),
        valid_until=_day(path, head["valid_until"]) if head.get("valid_until") else None,
    )


def _parts(path: Path) -> tuple[dict[str, str], str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableArticle(
            "{file} ist nicht zu lesen: kein Text in UTF-8, oder nicht da.", file=path.name
        ) from error
    if lines[:1] != [_FENCE] or _FENCE not in lines[1:]:
        raise UnreadableArticle("{file}: Am Anfang stehen die Angaben zwischen zwei Zeilen ---.", file=path.name)
    end = lines.index(_FENCE, 1)
    pairs = [line.partition(":") for line in lines[1:end] if line.strip()]
    if any(not colon for _, colon, _ in pairs):
        raise UnreadableArticle("{file}: Eine Angabe sieht so aus: title: Der Titel", file=path.name)
    return {key.strip(): value.strip() for key, _, value in pairs}, "\n".join(lines[end + 1 :]).strip() + "\n"


def _day(path: Path, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UnreadableArticle(
            "{file}: „{text}“ ist kein Tag der Form 2026-05-16.", file=path.name, text=text
        ) from error
