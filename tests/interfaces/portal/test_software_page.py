"""Services » BiPRO: who fetches, what waits, where to, and what an administrator sets for it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.conf import LazySettings
from django.test import Client
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.agencies import actions as masters
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import actions as deliver
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.interfaces.portal.services.software_page import SoftwarePage
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

pytestmark = pytest.mark.usefixtures("stage")
Visit = Callable[[str], Client]
PAGE = "/services/bipro/"
SETTINGS = f"{PAGE}einstellungen/"
PASSWORD = f"{PAGE}benutzer/robot/kennwort/"
SUBJECT = "CN=mvp.brueckner.example, O=Maklerhaus Brückner, C=DE"


@pytest.fixture
def letters() -> Iterator[list[str]]:
    """Return a request and two reminders in Bonn, the first first; it is two days after the last."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    with clock.turned_to(moment("2026-03-20 09:00")):
        yield [letter.id for letter in acts.letters_of()]


@pytest.fixture
def certificates(settings: LazySettings) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"bipro_certificate_header": "X-Subject"})


def shown(client: Client) -> SoftwarePage:
    page: SoftwarePage = client.get(PAGE).context["page"]
    return page


def text(client: Client) -> str:
    return unescape(client.get(PAGE).content.decode())


def fetch(letter: str, by: str = cast.ROBOT) -> None:
    user = agencies.user(by)
    detail = delivery.shipment(user, letter)
    assert detail is not None
    deliver.note_fetched(detail, user, consumer="Maklerwelt 7")


def acknowledge(letter: str, by: str = cast.ROBOT) -> None:
    user = agencies.user(by)
    detail = delivery.shipment(user, letter)
    assert detail is not None
    deliver.acknowledge(user, detail, consumer="Maklerwelt 7")


def another_robot(login_id: str) -> None:
    masters.put_users([replace(cast.USERS[cast.ROBOT], login_id=login_id)], by=cast.BY)


def test_it_lies_under_services_for_everybody(visit: Visit) -> None:
    for login_id in (cast.ANNA, cast.CARLA, cast.EMIL):
        answer = visit(login_id).get(PAGE)
        assert answer.status_code == 200
        assert [place["title"] for area in answer.context["areas"] for place in area["places"]][-2] == "BiPRO"


def test_the_addresses_stand_there_whole_with_their_descriptions(visit: Visit) -> None:
    page = shown(visit(cast.BERND))
    client = Client()
    for address in page.addresses:
        assert address.url.startswith("http://127.0.0.1:8000/bipro/")
        assert (
            client.get(address.wsdl.removeprefix("http://127.0.0.1:8000"))
            .headers["Content-Type"]
            .startswith("text/xml")
        )


def test_who_fetched_last_is_told_with_what_the_software_calls_itself(visit: Visit, letters: list[str]) -> None:
    fetch(letters[0])
    (caller,) = shown(visit(cast.BERND)).callers
    assert (caller.login_id, caller.fetched_at, caller.consumer) == (cast.ROBOT, clock.now(), "Maklerwelt 7")
    assert "Maklerwelt 7" in text(visit(cast.BERND))


def test_what_is_not_acknowledged_is_counted_with_the_oldest_moment(visit: Visit, letters: list[str]) -> None:
    page = shown(visit(cast.BERND))
    assert (page.number, page.oldest) == (3, moment("2026-02-16 07:00"))
    acknowledge(letters[0])
    page = shown(visit(cast.BERND))
    assert (page.number, page.oldest) == (2, moment("2026-03-03 07:00"))


def test_the_number_leads_to_the_letters_that_are_not_acknowledged(visit: Visit, letters: list[str]) -> None:
    acknowledge(letters[0])
    link = re.search(r'href="(/cockpit/vermittlerpost/\?bipro=[^"]+)"', text(visit(cast.BERND)))
    assert link is not None
    found = visit(cast.BERND).get(link[1]).context["page"].rows
    assert [row.letter for row in found] == [letters[2], letters[1]]


