"""Evidence (B10): a case's story leaves the house signed, and no byte of it can be changed unnoticed."""

import hashlib
import json
import random
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, load_der_private_key, pkcs12
from django.conf import LazySettings
from pydantic import SecretStr
from pyhanko.sign.signers import SimpleSigner
from tests import acts, cast

from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.interfaces.ops.evidence import exporting, package, signing, verifying
from vermittlerpost.interfaces.ops.evidence.gathering import NoSuchCase
from vermittlerpost.interfaces.ops.evidence.verifying import NoSignatureBeside
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock


@pytest.fixture
def evidence(stage: None, tmp_path: Path) -> Path:
    """Return the PDF about a case that was requested and reminded, while the workers once stood still."""
    with clock.turned_to(acts.moment("2026-02-05 10:00")):
        cast.choose(cast.BERND, "important_letters", wanted=True)
    acts.register()
    acts.mornings(acts.REQUESTED)
    for minutes in (0, 90):
        with clock.turned_to(acts.moment(f"{acts.REQUESTED} 08:00") + timedelta(minutes=minutes)):
            rounds.beat()
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 10:00")):
        letter = acts.letter()
        delivery.record_receipt(letter=letter.id, case=letter.case, kind=ReceiptKind.DISPLAYED, by=cast.ANNA)
    acts.mornings(acts.REMINDED)
    with clock.turned_to(acts.moment(f"{acts.REMINDED} 12:00")):
        return exporting.export(acts.intake_case("Z-1"), tmp_path / "out", by="operator")


def told(evidence: Path) -> dict[str, object]:
    document: dict[str, object] = json.loads(evidence.with_suffix(".json").read_bytes())
    return document


def test_evidence_is_found_in_order_by_whoever_has_the_file_alone(evidence: Path) -> None:
    found = verifying.verify(evidence)
    assert found.faults == []
    assert (found.case, found.letters) == (acts.intake_case("Z-1"), 2)
    assert "selbst erstellt" in found.subject
    assert verifying.verify(evidence.with_suffix(".json")) == found


def test_evidence_tells_letters_receipts_decisions_preferences_and_downtime(evidence: Path) -> None:
    document = told(evidence)
    request, reminder = document["letters"]  # type: ignore[misc]
    assert (request["kind"], reminder["level"]) == ("application_request", 1)  # type: ignore[has-type]
    assert [(one["kind"], one["actor"]) for one in request["receipts"]][-1] == ("displayed", cast.ANNA)  # type: ignore[has-type]
    decided = {one["login_id"]: one for one in request["decisions"]}  # type: ignore[has-type]
    assert (decided[cast.ANNA]["preference"], decided[cast.ANNA]["origin"]) == ("Ja", "role_default")
    assert decided[cast.BERND]["chosen"] == {"at": acts.moment("2026-02-05 10:00").isoformat(), "actor": cast.ANNA}
    assert decided[cast.EMIL]["preference"] is None, "nobody asked for what he wants: he may not see the letter"
    [span] = document["downtime"]["spans"]  # type: ignore[index]
    assert span["until"] == acts.moment(f"{acts.REQUESTED} 09:30").isoformat()


def test_the_journal_remembers_which_evidence_left_the_house(evidence: Path) -> None:
    last = journal.about(acts.intake_case("Z-1")).last()
    assert last is not None
    assert last.data == {"sha256": hashlib.sha256(evidence.read_bytes()).hexdigest()}


def test_no_byte_of_the_pdf_can_be_changed_unnoticed(evidence: Path) -> None:
    content = evidence.read_bytes()
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)", content)
    assert found
    start, end = int(found[2]), int(found[3])
    dice = random.Random(7)  # the same places each time
    places = [0, *dice.sample(range(len(content)), 60), *dice.sample(range(start, end), 150), start, end - 1, -1]
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << dice.randrange(8)
        evidence.write_bytes(changed)
        assert verifying.verify(evidence).faults, f"byte {place}"
    evidence.write_bytes(content + b"\n")
    assert verifying.verify(evidence).faults, "something was added"


