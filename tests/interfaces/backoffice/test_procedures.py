"""Processes with their days, what another one would change, and letters as they would be written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

import pytest
from django.forms import ChoiceField
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.acts import moment

from vermittlerpost.cases import processes, queries
from vermittlerpost.cases.queries import switching
from vermittlerpost.cases.rules import Process
from vermittlerpost.interfaces.backoffice.procedures import forms
from vermittlerpost.interfaces.backoffice.procedures import processes as pages
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.models import Letter
from vermittlerpost.lib import clock

Work = Callable[[str], Client]
STANDARD = "kfz_standard.1"


def test_a_process_is_a_line_of_days_for_a_notice_and_a_land(work: Work) -> None:
    page = work("auditor").get(reverse("process", args=[STANDARD]), {"tag": "2026-03-20", "land": "DE-NW"})
    # Good Friday and Easter Monday move the request, as the engine does.
    for day in ("Di., 07.04.2026", "Di., 21.04.2026", "Mi., 22.04.2026", "Do., 07.05.2026", "Fr., 22.05.2026"):
        assert day in page.content.decode()
    assert "Fristenprüfung bestanden" in page.content.decode()


def test_the_list_counts_what_runs_on_each(work: Work) -> None:
    acts.register()
    page = work("auditor").get(reverse("processes"))
    assert [row["running"] for row in page.context["rows"]] == [1]
    assert "Nordlicht Versicherung" in page.content.decode()


@pytest.fixture
def second(monkeypatch: pytest.MonkeyPatch) -> Process:
    """Return a second version that waits for three weeks; a catalogue never changes while the house runs."""
    shipped = processes.PROCESSES[STANDARD]
    later = replace(shipped, version=2, grace_days=21)
    both: Mapping[str, Process] = MappingProxyType({shipped.code: shipped, later.code: later})
    for room in (switching, pages):
        monkeypatch.setattr(room, "PROCESSES", both)
    monkeypatch.setitem(forms.Switching.base_fields, "process", ChoiceField(choices=[(code, code) for code in both]))
    return later


def test_a_switch_leaves_running_cases_and_names_those_that_would_begin_by_it(work: Work, second: Process) -> None:
    acts.register()
    unclear = acts.register("Z-2", "2026-02-16 09:00", evb="NL7K2P4", vin="", plate="M-AB 1")
    with clock.turned_to(moment("2026-02-20 09:00")):
        queries.everything().filter(id=unclear).update(carrier=cast.NORDLICHT)
        page = work("auditor").get(reverse("process_switch"), {"carrier": cast.NORDLICHT, "process": second.code})
    text = page.content.decode()
    assert "Laufende Vorgänge: 1 bleiben, wie sie sind" in text
    assert "Klärfälle: 1 beginnen anders" in text
    (waiting,) = page.context["switch"].waiting
    assert (waiting.case, f"{waiting.before:%m-%d}", f"{waiting.after:%m-%d}") == (unclear, "03-02", "03-09")
    assert [len(one["line"]) for one in page.context["lines"]] == [4, 4]


def draft(client: Client, text: str, **how: str) -> str:
    where = reverse("process_draft", args=[STANDARD])
    return client.post(where, {"text": text, **how}).content.decode()


def test_a_new_version_is_checked_and_downloaded_and_not_put_in_force(work: Work) -> None:
    administrator = work("administrator")
    text = queries.source_of(STANDARD).replace("grace_days = 14", "grace_days = 21")
    page = draft(administrator, text)
    assert "kfz_standard.2.toml herunterladen" in page
    assert draft(administrator, text.replace("\n", "\r\n"), download="") == text
    assert list(processes.PROCESSES) == [STANDARD]


def test_a_version_with_a_flaw_is_refused_with_a_sentence_and_the_text_stays(work: Work) -> None:
    text = queries.source_of(STANDARD).replace('urgency = "letzte"', 'urgency = "normal"')
    page = draft(work("administrator"), text, download="")
    assert "Die Dringlichkeit fällt von „hoch“ auf „normal“" in page
    assert "urgency = &quot;normal&quot;" in page


def test_other_roles_design_no_process(work: Work) -> None:
    assert work("case_worker").get(reverse("process_draft", args=[STANDARD])).status_code == 403


@pytest.mark.parametrize(("kind", "urgency"), [(kind.code, one) for kind in KINDS.values() for one in kind.wordings])
def test_every_letter_is_shown_as_text_and_as_pdf_and_none_is_kept(work: Work, kind: str, urgency: str) -> None:
    auditor = work("auditor")
    page = auditor.get(reverse("letter_kind", args=[kind, urgency])).content.decode()
    assert "K-WB 4444" in page
    pdf = auditor.get(reverse("letter_kind_pdf", args=[kind, urgency]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert not Letter.objects.exists()


def test_a_letter_that_says_nothing_at_an_urgency_is_not_there(work: Work) -> None:
    auditor = work("auditor")
    assert auditor.get(reverse("letter_kind", args=["reminder", "normal"])).status_code == 404
    assert auditor.get(reverse("letter_kind_pdf", args=["postcard", "normal"])).status_code == 404
