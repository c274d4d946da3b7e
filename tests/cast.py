"""The people and offices that every test knows, and who may see what; they enter through the real actions."""

from dataclasses import replace
from datetime import date
from typing import Any

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies.rules import AgencyRow, CarrierRow, FirmRow, UserRow
from vermittlerpost.lib.verdicts import Verdict
from vermittlerpost.notifications import actions as notifications

BY = "cast"

NORDLICHT, ANKERBUND = "nordlicht", "ankerbund"
BRUECKNER, OSTERTAG = "F-BRUECKNER", "F-OSTERTAG"

# Brückner's tree is four deep, Dresden stands beside it and gets paper; Hamburg belongs to somebody else.
KOELN, BONN, MUENCHEN, BERLIN = "4700", "4710", "4711", "4712"
DRESDEN = "4800"
HAMBURG = "5000"

ANNA = "anna"  # administrator
BERND = "bernd"  # sees everything, and is mailed about nothing unless somebody says so
CARLA = "carla"  # assigned to Bonn
DORA = "dora"  # assigned to Berlin, the leaf of the tree
EMIL = "emil"  # may not see portfolio data
FRIDA = "frida"  # has left
GREGOR = "gregor"  # administrator without an address
ROBOT = "robot"  # the firm's software
OLGA = "olga"  # administrator of the other firm

EVERYWHERE = {KOELN, BONN, MUENCHEN, BERLIN, DRESDEN}
SCOPE = {
    ANNA: EVERYWHERE,
    BERND: EVERYWHERE,
    CARLA: {BONN, MUENCHEN, BERLIN},
    DORA: {BERLIN},
    EMIL: EVERYWHERE,
    FRIDA: EVERYWHERE,
    GREGOR: EVERYWHERE,
    ROBOT: EVERYWHERE,
    OLGA: {HAMBURG},
}

CARRIERS = {
    code: CarrierRow(
        code=code,
        name=name,
        legal_name=f"{name} AG",
        sender_street="Leuchtturmweg 1",
        sender_postcode="24103",
        sender_city="Kiel",
        process="kfz_standard",
    )
    for code, name in ((NORDLICHT, "Nordlicht Versicherung"), (ANKERBUND, "Ankerbund Versicherung"))
}
FIRMS = {
    BRUECKNER: FirmRow(id=BRUECKNER, name="Maklerhaus Brückner GmbH", self_service=False),
    OSTERTAG: FirmRow(id=OSTERTAG, name="Versicherungsbüro Ostertag", self_service=True),
}


def _agency(number: str, city: str, state: str, **fields: Any) -> AgencyRow:
    office = AgencyRow(
        number=number,
        parent="",
        firm=BRUECKNER,
        name=f"Agentur {city}",
        street="Am Römertor 12",
        postcode="50667",
        city=city,
        state=state,
        electronic_from=date(2020, 1, 1),
        electronic_until=None,
        contact_name="Jördis Ackermann",
        contact_email="j.ackermann@nordlicht.example",
        contact_phone="0431 5550-120",
    )
    return replace(office, **fields)


AGENCIES = {
    KOELN: _agency(KOELN, "Köln", "DE-NW"),
    BONN: _agency(BONN, "Bonn", "DE-NW", parent=KOELN),
    MUENCHEN: _agency(MUENCHEN, "München", "DE-BY", parent=BONN),
    BERLIN: _agency(BERLIN, "Berlin", "DE-BE", parent=MUENCHEN),
    DRESDEN: _agency(DRESDEN, "Dresden", "DE-SN", electronic_from=None),
    HAMBURG: _agency(HAMBURG, "Hamburg", "DE-HH", firm=OSTERTAG),
}


def _user(login_id: str, **fields: Any) -> UserRow:
    person = UserRow(
        login_id=login_id,
        firm=BRUECKNER,
        name=login_id.title(),
        email=f"{login_id}@brueckner.example",
        administrator=False,
        technical=False,
        rights=("basic", "view_portfolio"),
        assigned_agencies=(),
        active=True,
    )
    return replace(person, **fields)


USERS = {
    ANNA: _user(ANNA, administrator=True),
    BERND: _user(BERND),
    CARLA: _user(CARLA, assigned_agencies=(BONN,)),
    DORA: _user(DORA, assigned_agencies=(BERLIN,)),
    EMIL: _user(EMIL, administrator=True, rights=("basic",)),
    FRIDA: _user(FRIDA, administrator=True, active=False),
    GREGOR: _user(GREGOR, administrator=True, email=""),
    ROBOT: _user(ROBOT, technical=True, administrator=True),
    OLGA: _user(OLGA, firm=OSTERTAG, email="olga@ostertag.example", administrator=True),
}


def enter() -> None:
    """Let everybody enter an empty stage."""
    agencies.put_carriers(list(CARRIERS.values()), by=BY)
    agencies.put_firms(list(FIRMS.values()), by=BY)
    agencies.put_agencies(list(AGENCIES.values()), by=BY)
    agencies.put_users(list(USERS.values()), by=BY)


def change_agency(number: str, /, **fields: Any) -> Verdict:
    """Put an agency's row again with other cells."""
    return agencies.put_agencies([replace(AGENCIES[number], **fields)], by=BY)[0]


def change_user(login_id: str, /, **fields: Any) -> Verdict:
    """Put a user's row again with other cells."""
    return agencies.put_users([replace(USERS[login_id], **fields)], by=BY)[0]


def choose(login_id: str, category: str, *, wanted: bool | None, until: date | None = None, by: str = ANNA) -> Verdict:
    """Choose for a user whether he is mailed, perhaps up to a day only; None leaves it to his role again."""
    choice = notifications.Choice(login_id=login_id, category=category, wanted=wanted, until=until)
    return notifications.put_preferences([choice], by=by)[0]
