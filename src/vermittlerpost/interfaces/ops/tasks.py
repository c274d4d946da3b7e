"""What a worker does and when: sweeps every minute, and at once when somebody nudges."""

from collections.abc import Callable
from datetime import timedelta

from django.db import close_old_connections
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib.nudge import nudge

EVERY_MINUTE = "* * * * *"
EVERY_FIVE_MINUTES = "*/5 * * * *"
EVERY_NIGHT = "17 2 * * *"
_STALLED_AFTER = timedelta(minutes=10)
_JOBS_KEPT_HOURS = 24


def _sweep(name: str, cron: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a round under its name: by the clock, and by nudges; a second one waiting would be one too many."""

    def register(work: Callable[[], object]) -> Callable[[], object]:
        def by_nudge() -> None:
            close_old_connections()
            work()

        def by_clock(timestamp: int) -> None:
            by_nudge()

        app.task(name=name, queueing_lock=name)(by_nudge)
        app.periodic(cron=cron)(app.task(name=f"{name}_by_clock", queueing_lock=f"{name}_by_clock")(by_clock))
        return work

    return register


@_sweep("beat", EVERY_MINUTE)
def beat() -> None:
    """Note that this house works, so that a standstill is known by its end."""
    rounds.beat()


@_sweep("take_steps", EVERY_MINUTE)
def take_steps() -> None:
    """Take the steps that are due; what waited for the end of the run is announced then."""
    if rounds.take_steps():
        nudge("announce")


@_sweep("announce", EVERY_MINUTE)
def announce() -> None:
    """Announce what was provided, once the run is through or has taken too long."""
    if rounds.may_announce():
        rounds.announce()


@_sweep("announce_news", EVERY_MINUTE)
def announce_news() -> None:
    """Announce the news that have become valid."""
    rounds.announce_news()


@_sweep("post", EVERY_MINUTE)
def post() -> None:
    """Send the mails that are due, and doubt those that a dead process had in its hands."""
    rounds.post()
    rounds.doubt_abandoned()


@_sweep("render", EVERY_MINUTE)
def render() -> None:
    """Make the PDFs of new letters."""
    rounds.render()


@_sweep("print_post", EVERY_MINUTE)
def print_post() -> None:
    """Build print batches once the cut-off has passed."""
    rounds.print_after_cut_off()


@_sweep("bring_to_print_shop", EVERY_MINUTE)
def bring_to_print_shop() -> None:
    """Lay print batches at the print shop that nobody recalled."""
    rounds.bring_to_print_shop()


@_sweep("take_answers_of_print_shop", EVERY_FIVE_MINUTES)
def take_answers_of_print_shop() -> None:
    """Read the receipts and returns that lie at the print shop."""
    rounds.take_answers_of_print_shop()


@_sweep("send_webhooks", EVERY_MINUTE)
def send_webhooks() -> None:
    """Tell the insurer's other systems what happened."""
    rounds.follow_journal()
    rounds.send_webhooks()


@_sweep("watch_pickups", EVERY_MINUTE)
def watch_pickups() -> None:
    """Notice urgent letters that firms' software leaves lying."""
    rounds.watch_pickups()


@_sweep("watch_coverage", EVERY_NIGHT)
def watch_coverage() -> None:
    """Notice agencies about whose letters nobody is mailed any more: behind midnight, as exceptions end by the day."""
    rounds.watch_coverage()


@_sweep("forget_tokens", EVERY_NIGHT)
def forget_tokens() -> None:
    """Remove expired tokens of firms' software."""
    rounds.forget_tokens()


@_sweep("read_bounces", EVERY_MINUTE)
def read_bounces() -> None:
    """Read the reports about mails that could not be delivered."""
    rounds.read_bounces()


@_sweep("take_inbox", EVERY_MINUTE)
def take_inbox() -> None:
    """Feed the files that have arrived in the watched folder."""
    rounds.take_inbox()


@_sweep("forget_inbox", EVERY_NIGHT)
def forget_inbox() -> None:
    """Remove old files from the watched folder."""
    rounds.forget_inbox()


@_sweep("forget_contents", EVERY_NIGHT)
def forget_contents() -> None:
    """Empty mails that somebody caused and that never left."""
    rounds.forget_contents()


@app.periodic(cron=EVERY_MINUTE)
@app.task(name="clean_up_stalled", queueing_lock="clean_up_stalled")
async def clean_up_stalled(timestamp: int) -> None:
    """End jobs whose worker died: what they left undone lies in the tables, and the next sweep finds it."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=_STALLED_AFTER.total_seconds()):
        await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron=EVERY_NIGHT)
@app.task(name="forget_old_jobs", queueing_lock="forget_old_jobs")
async def forget_old_jobs(timestamp: int) -> None:
    """Remove finished jobs, which are nobody's record of anything."""
    await app.job_manager.delete_old_jobs(nb_hours=_JOBS_KEPT_HOURS, include_failed=True)