def test_nobody_counts_or_sees_what_is_not_his(visit: Visit, letters: list[str]) -> None:
    rounds.watch_pickups()
    for login_id in (cast.DORA, cast.OLGA, cast.EMIL):
        page = shown(visit(login_id))
        assert (page.number, list(page.lying)) == (0, [])
        assert not any(letter in text(visit(login_id)) for letter in letters)


def test_urgent_letters_that_were_left_lying_are_linked_until_somebody_reads_them(
    visit: Visit, letters: list[str]
) -> None:
    assert list(shown(visit(cast.BERND)).lying) == []
    rounds.watch_pickups()
    assert [one.entry.letter_id for one in shown(visit(cast.BERND)).lying] == [letters[-1]]
    assert f"/cockpit/vermittlerpost/{letters[-1]}/" in text(visit(cast.BERND))
    deliver.mark_read(letters=[letters[-1]], by=cast.BERND)
    assert list(shown(visit(cast.BERND)).lying) == []


def test_an_administrator_is_warned_on_the_overview_and_nobody_else(visit: Visit, letters: list[str]) -> None:
    rounds.watch_pickups()
    warned = {one: visit(one).get("/cockpit/").context["lying"] for one in (cast.ANNA, cast.BERND, cast.EMIL)}
    assert warned == {
        cast.ANNA: {"number": 1, "is_more": False, "oldest": moment("2026-03-18 07:00")},
        cast.BERND: None,
        cast.EMIL: None,
    }
    fetch(letters[-1])
    assert visit(cast.ANNA).get("/cockpit/").context["lying"] is None


def test_samples_bear_the_technical_users_id_unless_the_reader_may_fetch_himself(visit: Visit) -> None:
    assert shown(visit(cast.BERND)).sample_login == cast.ROBOT
    cast.change_user(cast.BERND, rights=("basic", "view_portfolio", "document_archive"))
    assert shown(visit(cast.BERND)).sample_login == cast.ROBOT
    masters.set_firm_software(cast.BRUECKNER, people_use_software=True, paper_if_uncollected=False, by="x")
    assert shown(visit(cast.BERND)).sample_login == cast.BERND
    assert "Auch Sie selbst können abholen" in text(visit(cast.BERND))


def test_samples_bear_a_shipment_of_the_readers_own_and_never_a_password(visit: Visit, letters: list[str]) -> None:
    commands = [sample.command for sample in shown(visit(cast.CARLA)).samples]
    assert [letters[0] in command for command in commands] == [False, False, True, True]
    assert "<w:Password>$KENNWORT</w:Password>" in commands[0]
    assert "KENNWORT" not in "".join(commands[1:])


def test_what_a_shell_would_understand_is_harmless_in_samples(visit: Visit) -> None:
    cast.change_user(cast.ROBOT, active=False)
    another_robot("bot`id`$HOME<")
    (login, *_) = shown(visit(cast.ANNA)).samples
    assert r"<w:Username>bot\`id\`\$HOME&lt;</w:Username>" in login.command


def test_a_firm_without_a_technical_user_learns_what_this_is_and_whom_to_ask(visit: Visit) -> None:
    cast.change_user(cast.ROBOT, active=False)
    asked = text(visit(cast.BERND))
    assert "BiPRO ist die Norm" in asked
    assert "<strong>Anna</strong>" in asked
    assert "Beispielaufrufe" not in asked
    assert "/services/administration/benutzer-anlegen/" in text(visit(cast.ANNA))


