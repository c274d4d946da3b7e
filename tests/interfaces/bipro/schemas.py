"""What travels at the BiPRO interface is held against its schemas, as a strict reader does."""

from functools import cache
from typing import Any

from lxml import etree

from vermittlerpost.interfaces.bipro import wsdl

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"
SOAP_12 = "http://www.w3.org/2003/05/soap-envelope"
XOP = "http://www.w3.org/2004/08/xop/include"
# What the WSDLs import; everything else follows from these.
ENTRANCES = ("wst", "wsse", "nachrichten", "transfer", "transfer-gevo")
FAULT = {
    SOAP_11: ["faultcode", "faultstring", "detail"],
    SOAP_12: [f"{{{SOAP_12}}}Code", f"{{{SOAP_12}}}Reason", f"{{{SOAP_12}}}Detail"],
}


def validate(message: bytes) -> etree._Element:
    """Return the content of a message's body, or of its fault's detail; DocumentInvalid if the schemas forbid it.

    A message in parts is judged by its first one: what is included counts as base64, as MTOM has it.
    """
    content = content_of(message)
    for include in content.findall(f".//{{{XOP}}}Include"):
        data = include.getparent()
        assert data is not None
        assert include.get("href", "").startswith("cid:")
        data.remove(include)
    schema().assertValid(content)
    return content


def content_of(message: bytes) -> etree._Element:
    """Return what a message is about, unjudged but for its envelope."""
    envelope = etree.fromstring(first_part(message))
    soap = etree.QName(envelope).namespace or ""
    assert soap in FAULT, envelope.tag
    assert [etree.QName(one).localname for one in envelope] in (["Header", "Body"], ["Body"])
    (content,) = envelope[-1]
    if content.tag != f"{{{soap}}}Fault":
        return content
    assert [one.tag for one in content] == FAULT[soap]
    (reported,) = content[-1]
    return reported


def first_part(message: bytes) -> bytes:
    """Return the envelope of a message, which comes alone or before its attachments."""
    if not message.startswith(b"--"):
        return message
    boundary = message.split(b"\r\n", 1)[0]
    return message.split(b"\r\n\r\n", 1)[1].split(b"\r\n" + boundary, 1)[0]


@cache
def schema() -> etree.XMLSchema:
    """Return all schemas as one."""
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Served())
    imports = "".join(
        f'<xs:import namespace="{_namespace(name)}" schemaLocation="bipro?xsd={name}"/>' for name in ENTRANCES
    )
    everything = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(everything, parser))


def _namespace(name: str) -> str:
    return etree.fromstring(_read(name)).get("targetNamespace", "")


def _read(name: str) -> bytes:
    found = wsdl.document("430", name, "bipro")
    assert found is not None, name
    return found


class _Served(etree.Resolver):
    def resolve(self, system_url: str | None, *rest: Any) -> Any:
        """Read a schema where the interface would serve it."""
        _, context = rest
        return self.resolve_string(_read((system_url or "").rpartition("=")[2]), context, base_url=system_url)
