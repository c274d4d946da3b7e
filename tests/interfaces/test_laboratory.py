"""`lab`: vendors try out their programs in a house that is thrown away, and are told what these did (B9)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.interfaces.bipro import envelopes
from tests.interfaces.test_serve import free_port
from tests.interfaces.vendors import PATIENCE, Careful, Careless, Desk, ask

from vermittlerpost.interfaces.ops.lab.application import Application, NoLaboratory
from vermittlerpost.interfaces.ops.lab.disturbances import DISTURBANCES
from vermittlerpost.interfaces.ops.lab.world import PASSWORD, SOFTWARE

pytestmark = pytest.mark.xdist_group("laboratory")  # what they share takes long to make

SCRIPT = Path(sys.executable).with_name("vermittlerpost")
RUDE = "<x:listshipments xmlns:x='urn:x'><x:Request/></x:listshipments>"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a laboratory, of which nothing is left at the end."""
    folder, address = tmp_path_factory.mktemp("lab"), f"127.0.0.1:{free_port()}"
    environment = {**os.environ, "TMPDIR": str(folder), "VERMITTLERPOST_HOME": str(folder / "not-this-one")}
    process = subprocess.Popen([SCRIPT, "lab", "--listen", address], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    told: list[str] = []
    while not told or "steht bereit" not in told[-1]:
        told.append(process.stdout.readline())
        assert told[-1], "the laboratory ended before it was ready"
    assert f"http://{address}/bipro/430_Transfer" in "".join(told)
    assert SOFTWARE in "".join(told)
    assert PASSWORD in "".join(told)
    yield f"http://{address}"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert (process.returncode, list(folder.glob("vermittlerpost-*"))) == (0, [])


@pytest.fixture
def desk(url: str) -> Desk:
    """Return a laboratory that has just begun."""
    desk = Desk(url)
    desk.post("neu")
    return desk


def test_a_careful_program_keeps_every_rule(desk: Desk) -> None:
    program = Careful(desk.url)
    program.log_in()
    assert program.fetch() > 5
    assert desk.post("uhr", tage=1)["neue_lieferungen"] > 0
    for kind in DISTURBANCES:
        desk.post("stoerungen", art=kind, sekunden=1)
    assert program.fetch() > 0
    assert desk.get("stoerungen") == []
    rules = desk.rules()
    assert {rule["urteil"] for rule in rules.values()} == {"bestanden"}, rules


def test_a_program_that_acknowledges_before_it_fetches_breaks_the_rule(desk: Desk) -> None:
    program = Careless(desk.url)
    program.log_in()
    early, late = program.list()[:2]
    program.acknowledge(early)
    program.get(early)
    program.get(late)
    program.acknowledge(late)
    rule = desk.rules()["Quittiert erst, was ganz angekommen ist"]
    assert (rule["urteil"], rule["befund"]) == (
        "nicht bestanden",
        f"Quittiert, ohne ganz angekommen zu sein: {early}.",
    )
    assert "Quittieren Sie erst" in rule["rat"]
    assert desk.verdict("Ruft alles ab") == "nicht bestanden"
    counts = {one["id"]: (one["abgerufen"], one["quittiert"]) for one in desk.get("bericht")["lieferungen"]}
    assert (counts[early], counts[late]) == ((1, 1), (1, 1))
    assert sum(fetched for fetched, _ in counts.values()) == 2


def test_what_a_careless_program_does_about_each_fault_is_named(desk: Desk) -> None:
    program = Careless(desk.url)
    program.log_in()
    desk.post("stoerungen", art="doppelte_lieferung")
    listed = program.list()
    twice, missing, cut, refused = listed[0], *listed[2:5]
    assert listed[1] == twice
    program.get(twice)
    program.get(twice)
    for kind, shipment in (("mtom_teil_fehlt", missing), ("mtom_abgeschnitten", cut)):
        desk.post("stoerungen", art=kind)
        answer = program.get(shipment)
        assert (answer.status, answer.has_pdf) == (200, False)
        program.acknowledge(shipment)
    desk.post("stoerungen", art="503", anzahl=2)
    assert {program.get(refused).status for _ in range(2)} == {503}
    desk.post("stoerungen", art="token_abgelaufen")
    assert ">00962<" in program.get(refused).text
    for kind in ("token_abgelaufen", "503", "mtom_teil_fehlt", "mtom_abgeschnitten", "doppelte_lieferung"):
        assert desk.verdict(f"({kind})") == "nicht bestanden", kind
    assert desk.verdict("(langsam)") == "nicht geprüft"
    assert desk.verdict("Ruft jede Lieferung einmal ab") == "nicht bestanden"


def test_a_slow_answer_is_slow_and_impatience_is_seen(desk: Desk) -> None:
    program = Careless(desk.url)
    program.log_in()
    desk.post("stoerungen", art="langsam", sekunden=2)
    began = time.monotonic()
    assert program.list()
    assert time.monotonic() - began >= 2
    assert desk.verdict("(langsam)") == "bestanden"
    desk.post("stoerungen", art="langsam", sekunden=2)
    with ThreadPoolExecutor() as connections:
        slow = connections.submit(program.list)
        time.sleep(0.5)
        assert program.list() == slow.result()
    assert desk.verdict("(langsam)") == "nicht bestanden"


def test_the_clock_stands_until_it_is_turned_and_then_the_days_bring_letters(desk: Desk) -> None:
    before = datetime.fromisoformat(desk.get("uhr")["uhr"])
    assert desk.get("uhr")["uhr"] == before.isoformat()
    turned = desk.post("uhr", tage=4)
    assert datetime.fromisoformat(turned["uhr"]).date() - before.date() == timedelta(days=4)
    assert turned["neue_lieferungen"] > 0
    assert desk.verdict("Lässt nichts Eiliges liegen") == "nicht bestanden"
    assert desk.verdict("Lässt nichts verfallen") == "nicht bestanden"
    categories = {one["kategorie"] for one in desk.get("bericht")["lieferungen"]}
    assert categories == {"100005100", "160008000", "160011000"}


def test_a_program_that_logs_in_for_each_call_and_forgets_its_manners_is_told(desk: Desk) -> None:
    program = Careless(desk.url)
    for _ in range(3):
        program.log_in()
        message = envelopes.envelope(envelopes.bearing(program.token), RUDE)
        ask(desk.url + envelopes.TRANSFER, message.encode(), Content_Type="text/xml")
    broken = {title for title, rule in desk.rules().items() if rule["urteil"] == "nicht bestanden"}
    assert broken >= {
        "Benutzt sein Token mehrmals",
        "Nennt Elemente, wie die Norm sie nennt",
        "Sendet SOAPAction",
        "Nennt die BiPRO-Version",
        "Nennt sich selbst (ConsumerID)",
    }


def test_what_is_ordered_is_listed_and_can_be_cancelled(url: str) -> None:
    desk = Desk(url)
    [ordered] = desk.post("stoerungen", art="503", anzahl=3)
    assert (ordered["art"], ordered["anzahl"]) == ("503", 3)
    assert desk.get("stoerungen") == [ordered]
    ask(f"{desk.url}/labor/stoerungen", method="DELETE")
    assert desk.get("stoerungen") == []


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("stoerungen", b'{"art": "erdbeben"}', 400, "art ist eine von: token_abgelaufen, 503"),
        ("stoerungen", b'{"art": "503", "anzahl": 0}', 400, "anzahl ist eine ganze Zahl von 1 bis 1000."),
        ("uhr", b'{"tage": true}', 400, "tage ist eine ganze Zahl von 1 bis 90."),
        ("uhr", b"tage=1", 400, "Das ist kein JSON."),
        ("bericht", b"", 405, "/labor/bericht kennt nur: GET."),
        ("wetter", b"", 404, "Hier gibt es: /labor/uhr"),
    ],
)
def test_what_is_not_offered_is_said_in_a_sentence(
    url: str, path: str, body: bytes, status: int, sentence: str
) -> None:
    answer = ask(f"{url}/labor/{path}", body)
    assert (answer.status, sentence in answer.text) == (status, True)