def test_the_switches_of_the_firm_are_saved_once_and_journalled(visit: Visit) -> None:
    client = visit(cast.ANNA)
    for said in ("Die Änderung ist gespeichert", "Sie haben nichts geändert"):
        answer = client.post(SETTINGS, {"people_use_software": "on", "paper_if_uncollected": "on"}, follow=True)
        assert said in unescape(answer.content.decode())
    firm = agencies.user(cast.ANNA).firm
    assert (firm.people_use_software, firm.paper_if_uncollected) == (True, True)
    entries = [entry for entry in journal.about(f"firm:{cast.BRUECKNER}") if entry.actor == cast.ANNA]
    assert [entry.data["after"] for entry in entries] == [{"people_use_software": True, "paper_if_uncollected": True}]


def test_a_password_is_made_and_shown_once_and_the_software_logs_in_with_it(visit: Visit) -> None:
    client = visit(cast.ANNA)
    page = unescape(client.post(PASSWORD).content.decode())
    (password,) = re.findall(r'id="neues-kennwort">([\w-]{32})<', page)
    assert agencies.user(cast.ROBOT).check_password(password)
    assert password not in text(client)
    entries = list(journal.about("user:robot"))
    assert (entries[-1].kind, entries[-1].actor) == ("user.password_changed", cast.ANNA)
    assert password not in str([entry.data for entry in entries])


def test_another_password_ends_the_tokens_of_the_first(visit: Visit) -> None:
    masters.renew_software_password(cast.ROBOT, by="x")
    token = masters.issue_token(agencies.user(cast.ROBOT), lifetime=timedelta(minutes=30)).identifier
    assert agencies.bearer_of(token) is not None
    visit(cast.ANNA).post(PASSWORD)
    assert agencies.bearer_of(token) is None


def test_nobody_makes_a_password_for_a_person(visit: Visit) -> None:
    answer = visit(cast.ANNA).post(f"{PAGE}benutzer/bernd/kennwort/", follow=True)
    assert "nur für technische Benutzer" in unescape(answer.content.decode())
    assert not agencies.user(cast.BERND).has_usable_password()


def test_another_firms_administrator_finds_nothing(visit: Visit) -> None:
    assert visit(cast.OLGA).post(PASSWORD).status_code == 404


def test_a_certificate_is_spoken_of_only_where_the_operator_reads_them(visit: Visit) -> None:
    assert "Anmeldung mit Zertifikat" not in text(visit(cast.ANNA))


def test_a_certificate_is_shown_and_only_the_insurer_ties_one_to_a_user(visit: Visit, certificates: None) -> None:
    client = visit(cast.ANNA)
    assert "keines hinterlegt" in text(client)
    masters.set_certificate(cast.ROBOT, SUBJECT, by="operator")
    assert SUBJECT in text(client)
    assert "zertifikat" not in {path.split("/")[-2] for path in re.findall(r'action="([^"]+)"', text(client))}


def test_what_software_fetched_and_acknowledged_stands_at_the_letter_and_is_not_read(
    visit: Visit, letters: list[str]
) -> None:
    fetch(letters[-1])
    acknowledge(letters[-1])
    client = visit(cast.CARLA)
    listed = unescape(client.get("/cockpit/vermittlerpost/").content.decode())
    assert "über BiPRO quittiert" in listed
    assert "ungelesen" in listed
    receipts = client.get(f"/cockpit/vermittlerpost/{letters[-1]}/").context["page"].receipts
    told = [(str(one.words), one.at, one.actor) for one in receipts if "BiPRO" in str(one.words)]
    assert told == [
        ("über BiPRO abgerufen", clock.now(), "Robot"),
        ("über BiPRO quittiert", clock.now(), "Robot"),
    ]


def test_the_list_as_a_file_tells_what_software_took(visit: Visit, letters: list[str]) -> None:
    fetch(letters[-1])
    answer = visit(cast.CARLA).get("/cockpit/vermittlerpost/liste.csv")
    head, row, *_ = answer.getvalue().decode("utf-8-sig").splitlines()
    assert (head.split(";")[-1], row.split(";")[-1]) == ("BiPRO", "über BiPRO abgerufen")
