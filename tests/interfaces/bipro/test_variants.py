"""How programs in the field differ: every row of what is known of them gets what it wants."""

import time
from typing import Any

import pytest
from tests import cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import (
    ALLG,
    NAC,
    PASSWORD,
    PLAIN,
    SOAP_11,
    STS,
    TRAN,
    VERSION,
    WSC,
    WSSE,
    WST,
    text,
)

pytestmark = pytest.mark.django_db

USER, WORD = cast.ROBOT, text(PASSWORD)
SECURITY = (
    f'<wsse:Security xmlns:wsse="{WSSE}"{{attributes}}><wsse:UsernameToken><wsse:Username>{USER}</wsse:Username>'
    f'<wsse:Password Type="{PLAIN}">{WORD}</wsse:Password></wsse:UsernameToken></wsse:Security>'
)
STANDARD = SECURITY.format(attributes="")
UNDERSTOOD = ' soapenv:mustUnderstand="1"'
TYPE, ISSUE = f"{WSC}/sct", f"{WST}/Issue"


def message(header: str, body: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="{SOAP_11}">\n'
        f"<soapenv:Header>{header}</soapenv:Header>\n<soapenv:Body>{body}</soapenv:Body>\n</soapenv:Envelope>"
    )


TOKEN_REQUESTS = {
    "ATL standard": message(
        STANDARD,
        f'<wst:RequestSecurityToken xmlns:wst="{WST}"><wst:TokenType>{TYPE}</wst:TokenType><wst:RequestType>{ISSUE}'
        f'</wst:RequestType><nac:BiPROVersion xmlns:nac="{NAC}">{VERSION}</nac:BiPROVersion>'
        "</wst:RequestSecurityToken>",
    ),
    "ATL VEMA": message(
        '<wsa:Action xmlns:wsa="http://schemas.xmlsoap.org/ws/2004/08/addressing" soapenv:mustUnderstand="1">'
        "http://schemas.xmlsoap.org/ws/2005/02/trust/RST/SCT</wsa:Action>"
        + SECURITY.format(attributes=f'{UNDERSTOOD} soapenv:actor=""'),
        f'<RequestSecurityToken xmlns="{WST}"><TokenType>{TYPE}</TokenType><RequestType>{ISSUE}</RequestType>'
        "</RequestSecurityToken>",
    ),
    "HAM": message(
        SECURITY.format(attributes=' soapenv:actor="http://schemas.xmlsoap.org/soap/actor/next"'),
        f'<ns1:RequestSecurityToken xmlns:ns1="{WST}"><ns1:TokenType>\n\t{TYPE}\n</ns1:TokenType>'
        f"<ns1:RequestType>\n  {ISSUE}  \n</ns1:RequestType></ns1:RequestSecurityToken>",
    ),
    "CS": message(
        f'<Security xmlns="{WSSE}"><UsernameToken><Username>{USER}</Username><Password>{WORD}</Password>'
        "</UsernameToken></Security>",
        f'<RequestSecurityToken xmlns="{WST}"><RequestType>{ISSUE}</RequestType><TokenType>{TYPE}</TokenType>'
        f'<BiPROVersion xmlns="{ALLG}">{VERSION}</BiPROVersion></RequestSecurityToken>',
    ),
    "DG": message(
        SECURITY.format(attributes=UNDERSTOOD),
        f'<wst:RequestSecurityToken xmlns:wst="{WST}"><wst:TokenType>{TYPE}</wst:TokenType><wst:RequestType>{ISSUE}'
        f'</wst:RequestType><allg:BiPROVersion xmlns:allg="{ALLG}">2.1.4.1.0</allg:BiPROVersion>'
        "</wst:RequestSecurityToken>",
    ),
    "DG, older": message(
        SECURITY.format(attributes=UNDERSTOOD),
        f'<wst:RequestSecurityToken xmlns:wst="{WST}"><allg:BiPROVersion xmlns:allg="{ALLG}">2.1.4.1.0'
        f"</allg:BiPROVersion><wst:TokenType>{TYPE}</wst:TokenType><wst:RequestType>{ISSUE}</wst:RequestType>"
        "</wst:RequestSecurityToken>",
    ),
    "newer trust": message(
        STANDARD,
        '<t:RequestSecurityToken xmlns:t="http://docs.oasis-open.org/ws-sx/ws-trust/200512"><t:TokenType>'
        "http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512/sct</t:TokenType><t:RequestType>"
        "http://docs.oasis-open.org/ws-sx/ws-trust/200512/Issue</t:RequestType></t:RequestSecurityToken>",
    ),
    "no type of token": message(
        STANDARD,
        f'<wst:RequestSecurityToken xmlns:wst="{WST}"><wst:RequestType>{ISSUE}</wst:RequestType>'
        "</wst:RequestSecurityToken>",
    ),
}


