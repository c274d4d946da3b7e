"""Write a small world by hand, one line of text per row, for the examples that pin the second opinion."""

from pathlib import Path

CARRIER = "code;name;legal_name;sender_street;sender_postcode;sender_city;process"
AGENCY = (
    "number;parent;firm;name;street;postcode;city;state;electronic_from;electronic_until;"
    "contact_name;contact_email;contact_phone"
)
USER = "login_id;firm;name;email;administrator;technical;rights;assigned_agencies;active"
EVB = (
    "number;carrier;agency;policyholder_name;policyholder_street;policyholder_postcode;policyholder_city;"
    "issued_on;valid_until;kind"
)
NOTICE = (
    "message_id;received_at;kind;evb;plate;season;vin;hsn;tsn;keeper_name;keeper_street;keeper_postcode;"
    "keeper_city;registered_on;authority"
)
APPLICATION = "application_id;received_at;evb;plate;vin;agency"

VIN_1, VIN_2 = "WVWZZZ1JZXW000001", "WVWZZZ1JZXW000002"


def agency(number: str, parent: str = "", land: str = "DE-NW", begin: str = "2020-01-01", end: str = "") -> str:
    office = f"Agentur {number};Ring 1;50667;Köln;{land};{begin};{end}"
    return f"{number};{parent};F1;{office};Ute Groß;ute@carrier.example;0221 1"


def evb(number: str, agency_number: str = "100", until: str = "", kind: str = "single") -> str:
    return f"{number};NL;{agency_number};Klara Müller;Weg 1;50667;Köln;2026-01-02;{until};{kind}"


def notice(
    message_id: str, received_at: str, number: str = "NL00001", vin: str = VIN_1, kind: str = "registration"
) -> str:
    return f"{message_id};{received_at};{kind};{number};MÜ-A 12;;{vin};;;Klara Müller;Weg 1;50667;Köln;;"


def world(folder: Path, **tables: list[str]) -> Path:
    """Write a world of one carrier and one firm; unnamed tables hold agency 100 in NW and three eVBs."""
    content = {
        "carriers": (CARRIER, ["NL;Nordlicht;Nordlicht AG;Weg 1;50667;Köln;kfz_standard"]),
        "firms": ("id;name;self_service", ["F1;Maklerhaus;no"]),
        "agencies": (AGENCY, tables.get("agencies", [agency("100")])),
        "users": (USER, tables.get("users", [])),
        "preferences": ("login_id;category;choice", tables.get("preferences", [])),
        "evb": (EVB, tables.get("evb", [evb("NL00001"), evb("NL00002"), evb("NL00003", kind="permanent")])),
        "notices": (NOTICE, tables.get("notices", [])),
        "applications": (APPLICATION, tables.get("applications", [])),
    }
    for name, (header, rows) in content.items():
        (folder / f"{name}.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return folder
