"""Liegen geblieben: what systems were not told and paper that does not arrive, tried again or settled (R12)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from tests import acts
from tests.cast import DRESDEN
from tests.interfaces.backoffice.conftest import HEDDA
from tests.lasting import follow

from vermittlerpost.delivery import queries as delivery
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange import queries
from vermittlerpost.exchange.models import Dispatch
from vermittlerpost.exchange.rules.hooks import HookEvent
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock

Work = Callable[[str], Client]
ADMINISTRATOR = "administrator"
LATER = "2026-02-18 13:01"


def page(client: Client, at: str = LATER) -> str:
    with clock.turned_to(acts.moment(at)):
        return client.get(reverse("stuck")).content.decode()


def post(client: Client, name: str, kind: str, reference: str, at: str = LATER) -> None:
    with clock.turned_to(acts.moment(at)):
        client.post(reverse(name, args=[kind, reference]), {"reason": "angerufen"})


@pytest.fixture
def given_up(staff: None) -> str:
    """Return a message to another system that was given up."""
    with clock.turned_to(acts.moment("2026-01-01 08:00")):
        exchange.add_webhook(
            holder="kernsystem", url="http://127.0.0.1:9/", wanted={HookEvent.CASE_CLOSED}, by="operator"
        )
    acts.register()
    acts.apply()
    with clock.turned_to(acts.moment("2026-02-11 09:00")):
        follow()
        Dispatch.objects.update(state="failed", reply="HTTP 503", settled_at=clock.now())
    return queries.failed().get().id


@pytest.fixture
def lying(staff: None, tmp_path: Path, settings: LazySettings) -> str:
    """Return a batch that was handed over and cannot be laid at the print shop."""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"print_shop": tmp_path / "away"})
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    (batch,) = acts.print_post(f"{acts.REQUESTED} 12:00")
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 13:00")):
        rounds.bring_to_print_shop()
    return batch


def test_a_message_that_was_given_up_is_shown_and_tried_again(given_up: str, work: Work) -> None:
    administrator = work(ADMINISTRATOR)
    said = page(administrator)
    assert "Meldung an „kernsystem“" in said
    assert "HTTP 503" in said
    post(administrator, "stuck_retry", "webhook", given_up)
    assert queries.waiting().get().id == given_up
    assert "Nichts liegt" in page(administrator)
    latest = journal.about(f"webhook:{queries.webhooks().get().id}").last()
    assert latest
    assert (latest.kind, latest.actor, latest.data["reason"]) == ("webhook.redriven", ADMINISTRATOR, "angerufen")


def test_a_message_that_was_given_up_may_be_left_untold_with_a_reason(given_up: str, work: Work) -> None:
    hedda = work(HEDDA)
    for _ in range(2):
        post(hedda, "stuck_settle", "webhook", given_up)
    assert Dispatch.objects.get().state == "dropped"
    assert "Nichts liegt" in page(hedda)
    kinds = list(journal.about(f"webhook:{queries.webhooks().get().id}").values_list("kind", flat=True))
    assert kinds.count("webhook.settled") == 1


def test_what_an_ended_webhook_was_not_told_can_only_be_settled(given_up: str, work: Work) -> None:
    exchange.end_webhook(webhook=queries.webhooks().get().id, holder="kernsystem", by="operator")
    said = page(work(HEDDA))
    assert reverse("stuck_settle", args=["webhook", given_up]) in said
    assert reverse("stuck_retry", args=["webhook", given_up]) not in said


def test_a_batch_that_does_not_arrive_is_laid_at_the_print_shop_once_more(
    lying: str, work: Work, tmp_path: Path
) -> None:
    hedda, shop = work(HEDDA), tmp_path / "away"
    assert "liegen noch nicht bei der Druckerei" in page(hedda)
    post(hedda, "stuck_retry", "batch", lying)
    assert "Nichts liegt" in page(hedda)
    shop.mkdir()
    with clock.turned_to(acts.moment(LATER)):
        rounds.bring_to_print_shop()
    assert (shop / f"{lying}.pdf").is_file()
    assert "nicht bestätigt" in page(hedda, "2026-02-20 13:02"), "waiting anew ends as well"


def test_a_batch_that_the_print_shop_has_is_settled_by_hand(lying: str, work: Work) -> None:
    hedda = work(HEDDA)
    for _ in range(2):
        post(hedda, "stuck_settle", "batch", lying)
    assert delivery.batches().get().confirmed_at == acts.moment(LATER)
    assert "Nichts liegt" in page(hedda)
    latest = journal.about(f"batch:{lying}").last()
    assert latest
    assert (latest.kind, latest.data) == ("print_batch.settled", {"reason": "angerufen"})


def test_a_batch_that_nobody_hands_over_is_recalled_and_cannot_be_settled(staff: None, work: Work) -> None:
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    (batch,) = acts.print_post(f"{acts.REQUESTED} 12:00")
    hedda = work(HEDDA)
    assert "noch nicht übergeben" in page(hedda)
    post(hedda, "stuck_settle", "batch", batch)
    assert delivery.batches().get().state == "built"
    post(hedda, "stuck_retry", "batch", batch)
    assert delivery.batches().get().state == "recalled"
    assert delivery.to_print().count() == 1


def test_the_first_page_counts_them(given_up: str, work: Work) -> None:
    lists = work(HEDDA).get(reverse("desk")).context["lists"]
    assert {one["list"].name: one["number"] for one in lists}["stuck"] == "1"


def test_of_what_cannot_be_settled_nothing_is(staff: None, work: Work) -> None:
    for name in ("stuck_settle", "stuck_retry"):
        assert work(HEDDA).post(reverse(name, args=["news", "x"]), {"reason": "."}).status_code == 404
