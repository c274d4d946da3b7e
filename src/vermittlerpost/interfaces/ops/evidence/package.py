"""What an evidence package says, and whether it holds together: pure, so that it can be checked anywhere."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from vermittlerpost.journal.rules import Link, first_break

FORM = 1
"""The form of the packages; one that must be read differently gets another number."""

Package = Mapping[str, Any]


def written(package: Package) -> bytes:
    """Return a package as the bytes that are signed: always the same for the same content."""
    return (json.dumps(package, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def plain_link(link: Link, head: bytes) -> dict[str, Any]:
    """Return an entry of the journal as JSON knows it."""
    return {
        "at": link.at.isoformat(timespec="microseconds"),
        "kind": link.kind,
        "actor": link.actor,
        "subject": link.subject,
        "position": link.position,
        "data": dict(link.data),
        "hash": head.hex(),
    }


def _link(entry: Mapping[str, Any]) -> tuple[Link, bytes]:
    link = Link(
        at=datetime.fromisoformat(entry["at"]),
        kind=entry["kind"],
        actor=entry["actor"],
        subject=entry["subject"],
        position=entry["position"],
        data=entry["data"],
    )
    return link, bytes.fromhex(entry["hash"])


def faults_of(package: Package, letters: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what does not hold together, in German: chains, and the PDFs of the letters by their ids."""
    if package["form"] != FORM:
        yield f"Die Form {package['form']} ist unbekannt."
        return
    yield from _broken(package["journal"])
    chain = package["journal"].get(package["case"]["id"], [])
    hashes = {entry["data"]["letter"]: entry["data"]["sha256"] for entry in chain if entry["kind"] == "letter.rendered"}
    issued = {entry["data"]["letter"]: entry["data"] for entry in chain if entry["kind"] == "letter.issued"}
    for letter in package["letters"]:
        yield from _of_letter(letter, issued.get(letter["letter"]), hashes, letters)
    if strangers := sorted(letters.keys() - {letter["letter"] for letter in package["letters"]}):
        yield f"Das Schreiben {strangers[0]} liegt bei, gehört aber nicht zum Vorgang."
    if missing := sorted(issued.keys() - {letter["letter"] for letter in package["letters"]}):
        yield f"Das Schreiben {missing[0]} steht im Journal, fehlt aber im Nachweis."


def _broken(journal: Mapping[str, list[Mapping[str, Any]]]) -> Iterator[str]:
    for subject, entries in journal.items():
        position = first_break(map(_link, entries))
        if position is None and any(entry["subject"] != subject for entry in entries):
            position = 1
        if position is not None:
            yield f"Die Journalkette zu {subject} bricht an Stelle {position}."


def _of_letter(
    letter: Mapping[str, Any],
    issued: Mapping[str, Any] | None,
    hashes: Mapping[str, str],
    enclosed: Mapping[str, bytes],
) -> Iterator[str]:
    name = letter["letter"]
    if issued is None:
        yield f"Das Schreiben {name} steht nicht im Journal."
    elif any(letter[key] != issued[key] for key in ("kind", "level", "urgency", "agency", "due_on")):
        yield f"Das Schreiben {name} ist nicht das, von dem das Journal spricht."
    if name not in enclosed:
        yield f"Das Schreiben {name} liegt nicht bei."
    elif not hashes.get(name) == letter["sha256"] == hashlib.sha256(enclosed[name]).hexdigest():
        yield f"Das Schreiben {name} ist nicht das, dessen Prüfsumme das Journal nennt."
