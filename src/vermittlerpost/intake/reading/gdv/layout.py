"""Where GDV records (VU-Vermittler, release 2023) hold what our formats ask for.

Only what is named here is read; every other record is passed over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

LENGTH = 256
OPENING, ENDING = "0001", "9999"
ADDRESS, CONTRACT, CONTRACT_2, VEHICLE, VEHICLE_2, EVB = (
    "0100.1", "0200.1", "0200.2", "0210.050.1", "0210.050.2", "0392",
)  # fmt: skip
MOTOR = "050"
_PERSONS = "12"
_KINDS = {"1": "single", "2": "permanent"}


@dataclass(frozen=True, kw_only=True)
class Field:
    """Some bytes of a record, counted from 1 with both ends; without `record` they lie in the head of each.

    `read` makes of them what a cell of our format would say.
    """

    record: str = ""
    first: int
    last: int
    title: str
    read: Callable[[str], str] = str.strip

    @property
    def name(self) -> str:
        """Return record, title and bytes, as a refusal names them."""
        record = f"Satz {self.record}" if self.record else "Satzkopf"
        return f"{record}: {self.title} ({self.first}–{self.last})"

    def of(self, text: str) -> str:
        """Return what a record says in this field."""
        return self.read(text[self.first - 1 : self.last])


def _day(cut: str) -> str:
    """Return `TTMMJJJJ` as our files write days; blanks and zeros are none, what is no day stays as it is."""
    digits = cut.strip()
    if not digits.strip("0"):
        return ""
    return f"{digits[4:]}-{digits[2:4]}-{digits[:2]}" if len(digits) == len("TTMMJJJJ") else digits


def _midnight(cut: str) -> str:
    day = _day(cut)
    return f"{day}T00:00:00" if day else ""


def _name(cut: str) -> str:
    """Return a person's name with the first name before it, a firm's as it stands: its form of address decides."""
    parts = [cut[1:31].strip(), cut[31:61].strip(), cut[61:91].strip()]
    in_order = [parts[2], *parts[:2]] if cut[0] in _PERSONS else parts
    return " ".join(filter(None, in_order))


def _kind(cut: str) -> str:
    return _KINDS.get(cut.strip(), cut.strip())


def _number(cut: str) -> str:
    """Return insurer, contract and sequence number as one: an insurer may number like another."""
    return f"{cut[:5].strip()}/{cut[9:26].strip()}-{cut[26:28].strip()}"


_INSURER = Field(first=5, last=9, title="VU-Nummer")
_AGENCY = Field(first=33, last=42, title="Geschäftsstelle/Vermittler")
_EVB = Field(record=EVB, first=46, last=52, title="eVB-Nummer")

EVB_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "number": (_EVB,),
    "carrier": (_INSURER,),
    "agency": (_AGENCY,),
    "policyholder_name": (Field(record=ADDRESS, first=43, last=133, title="Anrede und Name 1 bis 3", read=_name),),
    "policyholder_street": (Field(record=ADDRESS, first=188, last=217, title="Straße"),),
    "policyholder_postcode": (Field(record=ADDRESS, first=157, last=162, title="Postleitzahl"),),
    "policyholder_city": (Field(record=ADDRESS, first=163, last=187, title="Ort"),),
    "issued_on": (
        Field(record=EVB, first=70, last=77, title="Beginn, TTMMJJJJ", read=_day),
        Field(record=OPENING, first=78, last=85, title="Erstellungsdatum bis, TTMMJJJJ", read=_day),
    ),
    "valid_until": (
        Field(record=EVB, first=62, last=69, title="Gültig bis, TTMMJJJJ", read=_day),
        Field(record=EVB, first=54, last=61, title="Abrufbar bis, TTMMJJJJ", read=_day),
    ),
    "kind": (Field(record=EVB, first=53, last=53, title="Art der eVB, 1 = single, 2 = permanent", read=_kind),),
}
"""For each column of `evb` the fields that fill it; the first that says something does."""

APPLICATION_FIELDS: Mapping[str, tuple[Field, ...]] = {
    "application_id": (
        Field(first=5, last=32, title="VU-Nummer, Versicherungsschein-Nummer, Folgenummer", read=_number),
    ),
    "received_at": (
        Field(record=CONTRACT_2, first=139, last=146, title="Antragseingangsdatum, TTMMJJJJ", read=_midnight),
        Field(record=CONTRACT, first=201, last=208, title="Antragsdatum, TTMMJJJJ", read=_midnight),
    ),
    "evb": (Field(record=VEHICLE_2, first=213, last=219, title="eVB-Nummer"), _EVB),
    "plate": (Field(record=VEHICLE, first=114, last=125, title="Kennzeichen"),),
    "vin": (Field(record=VEHICLE, first=97, last=113, title="Fahrgestellnummer"),),
    "agency": (_AGENCY,),
}
"""For each column of `applications` the fields that fill it; the first that says something does."""

LINE_OF_BUSINESS = Field(first=11, last=13, title="Sparte")
ROLE = Field(record=ADDRESS, first=239, last=240, title="Adresskennzeichen")
POLICYHOLDER = "01"
