"""exchange: one answer to one key, and what is refused by raising leaves the key unused."""

from datetime import timedelta

import pytest

from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.actions import AnswerErased, OtherContent, Reply
from vermittlerpost.exchange.models import Answer
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused

pytestmark = pytest.mark.django_db

REPLY = Reply(status=200, content_type="application/json", body=b"\x00deflated")


def ask(fingerprint: str = "f", work: Reply | Refused = REPLY) -> Reply:
    def do() -> Reply:
        if isinstance(work, Refused):
            raise work
        return work

    return exchange.answer_once(holder="kernsystem", key="k", fingerprint=fingerprint, work=do)


def test_the_first_answer_holds_whatever_the_work_would_say_now() -> None:
    assert ask() is REPLY
    other = Reply(status=500, content_type="text/plain", body=b"")
    again = ask(work=other)
    assert (again.status, again.content_type, again.body) == (200, "application/json", b"\x00deflated")
    assert again.is_repeated


def test_another_fingerprint_is_refused_and_the_first_answer_stays() -> None:
    ask()
    with pytest.raises(OtherContent):
        ask("other")
    assert ask().is_repeated


def test_work_that_is_refused_leaves_the_key_unused() -> None:
    with pytest.raises(Refused):
        ask(work=Refused("Nein."))
    assert not Answer.objects.exists()
    assert not ask("other").is_repeated


def test_an_erased_answer_is_refused_and_its_key_stays_used() -> None:
    ask()
    assert exchange.erase_answers(clock.now() + timedelta(seconds=1), by="operator") == 1
    with pytest.raises(AnswerErased):
        ask()
    with pytest.raises(OtherContent):
        ask("other")
    assert exchange.erase_answers(clock.now() + timedelta(seconds=1), by="operator") == 0