def test_the_report_is_text_for_people_and_the_portal_stands_beside_it(url: str) -> None:
    report = ask(f"{url}/labor/bericht")
    assert report.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert report.text.startswith("Bericht des BiPRO-Labors am ")
    assert "Benutzerkennung" in ask(f"{url}/").text


@pytest.mark.parametrize(
    ("listen", "environment", "sentence"),
    [
        ("0.0.0.0:8430", {}, "nur auf dieser Maschine"),
        ("192.0.2.1:8430", {}, "nur auf dieser Maschine"),
        ("127.0.0.1:8430", {"VERMITTLERPOST_ENVIRONMENT": "production"}, "nicht in der Produktion"),
    ],
)
def test_it_opens_for_nobody_else(listen: str, environment: dict[str, str], sentence: str) -> None:
    finished = subprocess.run(
        [SCRIPT, "lab", "--listen", listen], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert (finished.returncode, sentence in finished.stderr) == (1, True)


def test_no_other_house_becomes_a_laboratory_and_no_production_may_be_called_one(settings: LazySettings) -> None:
    with pytest.raises(NoLaboratory):
        Application(lambda _environ, _start: [])
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"laboratory": True})
    assert any("VERMITTLERPOST_LABORATORY" in flaw for flaw in settings.ENVIRONMENT.flaws())
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"environment": "production"})
    with pytest.raises(NoLaboratory):
        Application(lambda _environ, _start: [])
