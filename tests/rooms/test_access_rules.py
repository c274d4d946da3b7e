"""agencies: who may be let in, and what a ticket is good for."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from tests import cast

from vermittlerpost.agencies import actions, queries
from vermittlerpost.journal.models import Entry
from vermittlerpost.lib import clock, tickets
from vermittlerpost.lib.errors import Refused

pytestmark = pytest.mark.usefixtures("stage")

PASSWORD = "Rhabarber Laterne Zugvogel"


@pytest.mark.parametrize("login_id", [cast.FRIDA, cast.ROBOT, cast.GREGOR])
def test_who_is_inactive_a_program_or_without_address_is_not_invited(login_id: str) -> None:
    with pytest.raises(actions.NobodyToInvite):
        actions.invite(login_id, by=cast.ANNA)
    assert queries.user(login_id).invited_at is None


def test_who_has_a_password_is_not_invited_again() -> None:
    actions.change_password(queries.user(cast.BERND), PASSWORD, by=cast.BERND)
    with pytest.raises(actions.NobodyToInvite):
        actions.invite(cast.BERND, by=cast.ANNA)


def test_an_invitation_is_noted_and_journalled(turn_clock: Callable[[str], datetime]) -> None:
    at = turn_clock("2026-03-20 09:00")
    ticket = actions.invite(cast.BERND, by=cast.ANNA)
    assert queries.user(cast.BERND).invited_at == at
    assert ticket.valid_until == clock.now() + timedelta(days=14)
    assert Entry.objects.filter(kind="user.invited", actor=cast.ANNA, subject="user:bernd").count() == 1


def test_a_ticket_is_read_for_its_purpose_only_and_until_its_end(turn_clock: Callable[[str], datetime]) -> None:
    one, other = (tickets.Purpose(code=code, holds=timedelta(minutes=1)) for code in ("one", "other"))
    turn_clock("2026-03-20 09:00")
    ticket = tickets.issue(one, {"user": 1})
    assert tickets.read(one, ticket.text)["user"] == 1
    with pytest.raises(tickets.TicketGone):
        tickets.read(other, ticket.text)
    turn_clock("2026-03-20 09:01")
    assert clock.now() == ticket.valid_until
    with pytest.raises(tickets.TicketGone):
        tickets.read(one, ticket.text)


def test_a_password_changes_by_its_ticket_once() -> None:
    offer = actions.offer_new_password(cast.ANNA, "ANNA@brueckner.example")
    assert offer
    _, ticket = offer
    actions.set_password(queries.PASSWORD_RESET, ticket.text, PASSWORD)
    with pytest.raises(tickets.TicketGone):
        actions.set_password(queries.PASSWORD_RESET, ticket.text, "etwas ganz anderes")
    assert queries.user(cast.ANNA).check_password(PASSWORD)


def test_the_journal_of_access_names_nobody() -> None:
    user = queries.user(cast.ANNA)
    actions.change_password(user, PASSWORD, by=cast.ANNA)
    actions.ask_for_address(user, "neu@brueckner.example", by=cast.ANNA)
    actions.note_second_factor_added(user, factor="Passkey", by=cast.ANNA)
    kept = str(list(Entry.objects.filter(subject="user:anna").values_list("data", flat=True)))
    assert PASSWORD not in kept
    assert "neu@" not in kept


def test_who_asks_for_one_address_after_the_other_must_wait() -> None:
    user = queries.user(cast.ANNA)
    for number in range(5):
        actions.ask_for_address(user, f"neu{number}@brueckner.example", by=cast.ANNA)
    with pytest.raises(Refused, match="in einer Stunde"):
        actions.ask_for_address(user, "neu5@brueckner.example", by=cast.ANNA)
    with clock.turned_to(clock.now() + timedelta(hours=1, minutes=1)):
        actions.ask_for_address(user, "neu5@brueckner.example", by=cast.ANNA)
