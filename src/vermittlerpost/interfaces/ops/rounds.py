"""Rounds of work: each empties one queue in batches; any number of processes may make them at once."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import transaction

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries as pending
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries as travelling
from vermittlerpost.delivery.rules import Alarm
from vermittlerpost.exchange import actions as exchange
from vermittlerpost.exchange.transports import HttpTransport
from vermittlerpost.interfaces.ops import alarms, answers, bounces, inbox, wiring
from vermittlerpost.journal import actions as pulse
from vermittlerpost.journal import queries as journal
from vermittlerpost.letters import actions as letters
from vermittlerpost.lib import clock
from vermittlerpost.lib.garbage import undisturbed
from vermittlerpost.news import actions as news
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as notified

SYSTEM = "system"
_BATCH = 500
_LETTERS_AT_ONCE = 50
_MAILS_AT_ONCE = 50
"""So many mails at most are of unknown fate if a process dies."""
_ENTRIES_AT_ONCE = 5000
_MESSAGES_AT_ONCE = 50


def beat() -> None:
    """Note that rounds are made."""
    pulse.beat(by=SYSTEM)


def take_steps() -> int:
    """Carry out the portfolio transfers whose day has come, then take every step that is due."""
    cases.transfer_due(by=SYSTEM)
    return _until_empty(lambda: cases.advance_due(limit=_BATCH, by=SYSTEM))


def announce() -> int:
    """Decide who is told about all that was provided."""
    return _until_empty(lambda: notifications.announce(limit=_BATCH, by=SYSTEM))


def announce_news() -> int:
    """Announce the news that have become valid."""
    return news.announce_due(by=SYSTEM)


def may_announce() -> bool:
    """Tell whether to announce now: a run that is going on is waited for, so that it is one mail, but not for long."""
    oldest = journal.unannounced().first()
    if oldest is None:
        return False
    if pending.halt_in_force():
        return True
    waited = clock.now() - oldest.at
    return waited > settings.ENVIRONMENT.bundle_patience or not pending.due(clock.now()).exists()


def post(*, due_by: datetime | None = None) -> int:
    """Send every mail that is due, by now or by a later moment, over one line."""
    moment = due_by or clock.now()
    with wiring.mail_destination().open() as line:
        return _until_empty(
            lambda: notifications.post(line, wiring.operator(), due_by=moment, limit=_MAILS_AT_ONCE, by=SYSTEM)
        )


def render() -> int:
    """Make the PDF of every letter that has none yet."""
    store = wiring.letter_store()
    return _until_empty(lambda: letters.render(store, limit=_LETTERS_AT_ONCE, by=SYSTEM))


def doubt_abandoned() -> int:
    """Mark as unknown what a dead process was sending."""
    return notifications.doubt_abandoned(by=SYSTEM)


def read_bounces() -> Counter[str]:
    """Read the reports about mails that could not be delivered."""
    box = wiring.bounce_box()
    return bounces.read(box, by=SYSTEM) if box else Counter()


def take_inbox() -> int:
    """Feed what has arrived in the watched folder, and return how many files that were."""
    folder = settings.ENVIRONMENT.inbox
    return len(inbox.sweep(folder, settled=settings.ENVIRONMENT.inbox_settled)) if folder else 0


def forget_inbox() -> int:
    """Remove the files that were fed from the watched folder so long ago that nobody asks for them."""
    folder = settings.ENVIRONMENT.inbox
    if folder is None:
        return 0
    arrivals = inbox.Inbox(folder)
    arrivals.furnish()
    return arrivals.forget(settings.ENVIRONMENT.inbox_kept)


def forget_contents() -> int:
    """Empty mails that somebody caused, never left, and are too old to be tried again."""
    return notifications.forget_contents()


def forget_tokens() -> int:
    """Remove the tokens of firms' software that have expired."""
    return agencies.forget_tokens()


def follow_journal() -> int:
    """Leave messages to webhooks for what happened since the last time."""
    return _until_empty(lambda: exchange.follow(limit=_ENTRIES_AT_ONCE))


def send_webhooks() -> int:
    """Send every message to a webhook that is due."""
    return _until_empty(lambda: exchange.send(HttpTransport(), limit=_MESSAGES_AT_ONCE, by=SYSTEM))


@transaction.atomic
def watch_pickups() -> list[Alarm]:
    """Warn each firm whose software leaves urgent letters lying, and return what is new."""
    raised = delivery.watch(patience=settings.ENVIRONMENT.pickup_patience, by=SYSTEM)
    alarms.warn(raised, by=SYSTEM)
    return raised


def watch_coverage() -> int:
    """Note where nobody is mailed any more, warn those firms, and return how many gaps are new."""
    return sum(_watch_coverage_of(firm) for firm in notified.firms_to_watch())


@transaction.atomic
def _watch_coverage_of(firm: str) -> int:
    opened = notifications.watch_coverage(firm, by=SYSTEM)
    alarms.warn_of_gaps(firm, opened, by=SYSTEM)
    return len(opened)


def print_after_cut_off() -> list[str]:
    """Build print batches of what was written before today's cut-off, once that has passed."""
    cut_off = clock.german_moment(clock.today(), settings.ENVIRONMENT.print_cut_off)
    if clock.now() < cut_off or not travelling.to_print().filter(changed_at__lt=cut_off).exists():
        return []
    return delivery.build_batches(wiring.print_folder(), by=SYSTEM)


def bring_to_print_shop() -> list[str]:
    """Hand over the batches that nobody recalled in time, lay them at the print shop, and return which arrived."""
    shop = wiring.print_shop()
    if shop is None:
        return []
    delivery.hand_over_due(after=settings.ENVIRONMENT.print_recall, by=SYSTEM)
    return delivery.send(wiring.print_folder(), shop, by=SYSTEM)


def take_answers_of_print_shop() -> int:
    """Read what the print shop has answered, and return how many files that were."""
    shop = wiring.print_shop()
    return len(answers.take(shop)) if shop else 0


def _until_empty(batch: Callable[[], int]) -> int:
    return sum(undisturbed(iter(batch, 0)))