@pytest.mark.parametrize("client", TOKEN_REQUESTS)
def test_every_way_to_ask_for_a_token_gets_one(software: str, post: Any, client: str) -> None:
    answer = post(TOKEN_REQUESTS[client], STS)
    assert answer.status == 200
    assert answer.one("wsc:Identifier").startswith("bipro:")
    assert answer.one("nac:BiPROVersion") == ("2.1.4.1.0" if client.startswith("DG") else VERSION)


def test_a_password_between_markup_and_comments_is_read_whole(software: str, post: Any) -> None:
    in_cdata = TOKEN_REQUESTS["CS"].replace(WORD, f"<![CDATA[{PASSWORD}]]>")
    with_comment = TOKEN_REQUESTS["CS"].replace(USER, "ro<!-- hier -->bo<?und da?>t")
    assert post(in_cdata, STS).status == post(with_comment, STS).status == 200


def held(token: str, attributes: str = "") -> str:
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}"{attributes}><wsc:SecurityContextToken xmlns:wsc="{WSC}"><wsc:Identifier>'
        f"{token}</wsc:Identifier></wsc:SecurityContextToken></wsse:Security>"
    )


def list_requests(token: str) -> dict[str, str]:
    spaces = f'xmlns:t="{TRAN}" xmlns:n="{NAC}" xmlns:a="{ALLG}"'
    by_ours = f"<n:BiPROVersion>{VERSION}</n:BiPROVersion>"
    return {
        "ATL": message(
            held(token),
            f"<t:listShipments {spaces}><t:Request>{by_ours}<t:BestaetigeLieferungen>true</t:BestaetigeLieferungen>"
            "</t:Request></t:listShipments>",
        ),
        "ATL VEMA": message(
            held(token, UNDERSTOOD),
            f"<t:listShipments {spaces}><t:Request>{by_ours}<n:ConsumerID>046_11077</n:ConsumerID></t:Request>"
            "</t:listShipments>",
        ),
        "HAM": message(
            held(token, ' soapenv:actor="http://schemas.xmlsoap.org/soap/actor/next"'),
            f"<t:listShipments {spaces}><t:Request>{by_ours}<n:ConsumerID>Android BiPRO Client</n:ConsumerID>"
            "<t:KategorieDerLieferung>100005100</t:KategorieDerLieferung></t:Request></t:listShipments>",
        ),
        "CS": message(
            f'<Security xmlns="{WSSE}"><SecurityContextToken xmlns="{WSC}"><Identifier>{token}</Identifier>'
            "</SecurityContextToken></Security>",
            f'<listShipments xmlns="{TRAN}"><Request><BiPROVersion xmlns="{NAC}">{VERSION}</BiPROVersion></Request>'
            "</listShipments>",
        ),
        "DG": message(
            held(token, UNDERSTOOD),
            f"<t:ListShipments {spaces}><t:Request><a:BiPROVersion>2.1.4.1.0</a:BiPROVersion>"
            "<t:ConsumerID>DG</t:ConsumerID></t:Request></t:ListShipments>",
        ),
        "order and unknown elements": message(
            f"<x:Trace xmlns:x='urn:x'>1</x:Trace>{held(token)}",
            f"<t:listShipments {spaces}><t:Request><t:Seite>1</t:Seite>"
            "<t:BestaetigeLieferungen> TRUE </t:BestaetigeLieferungen>"
            f"<t:KategorieDerLieferung>\n100\n</t:KategorieDerLieferung>{by_ours}</t:Request></t:listShipments>",
        ),
    }


