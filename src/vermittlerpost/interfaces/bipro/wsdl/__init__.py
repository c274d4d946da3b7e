"""What describes the interface to a program: a WSDL for each service, and the schemas they are made of.

They are our own words for what is served here, a part of what norms 410 and 430 allow.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

_SCHEMA = re.compile(r'(schemaLocation=")([\w-]+)\.xsd"')
_ADDRESS = re.compile(r'(<soap:address location=")[^"]*"')


def document(service: str, name: str, base: str) -> bytes | None:
    """Return the WSDL of service "410" or "430", or if a name is given its schema of that name; None without such.

    `base` is the address of the service as the caller knows it: all addresses in the document begin with it.
    """
    written = _written().get(f"{name}.xsd" if name else f"{service}.wsdl")
    if written is None:
        return None
    here = escape(base, {'"': "&quot;"})
    placed = _SCHEMA.sub(lambda found: f'{found[1]}{here}?xsd={found[2]}"', written)
    return _ADDRESS.sub(lambda found: f'{found[1]}{here}"', placed).encode()


@cache
def _written() -> Mapping[str, str]:
    folder = Path(__file__).parent
    return MappingProxyType({path.name: path.read_text("utf-8") for path in folder.glob("*.[wx]sd*")})
