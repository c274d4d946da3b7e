"""The interface's own description: programs that believe it can be built from it, and it forbids what is forbidden."""

from typing import Any

import pytest
from lxml import etree
from tests.interfaces.bipro.schemas import validate
from tests.interfaces.bipro.strict import SHIPMENTS, TOKENS, described

from vermittlerpost.interfaces.bipro.wsdl import document

BIPRO = "http://www.bipro.net/namespace"
NAMESPACES = (
    'xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:wst="http://schemas.xmlsoap.org/ws/2005/02/trust" xmlns:wsc="http://schemas.xmlsoap.org/ws/2005/02/sc" '
    'xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" '
    'xmlns:xmime="http://www.w3.org/2005/05/xmlmime" xmlns:xop="http://www.w3.org/2004/08/xop/include" '
    f'xmlns:nac="{BIPRO}/nachrichten" xmlns:tran="{BIPRO}/transfer" xmlns:gevo="{BIPRO}/gevo" '
    f'xmlns:allg="{BIPRO}/allgemein" xmlns:xf-gevo="{BIPRO}/transfer/gevo"'
)
VERSION = "<nac:BiPROVersion>2.6.1.1.0</nac:BiPROVersion>"
MESSAGE = (
    "<nac:Meldung><nac:ArtID>Hinweis</nac:ArtID><nac:MeldungID>04000</nac:MeldungID>"
    "<nac:Text>Der Aufruf war erfolgreich.</nac:Text></nac:Meldung>"
)
STATUS = (
    "<nac:Status><nac:ProzessID>a1</nac:ProzessID><nac:Zeitstempel>2026-01-31T10:00:00</nac:Zeitstempel>"
    f"<nac:StatusID>OK</nac:StatusID><nac:Schwebe>false</nac:Schwebe>{MESSAGE}</nac:Status>"
)
TRANSFER = (
    '<tran:Transfer xsi:type="xf-gevo:CT_GeVoTransfer"><gevo:Vorgangsnummer>KFZ-4711-01</gevo:Vorgangsnummer>'
    "<gevo:Erstelldatum>2026-01-31T06:00:00</gevo:Erstelldatum><gevo:Freitext>Kennzeichen B-XY 1234</gevo:Freitext>"
    "<gevo:ArtID>100005100</gevo:ArtID>"
    "<gevo:Vermittler><allg:Vermittlernummer>123456</allg:Vermittlernummer></gevo:Vermittler>"
    "<gevo:Datei><allg:Dateiname>Antragsanforderung_B-XY1234.pdf</allg:Dateiname><allg:Dateityp>Dokument</allg:Dateityp>"
    '<allg:Daten xmime:contentType="application/pdf"><xop:Include href="cid:0c1d@vp.local"/></allg:Daten>'
    "<allg:Komprimierungstyp>KEINE</allg:Komprimierungstyp>"
    "<allg:Erstelldatum>2026-01-31T06:00:00</allg:Erstelldatum><allg:DokumentartID>Anschreiben</allg:DokumentartID>"
    "<allg:Kurzbeschreibung>Kfz-Antragsanforderung B-XY 1234</allg:Kurzbeschreibung></gevo:Datei>"
    "<tran:Sparte>050</tran:Sparte>"
    "<tran:VerfallsdatumDesGeschaeftsvorfalls>2026-02-28</tran:VerfallsdatumDesGeschaeftsvorfalls>"
    "<tran:Zuordnungsdaten><tran:Antragsnummer>KFZ-4711-01</tran:Antragsnummer>"
    "<tran:Unternehmensnummer>0000</tran:Unternehmensnummer>"
    "<tran:Unternehmensnummernart>BaFin</tran:Unternehmensnummernart></tran:Zuordnungsdaten></tran:Transfer>"
)
SHIPMENT = (
    "<tran:Lieferung><tran:ID>20260131-000000000000001</tran:ID>"
    "<tran:Einstellzeitpunkt>2026-01-31T06:00:00</tran:Einstellzeitpunkt><tran:Kategorie>100005100</tran:Kategorie>"
    "<tran:VerfuegbarBis>2026-05-01</tran:VerfuegbarBis>{transfer}"
    "<tran:EnthaeltNurDaten>false</tran:EnthaeltNurDaten><tran:AnzahlTransfers>1</tran:AnzahlTransfers></tran:Lieferung>"
)
LIST_REQUEST = (
    f"<tran:listShipments><tran:Request>{VERSION}<nac:ConsumerID>MVP</nac:ConsumerID>"
    "<tran:KategorieDerLieferung>100005100</tran:KategorieDerLieferung>"
    "<tran:BestaetigeLieferungen>false</tran:BestaetigeLieferungen></tran:Request></tran:listShipments>"
)
LIST_ANSWER = (
    f"<tran:listShipmentsResponse><tran:Response>{VERSION}{STATUS}{SHIPMENT.format(transfer='')}</tran:Response>"
    "</tran:listShipmentsResponse>"
)
GET_REQUEST = (
    f"<tran:getShipment><tran:Request>{VERSION}<tran:ID>20260131-000000000000001</tran:ID></tran:Request>"
    "</tran:getShipment>"
)
GET_ANSWER = (
    f"<tran:getShipmentResponse><tran:Response>{VERSION}{STATUS}{SHIPMENT.format(transfer=TRANSFER)}</tran:Response>"
    "</tran:getShipmentResponse>"
)
ACKNOWLEDGE_REQUEST = GET_REQUEST.replace("getShipment", "acknowledgeShipment")
ACKNOWLEDGE_ANSWER = (
    f"<tran:acknowledgeShipmentResponse><tran:Response>{VERSION}{STATUS}</tran:Response>"
    "</tran:acknowledgeShipmentResponse>"
)
TOKEN_REQUEST = (
    "<wst:RequestSecurityToken><wst:TokenType>http://schemas.xmlsoap.org/ws/2005/02/sc/sct</wst:TokenType>"
    "<wst:RequestType>http://schemas.xmlsoap.org/ws/2005/02/trust/Issue</wst:RequestType>"
    f"{VERSION}</wst:RequestSecurityToken>"
)
TOKEN_ANSWER = (
    "<wst:RequestSecurityTokenResponse><wst:TokenType>http://schemas.xmlsoap.org/ws/2005/02/sc/sct</wst:TokenType>"
    "<wst:RequestedSecurityToken><wsc:SecurityContextToken><wsc:Identifier>bipro:OPAQUE</wsc:Identifier>"
    "</wsc:SecurityContextToken></wst:RequestedSecurityToken>"
    "<wst:Lifetime><wsu:Created>2026-01-31T09:30:00Z</wsu:Created><wsu:Expires>2026-01-31T10:00:00Z</wsu:Expires>"
    f"</wst:Lifetime>{VERSION}</wst:RequestSecurityTokenResponse>"
)
FAULT = (
    "<soapenv:Fault><faultcode>soapenv:Client</faultcode><faultstring>Die Anmeldung ist fehlgeschlagen.</faultstring>"
    f"<detail><nac:BiproException>{VERSION}{STATUS}</nac:BiproException></detail></soapenv:Fault>"
)
EXCHANGE = {
    "token request": TOKEN_REQUEST,
    "token answer": TOKEN_ANSWER,
    "list request": LIST_REQUEST,
    "list answer": LIST_ANSWER,
    "get request": GET_REQUEST,
    "get answer": GET_ANSWER,
    "acknowledge request": ACKNOWLEDGE_REQUEST,
    "acknowledge answer": ACKNOWLEDGE_ANSWER,
    "fault": FAULT,
}

