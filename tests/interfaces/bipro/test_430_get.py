"""getShipment: a letter with what it is about, in the elements where programs look."""

from typing import Any

import pytest
from tests import acts, cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.answers import Answer
from tests.interfaces.bipro.envelopes import asking, call

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import ReceiptKind
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib.storage import FolderStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def fetched(letter: str, token_of: Any, post: Any, turn_clock: Any) -> Answer:
    """Let the request be fetched on the day after it was written."""
    turn_clock("2026-02-17 09:00")
    answer: Answer = post(asking("getShipment", token_of(cast.ROBOT), letter))
    return answer


def reminded(*, again: bool = False) -> str:
    acts.mornings(acts.REMINDED, *([acts.REMINDED_AGAIN] if again else []))
    return acts.letter().id


def test_the_letter_comes_with_its_pdf(fetched: Answer, letter: str, home: Any) -> None:
    assert (fetched.status, fetched.codes, fetched.ids) == (200, ["04000"], [letter])
    pdf = letters.pdf_of(letter, FolderStore(home / "letters"), by="test")
    assert fetched.pdf == pdf
    assert pdf.startswith(b"%PDF-")


def test_what_it_is_about_stands_where_programs_look(fetched: Answer) -> None:
    case = acts.case().id
    assert fetched.one("gevo:Vorgangsnummer") == fetched.one("tran:Antragsnummer") == case
    assert fetched.one("gevo:ArtID") == fetched.one("tran:Kategorie") == "100005100"
    assert fetched.one("allg:Vermittlernummer") == cast.BONN
    assert fetched.one("gevo:Erstelldatum") == fetched.one("tran:Einstellzeitpunkt") == "2026-02-16T07:00:00"
    assert fetched.one("tran:Sparte") == "050"
    assert fetched.one("tran:VerfallsdatumDesGeschaeftsvorfalls") == "2026-03-02"
    assert fetched.one("tran:AusloeserDesGeschaeftsvorfalls") == "001"
    assert fetched.one("tran:ParalleleMeldungDesGeschaeftsvorfalls") == "false"
    assert fetched.one("tran:EnthaeltNurDaten") == "false"
    assert fetched.one("allg:Dateiname") == "Antragsanforderung_K-WB4444.pdf"
    assert fetched.one("allg:Dateityp") == "Dokument"
    assert fetched.one("allg:Komprimierungstyp") == "KEINE"
    assert fetched.one("allg:DokumentartID") == "Anschreiben"
    assert fetched.one("allg:Kurzbeschreibung") == "Antragsanforderung K-WB 4444, Dringlichkeit normal"


def test_the_type_of_the_transfer_is_named(fetched: Answer) -> None:
    assert '<tran:Transfer xsi:type="xf-gevo:CT_GeVoTransfer">' in fetched.text
    assert 'xmlns:xf-gevo="http://www.bipro.net/namespace/transfer/gevo"' in fetched.text


def test_vehicle_urgency_due_date_next_step_who_is_told_and_what_prevents_it_are_told_in_words(fetched: Answer) -> None:
    assert fetched.one("gevo:Freitext") == (
        "Kennzeichen K-WB 4444, eVB NL7K2P9. Antragsanforderung, Dringlichkeit: normal. Frist: Mo., 02.03.2026. "
        "Nächster Schritt am 03.03.2026: Erinnerung. Liegt bis dahin kein Antrag vor, erinnern wir daran. "
        "Das Schreiben geht an Agentur 4710 (Elektronisch). "
        "Versicherungsnehmer: Sören Übelacker. "
        "Was das verhindert: Ein Antrag, der vorher eingeht. Ebenso die Bestätigung eines anderen Versicherers, die "
        "Außerbetriebsetzung des Fahrzeugs oder die Rücknahme der Zulassungsmitteilung."
    )


def test_a_reminder_bears_the_same_number_and_is_called_one(letter: str, token: str, post: Any) -> None:
    first = post(asking("getShipment", token, letter))
    second = post(asking("getShipment", token, reminded()))
    assert first.one("gevo:Vorgangsnummer") == second.one("gevo:Vorgangsnummer")
    assert second.one("gevo:ArtID") == "100005100"
    assert second.one("allg:DokumentartID") == "Erinnerung"
    assert second.one("allg:Dateiname") == "Erinnerung_K-WB4444.pdf"
    assert "Dringlichkeit: hoch." in second.one("gevo:Freitext")
    overtaken = post(asking("getShipment", token, letter)).one("gevo:Freitext")
    assert "durch ein neueres Schreiben überholt." in overtaken


def test_a_letter_whose_case_has_ended_says_so(letter: str, token: str, post: Any) -> None:
    acts.apply(at="2026-02-20 10:00")
    told = post(asking("getShipment", token, letter)).one("gevo:Freitext")
    assert "Erledigt am 20.02.2026: Antrag eingegangen. Nächster Schritt: Nichts mehr." in told


