"""What a letter says can be read by a strict reader, whatever it is."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.interfaces.bipro import schemas
from tests.interfaces.bipro.answers import NAMES
from tests.rules import letter_samples

from vermittlerpost.cases.rules import NextStep
from vermittlerpost.delivery.rules import Content, Detail
from vermittlerpost.interfaces.bipro import remarks, shipments
from vermittlerpost.interfaces.bipro.envelope import FOOT, Form
from vermittlerpost.interfaces.bipro.status import hint

AROUND = shipments.Surroundings(step=None, company_number="5999", policy_number="")
FREE = st.text(st.characters(), min_size=1, max_size=60)


def detail(plate: str = "K-WB 4444", name: str = "Jürgen Groß", **facts: Any) -> Detail:
    sample = letter_samples.REMINDER
    return Detail(
        id="S-7K2M-40QX-9TBA3",
        letter="S-7K2M-40QX-9TBA3",
        case="V-3M8A-11QZ-0CDEX",
        content=Content.LETTER,
        category="100005100",
        agency="4711",
        carrier="nordlicht",
        provided_at=datetime(2026, 2, 16, 6, tzinfo=UTC),
        acknowledged_at=None,
        available_until=date(2026, 8, 15),
        done_on=None,
        done_reason="",
        goes_by_post=False,
        facts=replace(
            sample,
            vehicle=replace(sample.vehicle, plate=plate),
            policyholder=replace(letter_samples.JUERGEN, name=name),
            **facts,
        ),
    )


def written(shipment: str) -> etree._Element:
    form = Form()
    content = (
        f"<tran:getShipmentResponse><tran:Response>{form.status(hint('04000'))}{shipment}"
        "</tran:Response></tran:getShipmentResponse>"
    )
    return schemas.validate((form.head(shipments.DECLARED) + content + FOOT).encode())


@settings(deadline=None)
@given(plate=FREE, name=FREE, times=st.integers(1, 60))
def test_whatever_a_letter_says_is_valid(plate: str, name: str, times: int) -> None:
    told = detail(plate=plate * times, name=name * times)
    root = written(shipments.letter(Form().prefixes, told, AROUND, ""))
    (remark,) = root.iterfind(".//gevo:Freitext", NAMES)
    assert (remark.text or "").startswith("Kennzeichen")


@settings(deadline=None)
@given(plate=FREE)
def test_a_file_name_is_taken_by_every_system(plate: str) -> None:
    name = remarks.file_name(detail(plate=plate))
    assert name.startswith("Erinnerung_")
    assert name.endswith(".pdf")
    assert len(name) < 255
    assert all(sign.isascii() or sign in "ÄÖÜäöüß" for sign in name)
    assert not set(name) & set('/\\:*?"<>| \n')


@pytest.mark.parametrize(
    ("plate", "name"),
    [
        ("B-XY 1234", "Erinnerung_B-XY1234.pdf"),
        ("TÜ-Ä 1", "Erinnerung_TÜ-Ä1.pdf"),
        ("", "Erinnerung_S-7K2M-40QX-9TBA3.pdf"),
        ("../../etc", "Erinnerung_etc.pdf"),
        ("日本", "Erinnerung_S-7K2M-40QX-9TBA3.pdf"),
    ],
)
def test_a_file_is_named_by_what_the_letter_is_and_its_plate(plate: str, name: str) -> None:
    assert remarks.file_name(detail(plate=plate)) == name


def test_a_remark_that_is_too_long_is_cut_where_it_matters_least() -> None:
    text = remarks.remark(detail(name="Sehr lange Firma " * 100), None)
    assert len(text) == 1000
    assert text.startswith(
        "Kennzeichen K-WB 4444, eVB NLA1B2C. Erinnerung, Dringlichkeit: hoch. Frist: Di., 28.04.2026."
    )
    assert text.endswith("…")


def test_a_letter_to_come_says_to_which_agency_it_goes_and_which_way() -> None:
    step = NextStep(title="Erinnerung", sentence="Satz.", letter="reminder", agency="4800", channel="post")
    assert "Das Schreiben geht an Agentur 4800 (Post)." in remarks.remark(detail(), step)
    assert "Das Schreiben geht" not in remarks.remark(detail(), NextStep(title="Nichts mehr", sentence="Satz."))


def test_a_case_that_rests_says_until_when() -> None:
    step = NextStep(
        title="Letzte Erinnerung",
        sentence="Satz.",
        day=date(2026, 4, 30),
        held_until=date(2026, 4, 29),
        hold_reason="x",
    )
    assert (
        "Nächster Schritt am 30.04.2026: Letzte Erinnerung. Satz. Der Vorgang ruht bis 29.04.2026."
        in remarks.remark(detail(), step)
    )
