"""Check evidence: no database, no settings, nothing but the file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader

from vermittlerpost.interfaces.ops.evidence import signing
from vermittlerpost.interfaces.ops.evidence.package import Package, faults_of, written
from vermittlerpost.interfaces.ops.evidence.picture import PACKAGE, name_of
from vermittlerpost.lib.errors import Refused


class NoSignatureBeside(Refused):
    """A JSON file is checked against the signed PDF beside it, and there is none."""

    code = "no_signature_beside"


class NoCertificate(Refused):
    """The file that is to be trusted holds no certificate."""

    code = "no_certificate"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What the check of a file found."""

    faults: Sequence[str]
    case: str = ""
    letters: int = 0
    entries: int = 0
    subject: str = ""
    fingerprint: str = ""
    is_trusted: bool = False


def verify(file: Path, trust: Path | None = None) -> Verdict:
    """Check a PDF, or a JSON file by the PDF of the same name beside it: whatever was changed is found.

    `trust` is a PEM file with certificates that the signer's must come from. Refuses a JSON file alone.
    """
    pdf = file.with_suffix(".pdf")
    if not pdf.is_file():
        raise NoSignatureBeside("Die Signatur trägt das PDF. Bitte {pdf} daneben legen.", pdf=pdf.name)
    trusted = _certificates(trust) if trust else []
    try:
        package, verdict = _check(pdf.read_bytes(), trusted)
    except Exception as error:  # noqa: BLE001 (whatever a changed file breaks in its readers, it is one finding)
        return Verdict(faults=[f"Die Datei ist kein lesbarer Nachweis ({type(error).__name__})."])
    if file != pdf and file.read_bytes() != written(package):
        return Verdict(faults=["Die JSON-Datei ist nicht die, die das unterzeichnete PDF enthält."])
    return verdict


def _check(document: bytes, trusted: Sequence[Any]) -> tuple[Package, Verdict]:
    reader = PdfFileReader(BytesIO(document))
    enclosed = dict(_enclosed(reader))
    package = json.loads(enclosed.pop(PACKAGE))
    seal = signing.seal_of(document, reader, trusted)
    faults = [*seal.faults, *faults_of(package, _letters(package, enclosed))]
    if list(seal.certificates) != package["signer"]["certificates"]:
        faults.append("Der Nachweis wurde nicht mit dem Schlüssel unterzeichnet, den er nennt.")
    return package, Verdict(
        faults=faults,
        case=package["case"]["id"],
        letters=len(package["letters"]),
        entries=sum(len(chain) for chain in package["journal"].values()),
        subject=seal.subject,
        fingerprint=seal.fingerprint,
        is_trusted=seal.is_trusted,
    )


def _letters(package: Package, enclosed: Mapping[str, bytes]) -> dict[str, bytes]:
    named = {name_of(one["letter"]): one["letter"] for one in package["letters"]}
    return {named.get(name, name): content for name, content in enclosed.items()}


def _enclosed(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    """Yield the files within a PDF by their names."""
    yield from _leaves(reader.root["/Names"]["/EmbeddedFiles"])


def _leaves(node: DictionaryObject) -> Iterator[tuple[str, bytes]]:
    for child in node.get("/Kids", ()):
        yield from _leaves(child.get_object())
    names: Any = node.get("/Names", ())
    for position in range(1, len(names), 2):
        specification = names[position].get_object()
        yield str(specification["/UF"]), specification["/EF"]["/F"].get_object().data


def _certificates(file: Path) -> list[Any]:
    try:
        return list(load_certs_from_pemder([str(file)]))  # type: ignore[no-untyped-call]  # pyHanko forgot its types
    except (OSError, ValueError) as error:
        raise NoCertificate("{file} enthält kein Zertifikat (PEM oder DER).", file=str(file)) from error
