"""Firms, the MaklerTicker, print batches and the journal, each with its role."""

import re
from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse
from tests import acts, cast

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.news import queries as news
from vermittlerpost.notifications.models import Mail

Work = Callable[[str], Client]
ADMINISTRATOR, EDITOR, PRINTER = "administrator", "editor", "print"

ARTICLE = {
    "title": "Saisonkennzeichen",
    "slug": "saisonkennzeichen",
    "teaser": "Was im Frühjahr gilt.",
    "body": "## Kurz\n\n**Bitte** prüfen. <script>x</script>",
    "audience": "administrators",
    "valid_from": "2030-03-01",
    "valid_until": "",
}


def test_a_firm_is_found_by_its_name_an_agency_or_a_user(work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    for text in ("brück", cast.DRESDEN, "Anna", cast.BRUECKNER.lower()):
        page = administrator.get(reverse("firms"), {"firma": text}).content.decode()
        assert "Maklerhaus Brückner" in page
        assert "Ostertag" not in page


def test_the_staffs_own_firm_is_no_firm(work: Work) -> None:
    assert "innendienst</span>" not in work(ADMINISTRATOR).get(reverse("firms")).content.decode()


def test_a_firm_gets_its_first_administrator_who_is_invited(work: Work) -> None:
    asked = {"name": "Nele Neu", "email": "nele@ostertag.example"}
    work(ADMINISTRATOR).post(reverse("firm_appoint", args=[cast.OSTERTAG]), asked)
    appointed = agencies.administrators_of(cast.OSTERTAG).get(name="Nele Neu")
    assert appointed.invited_at is not None
    assert Mail.objects.get(user=appointed).message == "invitation"


def test_an_agency_is_served_electronically_from_a_day_on(work: Work) -> None:
    where, administrator = reverse("agency", args=[cast.DRESDEN]), work(ADMINISTRATOR)
    fields = administrator.get(where).context["form"].initial
    answer = administrator.post(where, {**fields, "electronic_from": "2026-05-01"})
    assert answer.headers["Location"] == reverse("firm", args=[cast.BRUECKNER])
    assert agencies.known_agencies([cast.DRESDEN])[cast.DRESDEN].electronic_from == date(2026, 5, 1)


def test_a_case_worker_looks_at_firms_and_changes_none(work: Work) -> None:
    hedda = work("hedda")
    page = hedda.get(reverse("firm", args=[cast.BRUECKNER])).content.decode()
    assert reverse("firm_appoint", args=[cast.BRUECKNER]) not in page
    assert hedda.get(reverse("agency", args=[cast.BONN])).status_code == 403


def test_an_article_is_seen_before_it_is_published(work: Work) -> None:
    editor, where = work(EDITOR), reverse("article_write")
    page = editor.post(where, {**ARTICLE, "preview": ""}).content.decode()
    assert "<strong>Bitte</strong>" in page
    assert "<script>x" not in page
    assert "4 Personen sehen diese Meldung" in page  # Anna, Emil, Gregor and Olga; Frida has left
    assert not news.everything().exists()
    editor.post(where, {**ARTICLE, "publish": ""})
    assert news.everything().get().slug == "saisonkennzeichen"


def test_the_preview_tells_how_many_have_asked_to_be_mailed(work: Work) -> None:
    editor, where = work(EDITOR), reverse("article_write")

    def mailed(audience: str) -> str:
        page = editor.post(where, {**ARTICLE, "audience": audience, "preview": ""}).content.decode()
        (number,) = re.findall(r"eingeschaltet hat; das sind im gewählten Leserkreis derzeit (\d+)", page)
        return str(number)

    assert mailed("all") == "0", "preset is Nein for everybody"
    for asking in (cast.ANNA, cast.BERND, cast.GREGOR):
        cast.choose(asking, "news", wanted=True)
    assert (mailed("all"), mailed("administrators")) == ("2", "1"), "Gregor has no address"


def test_an_article_is_revised_and_withdrawn(work: Work) -> None:
    editor = work(EDITOR)
    editor.post(reverse("article_write"), {**ARTICLE, "publish": ""})
    editor.post(
        reverse("article_revise", args=["saisonkennzeichen"]), {**ARTICLE, "title": "Neuer Titel", "publish": ""}
    )
    assert news.everything().get().title == "Neuer Titel"
    editor.post(reverse("article_withdraw", args=["saisonkennzeichen"]), {"reason": "überholt"})
    assert news.everything().get().withdrawn_at is not None


def test_an_unfit_article_is_said_beside_what_was_typed(work: Work) -> None:
    page = work(EDITOR).post(reverse("article_write"), {**ARTICLE, "slug": "Nicht So", "publish": ""}).content.decode()
    assert "Der Kurzname besteht aus" in page
    assert 'value="Saisonkennzeichen"' in page


def test_paper_is_batched_downloaded_and_handed_over(work: Work) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    printer = work(PRINTER)
    printer.post(reverse("batch_build"))
    batch = delivery.batches().get().id
    pdf = printer.get(reverse("batch_file", args=[batch, "pdf"]))
    assert pdf.getvalue().startswith(b"%PDF")
    assert printer.get(reverse("batch_file", args=[batch, "txt"])).status_code == 404
    for _ in range(2):
        printer.post(reverse("batch_hand_over", args=[batch]))
    assert delivery.batches().get().state == "handed_over"
    assert acts.delivery_of(acts.letter().id).state == "handed_over"


def test_a_batch_is_recalled_with_a_reason(work: Work) -> None:
    cast.change_agency(cast.BONN, electronic_from=None)
    acts.register()
    acts.mornings(acts.REQUESTED)
    printer = work(PRINTER)
    printer.post(reverse("batch_build"))
    batch = delivery.batches().get().id
    printer.post(reverse("batch_recall", args=[batch]), {"reason": "falsches Papier"})
    assert delivery.batches().get().state == "recalled"
    assert printer.get(reverse("batch_file", args=[batch, "pdf"])).status_code == 404


def test_the_journal_of_a_subject_is_shown_and_exported(work: Work) -> None:
    auditor = work("auditor")
    page = auditor.get(reverse("record"), {"gegenstand": "user:hedda"}).content.decode()
    assert "Konto im Innendienst angelegt: Sachbearbeitung." in page
    assert "Beweiskette unversehrt" in page
    table = auditor.get(reverse("record_export"), {"gegenstand": "user:hedda"}).getvalue().decode()
    assert "user.staff_created" in table
