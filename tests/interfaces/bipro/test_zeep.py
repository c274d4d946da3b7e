"""A client that nobody here wrote, made from nothing but the WSDL: zeep, over a real connection, strictly."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
import requests
import zeep
from pytest_django import DjangoDbBlocker
from tests import acts
from tests import cast as people
from tests.browser import houses
from tests.browser.serving import Served
from tests.interfaces.bipro.envelopes import PASSWORD, STS, TRANSFER, VERSION
from zeep.exceptions import Fault
from zeep.wsse.username import UsernameToken

from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.letters import actions as letters

pytestmark = pytest.mark.xdist_group("zeep")  # what they share takes long to make

AT = "2026-03-04 09:00"
ISSUE, SCT = "http://schemas.xmlsoap.org/ws/2005/02/trust/Issue", "http://schemas.xmlsoap.org/ws/2005/02/sc/sct"
FOREIGN_VEHICLE = {"evb": acts.OTHER_EVB, "vin": acts.OTHER_VIN, "plate": acts.OTHER_PLATE}


@pytest.fixture(scope="module")
def furnished(django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Return a database in which two firms have letters, the first a request and its reminder."""
    with django_db_blocker.unblock(), houses.furnished(_furnish) as name:
        yield name


def _furnish() -> None:
    people.enter()
    acts.give_password(people.ROBOT, PASSWORD)
    acts.confirm()
    acts.confirm(acts.OTHER_EVB, agency=people.HAMBURG)
    acts.register("Z-1")
    acts.register("Z-2", **FOREIGN_VEHICLE)
    acts.mornings(acts.REQUESTED, acts.REMINDED)


@pytest.fixture
def door(furnished: str, django_db_blocker: DjangoDbBlocker, home: Any, allow: Callable[..., None]) -> Iterator[Served]:
    """Answer on a port of this test's own."""
    with django_db_blocker.unblock(), houses.copy_of(furnished), Served(acts.moment(AT)).open() as served:
        allow(base_url=served.url)
        yield served


class Program:
    """What a vendor would build on zeep: both services, and the token that it was given."""

    def __init__(self, door: Served, password: str = PASSWORD) -> None:
        self.tokens = _client(door.url + STS, _credentials(password))
        self.shipments = _client(door.url + TRANSFER)
        self.token = ""

    def log_in(self) -> Any:
        """Get a token and return the answer."""
        answer = self.tokens.service.RequestSecurityToken(TokenType=SCT, RequestType=ISSUE, BiPROVersion=VERSION)
        self.token = answer.RequestedSecurityToken.SecurityContextToken.Identifier
        return answer

    def call(self, operation: str, **asked: Any) -> Any:
        """Call an operation of norm 430 and return its response."""
        request = {"BiPROVersion": VERSION, "ConsumerID": "zeep", **asked}
        header = {"Security": {"SecurityContextToken": {"Identifier": self.token}}}
        return self.shipments.service[operation](Request=request, _soapheaders=header)


def _credentials(password: str) -> Any:
    return cast("Any", UsernameToken)(people.ROBOT, password)


def _client(address: str, wsse: Any = None) -> Any:
    session = requests.Session()
    session.trust_env = False
    transport = cast("Any", zeep.Transport)(session=session)
    return cast("Any", zeep.Client)(f"{address}?wsdl", transport=transport, wsse=wsse)


@pytest.fixture
def program(door: Served) -> Iterator[Program]:
    """Return a program that has logged in."""
    program = Program(door)
    program.log_in()
    yield program
    program.tokens.transport.session.close()
    program.shipments.transport.session.close()


def refusal_of(call: Callable[[], Any]) -> tuple[str, list[str]]:
    """Return the sentence of a fault and its codes."""
    with pytest.raises(Fault) as refused:
        call()
    codes = [code.text for code in refused.value.detail.iter("{*}MeldungID")]
    return refused.value.message, codes


def test_a_token_comes_with_its_lifetime(door: Served) -> None:
    answer = Program(door).log_in()
    assert answer.RequestedSecurityToken.SecurityContextToken.Identifier.startswith("bipro:")
    assert answer.BiPROVersion == VERSION
    assert answer.Lifetime.Created == datetime(2026, 3, 4, 8, tzinfo=UTC)
    assert answer.Lifetime.Expires - answer.Lifetime.Created == timedelta(minutes=30)


def test_the_list_tells_what_waits(program: Program) -> None:
    response = program.call("listShipments")
    assert (response.Status.StatusID, response.Status.Meldung[0].MeldungID) == ("OK", "04000")
    assert [one.ID for one in response.Lieferung] == [one.id for one in acts.letters_of()]
    (request, _) = response.Lieferung
    assert (request.Kategorie, request.AnzahlTransfers, request.EnthaeltNurDaten) == ("100005100", 1, False)
    assert request.Einstellzeitpunkt == datetime(2026, 2, 16, 7)  # noqa: DTZ001 (the norm's moments have no zone)
    assert request.VerfuegbarBis == date(2026, 8, 15)
    assert request.Transfer == []


