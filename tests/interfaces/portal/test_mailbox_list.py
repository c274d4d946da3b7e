"""The list of letters: the address is the filter, and it says why nothing is seen."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client
from tests import acts, cast
from tests.cast import ANNA, BERLIN, CARLA, DORA, EMIL, OLGA, ROBOT

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries as users
from vermittlerpost.delivery import actions
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.portal.cockpit import mailbox_filter
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")
Visit = Callable[[str], Client]
MAILBOX = "/cockpit/vermittlerpost/"


def shown(client: Client, query: str = "") -> str:
    """Return the page of the mailbox as text."""
    response = client.get(MAILBOX + query)
    assert response.status_code == 200
    return str(response.content.decode())


def listed(client: Client, query: str = "") -> list[str]:
    """Return the letters on a page, in their order."""
    return [row.letter for row in client.get(MAILBOX + query).context["page"].rows]


@pytest.fixture
def letters() -> list[str]:
    """Return three letters of one case, the newest first."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    return [letter.id for letter in reversed(acts.letters_of())]


@pytest.fixture
def several() -> list[str]:
    """Return six letters of three cases, the newest first: the first three are open, the others overtaken."""
    acts.register()
    for number, day in (("NL00002", "2026-02-09"), ("NL00003", "2026-02-23")):
        acts.confirm(number)
        acts.register(f"Z-{number}", f"{day} 06:00", evb=number, plate=f"K-XY {number[-1]}", vin="")
    acts.mornings(acts.REQUESTED, "2026-02-23", acts.REMINDED, "2026-03-09", "2026-03-10", acts.REMINDED_AGAIN)
    found = [one for message in ("Z-1", "Z-NL00002", "Z-NL00003") for one in acts.letters_of(message)]
    return [letter.id for letter in sorted(found, key=lambda letter: letter.issued_at, reverse=True)]


def test_the_newest_letter_stands_first_with_all_that_matters(several: list[str], visit: Visit) -> None:
    page = shown(visit(CARLA))
    assert listed(visit(CARLA)) == several[:3]
    assert listed(visit(CARLA), "?zustand=alle") == several
    for word in ("Erinnerung", acts.PLATE, acts.POLICYHOLDER, "letzte", "ungelesen"):
        assert word in page


def test_a_row_tells_the_day_on_which_its_letter_came_and_the_carrier(letters: list[str], visit: Visit) -> None:
    page = " ".join(shown(visit(CARLA)).split())
    assert "vom 18.03.2026</span> · Nordlicht Versicherung" in page


def acknowledge(letter: str) -> None:
    user = users.user(ROBOT)
    detail = delivery.shipment(user, letter)
    assert detail is not None
    actions.acknowledge(user, detail, consumer="Maklerwelt 7")


def test_what_software_has_not_acknowledged_can_be_asked_for(several: list[str], visit: Visit) -> None:
    asked = {
        "?bipro=offen": [1, 2],
        "?bipro=offen&ordnung=frist": [2, 1],
        "?bipro=offen&zustand=alle": [1, 2, 3, 5],
        "?bipro=offen&zustand=alle&suche=kwb4444": [3, 5],
        "?bipro=offen&agentur=4711": [],
        "?bipro=kaputt": [0, 1, 2],
    }
    with clock.turned_to(acts.moment("2026-03-20 09:00")):
        for letter in (several[0], several[4]):
            acknowledge(letter)
        for query, places in asked.items():
            assert listed(visit(CARLA), query) == [several[place] for place in places], query
        page = visit(ANNA).get(f"{MAILBOX}?bipro=offen&zeilen=50")
        assert [narrowing.name for narrowing, _ in page.context["narrowings"]] == ["zustand", "bipro"]
        assert not listed(visit(OLGA), "?bipro=offen&zustand=alle")


def test_only_who_uses_software_is_offered_to_ask_for_it(visit: Visit) -> None:
    assert 'name="bipro"' in shown(visit(ANNA))
    assert 'name="bipro"' not in shown(visit(OLGA))
    agencies.set_firm_software(cast.OSTERTAG, people_use_software=True, paper_if_uncollected=False, by="olga")
    assert 'name="bipro"' in shown(visit(OLGA))


