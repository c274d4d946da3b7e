"""Figures are numbers in tables, with bars beside them."""

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from tests import acts, cast

from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.lib import clock

Work = Callable[[str], Client]


def numbers(client: Client) -> list[str]:
    page = client.get(reverse("figures")).content.decode()
    return re.findall(r"<(?:t[hd])[^>]*>\s*(?:<strong>)?([^<]*?)\s*<", page)


def test_open_cases_are_counted_by_state_and_age(work: Work) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    acts.register("Z-2", "2026-02-16 09:00", evb="", vin="", plate="M-AB 1")
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        cells = numbers(work("auditor"))
    row = cells.index("Antrag angefordert", cells.index("über 56 Tage"))
    assert cells[row : row + 7] == ["Antrag angefordert", "0", "1", "0", "0", "0", "1"]


def test_applications_are_counted_by_the_letter_after_which_they_came(work: Work) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    acts.apply(at="2026-03-04 10:00")
    with clock.turned_to(acts.moment("2026-03-05 09:00")):
        cells = numbers(work("auditor"))
    assert cells[cells.index("nach der Erinnerung") + 1] == "1"


def test_cancellations_are_avoided_by_what_comes_after_the_last_reminder_or_the_proposal(work: Work) -> None:
    acts.confirm(kind="permanent")
    plates = {"Z-1": "K-AA 1", "Z-2": "K-AA 2", "Z-3": "K-AA 3", "Z-4": "K-AA 4"}
    vins = {message: f"WVWZZZ1JZ3W38675{number}" for number, message in enumerate(plates)}
    for message, plate in plates.items():
        acts.register(message, plate=plate, vin=vins[message])
    acts.mornings(acts.REQUESTED, acts.REMINDED)
    acts.apply("A-1", "2026-03-04 10:00", vin=vins["Z-1"])
    acts.mornings(acts.REMINDED_AGAIN)
    acts.apply("A-2", "2026-03-20 10:00", vin=vins["Z-2"])
    acts.mornings(acts.PROPOSED)
    acts.apply("A-3", "2026-04-03 10:00", vin=vins["Z-3"])
    approved = acts.intake_case("Z-4")
    with clock.turned_to(acts.moment("2026-04-03 11:00")):
        cases.propose(case=approved, reason="Kein Antrag", by="hedda")
        cases.approve(case=approved, by="ingo")
    acts.apply("A-4", "2026-04-07 10:00", vin=vins["Z-4"])
    with clock.turned_to(acts.moment("2026-04-08 09:00")):
        context = work("auditor").get(reverse("figures")).context
    assert [(bar.label, bar.number, bar.note) for bar in context["avoided"]] == [
        ("nach der letzten Erinnerung", "1", "25 %"),
        ("nach dem Vorschlag zur Kündigung", "1", "25 %"),
    ]


def test_half_of_the_applications_come_within_so_many_days_of_the_request(work: Work) -> None:
    acts.confirm(kind="permanent")
    vins = {f"Z-{number}": f"WVWZZZ1JZ3W38675{number}" for number in range(4)}
    for number, (message, vin) in enumerate(vins.items(), start=1):
        acts.register(message, plate=f"K-AA {number}", vin=vin)
    acts.mornings(acts.REQUESTED)
    for number, (day, vin) in enumerate(zip(("18", "19", "24", "26"), vins.values(), strict=True)):
        acts.apply(f"A-{number}", f"2026-02-{day} 10:00", vin=vin)
    with clock.turned_to(acts.moment("2026-03-05 09:00")):
        context = work("auditor").get(reverse("figures")).context
    assert [(bar.label, bar.number, bar.note) for bar in context["waits"]] == [
        ("alle", "5,5", "4 Anträge"),
        ("nach der Anforderung", "5,5", "4 Anträge"),
    ]


def test_mails_are_counted_by_day_and_person(work: Work) -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        page = work("auditor").get(reverse("figures")).content.decode()
    assert "16.02.2026" in page
    assert "2 Personen, je 1,0" in page


def test_queues_tell_how_long_the_first_waits(work: Work) -> None:
    acts.register(evb="", vin="")
    with clock.turned_to(acts.moment("2026-02-06 09:00")):
        cells = numbers(work("auditor"))
    row = cells.index("ältestes")
    assert cells[row + 5 : row + 7] == ["1", "seit 4 Tagen"], "the second list, after what is urgent"


def test_returned_post_is_a_share_of_what_was_handed_over(work: Work) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    (batch,) = acts.print_post("2026-02-16 12:00")
    acts.hand_over(batch, "2026-02-16 13:00")
    with clock.turned_to(acts.moment("2026-02-20 09:00")):
        delivery.note_return(acts.letter().id, reason="unbekannt", by="printer")
        cells = numbers(work("auditor"))
    row = cells.index("Nordlicht Versicherung")
    assert cells[row + 1 : row + 4] == ["1", "1", "100 %"]


def test_every_page_says_while_the_steps_of_all_cases_are_halted(work: Work) -> None:
    case_worker = work("hedda")
    assert "Angehalten seit" not in case_worker.get(reverse("desk")).content.decode()
    cases.halt(reason="Umbau", until=None, by="operator")
    assert "Grund: Umbau (operator)." in case_worker.get(reverse("desk")).content.decode()
