"""Sign evidence, and tell whether a signature covers every byte of it."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner, sign_pdf
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

# That nobody vouches for a key of one's own making is told as a finding, not as an alarm in the log.
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)

_FIELD = "Nachweis"
_SEQUENCE, _VERSION, _HEAD = b"\x30", b"\x02\x01\x01", 4
"""How a signature of one signer begins: a long sequence, version 1, the signer (RFC 5652, 5.3)."""
_PROVISIONAL = "Vermittlerpost (Probebetrieb, selbst erstellt)"
_YEARS = timedelta(days=3653)
_ONCE = b"einmal"


class KeyUnreadable(Refused):
    """The key for evidence is no PKCS#12 file, or its password is wrong."""

    code = "key_unreadable"


def key_from(content: bytes, password: str) -> SimpleSigner:
    """Return the key that a PKCS#12 file holds; refuses another file and a wrong password."""
    try:
        key: SimpleSigner = SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=password.encode())
    except ValueError as error:
        raise KeyUnreadable(
            "Der Schlüssel für Nachweise ist nicht lesbar: keine PKCS#12-Datei, oder falsches Kennwort."
        ) from error
    return key


def provisional_key() -> SimpleSigner:
    """Make a key that proves that nothing was changed, but not by whom it was signed: good for trying out."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, _PROVISIONAL)])
    now = clock.now()
    builder = x509.CertificateBuilder(subject_name=name, issuer_name=name, public_key=key.public_key())
    certificate = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
        .add_extension(_may_sign(), critical=True)
        .sign(key, hashes.SHA256())
    )
    return key_from(
        pkcs12.serialize_key_and_certificates(None, key, certificate, None, BestAvailableEncryption(_ONCE)),
        _ONCE.decode(),
    )


def _may_sign() -> x509.KeyUsage:
    others = ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign")
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        encipher_only=False,
        decipher_only=False,
        **dict.fromkeys(others, False),
    )


def certificates_of(key: SimpleSigner) -> list[str]:
    """Return the fingerprints (SHA-256) of the certificates that a key's signatures bring along."""
    found = {key.signing_cert, *key.cert_registry} if key.signing_cert else set(key.cert_registry)
    return sorted(certificate.sha256.hex() for certificate in found)


def subject_of(key: SimpleSigner) -> str:
    """Return in whose name a key signs."""
    return str(key.signing_cert.subject.human_friendly) if key.signing_cert else ""


def sign(document: bytes, key: SimpleSigner, *, reason: str) -> bytes:
    """Return a PDF with a signature (PAdES) over all of it."""
    about = PdfSignatureMetadata(
        field_name=_FIELD, reason=reason, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signed = sign_pdf(IncrementalPdfFileWriter(BytesIO(document)), about, signer=key)
    return bytes(signed.getbuffer())


@dataclass(frozen=True, kw_only=True)
class Seal:
    """What a signature says: what is wrong with it, and whose it is."""

    faults: Sequence[str]
    subject: str
    fingerprint: str
    certificates: Sequence[str]
    is_trusted: bool


def seal_of(document: bytes, reader: PdfFileReader, trusted: Sequence[Any]) -> Seal:
    """Return what the one signature of a PDF says; refuses none or several with ValueError."""
    [signature] = reader.embedded_signatures
    context = ValidationContext(trust_roots=list(trusted), allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    holds = status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    faults = [] if holds else ["Die Signatur passt nicht zum Inhalt."]
    return Seal(
        faults=[*faults, *_loose(document, signature)],
        subject=str(signature.signer_cert.subject.human_friendly),
        fingerprint=signature.signer_cert.sha256.hex(),
        certificates=sorted(one.chosen.sha256.hex() for one in signature.signed_data["certificates"]),
        is_trusted=status.trusted,
    )


def _loose(document: bytes, signature: EmbeddedPdfSignature) -> Iterator[str]:
    """Yield what is wrong with the only bytes that a signature cannot cover: its own."""
    start, length, end, _ = signature.byte_range
    content = signature.pkcs7_content
    digits, slot = content.hex().encode(), document[start + length : end]
    if slot not in {b"<" + digits + b">", b"<" + digits.upper() + b">"} or any(content[_length_of(content) :]):
        yield "Die Signatur selbst ist verändert."
    info, certificate = signature.signer_info, signature.signer_cert
    signed = signature.signed_data
    algorithms = [one.native for one in signed["digest_algorithms"]]
    if algorithms != [info["digest_algorithm"].native] or signed["version"].dump() != _VERSION:
        yield "Die Signatur nennt ein anderes Verfahren, als sie verwendet."
    # Names are compared without regard to case, so that the reader would take another spelling for the same.
    signer = certificate.issuer.dump() + certificate["tbs_certificate"]["serial_number"].dump()
    sid = info["sid"].dump()
    if sid[:1] != _SEQUENCE or not sid.endswith(signer) or not info.dump()[_HEAD:].startswith(_VERSION + sid):
        yield "Die Signatur nennt einen anderen Aussteller als ihr Zertifikat."


def _length_of(der: bytes) -> int:
    """Return how long a DER value with a long length is, its head included (ITU-T X.690, 8.1.3)."""
    count = der[1] & 0x7F
    return 2 + count + int.from_bytes(der[2 : 2 + count])