def test_an_ended_case_is_told_without_a_document_where_the_carrier_wants_it(
    letter: str, token: str, post: Any
) -> None:
    carrier(tells_endings=True)
    acts.apply(at="2026-02-20 10:00")
    listed = post(envelopes.listing(token))
    assert len(listed.ids) == 2
    assert listed.all("tran:EnthaeltNurDaten") == ["false", "true"]
    ended = post(asking("getShipment", token, listed.ids[1]))
    assert ended.content_type == "text/xml; charset=utf-8"
    assert ended.one("tran:EnthaeltNurDaten") == "true"
    assert ended.one("gevo:Vorgangsnummer") == acts.case().id
    assert ended.all("allg:Dateiname") == ended.all("tran:VerfallsdatumDesGeschaeftsvorfalls") == []
    assert "Erledigt am 20.02.2026: Antrag eingegangen." in ended.one("gevo:Freitext")
    assert post(asking("acknowledgeShipment", token, listed.ids[1])).codes == ["04000"]
    assert post(envelopes.listing(token)).ids == [letter]


def carrier(*, company_number: str = "", own_id_as_policy_number: bool = False, tells_endings: bool = False) -> None:
    agencies.set_carrier_software(
        cast.NORDLICHT,
        company_number=company_number,
        own_id_as_policy_number=own_id_as_policy_number,
        tells_endings=tells_endings,
        by="test",
    )


def test_the_own_id_is_a_policy_number_only_where_the_carrier_wants_it(letter: str, token: str, post: Any) -> None:
    assert post(asking("getShipment", token, letter)).all("tran:Versicherungsscheinnummer") == []
    carrier(own_id_as_policy_number=True)
    assert post(asking("getShipment", token, letter)).one("tran:Versicherungsscheinnummer") == acts.case().id


def test_the_carriers_number_is_named_if_it_is_known(letter: str, token: str, post: Any) -> None:
    assert post(asking("getShipment", token, letter)).all("tran:Unternehmensnummernart") == []
    carrier(company_number="5999")
    answer = post(asking("getShipment", token, letter))
    assert (answer.one("tran:Unternehmensnummer"), answer.one("tran:Unternehmensnummernart")) == ("5999", "BaFin")


def test_an_unknown_id_and_a_foreign_one_are_answered_byte_for_byte_alike(
    letter: str, token_of: Any, post: Any
) -> None:
    cast.change_user(cast.OLGA, technical=True)
    olga = token_of(cast.OLGA)
    for name in ("getShipment", "acknowledgeShipment"):
        foreign, unknown = post(asking(name, olga, letter)), post(asking(name, olga, "L-0000-0000-00000"))
        assert (foreign.status, foreign.one("nac:StatusID"), foreign.codes) == (200, "NOK", ["04003"])
        assert foreign.lasting == unknown.lasting
        # „Expires“ is the second in which each was asked for.
        assert {**foreign.headers, "Expires": ""} == {**unknown.headers, "Expires": ""}
        assert post(asking(name, olga, "x" * 3000)).lasting == unknown.lasting
        assert post(asking(name, olga, "';--<&")).lasting == unknown.lasting


def test_what_is_available_no_longer_is_told_as_such(letter: str, token_of: Any, post: Any, turn_clock: Any) -> None:
    turn_clock("2026-08-15 23:59")
    assert post(asking("getShipment", token_of(cast.ROBOT), letter)).codes == ["04000"]
    turn_clock("2026-08-16 00:00")
    token = token_of(cast.ROBOT)
    for name in ("getShipment", "acknowledgeShipment"):
        answer = post(asking(name, token, letter))
        assert (answer.status, answer.one("nac:StatusID"), answer.codes) == (200, "NOK", ["04006"])


def test_without_an_id_the_request_is_incomplete(token: str, post: Any) -> None:
    for content in ("", "<tran:ID/>", "<tran:ID>  </tran:ID>"):
        assert post(call("getShipment", token, content)).codes == ["00001"]
        assert post(call("acknowledgeShipment", token, content)).codes == ["00001"]
    assert post(call("getShipment", token, "<tran:ID>A</tran:ID><tran:ID>B</tran:ID>")).codes == ["00001"]


def test_fetching_is_recorded_each_time_and_never_as_reading(letter: str, token: str, post: Any) -> None:
    for _ in range(2):
        post(asking("getShipment", token, letter))
    receipts = [(one.kind, one.actor) for one in delivery.receipts_of(letter)]
    assert receipts.count((ReceiptKind.FETCHED, cast.ROBOT)) == 2
    entry = delivery.entry(queries.user(cast.ANNA), letter)
    assert entry is not None
    assert entry.read_at is None


def test_a_document_that_cannot_be_read_is_a_trouble_of_the_house(
    letter: str, token: str, post: Any, home: Any
) -> None:
    post(asking("getShipment", token, letter))
    for file in (home / "letters").rglob("*"):
        if file.is_file():
            file.unlink()
    answer = post(asking("getShipment", token, letter))
    assert (answer.status, answer.codes, answer.one("faultcode")) == (500, ["00940"], "soapenv:Server")


def test_a_second_question_is_a_letter_and_no_reminder(letter: str, token: str, post: Any) -> None:
    first, second = (cases.ask(case=acts.case().id, text="Wer fährt?", days=7, by="hedda") for _ in range(2))
    answer = post(asking("getShipment", token, second))
    assert answer.one("allg:DokumentartID") == "Anschreiben"
    assert answer.one("allg:Dateiname") == "Rückfrage_K-WB4444.pdf"
    assert answer.one("gevo:ArtID") == "160008000"
    assert first != second