def test_the_list_can_stand_by_due_date(several: list[str], visit: Visit) -> None:
    assert listed(visit(CARLA), "?ordnung=frist") == several[2::-1]


@pytest.mark.parametrize("login_id", [DORA, EMIL, OLGA])
def test_who_may_not_see_the_letters_sees_none(letters: list[str], visit: Visit, login_id: str) -> None:
    assert not listed(visit(login_id), "?zustand=alle")


def test_without_the_right_to_see_portfolio_data_the_page_says_so(letters: list[str], visit: Visit) -> None:
    assert "Ihnen fehlt das Recht „Anzeige der Bestandsdaten“" in shown(visit(EMIL))
    page = " ".join(shown(visit(EMIL)).split())
    assert "kann es Ihnen geben: <strong>Anna</strong>, <strong>Emil</strong>, <strong>Gregor</strong>." in page
    cast.change_user(EMIL, administrator=False)
    for administrator in (ANNA, cast.GREGOR):
        cast.change_user(administrator, active=False)
    assert "Ihre Firma hat zurzeit keinen" in shown(visit(EMIL))


def test_each_filter_narrows_the_list(several: list[str], visit: Visit) -> None:
    actions.mark_read(letters=[several[1]], by=CARLA)
    actions.mark_done(letters=[several[2]], by=CARLA)
    actions.assign(letter=several[0], to=CARLA, by=ANNA)
    client = visit(CARLA)
    for query, places in FILTERS.items():
        assert listed(client, query) == [several[place] for place in places], query


FILTERS = {
    "": [0, 1],
    "?zustand=ungelesen": [0],
    "?zustand=gelesen": [1],
    "?zustand=erledigt": [2, 3, 4, 5],
    "?zustand=alle": [0, 1, 2, 3, 4, 5],
    "?dringlichkeit=letzte": [0],
    "?dringlichkeit=hoch&zustand=alle": [1, 3],
    "?kategorie=important_letters&zustand=alle": [2, 4, 5],
    "?art=reminder": [0, 1],
    "?agentur=4710": [0, 1],
    "?agentur=4711&zustand=alle": [],
    "?traeger=nordlicht": [0, 1],
    "?traeger=ankerbund&zustand=alle": [],
    "?von=2026-03-18": [0],
    "?von=17.03.2026": [0],
    "?bis=2026-03-17": [1],
    "?von=2026-03-10&bis=2026-03-10": [1],
    "?bei=mir": [0],
    "?bei=mir&zustand=gelesen": [],
    "?zustand=alle&suche=kwb4444&dringlichkeit=normal": [5],
}
SPELLINGS = [
    "K-WB 4444", "k-wb4444", "kwb4444", "K WB 4444", "K WB4444", "KWB 4444", "4444", "K-WB 44", acts.EVB,
    acts.VIN.lower(), "Übelacker", "uebelacker sören", "UEBEL", "Sören K-WB 4444",
]  # fmt: skip
ABSENT = ["K-WB 4445", "B-AM 4444", "Meier", "Übelacker Meier", "4710/kwb4444", "k", "445"]
PUNCTUATION = ["'", "%", "\\", ":*", "(", "&", "' | '4710/a'"]


def test_a_letter_is_found_in_any_spelling(letters: list[str], visit: Visit) -> None:
    client = visit(CARLA)
    for typed in SPELLINGS:
        assert listed(client, f"?{urlencode({'suche': typed})}") == letters, typed


def test_what_is_not_there_is_not_found(letters: list[str], visit: Visit) -> None:
    client = visit(CARLA)
    for typed in ABSENT:
        assert not listed(client, f"?{urlencode({'suche': typed})}"), typed


def test_punctuation_is_nothing_to_look_for(letters: list[str], visit: Visit) -> None:
    client = visit(CARLA)
    for typed in PUNCTUATION:
        assert client.get(MAILBOX, {"suche": typed}).status_code == 200, typed