FORBIDDEN = {
    "status before version": (LIST_ANSWER, VERSION + STATUS, STATUS + VERSION),
    "no message": (LIST_ANSWER, MESSAGE, ""),
    "id of 36 characters": (GET_REQUEST, "20260131-000000000000001", "6f1c2b1e-8d0a-4c7b-9a51-1d2f3e4a5b6c"),
    "empty id": (GET_REQUEST, "20260131-000000000000001", ""),
    "zone in a status": (LIST_ANSWER, "2026-01-31T10:00:00", "2026-01-31T10:00:00Z"),
    "fraction in a shipment": (LIST_ANSWER, "2026-01-31T06:00:00", "2026-01-31T06:00:00.5"),
    "offset in a transfer": (GET_ANSWER, "2026-01-31T06:00:00", "2026-01-31T06:00:00+01:00"),
    "zone in a date": (LIST_ANSWER, "2026-05-01", "2026-05-01Z"),
    "moment instead of a date": (LIST_ANSWER, "2026-05-01", "2026-05-01T00:00:00"),
    "expiry without a zone": (TOKEN_ANSWER, "2026-01-31T10:00:00Z", "2026-01-31T10:00:00"),
    "expiry with fractions": (TOKEN_ANSWER, "2026-01-31T10:00:00Z", "2026-01-31T10:00:00.000Z"),
    "blanks in a category": (LIST_ANSWER, "100005100", "100 005 100"),
    "category of four digits": (LIST_REQUEST, "100005100", "1000"),
    "numbers for yes and no": (LIST_REQUEST, ">false<", ">0<"),
    "version of three numbers": (LIST_REQUEST, "2.6.1.1.0", "2.6.1"),
    "transfer without its type": (GET_ANSWER, ' xsi:type="xf-gevo:CT_GeVoTransfer"', ""),
    "transfer of an abstract type": (GET_ANSWER, "xf-gevo:CT_GeVoTransfer", "tran:CT_Transfer"),
    "no compression told": (GET_ANSWER, "<allg:Komprimierungstyp>KEINE</allg:Komprimierungstyp>", ""),
    "transfer after its number": (GET_ANSWER, TRANSFER, "<tran:AnzahlTransfers>1</tran:AnzahlTransfers>"),
    "policy number of 18 characters": (
        GET_ANSWER,
        "<tran:Unternehmensnummer>0000<",
        f"<tran:Unternehmensnummer>{'0' * 18}<",
    ),
    "consumer of 51 characters": (LIST_REQUEST, ">MVP<", f">{'M' * 51}<"),
    "element of another namespace": (LIST_ANSWER, "tran:Kategorie", "nac:Kategorie"),
    "code of four digits": (FAULT, "04000", "4000"),
    "unknown result": (FAULT, ">OK<", ">Ok<"),
    "unknown operation": (GET_REQUEST, "getShipment", "fetchShipment"),
}


