"""What `doctor` looks at, and what a process needs to serve."""

from collections.abc import Callable, Iterator, Sequence

from vermittlerpost.interfaces.ops.health import certificates, ground, reach, sign_on, traffic, work
from vermittlerpost.interfaces.ops.health.finding import Finding

_OUTSIDE: Sequence[Callable[[], Finding]] = (
    reach.certificate, reach.mail_server, reach.bounces, reach.signing_key, sign_on.provider,
    certificates.header, reach.letter_store, traffic.inbox, traffic.print_shop,
)  # fmt: skip
_WITH_DATABASE: Sequence[Callable[[], Finding]] = (
    ground.version, ground.durability, ground.tables, work.clocks, work.pulse, work.steps,
    work.waiting,
)  # fmt: skip


def findings() -> Iterator[Finding]:
    """Look at everything; what cannot be looked at because the database is away is left out."""
    yield ground.configuration()
    yield ground.processes()
    yield ground.folders()
    yield from (look() for look in _OUTSIDE)
    if not (reached := ground.reachable()).is_ok:
        yield reached
        return
    yield from (look() for look in _WITH_DATABASE)


def missing() -> list[str]:
    """Return what keeps this process from serving: folder, database, tables, store of letters; nothing if it can."""
    looks: Sequence[Callable[[], Finding]] = (
        ground.folders, ground.reachable, ground.tables, reach.letter_store_answers,
    )  # fmt: skip
    for look in looks:
        if not (found := look()).is_ok:
            return [found.subject]
    return []


__all__ = ["Finding", "findings", "missing"]
