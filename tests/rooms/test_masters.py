"""agencies: later rows of master data replace earlier ones, and the journal keeps what changed (R10, R11)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests import cast
from tests.cast import BERLIN, BONN, BRUECKNER, CARLA, DRESDEN, HAMBURG, KOELN, MUENCHEN, OSTERTAG

from vermittlerpost.agencies import actions, queries
from vermittlerpost.agencies.rules import AgencyRow
from vermittlerpost.intake.actions import masters
from vermittlerpost.intake.formats.carriers import CarrierRow
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.models import Entry
from vermittlerpost.lib.verdicts import Accepted, Known, Objection, Verdict

pytestmark = pytest.mark.usefixtures("stage")


def latest(subject: str) -> Entry:
    entry = journal.about(subject).last()
    assert entry
    return entry


def test_a_row_that_says_nothing_new_is_known_and_leaves_no_trace() -> None:
    entries = journal.about(f"agency:{BONN}").count()
    assert cast.change_agency(BONN) == Known()
    assert cast.change_user(CARLA) == Known()
    assert actions.put_firms(list(cast.FIRMS.values()), by="feed") == [Known(), Known()]
    assert actions.put_carriers(list(cast.CARRIERS.values()), by="feed") == [Known(), Known()]
    assert journal.about(f"agency:{BONN}").count() == entries


def test_a_later_row_replaces_the_earlier_one_and_the_journal_says_from_what_to_what() -> None:
    assert cast.change_agency(BONN, electronic_until=date(2026, 3, 31), city="Bad Godesberg") == Accepted()
    assert queries.known_agencies([BONN])[BONN].city == "Bad Godesberg"
    entry = latest(f"agency:{BONN}")
    assert (entry.kind, entry.actor) == ("agency.changed", cast.BY)
    assert entry.data == {
        "fields": "city, electronic_until",
        "before": {"electronic_until": None},
        "after": {"electronic_until": "2026-03-31"},
    }


def test_of_several_rows_of_one_agency_the_last_counts_and_one_entry_is_written() -> None:
    rows = [replace(cast.AGENCIES[BONN], city=city) for city in ("Beuel", "Bad Godesberg")]
    entries = journal.about(f"agency:{BONN}").count()
    assert actions.put_agencies(rows, by="feed") == [Accepted(), Accepted()]
    assert queries.known_agencies([BONN])[BONN].city == "Bad Godesberg"
    assert journal.about(f"agency:{BONN}").count() == entries + 1


def test_the_journal_of_a_user_tells_rights_and_scope_but_neither_name_nor_address() -> None:
    cast.change_user(
        CARLA, name="Carla Neu", email="neu@brueckner.example", rights=("basic",), assigned_agencies=(BERLIN,)
    )
    told = latest(f"user:{CARLA}").data
    assert told == {
        "fields": "name, email, rights, assigned_agencies",
        "before": {"rights": ["basic", "view_portfolio"], "assigned_agencies": [BONN]},
        "after": {"rights": ["basic"], "assigned_agencies": [BERLIN]},
    }
    assert queries.user(CARLA).email == "neu@brueckner.example"


def test_a_change_of_firm_and_carrier_is_journalled() -> None:
    actions.put_firms([replace(cast.FIRMS[BRUECKNER], self_service=True)], by="insurer")
    actions.put_carriers([replace(cast.CARRIERS[cast.NORDLICHT], name="Nordlicht")], by="insurer")
    assert latest(f"firm:{BRUECKNER}").data["after"] == {"self_service": True}
    assert latest(f"carrier:{cast.NORDLICHT}").data["fields"] == "name"


def test_the_order_of_agencies_does_not_matter() -> None:
    young = [
        replace(cast.AGENCIES[BONN], number="6002", parent="6001"),
        replace(cast.AGENCIES[BONN], number="6001", parent="6000"),
        replace(cast.AGENCIES[BONN], number="6000", parent=""),
    ]
    assert actions.put_agencies(young, by="feed") == [Accepted()] * 3
    assert queries.known_agencies(["6002"])["6002"].lineage == ["6002", "6001", "6000"]


def agency(number: str, **fields: Any) -> AgencyRow:
    return replace(cast.AGENCIES[BONN], number=number, **fields)


# Rows that come together, and the column to blame in each (none: accepted).
REFUSED: list[tuple[list[AgencyRow], list[str]]] = [
    ([agency("6000", firm="F-UNBEKANNT", parent="")], ["firm"]),
    ([agency("6000", parent="9999")], ["parent"]),
    ([agency("6000", parent=HAMBURG)], ["parent"]),  # it belongs to another firm
    ([agency("6000", parent="6001"), agency("6001", parent="6000")], ["parent", "parent"]),  # a circle
    ([agency(KOELN, parent=BERLIN)], ["parent"]),  # a circle with what is stored
    ([agency("6000", parent="9999"), agency("6001", parent="6000")], ["parent", "parent"]),  # below a refused one
    ([agency("6000", parent="9999"), agency("6001", parent=KOELN)], ["parent", ""]),  # a good one beside it
    ([agency(MUENCHEN, firm=OSTERTAG, parent="")], ["firm"]),  # it would leave Berlin behind in the old firm
]


@pytest.mark.parametrize(("rows", "columns"), REFUSED)
def test_an_agency_with_a_wrong_firm_or_parent_is_refused_and_the_good_ones_pass(
    rows: list[AgencyRow], columns: list[str]
) -> None:
    verdicts = actions.put_agencies(rows, by="feed")
    assert [verdict.column if isinstance(verdict, Objection) else "" for verdict in verdicts] == columns
    stored = queries.known_agencies([row.number for row in rows])
    for row, column in zip(rows, columns, strict=True):
        before = cast.AGENCIES.get(row.number)
        assert (row.number in stored) is (not column or before is not None)
        assert not before or stored[row.number].firm_id == before.firm


def column(verdict: Verdict) -> str:
    assert isinstance(verdict, Objection)
    return verdict.column


@pytest.mark.parametrize("foreign", [(HAMBURG,), (BONN, HAMBURG), ("9999",), (BONN, "9999")])
def test_a_foreign_or_unknown_agency_refuses_the_users_row_and_widens_nothing(foreign: tuple[str, ...]) -> None:
    assert column(cast.change_user(CARLA, assigned_agencies=foreign)) == "assigned_agencies"
    seen = queries.visible_to(queries.user(CARLA)).values_list("number", flat=True)
    assert set(seen) == cast.SCOPE[CARLA]


def test_a_user_of_an_unknown_firm_is_refused() -> None:
    assert column(cast.change_user(CARLA, firm="F-UNBEKANNT", assigned_agencies=())) == "firm"


def test_a_carrier_with_an_unknown_process_is_refused_and_the_one_beside_it_passes() -> None:
    fields = vars(cast.CARRIERS[cast.NORDLICHT])
    good = CarrierRow(**{**fields, "code": "suedfels"})
    bad = CarrierRow(**{**fields, "code": "westwind", "process": "brieftaube"})
    refused, accepted = masters.put_carriers([bad, good], by="feed")
    assert (column(refused), accepted) == ("process", Accepted())
    assert "suedfels" in queries.known_carriers()
    assert "westwind" not in queries.known_carriers()


def test_who_gets_paper_is_stored_as_such() -> None:
    assert queries.known_agencies([DRESDEN])[DRESDEN].electronic_from is None