def test_a_letter_is_found_by_its_own_id_and_that_of_its_case(letters: list[str], visit: Visit) -> None:
    assert listed(visit(CARLA), f"?suche={letters[0]}") == letters[:1]
    assert listed(visit(CARLA), f"?suche={acts.case().id.lower()}") == letters


def test_a_search_finds_what_is_done_as_well(letters: list[str], visit: Visit) -> None:
    acts.apply(at="2026-03-19 10:00")
    assert not listed(visit(CARLA))
    assert listed(visit(CARLA), "?suche=kwb4444") == letters
    assert "Antrag eingegangen" in shown(visit(CARLA), "?suche=kwb4444")


def test_an_empty_list_names_the_filter_that_hides_letters(letters: list[str], visit: Visit) -> None:
    response = visit(CARLA).get(f"{MAILBOX}?zustand=gelesen&dringlichkeit=letzte")
    assert [narrowing.name for narrowing, _ in response.context["hiding"]] == ["zustand"]
    assert "sobald Sie eine dieser Angaben aufheben" in response.content.decode()


def test_an_empty_search_repeats_what_was_sought_and_how_spellings_are_treated(visit: Visit) -> None:
    page = shown(visit(CARLA), "?suche=Xaver")
    assert "Gesucht: „Xaver“" in page
    assert "in jeder Schreibweise" in page


def test_a_filter_that_makes_no_sense_narrows_nothing(several: list[str], visit: Visit) -> None:
    client = visit(CARLA)
    for query in ("?von=gestern", "?zustand=kaputt", "?zeilen=7", "?agentur=9999", "?ab=unsinn", "?ab=nach_x_y"):
        assert listed(client, query) == several[:3], query


def test_a_day_that_is_none_is_said_beside_its_field_and_stays(letters: list[str], visit: Visit) -> None:
    page = shown(visit(CARLA), "?von=gestern")
    assert "gültiges Datum" in page
    assert 'value="gestern"' in page


def test_pages_lead_forth_and_back_without_gap_or_repetition(
    several: list[str], visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox_filter.MailboxFilter, "size", 2)
    expected = several[:3]
    client = visit(ANNA)
    for order in ("neueste", "frist"):
        first = client.get(f"{MAILBOX}?ordnung={order}").context["page"]
        assert first.previous is None
        second = client.get(f"{MAILBOX}?ordnung={order}&ab={first.next}").context["page"]
        assert second.next is None
        seen = [row.letter for row in (*first.rows, *second.rows)]
        assert seen == (expected if order == "neueste" else expected[::-1])
        back = client.get(f"{MAILBOX}?ordnung={order}&ab={second.previous}").context["page"]
        assert (back.rows, back.previous, back.next) == (first.rows, None, first.next)


def test_the_navigation_tells_how_many_letters_are_unread(several: list[str], visit: Visit) -> None:
    assert '<span class="badge">3<' in shown(visit(CARLA))
    actions.mark_read(letters=several[:3], by=CARLA)
    assert '<span class="badge">' not in shown(visit(CARLA))


def test_a_firm_of_many_agencies_types_the_number(visit: Visit) -> None:
    agencies.put_agencies([cast._agency(f"9{n:03}", "Ort", "DE-NW") for n in range(60)], by="cast")
    page = shown(visit(ANNA), f"?agentur={BERLIN}")
    assert '<input type="text" name="agentur"' in page


def test_the_links_of_the_list_keep_the_filter(letters: list[str], visit: Visit) -> None:
    response = visit(CARLA).get(f"{MAILBOX}?dringlichkeit=letzte&art=reminder")
    queries = [parse_qs(urlsplit(f"?{query}").query) for _, query in response.context["narrowings"]]
    assert {"art": ["reminder"], "zustand": ["alle"], "dringlichkeit": ["letzte"]} in queries
    assert {"art": ["reminder"]} in queries