def test_no_byte_of_the_json_can_be_changed_unnoticed(evidence: Path) -> None:
    path = evidence.with_suffix(".json")
    content = path.read_bytes()
    dice = random.Random(7)
    for place in dice.sample(range(len(content)), 20):
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(changed)
        assert verifying.verify(path).faults, f"byte {place}"


def test_a_json_file_alone_proves_nothing_and_is_refused(evidence: Path) -> None:
    evidence.unlink()
    with pytest.raises(NoSignatureBeside):
        verifying.verify(evidence.with_suffix(".json"))


def _entry(document: dict[str, object], position: int) -> dict[str, object]:
    chain: list[dict[str, object]] = document["journal"][acts.intake_case("Z-1")]  # type: ignore[index]
    return chain[position]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda d: _entry(d, 2).update(actor="somebody"), "bricht an Stelle 3"),
        (lambda d: d["journal"][acts.intake_case("Z-1")].pop(1), "bricht an Stelle 2"),
        (lambda d: d["letters"][0].update(due_on="2030-01-01"), "nicht das, von dem das Journal spricht"),
        (lambda d: d["letters"][0].update(sha256="0" * 64), "dessen Prüfsumme das Journal nennt"),
        (lambda d: d["letters"].pop(), "fehlt aber im Nachweis"),
    ],
)
def test_who_signs_a_forged_package_anew_is_found_out_by_the_journal(
    evidence: Path, harm: Callable[[dict[str, object]], object], says: str
) -> None:
    document = told(evidence)
    letters = {one.id: b"" for one in acts.letters_of()}
    harm(document)
    assert any(says in fault for fault in package.faults_of(document, letters))


def test_with_the_insurers_own_key_its_certificate_is_what_is_trusted(
    stage: None, tmp_path: Path, settings: LazySettings
) -> None:
    acts.register()
    own, other = signing.provisional_key(), signing.provisional_key()
    for name, key in (("own", own), ("other", other)):
        assert key.signing_cert
        (tmp_path / f"{name}.pem").write_bytes(_certificate(key))
    (tmp_path / "key.p12").write_bytes(_pkcs12(own))
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"evidence_key": tmp_path / "key.p12", "evidence_key_password": SecretStr("geheim")}
    )
    pdf = exporting.export(acts.intake_case("Z-1"), tmp_path / "out", by="operator")
    assert verifying.verify(pdf, tmp_path / "own.pem").is_trusted
    assert not verifying.verify(pdf, tmp_path / "other.pem").is_trusted


def _certificate(key: SimpleSigner) -> bytes:
    assert key.signing_cert
    return x509.load_der_x509_certificate(key.signing_cert.dump()).public_bytes(Encoding.PEM)


def _pkcs12(key: SimpleSigner) -> bytes:
    assert key.signing_cert
    assert key.signing_key
    secret = load_der_private_key(key.signing_key.dump(), None)
    certificate = x509.load_der_x509_certificate(key.signing_cert.dump())
    return pkcs12.serialize_key_and_certificates(
        None,
        secret,  # type: ignore[arg-type]  # an EC key, as it was made
        certificate,
        None,
        BestAvailableEncryption(b"geheim"),
    )


def test_a_wrong_password_of_the_key_is_refused(stage: None, tmp_path: Path, settings: LazySettings) -> None:
    (tmp_path / "key.p12").write_bytes(_pkcs12(signing.provisional_key()))
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"evidence_key": tmp_path / "key.p12"})
    acts.register()
    with pytest.raises(exporting.KeyUnreadable):
        exporting.export(acts.intake_case("Z-1"), tmp_path / "out", by="operator")


def test_an_unknown_case_is_refused(stage: None, tmp_path: Path) -> None:
    with pytest.raises(NoSuchCase):
        exporting.export("V-0000-0000-00000", tmp_path, by="operator")