def test_a_list_of_another_category_is_empty(program: Program) -> None:
    response = program.call("listShipments", KategorieDerLieferung="160", BestaetigeLieferungen=True)
    assert (response.Status.Meldung[0].MeldungID, response.Lieferung) == ("04001", [])


def test_a_shipment_brings_the_letter_byte_for_byte(program: Program) -> None:
    letter = acts.letter()
    shipment = program.call("getShipment", ID=letter.id).Lieferung
    (transfer,) = shipment.Transfer
    (file,) = transfer.Datei
    assert file.Daten._value_1 == letters.pdf_of(letter.id, wiring.letter_store(), by="test")
    assert file.Daten.contentType == "application/pdf"
    assert (file.Dateityp, file.Komprimierungstyp, file.DokumentartID) == ("Dokument", "KEINE", ["Erinnerung"])
    assert file.Dateiname.endswith(".pdf")


def test_a_shipment_says_what_it_is_about(program: Program) -> None:
    letter = acts.letter()
    (transfer,) = program.call("getShipment", ID=letter.id).Lieferung.Transfer
    assert (transfer.Vorgangsnummer, transfer.ArtID, transfer.Sparte) == (letter.case, "100005100", "050")
    assert [one.Vermittlernummer for one in transfer.Vermittler] == [people.BONN]
    assert transfer.VerfallsdatumDesGeschaeftsvorfalls == letter.due_on
    assert acts.PLATE in transfer.Freitext
    assert [one.Antragsnummer for one in transfer.Zuordnungsdaten] == [letter.case]


def test_what_is_acknowledged_is_not_listed_again_unless_it_is_asked_for(program: Program) -> None:
    request, reminder = (one.id for one in acts.letters_of())
    assert program.call("acknowledgeShipment", ID=request).Status.StatusID == "OK"
    assert program.call("acknowledgeShipment", ID=request).Status.StatusID == "OK"
    assert [one.ID for one in program.call("listShipments").Lieferung] == [reminder]
    everything = program.call("listShipments", BestaetigeLieferungen=True).Lieferung
    assert [(one.ID, one.Bestaetigungszeitpunkt is None) for one in everything] == [(request, False), (reminder, True)]


def test_a_wrong_password_is_a_fault_with_a_sentence(door: Served) -> None:
    sentence, codes = refusal_of(Program(door, "falsch").log_in)
    assert codes == ["00960", "00961"]
    assert sentence.startswith("Benutzerkennung und Kennwort passen nicht zusammen")


def test_without_a_token_nothing_is_told(door: Served) -> None:
    assert refusal_of(lambda: Program(door).call("listShipments"))[1][0] in {"00900", "00960"}


def test_an_expired_token_is_a_fault_and_a_new_one_helps(door: Served, program: Program) -> None:
    door.at += timedelta(minutes=31)
    assert refusal_of(lambda: program.call("listShipments"))[1] == ["00960", "00962"]
    program.log_in()
    assert len(program.call("listShipments").Lieferung) == 2


@pytest.mark.parametrize("operation", ["getShipment", "acknowledgeShipment"])
def test_a_foreign_id_is_answered_as_an_unknown_one(program: Program, operation: str) -> None:
    foreign, unknown = (
        program.call(operation, ID=shipment).Status for shipment in (acts.letter("Z-2").id, "L-0000-0000-00000")
    )
    assert (foreign.StatusID, foreign.Meldung[0].ArtID, foreign.Meldung[0].MeldungID) == ("NOK", "Fehler", "04003")
    assert foreign.Meldung[0].Text == unknown.Meldung[0].Text
    assert unknown.Meldung[0].MeldungID == "04003"


def test_tokens_can_be_checked_and_given_back(program: Program) -> None:
    header = {"Security": {"SecurityContextToken": {"Identifier": program.token, "Id": "t"}}}
    ask = _client(program.tokens.service._binding_options["address"]).service.RequestSecurityToken
    trust = "http://schemas.xmlsoap.org/ws/2005/02/trust"
    held = ask(RequestType=f"{trust}/Validate", _soapheaders=header)
    target = {"SecurityTokenReference": {"Reference": {"URI": "#t"}}}
    cancelled = ask(RequestType=f"{trust}/Cancel", CancelTarget=target, _soapheaders=header)
    gone = ask(RequestType=f"{trust}/Validate", _soapheaders=header)
    assert (held.Status.Code, gone.Status.Code) == (f"{trust}/status/valid", f"{trust}/status/invalid")
    assert cancelled.BiPROVersion == VERSION
