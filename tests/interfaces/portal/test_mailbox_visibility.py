"""Whatever somebody may see and asks for: list, search, CSV and ZIP hold the same letters, the right ones."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast as typed
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import acts, cast
from tests.cast import AGENCIES, BRUECKNER, CARLA, OSTERTAG

from vermittlerpost.letters.models import Letter

MAILBOX = "/cockpit/vermittlerpost/"
Visit = Callable[[str], Client]


@dataclass(frozen=True)
class Standpoint:
    """Who somebody is, and what he asks for."""

    firm: str
    rights: tuple[str, ...]
    assigned: tuple[str, ...]
    urgency: str
    agency: str
    standing: str

    @property
    def query(self) -> str:
        asked = {"dringlichkeit": self.urgency, "agentur": self.agency, "zustand": self.standing, "zeilen": "50"}
        return urlencode({name: value for name, value in asked.items() if value})

    def sees(self, letter: Letter) -> bool:
        """Tell by the words of the rules, without the product's queries, whether a letter is his to see (R8)."""
        agency = letter.agency_id
        within = {number for number in AGENCIES if {number, *ancestors(number)} & set(self.assigned)}
        return (
            AGENCIES[agency].firm == self.firm
            and "view_portfolio" in self.rights
            and (not self.assigned or agency in within)
            and AGENCIES[agency].electronic_from is not None
        )

    def asks_for(self, letter: Letter) -> bool:
        """Tell whether a letter is what he asks for; in a firm that lacks the agency the filter says nothing."""
        own = {number for number in AGENCIES if AGENCIES[number].firm == self.firm}
        within = {n for n in own if not self.assigned or {n, *ancestors(n)} & set(self.assigned)}
        agency = self.agency if self.agency in within else ""
        is_overtaken = Letter.objects.filter(case=letter.case, issued_at__gt=letter.issued_at).exists()
        is_done = letter.settled_on is not None or is_overtaken
        return (
            self.urgency in {"", letter.urgency}
            and agency in {"", letter.agency_id}
            and self.standing in {"alle", "erledigt" if is_done else "offen"}
        )


def ancestors(number: str) -> list[str]:
    """Return the agencies above one."""
    parent = AGENCIES[number].parent
    return [parent, *ancestors(parent)] if parent else []


@st.composite
def standpoints(draw: st.DrawFn) -> Standpoint:
    firm = draw(st.sampled_from([BRUECKNER, OSTERTAG]))
    own = [number for number, agency in AGENCIES.items() if agency.firm == firm]
    return Standpoint(
        firm=firm,
        rights=draw(st.sampled_from([("basic", "view_portfolio"), ("basic",)])),
        assigned=tuple(draw(st.lists(st.sampled_from(own), unique=True, max_size=2))),
        urgency=draw(st.sampled_from(["", "normal", "hoch"])),
        agency=draw(st.sampled_from(["", *AGENCIES])),
        standing=draw(st.sampled_from(["offen", "erledigt", "alle"])),
    )


@pytest.fixture
def letters(stage: None) -> list[Letter]:
    """Return letters of all agencies, two of a case, some of them done."""
    for place, agency in enumerate(AGENCIES):
        number = f"NL7K2P{place}"
        acts.confirm(number, agency=agency)
        acts.register(f"Z-{place}", evb=number, vin="", plate=f"K-WB {100 + place}")
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    acts.apply(at="2026-03-05 10:00", evb="NL7K2P1")
    return list(Letter.objects.all())


def ids_in_csv(client: Client, query: str) -> set[str]:
    response = typed(StreamingHttpResponse, client.get(f"{MAILBOX}liste.csv?{query}"))
    text = b"".join(typed(Iterable[bytes], response.streaming_content)).decode("utf-8-sig")
    return {row["Schreiben"] for row in csv.DictReader(io.StringIO(text), delimiter=";")}


def ids_in_zip(client: Client, letters: Iterable[str]) -> set[str]:
    response = typed(HttpResponse, client.post(f"{MAILBOX}auswahl/", {"aktion": "zip", "schreiben": list(letters)}))
    if response.status_code == 302:
        return set()
    content = b"".join(typed(Iterable[bytes], typed(StreamingHttpResponse, response).streaming_content))
    return {name.rsplit("_", 1)[1].removesuffix(".pdf") for name in zipfile.ZipFile(io.BytesIO(content)).namelist()}


def ids_listed(client: Client, query: str) -> set[str]:
    return {row.letter for row in client.get(f"{MAILBOX}?{query}").context["page"].rows}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=standpoints())
def test_list_search_csv_and_zip_hold_the_same_letters(letters: list[Letter], visit: Visit, who: Standpoint) -> None:
    cast.change_user(CARLA, firm=who.firm, rights=who.rights, assigned_agencies=who.assigned)
    client = visit(CARLA)
    visible = {letter.id for letter in letters if who.sees(letter)}
    expected = {letter.id for letter in letters if who.sees(letter) and who.asks_for(letter)}
    assert ids_listed(client, who.query) == expected
    assert ids_in_csv(client, who.query) == expected
    assert ids_listed(client, f"{who.query}&suche=uebelacker") == expected
    assert ids_in_csv(client, f"{who.query}&suche=kwb") == expected
    assert ids_in_zip(client, [letter.id for letter in letters]) == visible
