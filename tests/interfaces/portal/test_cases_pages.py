"""Mein Cockpit » Vorgänge: the cases of a scope, and one of them as a time line."""

from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from django.test import Client
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.actions import Colleague, create_staff
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import actions as act
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.rules import Subject
from vermittlerpost.interfaces.portal.cockpit import cases as pages
from vermittlerpost.lib import clock

Visit = Callable[[str], Client]


@pytest.fixture(autouse=True)
def noon(stage: None) -> Iterator[None]:
    """Let four vehicles be registered: two in Bonn, one in Berlin, one of the other firm; it is 9 March."""
    for number, agency, day in (("NL00001", cast.BERLIN, 9), ("NL00002", cast.BONN, 10), ("NL00003", cast.HAMBURG, 11)):
        acts.confirm(number, agency=agency)
        acts.register(f"Z-{number}", f"2026-02-{day:02} 06:00", evb=number, plate=f"K-WB {day}", vin="")
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    with clock.turned_to(moment("2026-03-09 12:00")):
        yield


def listed(client: Client, query: str = "") -> list[str]:
    """Return the plates of a page of the list, from top to bottom."""
    answer = client.get(f"/cockpit/vorgaenge/{query}")
    assert answer.status_code == 200
    return [row["case"].plate for row in answer.context["rows"]]


def test_the_newest_cases_of_the_scope_come_first(visit: Visit) -> None:
    assert listed(visit("anna")) == ["K-WB 10", "K-WB 9", acts.PLATE]
    assert listed(visit("dora")) == ["K-WB 9"]
    assert listed(visit("olga")) == ["K-WB 11"]
    assert listed(visit("emil")) == []


@pytest.mark.parametrize("login_id", list(cast.SCOPE))
@pytest.mark.parametrize("state", ["", cases.OPEN, "requested", "closed"])
def test_the_list_shows_what_may_be_seen_and_nothing_else(login_id: str, state: str) -> None:
    acts.apply("A-1", "2026-03-08 10:00", vin=acts.VIN)
    user = agencies.user(login_id)
    seen = [
        case
        for case in cases.visible_to(user)
        if state in {"", case.state} or (state, case.closed_on) == ("open", None)
    ]
    found = cases.newest(user, state=state, agency="", after=cases.Place(), limit=100)
    assert {case.id for case in found} == {case.id for case in seen}


def test_a_state_and_an_agency_narrow_the_list_and_never_widen_it(visit: Visit) -> None:
    acts.apply("A-1", "2026-03-08 10:00", vin=acts.VIN)
    anna = visit("anna")
    assert listed(anna) == ["K-WB 10", "K-WB 9"]
    assert listed(anna, "?stand=closed") == [acts.PLATE]
    assert listed(anna, "?stand=alle&agentur=4710") == ["K-WB 10", acts.PLATE]
    assert listed(anna, "?stand=alle&agentur=5000") == []
    assert listed(anna, "?stand=nonsense&nach=nonsense") == []


def test_a_case_is_found_by_whatever_names_it_in_any_spelling(visit: Visit) -> None:
    own = [acts.intake_case("Z-1"), acts.letter().id, acts.EVB, acts.VIN, acts.PLATE, "kwb4444", "K WB 4444"]
    for typed in (*own, *map(str.lower, own)):
        assert listed(visit("carla"), f"?{urlencode({'suche': typed})}") == [acts.PLATE], typed
    for typed in ("Übelacker", "übel", "sören übelacker"):
        assert listed(visit("carla"), f"?{urlencode({'suche': typed})}") == ["K-WB 10", "K-WB 9", acts.PLATE], typed
    for typed in ("K-WB 4445", "Meier", "Übelacker Meier", "ü", "'", "%", ":*", "V-0000-0000-00000"):
        assert listed(visit("carla"), f"?{urlencode({'suche': typed})}") == [], typed
    assert len(listed(visit("carla"), "?suche=%00")) == 3  # nothing was typed


@pytest.mark.parametrize("login_id", ["olga", "dora", "emil"])
def test_a_search_finds_nothing_that_is_somebody_elses(visit: Visit, login_id: str) -> None:
    for typed in (acts.intake_case("Z-1"), acts.letter().id, acts.EVB, acts.VIN, acts.PLATE):
        assert listed(visit(login_id), f"?{urlencode({'suche': typed})}") == [], typed
    own = {"olga": ["K-WB 11"], "dora": ["K-WB 9"], "emil": []}
    assert listed(visit(login_id), "?suche=Übelacker") == own[login_id]
    assert listed(visit(login_id), "?suche=Übelacker&agentur=4710") == []


def test_a_search_finds_what_is_closed_and_state_and_agency_narrow_it(visit: Visit) -> None:
    acts.apply("A-1", "2026-03-08 10:00", vin=acts.VIN)
    anna = visit("anna")
    assert listed(anna, "?suche=kwb4444") == [acts.PLATE]
    assert listed(anna, "?suche=kwb4444&stand=open") == []
    assert "In jedem Stand suchen" in anna.get("/cockpit/vorgaenge/?suche=kwb4444&stand=open").content.decode()
    assert listed(anna, "?suche=Übelacker&stand=open") == ["K-WB 10", "K-WB 9"]
    assert listed(anna, "?suche=Übelacker&stand=requested&agentur=4710") == ["K-WB 10"]
    assert listed(anna, "?suche=Übelacker&stand=closed") == [acts.PLATE]


