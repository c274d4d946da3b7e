"""Choose which mails the users of one's own firm get (M4)."""

from collections.abc import Sequence

from django.db import transaction

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions.preferring import Choice, put_preferences
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import Gap, Standing


class NotYourChoice(Refused):
    """Whoever chooses is neither an administrator of the user's firm nor the user himself in one with self-service."""

    code = "not_your_choice"


class ChosenMeanwhile(Refused):
    """Somebody else made another choice since the settings were looked at."""

    code = "chosen_meanwhile"


class LastReader(Refused):
    """Nobody would be mailed any more about what is urgent at an agency (B12)."""

    code = "last_reader"


@transaction.atomic
def choose(choices: Sequence[Choice], *, seen: Sequence[Choice] = (), by: str) -> None:
    """Make choices for users of one's own firm; `seen` are theirs as they were when they were looked at.

    Refuses other firms' users and technical ones, who get no mails; what somebody else chose meanwhile; and to leave
    an agency that is served electronically without anybody who is mailed about what is urgent.
    """
    take_turns("preferences")
    chooser = agencies.user(by)
    before = queries.standing(chooser.firm_id)
    for choice in choices:
        _check_right(choice.login_id, chooser, before)
    _check_seen(choices, seen, before)
    put_preferences(choices, by=by)
    after = queries.standing(chooser.firm_id)
    _check_coverage([gap for gap in after.gaps if gap not in before.gaps and CATEGORIES[gap.category].urgent])


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
    wanted = {(choice.login_id, choice.category): choice.wanted for choice in choices}
    for old in seen:
        stored = standing.members[old.login_id].settings[old.category].choice
        # What stands there already is no conflict: the same form was sent twice.
        if stored is not old.wanted and stored is not wanted.get((old.login_id, old.category), old.wanted):
            raise ChosenMeanwhile(
                "Diese Einstellungen hat inzwischen jemand anderes geändert. Es wurde nichts gespeichert.",
                login_id=old.login_id,
            )


def _check_coverage(opened: Sequence[Gap]) -> None:
    if not opened:
        return
    title = CATEGORIES[opened[0].category].title
    numbers = sorted({gap.agency for gap in opened})
    which = f"der Agentur {numbers[0]}" if len(numbers) == 1 else f"der Agenturen {', '.join(numbers[:5])}"
    more = f" und {len(numbers) - 5} weiterer" if len(numbers) > 5 else ""
    raise LastReader(
        f"Über „{title}“ {which}{more} würde niemand mehr benachrichtigt. "
        "Stellen Sie zuerst bei jemand anderem, der sie sieht, „Ja“ ein.",
        agencies=", ".join(numbers),
    )
