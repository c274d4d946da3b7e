"""eVB numbers and vehicle data in their one canonical spelling."""

import re

_EVB = re.compile(r"[A-HJ-NP-Z0-9]{7}")
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_OLD_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{5,16}")
_HSN = re.compile(r"[A-Z0-9]{4}")
_TSN = re.compile(r"[A-Z0-9]{3}")
_SEASON = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|1[0-2])")


def evb(text: str) -> str:
    """Return an eVB number in upper case without blanks; refuses other than seven characters, I and O."""
    return _code(text, _EVB)


def vin(text: str) -> str:
    """Return a VIN in upper case without blanks; refuses other than 17 characters, I, O and Q.

    Five to sixteen characters are let through, since vehicles built before 1981 have shorter ones. There is
    no check digit in Europe, so none is looked at.
    """
    try:
        return _code(text, _VIN)
    except ValueError:
        return _code(text, _OLD_VIN)


def vin_doubt(vin: str) -> str:
    """Return why a VIN that was accepted may still be wrong, or nothing."""
    return "Die Fahrgestellnummer hat weniger als 17 Zeichen; bitte prüfen." if 0 < len(vin) < 17 else ""


def hsn(text: str) -> str:
    """Return a manufacturer's key in upper case; refuses other than four letters and digits."""
    return _code(text, _HSN)


def tsn(text: str) -> str:
    """Return a type key in upper case; refuses other than three letters and digits."""
    return _code(text, _TSN)


def season(text: str) -> str:
    """Return the months of a seasonal plate, `04-10`; refuses fewer than 2 or more than 11 (§ 10 FZV)."""
    months = _SEASON.fullmatch(text)
    if months is None or not 2 <= (int(months[2]) - int(months[1])) % 12 + 1 <= 11:
        raise ValueError(text)
    return text


def _code(text: str, pattern: re.Pattern[str]) -> str:
    if pattern.fullmatch(text):
        return text
    # Upper-casing what is not ASCII can produce ASCII letters (ß, ſ), so it is refused first.
    spelled = text.replace(" ", "").upper()
    if not text.isascii() or not pattern.fullmatch(spelled):
        raise ValueError(text)
    return spelled
