"""A broker's program that reads no XML: it looks for text that it has seen once, as programs in the field do.

What it does not recognize it passes over without a word.
"""

import re
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Habits:
    """By what prefixes a program recognizes elements of transfers, of messages and of files: regular expressions."""

    transfer: str = "(?:tran:|t:)?"
    messages: str = "(?:nac:|n:)?"
    files: str = "(?:allg:|a:|gevo:)?"

    def shipments(self, text: str) -> list[str]:
        """Return the ids of the shipments that it sees; raises ValueError where it sees a refusal."""
        if re.search(f"<{self.messages}StatusID>NOK<", text):
            raise ValueError(self.message(text))
        each = re.findall(f"<{self.transfer}Lieferung>(.*?)</{self.transfer}Lieferung>", text, re.DOTALL)
        return [found for one in each for found in re.findall(f"<{self.transfer}ID>([^<]+)</", one)]

    def message(self, text: str) -> str:
        """Return what it shows to its user: the first message."""
        return _first(f"<{self.messages}Text>([^<]*)<", text)

    def files_in(self, content_type: str, body: bytes) -> dict[str, bytes]:
        """Return the files that it finds, each by the name that it gives it."""
        root, attached = "", []
        for head, content in _parts(content_type, body):
            kind = _header(head, "Content-Type").lower()
            # Whatever sounds like XML is the envelope to it.
            if "xml" in kind or "soap" in kind:
                root = content.decode()
            else:
                attached.append((_header(head, "Content-ID").strip("<>"), content))
        names = self._names(root)
        return {names.get(cid, f"dokument_{place}.pdf"): content for place, (cid, content) in enumerate(attached, 1)}

    def _names(self, root: str) -> dict[str, str]:
        files = re.findall(f"<{self.files}Datei>(.*?)</{self.files}Datei>", root, re.DOTALL)
        named = (re.findall(f'<{self.files}Dateiname>([^<]+)<|href="cid:([^"]+)"', file) for file in files)
        # It lowers what a file is referred to by, and decodes nothing.
        return {cid.lower(): name for (name, _), (_, cid) in named}


def token_in(text: str) -> str:
    """Return the token of an answer; raises IndexError where it sees none."""
    return _first("<wsc:Identifier>([^<]+)</wsc:Identifier>", text)


def still_holds(text: str, now: datetime) -> bool:
    """Tell whether the token of an answer holds; raises TypeError where its end has no zone."""
    (end,) = re.findall("<wsu:Expires>([^<]+)</wsu:Expires>", text)
    return now < datetime.fromisoformat(end)


def text_of(content_type: str, body: bytes) -> str:
    """Return an answer as text: without a charset it is Latin-1, as always with text/*."""
    charset = re.search(r"charset=\"?([\w-]+)", content_type, re.IGNORECASE)
    return body.decode(charset[1] if charset else "iso-8859-1")


def _parts(content_type: str, body: bytes) -> list[tuple[str, bytes]]:
    boundary = re.findall('boundary="([^"]+)"', content_type)
    if not boundary:
        return []
    between = body.split(f"--{boundary[0]}".encode())[1:-1]
    pairs = (part.split(b"\r\n\r\n", 1) for part in between)
    return [(head.decode(), content.strip()) for head, content in pairs]


def _header(head: str, name: str) -> str:
    return _first(f"(?im)^{name}: *(.+?)\r?$", head)


def _first(pattern: str, text: str) -> str:
    return str(re.findall(pattern, text)[0])
