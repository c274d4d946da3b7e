"""Requests as programs write them, put together by hand."""

VERSION = "2.6.1.1.0"
STS = f"/bipro/410_STS/UserPasswordLogin_{VERSION}"
TRANSFER = f"/bipro/430_Transfer/Service_{VERSION}"
PASSWORD = "Vier lange Wörter <&> hier"

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
WSC = "http://schemas.xmlsoap.org/ws/2005/02/sc"
WST = "http://schemas.xmlsoap.org/ws/2005/02/trust"
TRAN = "http://www.bipro.net/namespace/transfer"
NAC = "http://www.bipro.net/namespace/nachrichten"
ALLG = "http://www.bipro.net/namespace/allgemein"
PLAIN = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText"


def text(value: str) -> str:
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def envelope(header: str, body: str, soap: str = SOAP_11) -> str:
    return (
        f'<soapenv:Envelope xmlns:soapenv="{soap}" xmlns:tran="{TRAN}" xmlns:nac="{NAC}" xmlns:wst="{WST}">'
        f"<soapenv:Header>{header}</soapenv:Header><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    )


def credentials(login_id: str, password: str = PASSWORD) -> str:
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}"><wsse:UsernameToken><wsse:Username>{text(login_id)}</wsse:Username>'
        f'<wsse:Password Type="{PLAIN}">{text(password)}</wsse:Password></wsse:UsernameToken></wsse:Security>'
    )


def token_request(wanted: str = "Issue") -> str:
    return (
        f"<wst:RequestSecurityToken><wst:TokenType>{WSC}/sct</wst:TokenType>"
        f"<wst:RequestType>{WST}/{wanted}</wst:RequestType><nac:BiPROVersion>{VERSION}</nac:BiPROVersion>"
        "</wst:RequestSecurityToken>"
    )


def login(login_id: str, password: str = PASSWORD, soap: str = SOAP_11) -> str:
    return envelope(credentials(login_id, password), token_request(), soap)


def bearing(identifier: str) -> str:
    return (
        f'<wsse:Security xmlns:wsse="{WSSE}"><wsc:SecurityContextToken xmlns:wsc="{WSC}">'
        f"<wsc:Identifier>{identifier}</wsc:Identifier></wsc:SecurityContextToken></wsse:Security>"
    )


def operation(name: str, content: str = "") -> str:
    return (
        f"<tran:{name}><tran:Request><nac:BiPROVersion>{VERSION}</nac:BiPROVersion>"
        f"<nac:ConsumerID>MVP</nac:ConsumerID>{content}</tran:Request></tran:{name}>"
    )


def call(name: str, identifier: str, content: str = "", soap: str = SOAP_11) -> str:
    return envelope(bearing(identifier), operation(name, content), soap)


def asking(name: str, identifier: str, shipment: str) -> str:
    return call(name, identifier, f"<tran:ID>{text(shipment)}</tran:ID>")


def listing(identifier: str, *, category: str = "", acknowledged: str = "") -> str:
    content = f"<tran:KategorieDerLieferung>{category}</tran:KategorieDerLieferung>" if category else ""
    content += f"<tran:BestaetigeLieferungen>{acknowledged}</tran:BestaetigeLieferungen>" if acknowledged else ""
    return call("listShipments", identifier, content)
