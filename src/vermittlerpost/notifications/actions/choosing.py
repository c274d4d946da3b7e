"""Choose which mails the users of one's own firm get (M4)."""

from collections.abc import Sequence

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions.keeping import refuse_last_readers
from vermittlerpost.notifications.actions.preferring import Choice, put_preferences
from vermittlerpost.notifications.queries import Standing
from vermittlerpost.notifications.rules import flaw_of


class NotYourChoice(Refused):
    """Whoever chooses is neither an administrator of the user's firm nor the user himself in one with self-service."""

    code = "not_your_choice"


class ChosenMeanwhile(Refused):
    """Somebody else made another choice since the settings were looked at."""

    code = "chosen_meanwhile"


class UnfitException(Refused):
    """An exception ends on a day that lies behind, or says nothing but what holds anyway."""

    code = "unfit_exception"


@transaction.atomic
def choose(choices: Sequence[Choice], *, seen: Sequence[Choice] = (), by: str) -> None:
    """Make choices for users of one's own firm; `seen` are theirs as they were when they were looked at.

    Refuses other firms' users and technical ones, who get no mails; what somebody else chose meanwhile; and to leave
    an agency that is served electronically without anybody who is mailed about what is urgent. An exception is Ja or
    Nein, up to a day that has not passed.
    """
    _check_days(choices)
    take_turns("preferences")
    chooser = agencies.user(by)
    before = queries.standing(chooser.firm_id)
    for choice in choices:
        _check_right(choice.login_id, chooser, before)
    _check_seen(choices, seen, before)
    put_preferences(choices, by=by)
    refuse_last_readers(before, queries.standing(chooser.firm_id))


def _check_days(choices: Sequence[Choice]) -> None:
    for choice in choices:
        if flaw := flaw_of(choice.wanted, choice.until, clock.today()):
            raise UnfitException(flaw)


def _check_right(login_id: str, chooser: User, standing: Standing) -> None:
    member = standing.members.get(login_id)
    if member is None or not may_choose(chooser, login_id):
        raise NotYourChoice("Diese Einstellung kann nur ein Administrator der Firma ändern.", login_id=login_id)
    if member.technical:
        raise NotYourChoice("Technische Benutzer erhalten keine E-Mails.", login_id=login_id)


def may_choose(chooser: User, login_id: str) -> bool:
    """Tell whether somebody may switch a user of his firm: an administrator all, others themselves if they are let."""
    if not chooser.is_active or chooser.technical:
        return False
    return chooser.administrator or (chooser.firm.self_service and login_id == chooser.login_id)


def _check_seen(choices: Sequence[Choice], seen: Sequence[Choice], standing: Standing) -> None:
    wanted = {(choice.login_id, choice.category): (choice.wanted, choice.until) for choice in choices}
    for old in seen:
        setting, shown = standing.members[old.login_id].settings[old.category], (old.wanted, old.until)
        # What stands there already is no conflict: the same form was sent twice.
        if (setting.choice, setting.until) not in {shown, wanted.get((old.login_id, old.category), shown)}:
            raise ChosenMeanwhile(
                "Diese Einstellungen hat inzwischen jemand anderes geändert. Es wurde nichts gespeichert.",
                login_id=old.login_id,
            )