def envelope(content: str) -> bytes:
    return f"<soapenv:Envelope {NAMESPACES}><soapenv:Body>{content}</soapenv:Body></soapenv:Envelope>".encode()


@pytest.mark.parametrize("content", EXCHANGE.values(), ids=EXCHANGE)
def test_an_exchange_by_the_book_is_valid(content: str) -> None:
    assert validate(envelope(content)).tag


@pytest.mark.parametrize(("content", "right", "wrong"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_schemas_forbid_what_the_norm_forbids(content: str, right: str, wrong: str) -> None:
    spoilt = content.replace(right, wrong)
    assert spoilt != content
    with pytest.raises(etree.DocumentInvalid):
        validate(envelope(spoilt))


def operations(address: str) -> dict[str, Any]:
    (port,) = only(described(address).services).ports.values()
    return dict(port.binding._operations)


def only(entries: dict[str, Any]) -> Any:
    (entry,) = entries.values()
    return entry


@pytest.mark.parametrize(
    ("address", "service", "names"),
    [
        (TOKENS, "SecurityToken", ["RequestSecurityToken"]),
        (SHIPMENTS, "Transfer", ["acknowledgeShipment", "getShipment", "listShipments"]),
    ],
)
def test_a_strict_client_finds_the_service_by_the_norms_names(address: str, service: str, names: list[str]) -> None:
    found = only(described(address).services)
    port = only(found.ports)
    assert found.name == f"{service}Service_2.6.1.1.0"
    assert port.binding.name.text == f"{{{BIPRO}}}{service}ServiceBinding"
    assert port.binding.port_type.name.text == f"{{{BIPRO}}}{service}ServicePortType"
    assert port.binding_options["address"] == address
    assert sorted(port.binding._operations) == names


@pytest.mark.parametrize("address", [TOKENS, SHIPMENTS])
def test_each_operation_has_its_action_one_part_and_the_norms_fault(address: str) -> None:
    for name, operation in operations(address).items():
        assert operation.soapaction == f"urn:{name}"
        assert list(operation.abstract.input_message.parts) == ["parameters"]
        assert list(operation.abstract.output_message.parts) == ["parameters"]
        (fault,) = operation.abstract.fault_messages.items()
        assert fault[0] == "BiproException"
        assert only(fault[1].parts).element.qname.text == f"{{{BIPRO}/nachrichten}}BiproException"


def test_a_strict_client_knows_the_types_that_travel() -> None:
    types = described(SHIPMENTS).types
    shipment = types.get_type(f"{{{BIPRO}/transfer}}CT_Lieferung")
    letter = types.get_type(f"{{{BIPRO}/transfer/gevo}}CT_GeVoTransfer")
    file = types.get_type(f"{{{BIPRO}/allgemein}}CT_Datei")
    assert [name for name, _ in shipment.elements] == [
        *("ID", "Einstellzeitpunkt", "Bestaetigungszeitpunkt", "Kategorie", "VerfuegbarBis", "Transfer"),
        *("EnthaeltNurDaten", "AnzahlTransfers"),
    ]
    assert [name for name, _ in letter.elements][:6] == [
        *("Vorgangsnummer", "Erstelldatum", "Freitext", "ArtID", "Vermittler", "Datei")
    ]
    assert "Daten" in dict(file.elements)


@pytest.mark.parametrize(("service", "path"), [("410", "410_STS/UserPasswordLogin"), ("430", "430_Transfer/Service")])
def test_all_addresses_in_a_document_are_the_ones_that_were_called(service: str, path: str) -> None:
    base = f"https://post.example/bipro/{path}_2.7.1.1.0"
    read = etree.fromstring(document(service, "", base) or b"")
    (address,) = read.iter("{http://schemas.xmlsoap.org/wsdl/soap/}address")
    schemas = [one.get("schemaLocation", "") for one in read.iter("{*}import")]
    assert address.get("location") == base
    assert schemas
    assert all(schema.startswith(f"{base}?xsd=") for schema in schemas)


def test_every_schema_that_is_pointed_to_is_served_and_points_to_its_like() -> None:
    waiting, seen = ["wst", "transfer-gevo"], set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        read = etree.fromstring(document("430", name, "https://post.example/x") or b"")
        locations = [one.get("schemaLocation", "") for one in read.iter("{*}import")]
        assert all(location.startswith("https://post.example/x?xsd=") for location in locations)
        waiting += {location.partition("=")[2] for location in locations} - seen
    assert seen == {
        "wst",
        "wsc",
        "wsse",
        "wsu",
        "nachrichten",
        "transfer-gevo",
        "transfer",
        "gevo",
        "allgemein",
        "xmlmime",
    }


def test_an_address_with_odd_characters_leaves_the_document_well_formed() -> None:
    base = 'https://post.example/a&b"<c>'
    read = etree.fromstring(document("430", "", base) or b"")
    (address,) = read.iter("{http://schemas.xmlsoap.org/wsdl/soap/}address")
    assert address.get("location") == base


@pytest.mark.parametrize(
    ("service", "name"),
    [("999", ""), ("", ""), ("430", "nothing"), ("430", "../410"), ("430", "__init__"), ("430", "410")],
)
def test_there_is_no_other_document(service: str, name: str) -> None:
    assert document(service, name, "https://post.example/x") is None
