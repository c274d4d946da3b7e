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
