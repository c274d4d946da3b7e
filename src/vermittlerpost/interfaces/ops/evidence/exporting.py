"""Make the evidence of a case: gather, draw, sign, write down, and put it into a folder."""

from pathlib import Path

from django.conf import settings
from pyhanko.sign.signers import SimpleSigner

from vermittlerpost.cases import actions as cases
from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.interfaces.ops.evidence import signing
from vermittlerpost.interfaces.ops.evidence.gathering import gather
from vermittlerpost.interfaces.ops.evidence.package import written
from vermittlerpost.interfaces.ops.evidence.picture import draw
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters import queries as kept
from vermittlerpost.lib.storage import Folder

KeyUnreadable = signing.KeyUnreadable


def export(case: str, out: Path, *, by: str) -> Path:
    """Put a case's evidence into a folder as PDF and JSON and return the PDF's path; the journal keeps its hash.

    Refuses an unknown case and a key that cannot be read. Without a key it is signed with one of its own making.
    """
    signer = key()
    package = gather(case, operator=wiring.operator().name)
    store = wiring.letter_store()
    pdfs = {one["letter"]: letters.pdf_of(one["letter"], store, by=by) for one in package["letters"]}
    # Making a PDF that was missing is written into the journal, so that the journal is read after that.
    package = gather(case, operator=wiring.operator().name)
    hashes = kept.hashes_of(list(pdfs))
    for one in package["letters"]:
        one["sha256"] = hashes[one["letter"]]
    package["signer"] = {"subject": signing.subject_of(signer), "certificates": signing.certificates_of(signer)}
    signed = signing.sign(draw(package, pdfs), signer, reason=f"Nachweis zum Vorgang {case}")
    folder = Folder(out)
    folder.write(f"{case}.json", written(package))
    sha256 = folder.write(f"{case}.pdf", signed)
    cases.note_evidence(case=case, sha256=sha256, by=by)
    return out / f"{case}.pdf"


def has_own_key() -> bool:
    """Tell whether evidence is signed with the operator's key."""
    return settings.ENVIRONMENT.evidence_key is not None


def key() -> SimpleSigner:
    """Return the key that evidence is signed with; refuses one that cannot be read."""
    environment = settings.ENVIRONMENT
    if environment.evidence_key is None:
        return signing.provisional_key()
    try:
        content = environment.evidence_key.read_bytes()
    except OSError as error:
        raise KeyUnreadable(
            "Der Schlüssel für Nachweise ist nicht zu lesen: {why}.", why=error.strerror or ""
        ) from error
    return signing.key_from(content, environment.evidence_key_password.get_secret_value())
