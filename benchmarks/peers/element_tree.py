"""A list of shipments as SOAP frameworks make it: an object per entry, a tree of elements, and the tree as text."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from lxml import etree

from vermittlerpost.delivery.models import Shipment

_SPACES = {
    "soapenv": "http://schemas.xmlsoap.org/soap/envelope/",
    "tran": "http://www.bipro.net/namespace/transfer",
}
_TRAN = "{" + _SPACES["tran"] + "}"
_FIELDS: Mapping[str, Callable[[Shipment], object]] = {
    "ID": lambda shipment: shipment.id,
    "Einstellzeitpunkt": lambda shipment: shipment.provided_at,
    "Kategorie": lambda shipment: shipment.category,
    "VerfuegbarBis": lambda shipment: shipment.available_until,
    "EnthaeltNurDaten": lambda shipment: shipment.content != "letter",
    "AnzahlTransfers": lambda _: 1,
}


def write() -> bytes:
    """Return all shipments that nobody has acknowledged."""
    envelope = etree.Element("{" + _SPACES["soapenv"] + "}Envelope", nsmap=_SPACES)
    body = etree.SubElement(envelope, "{" + _SPACES["soapenv"] + "}Body")
    response = etree.SubElement(etree.SubElement(body, _TRAN + "listShipmentsResponse"), _TRAN + "Response")
    for shipment in Shipment.objects.filter(acknowledged_at=None).order_by("provided_at", "id"):
        entry = etree.SubElement(response, _TRAN + "Lieferung")
        for name, value in _FIELDS.items():
            etree.SubElement(entry, _TRAN + name).text = _text(value(shipment))
    return etree.tostring(envelope, xml_declaration=True, encoding="utf-8")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)