CLIENTS = list(list_requests(""))


@pytest.mark.parametrize("client", CLIENTS)
def test_every_way_to_ask_for_the_list_gets_it(letter: str, token: str, post: Any, client: str) -> None:
    answer = post(list_requests(token)[client])
    assert (answer.status, answer.ids) == (200, [letter])
    assert answer.one("nac:BiPROVersion") == ("2.1.4.1.0" if client == "DG" else VERSION)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("getShipment", "<t:ID>{id}</t:ID>"),
        ("GetShipment", "<t:BestaetigeLieferungen>true</t:BestaetigeLieferungen><t:ID> {id} </t:ID>"),  # DG
        ("getShipment", "<n:GeschaeftspartnerID>1</n:GeschaeftspartnerID><t:LieferungsID>{id}</t:LieferungsID>"),  # REP
        ("acknowledgeShipment", "<t:ID>{id}</t:ID>"),
        ("AcknowledgeShipment", "<t:ID>\n{id}\n</t:ID>"),  # DG
        ("ACKNOWLEDGESHIPMENT", "<id>{id}</id>"),
    ],
)
def test_every_way_to_ask_for_one_gets_it(letter: str, token: str, post: Any, name: str, asked: str) -> None:
    body = (
        f'<t:{name} xmlns:t="{TRAN}" xmlns:n="{NAC}"><t:Request><n:BiPROVersion>{VERSION}</n:BiPROVersion>'
        f"{asked.format(id=letter)}</t:Request></t:{name}>"
    )
    answer = post(message(held(token), body))
    assert (answer.status, answer.codes) == (200, ["04000"])


def test_the_prototype_without_a_header_is_told_so_with_its_own_prefixes(stage: None, post: Any) -> None:
    body = (
        f'<transfer:listShipments xmlns:transfer="{TRAN}" xmlns:nachrichten="{NAC}"><transfer:Request>'
        "<nachrichten:GeschaeftspartnerID>1</nachrichten:GeschaeftspartnerID></transfer:Request></transfer:listShipments>"
    )
    answer = post(message("", body))
    assert answer.codes == ["00900", "00905"]
    assert "<nachrichten:BiproException>" in answer.text


def test_a_request_wrapped_as_mtom_is_read_like_a_plain_one(letter: str, token: str, post: Any) -> None:
    wrapped = (
        '--b1\r\nContent-Type: application/xop+xml; charset=UTF-8; type="text/xml"\r\n'
        "Content-Transfer-Encoding: 8bit\r\nContent-ID: <root>\r\n\r\n"
        f"{envelopes.listing(token)}\r\n--b1--\r\n"
    )
    kind = 'multipart/related; type="application/xop+xml"; start="<root>"; start-info="text/xml"; boundary="b1"'
    assert post(wrapped, content_type=kind).ids == [letter]
    assert post(wrapped, content_type="multipart/related").codes == ["00001"]


def test_parts_within_parts_keep_nobody_busy(software: str, post: Any) -> None:
    kind, size, depth = 'multipart/related; boundary="b0"', 400_000, 200
    flat = "--b0\r\nContent-Type: text/xml\r\n\r\n" + "\n" * size
    layers = [f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(depth)]
    nested = "".join(layers) + f"--b{depth}\r\nContent-Type: text/xml\r\n\r\n" + "\n" * size
    seconds = []
    for body in (flat, nested):
        began = time.process_time()
        assert post(body, content_type=kind).codes == ["00001"]
        seconds.append(time.process_time() - began)
    # A parser of mails would compare each line with each of the two hundred boundaries.
    assert seconds[1] < 20 * seconds[0]


def test_other_character_sets_are_read_if_they_are_named(software: str, post: Any) -> None:
    declared = TOKEN_REQUESTS["CS"].replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    assert post(declared.encode("latin-1"), STS, content_type="text/xml").status == 200
    undeclared = TOKEN_REQUESTS["CS"].replace('<?xml version="1.0" encoding="UTF-8"?>', "")
    assert post(undeclared.encode("latin-1"), STS, content_type="text/xml; charset=iso-8859-1").status == 200
    assert post(undeclared.encode("utf-16"), STS, content_type="text/xml").status == 200
