"""intake: GDV records are read as confirmations and applications, by the same rules and with the same refusals."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests import acts, cast, gdv_records
from tests.cast import BONN, NORDLICHT
from tests.gdv_records import address, confirmation, content, contract, ending, opening, vehicle

from vermittlerpost.agencies import actions as masters
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake import queries as kept
from vermittlerpost.intake.models import Application, Evb, ImportedFile

SAMPLE = Path(__file__).parents[2] / "examples" / "gdv" / "bestand.gdv"

Feed = Callable[..., intake.Report]


@pytest.fixture
def feed(tmp_path: Path, db: None, home: Path) -> Feed:
    """Return a function that writes records and feeds them; Nordlicht bears the number that they name."""
    cast.enter()
    masters.set_carrier_software(
        NORDLICHT, company_number="9999", own_id_as_policy_number=False, tells_endings=False, by=cast.BY
    )

    def write_and_feed(*records: str, line_end: str = "\r\n", encoding: str = "iso-8859-1") -> intake.Report:
        path = tmp_path / "bestand.gdv"
        path.write_bytes(content(*records, line_end=line_end, encoding=encoding))
        return intake.feed(path, by="feed")

    return write_and_feed


def refusals() -> list[tuple[int, str, str]]:
    return [(row.row, row.column, row.value) for row in kept.refused_rows()]


@pytest.mark.parametrize("encoding", ["iso-8859-1", "cp850"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", ""])
def test_a_confirmation_is_read_whatever_the_line_ends_and_the_way_of_umlauts(
    feed: Feed, encoding: str, line_end: str
) -> None:
    report = feed(opening(), address(), confirmation(acts.EVB), ending(), line_end=line_end, encoding=encoding)
    assert report.counts() == {"accepted": 1, "known": 0, "refused": 0, "warned": 0}
    evb = Evb.objects.get()
    assert (evb.number, evb.carrier_id, evb.agency, evb.kind) == (acts.EVB, NORDLICHT, BONN, "single")
    assert (evb.policyholder_name, evb.policyholder_street) == (acts.POLICYHOLDER, "Weiße Gasse 3")
    assert (evb.policyholder_postcode, evb.policyholder_city) == ("50668", "Köln")
    assert (evb.issued_on, evb.valid_until) == (date(2026, 1, 5), date(2026, 7, 5))
    assert ImportedFile.objects.get().format == "gdv"


def test_an_application_ends_the_case_of_its_vehicle(feed: Feed) -> None:
    feed(opening(), address(), confirmation(acts.EVB), ending())
    acts.register()
    feed(opening(), *contract(date(2026, 2, 10)), *vehicle(vin=acts.VIN, plate="K WB4444"), ending())
    application = Application.objects.get()
    assert (application.application_id, application.plate, application.vin) == (
        "9999/47110001-01",
        "K-WB 4444",
        acts.VIN,
    )
    assert application.received_at == acts.moment("2026-02-10 00:00")
    assert (acts.case().state, acts.case().close_reason) == ("closed", "application")


def test_what_is_fed_as_table_and_as_records_gives_the_same_letters(feed: Feed) -> None:
    feed(opening(), address(agency="4800"), confirmation(acts.EVB, agency="4800"), ending())
    acts.confirm(acts.OTHER_EVB, agency="4800", valid_until=date(2026, 7, 5))
    acts.register("Z-1")
    acts.register("Z-2", evb=acts.OTHER_EVB, vin=acts.OTHER_VIN)
    acts.mornings(acts.REQUESTED)
    facts = [
        {name: value for name, value in acts.letter(one).facts.items() if name not in {"letter", "case", "evb"}}
        for one in ("Z-1", "Z-2")
    ]
    for one in facts:
        one["vehicle"] = {**one["vehicle"], "vin": ""}
    assert facts[0] == facts[1]


def test_the_name_is_that_of_the_policyholder_and_a_firms_stands_as_it_is(feed: Feed) -> None:
    feed(opening(), address("Zahler", "Paul", role="05"), address(), confirmation(acts.EVB), ending())
    assert Evb.objects.get().policyholder_name == acts.POLICYHOLDER
    feed(opening(), address("Bäckerei Süß GmbH", ""), confirmation(acts.OTHER_EVB), ending())
    assert Evb.objects.get(number=acts.OTHER_EVB).policyholder_name == "Bäckerei Süß GmbH"


def test_a_refusal_names_record_and_field_and_the_rule_of_the_format(feed: Feed) -> None:
    report = feed(
        opening(),
        address(),
        confirmation("NLIO2P7"),
        *contract(date(2026, 2, 10), contract="2"),
        *vehicle(vin="QQQ", plate="K-WB 4444", contract="2"),
        confirmation(acts.EVB, contract="3", insurer="1234"),
        address(contract="4"),
        confirmation(acts.OTHER_EVB, contract="4", begins_on=None),
        ending(),
    )
    assert report.accepted == 1
    assert refusals() == [
        (3, "Satz 0392: eVB-Nummer (46–52)", "NLIO2P7"),
        (6, "Satz 0210.050.1: Fahrgestellnummer (97–113)", "QQQ"),
        (8, "Satz 0100.1: Anrede und Name 1 bis 3 (43–133)", ""),
        (8, "Satz 0100.1: Straße (188–217)", ""),
        (8, "Satz 0100.1: Postleitzahl (157–162)", ""),
        (8, "Satz 0100.1: Ort (163–187)", ""),
    ]
    assert kept.refused_rows()[0].rule == "Eine eVB-Nummer: sieben Ziffern und Buchstaben ohne I und O."
    assert Evb.objects.get().issued_on == date(2026, 2, 1), "of a confirmation without a beginning, the file's day"


def test_an_insurer_that_is_not_ours_is_refused_at_its_bytes(feed: Feed) -> None:
    feed(opening(), address(insurer="1234"), confirmation(acts.EVB, insurer="1234"), ending())
    assert refusals() == [(3, "Satzkopf: VU-Nummer (5–9)", "1234")]


def test_a_contract_with_a_confirmation_and_no_day_of_application_is_none(feed: Feed) -> None:
    report = feed(opening(), address(), confirmation(acts.EVB), *contract(None), *vehicle(plate="K-WB 4444"), ending())
    assert (report.accepted, Application.objects.count()) == (1, 0)
    undated = feed(opening(), *contract(None, contract="2"), *vehicle(plate="K-WB 4444", contract="2"), ending())
    assert undated.refused == 1


def test_other_lines_of_business_and_other_records_are_passed_over(feed: Feed) -> None:
    life = {"line": "010"}
    report = feed(
        opening(),
        *contract(date(2026, 2, 10), **life),
        *vehicle(plate="K-WB 4444", **life),
        gdv_records.record("0220", {}),
        gdv_records.record("0352", {}),
        ending(),
    )
    assert report.counts() == {"accepted": 0, "known": 0, "refused": 0, "warned": 0}


@pytest.mark.parametrize(
    ("records", "row", "rule"),
    [
        ([address(), ending()], 1, "Vor diesem Satz fehlt der Vorsatz 0001"),
        ([opening(), address(), confirmation(acts.EVB)], 3, "Hinter diesem Satz fehlt der Nachsatz 9999"),
        ([opening(), "zu kurz", ending()], 2, "Der Satz ist 7 Byte lang"),
        ([opening(), "x" * 5000, ending()], 2, "Der Satz ist über 256 Byte lang"),
        ([], 1, "Die Datei ist leer."),
    ],
)
def test_a_file_that_is_no_whole_parcel_of_records_is_said(feed: Feed, records: list[str], row: int, rule: str) -> None:
    assert feed(*records).refused == 1
    (refused,) = kept.refused_rows()
    assert (refused.row, refused.rule[: len(rule)]) == (row, rule)


def test_a_second_record_of_a_sort_is_refused_instead_of_lost(feed: Feed) -> None:
    vehicles = vehicle(plate="K-WB 4444") + vehicle(plate="K-WB 5555")[:1]
    report = feed(opening(), *contract(date(2026, 2, 10)), *vehicles, ending())
    assert (report.accepted, refusals()) == (1, [(6, "Satz 0210.050.1", "")])


def test_records_fed_twice_change_nothing_r11(feed: Feed) -> None:
    records = (
        opening(),
        address(),
        confirmation(acts.EVB),
        *contract(date(2026, 2, 10)),
        *vehicle(vin=acts.VIN),
        ending(),
    )
    assert feed(*records).accepted == 2
    assert feed(*records).counts() == {"accepted": 0, "known": 2, "refused": 0, "warned": 0}


def test_the_sample_in_the_examples_is_what_it_says(feed: Feed) -> None:
    assert SAMPLE.read_bytes() == gdv_records.sample()[SAMPLE.name]
    report = intake.feed(SAMPLE, by="feed")
    assert report.counts() == {"accepted": 2, "known": 0, "refused": 1, "warned": 0}
    assert refusals() == [(10, "Satz 0392: eVB-Nummer (46–52)", "NLIO2P7")]
