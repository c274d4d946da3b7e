"""Send the links by which people get in: each with what it changes, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.access.backend import must_sign_on
from vermittlerpost.lib import clock
from vermittlerpost.lib.tickets import Ticket
from vermittlerpost.notifications import actions as notifications


@transaction.atomic
def invite(login_id: str, *, by: str) -> None:
    """Invite a user to choose his password; refuses what `agencies.invite` refuses."""
    ticket = agencies.invite(login_id, by=by)
    user = queries.user(login_id)
    content = {"firm": user.firm.name, "login_id": login_id, **_link("invitation", ticket)}
    notifications.send_message("invitation", user=user.id, content=content, by=by)


@transaction.atomic
def offer_new_password(login_id: str, address: str) -> None:
    """Send a link for a new password if login id and address belong together; else nothing happens.

    Who comes from the identity provider only is sent none.
    """
    offer = agencies.offer_new_password(login_id, address)
    if offer and not must_sign_on(offer[0]):
        user, ticket = offer
        content = _link("password_reset", ticket)
        notifications.send_message("password_reset", user=user.id, content=content, by=user.login_id)


@transaction.atomic
def ask_for_address(user: Account, address: str) -> None:
    """Ask at a new address and at the old one, if there is one, whether the new one shall hold."""
    links = agencies.ask_for_address(user, address, by=user.login_id)
    _ask(user, "address_change_new", links.new, address=address)
    if links.old:
        _ask(user, "address_change_old", links.old, address=user.email)


def _ask(user: Account, message: str, ticket: Ticket, *, address: str) -> None:
    content = _link("address_confirm", ticket)
    notifications.send_message(message, user=user.id, content=content, address=address, by=user.login_id)


def _link(name: str, ticket: Ticket) -> dict[str, Any]:
    return {"link": reverse(name, args=[ticket.text]), "valid_until": _in_words(ticket.valid_until)}


def _in_words(moment: datetime) -> str:
    return f"{moment.astimezone(clock.GERMANY):%d.%m.%Y, %H:%M} Uhr"