def test_pages_of_a_search_follow_one_another(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_ROWS", 2)
    first = visit("anna").get("/cockpit/vorgaenge/?suche=Übelacker")
    assert [row["case"].plate for row in first.context["rows"]] == ["K-WB 10", "K-WB 9"]
    assert listed(visit("anna"), f"?suche=Übelacker&nach={first.context['after']}") == [acts.PLATE]


def test_an_agency_is_picked_from_ones_own(visit: Visit) -> None:
    offered = visit("carla").get("/cockpit/vorgaenge/").context["offices"]
    assert list(offered) == [cast.BONN, cast.MUENCHEN, cast.BERLIN]
    assert offered[cast.BONN] == "4710 · Agentur Bonn"


def test_pages_follow_one_another_without_gap_or_repetition(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_ROWS", 1)
    anna, seen, query = visit("anna"), [], ""
    while True:
        answer = anna.get(f"/cockpit/vorgaenge/{query}")
        seen += [row["case"].plate for row in answer.context["rows"]]
        if not answer.context["after"]:
            break
        query = f"?nach={answer.context['after']}"
    assert seen == ["K-WB 10", "K-WB 9", acts.PLATE]


def test_a_row_tells_state_next_step_and_pause(visit: Visit) -> None:
    act.pause(
        case=acts.intake_case("Z-1"),
        letter=acts.letter().id,
        submitted_on=None,
        until=clock.today().replace(day=12),
        note="",
        by="carla",
    )
    told = " ".join(visit("carla").get("/cockpit/vorgaenge/").content.decode().split())
    assert "Erinnerung geschrieben" in told
    assert "Mi., 18.03.2026" in told
    assert "ruht bis 12.03.2026" in told


def test_an_empty_list_explains_itself(visit: Visit) -> None:
    assert "Kein Vorgang ist offen" in visit("emil").get("/cockpit/vorgaenge/").content.decode()
    told = visit("anna").get("/cockpit/vorgaenge/?agentur=5000").content.decode()
    assert "Kein Vorgang passt zu dieser Auswahl" in told


def test_a_case_is_a_time_line_with_the_step_ahead(visit: Visit) -> None:
    told = visit("carla").get(f"/cockpit/vorgaenge/{acts.intake_case('Z-1')}/").content.decode()
    assert told.index("Vorgang eröffnet") < told.index("Erinnerung geschrieben;") < told.index('class="ahead"')
    assert "Mi., 18.03.2026" in told.split('class="ahead"')[1].split("</li>")[0]
    assert all(f"/cockpit/vermittlerpost/{letter.id}/" in told for letter in acts.letters_of())


def test_a_case_says_who_is_told_of_its_next_step(visit: Visit) -> None:
    told = visit("carla").get(f"/cockpit/vorgaenge/{acts.intake_case('Z-1')}/").content.decode()
    assert "Agentur 4710 über Portal und BiPRO." in told
    assert "Eine E-Mail bekommt, wie es jetzt eingestellt ist: Anna, Carla." in told


def test_a_case_that_waits_for_its_request_has_no_letters_yet(visit: Visit) -> None:
    acts.register("Z-9", "2026-03-09 06:00", evb="", plate="K-WB 99", vin="")  # clarified: nobody's to see
    acts.confirm("NL00009")
    acts.register("Z-8", "2026-03-09 06:00", evb="NL00009", plate="K-WB 98", vin="")
    told = visit("carla").get(f"/cockpit/vorgaenge/{acts.intake_case('Z-8')}/").content.decode()
    assert "Antragsanforderung" in told
    assert "nichts elektronisch bereitgestellt" in told
    assert visit("anna").get(f"/cockpit/vorgaenge/{acts.intake_case('Z-9')}/").status_code == 404


@pytest.mark.parametrize("login_id", ["olga", "dora", "emil"])
def test_a_foreign_case_is_as_unknown_as_none(visit: Visit, login_id: str) -> None:
    for case in (acts.intake_case("Z-1"), "V-0000-0000-00000"):
        assert visit(login_id).get(f"/cockpit/vorgaenge/{case}/").status_code == 404


def test_a_reader_sees_the_names_of_his_own_firm_only(visit: Visit) -> None:
    case = acts.intake_case("Z-1")
    act.inquire(case=case, letter=acts.letter().id, subject=Subject.SOLD, text="Verkauft.", by="carla")
    act.reroute(case=case, agency=cast.HAMBURG, reason="Bestandsübertragung", by="insurer")
    told = visit("olga").get(f"/cockpit/vorgaenge/{case}/").content.decode()
    assert "andere Firma" in told
    assert "Carla" not in told
    assert "Vorgang an Agentur 5000 übergeben." in told
    assert "4710" not in told


def test_whoever_of_the_insurers_staff_acted_is_the_insurer(visit: Visit) -> None:
    roles = frozenset({StaffRole.CASE_WORKER})
    create_staff(Colleague(login_id="hedda", name="Hedda Holm", email="", roles=roles), by="operator")
    case = acts.intake_case("Z-1")
    act.hold(case=case, until=date(2026, 3, 20), reason="Rückfrage läuft", by="hedda")
    told = visit("carla").get(f"/cockpit/vorgaenge/{case}/").content.decode()
    assert "Versicherer" in told
    assert "Hedda" not in told
    assert "andere Firma" not in told
