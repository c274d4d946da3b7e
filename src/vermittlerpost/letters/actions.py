"""Write letters, make their PDFs, and show when what they ask for is settled."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from vermittlerpost.journal import actions as journal
from vermittlerpost.journal.events import Event
from vermittlerpost.letters import events, rendering
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.models import Letter, Rendering
from vermittlerpost.letters.rules import Facts
from vermittlerpost.lib import bulk, clock, identifiers
from vermittlerpost.lib.errors import Refused, told
from vermittlerpost.lib.nudge import nudge
from vermittlerpost.lib.storage import Store

_LEASE = timedelta(minutes=5)
_WAITING_FOR_THE_DISK = 4


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter to be issued: its facts, and the codes of the carrier and agency that they speak of."""

    facts: Facts
    carrier: str
    agency: str


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What was erased: how many letters in each case, and the hashes of their PDFs."""

    letters: Mapping[str, int]
    hashes: list[str]


class LetterErased(Refused):
    """The time for which the letter had to be kept is over, and it is gone."""

    code = "letter_erased"


class NotMade(Refused):
    """The letter has no PDF, and none can be made before somebody has seen to it; its text can be read."""

    code = "pdf_not_made"


class NotStuck(Refused):
    """The letter has no PDF that was set aside."""

    code = "not_stuck"


def letter_id(*, case: str, kind: str, level: int) -> str:
    """Return the id of a letter: one per case, kind and level, for ever; those of a case lie together."""
    return identifiers.derive("S", case, kind, str(level), beginning=identifiers.beginning_of(case))


def category_of(kind: str) -> str:
    """Return the notification category of a kind of letter."""
    return KINDS[kind].category


def issue(drafts: Sequence[Draft], *, by: str) -> None:
    """Freeze the facts of letters, within the caller's transaction; refuses a letter that was issued before."""
    now = clock.now()
    bulk.insert(
        Letter,
        ["id", "case", "kind", "level", "urgency", "category", "carrier", "agency", "issued_at", "issued_on",
         "due_on", "facts", "settled_reason"],
        [
            (f.letter, f.case, f.kind, f.level, f.urgency, category_of(f.kind), d.carrier, d.agency, now,
             f.issued_on, f.due_on, f.to_json(), "")
            for d in drafts
            for f in [d.facts]
        ],
    )  # fmt: skip
    bulk.insert(Rendering, ["letter", "sha256", "stuck_reason"], [(d.facts.letter, "", "") for d in drafts])
    journal.record([_issued(draft) for draft in drafts], by=by)
    if drafts:
        nudge("render")


def _issued(draft: Draft) -> Event:
    facts = draft.facts
    data = {
        "letter": facts.letter,
        "kind": facts.kind,
        "level": facts.level,
        "urgency": facts.urgency,
        "agency": draft.agency,
        "due_on": facts.due_on and facts.due_on.isoformat(),
    }
    return Event(kind=events.ISSUED, subject=facts.case, data=data)


def settle(endings: Mapping[str, tuple[date, str]], *, by: str) -> dict[str, str]:
    """Show the letters of ended cases (case -> day and reason) as settled; return letter -> case."""
    unsettled = list(
        Letter.objects.select_for_update(no_key=True)
        .filter(case__in=list(endings), settled_on=None)
        .order_by("id")
        .values_list("id", "case")
    )
    bulk.update(Letter, ["settled_on", "settled_reason"], [(letter, *endings[case]) for letter, case in unsettled])
    journal.record(
        [
            Event(kind=events.SETTLED, subject=case, data={"letter": letter, "reason": endings[case][1]})
            for letter, case in unsettled
        ],
        by=by,
    )
    return dict(unsettled)


def render(store: Store, *, limit: int, by: str) -> int:
    """Make and keep the PDFs of up to `limit` letters, the oldest first, and return how many were claimed.

    No transaction is open meanwhile. A letter rendered twice is the same file; one that cannot be rendered is set
    aside, the others proceed.
    """
    claimed = _lease(limit)
    # While the disk makes sure of one PDF, the next ones are set.
    with ThreadPoolExecutor(_WAITING_FOR_THE_DISK) as threads:
        waiting = {letter: threads.submit(store.put, pdf) for letter, pdf in _set(claimed, by=by)}
        try:
            hashes = {letter: name.result() for letter, name in waiting.items()}
        except OSError:
            threads.shutdown(cancel_futures=True)  # where one cannot be kept, the others need not try
            raise
    _keep(hashes, by=by)
    return len(claimed)


def _set(claimed: Sequence[tuple[str, Mapping[str, object]]], *, by: str) -> Iterator[tuple[str, bytes]]:
    for letter, facts in claimed:
        try:
            pdf = rendering.render(Facts.from_json(facts))
        except Exception as error:  # noqa: BLE001 (whatever is wrong with this letter stops no other)
            _set_aside(letter, error, by=by)
        else:
            yield letter, pdf


@transaction.atomic
def _lease(limit: int) -> list[tuple[str, Mapping[str, object]]]:
    now = clock.now()
    free = Rendering.objects.filter(
        Q(leased_until=None) | Q(leased_until__lt=now), sha256="", stuck_at=None
    ).select_for_update(skip_locked=True, of=("self",))
    claimed = list(free.select_related("letter").order_by("letter")[:limit])
    Rendering.objects.filter(letter__in=[r.letter_id for r in claimed]).update(leased_until=now + _LEASE)
    return [(rendering.letter_id, rendering.letter.facts) for rendering in claimed]


@transaction.atomic
def _keep(hashes: Mapping[str, str], *, by: str) -> None:
    fresh = dict(
        Rendering.objects.select_for_update(of=("self",))
        .filter(letter__in=list(hashes), sha256="")
        .order_by("letter")
        .values_list("letter", "letter__case")
    )
    bulk.update(Rendering, ["sha256", "leased_until"], [(letter, hashes[letter], None) for letter in fresh])
    journal.record(
        [
            Event(kind=events.RENDERED, subject=case, data={"letter": letter, "sha256": hashes[letter]})
            for letter, case in fresh.items()
        ],
        by=by,
    )


@transaction.atomic
def _set_aside(letter: str, error: Exception, *, by: str) -> None:
    Rendering.objects.filter(letter=letter).update(stuck_at=clock.now(), stuck_reason=told(error), leased_until=None)
    case = Letter.objects.values_list("case", flat=True).get(id=letter)
    data = {"letter": letter, "error": type(error).__name__}
    journal.record([Event(kind=events.RENDERING_STUCK, subject=case, data=data)], by=by)


@transaction.atomic
def retry(*, letter: str, reason: str, by: str) -> None:
    """Try again to make a PDF that was set aside; refuses a letter that is not stuck."""
    if not Rendering.objects.filter(letter=letter).exclude(stuck_at=None).update(stuck_at=None, stuck_reason=""):
        raise NotStuck("Das PDF des Schreibens {letter} ist nicht liegen geblieben.", letter=letter)
    case = Letter.objects.values_list("case", flat=True).get(id=letter)
    data = {"letter": letter, "reason": reason}
    journal.record([Event(kind=events.RENDERING_RETRIED, subject=case, data=data)], by=by)
    nudge("render")


def erase(cases: Sequence[str]) -> Erased:
    """Forget what the letters of cases say, within the caller's transaction; that they were written stays, and hashes.

    The PDFs are to be removed once that holds.
    """
    found = Letter.objects.filter(case__in=list(cases), erased_on=None)
    written = dict(found.values_list("id", "case"))
    found.update(facts={}, erased_on=clock.today())
    Rendering.objects.filter(letter__in=list(written), sha256="").delete()
    hashes = Rendering.objects.filter(letter__in=list(written)).values_list("sha256", flat=True)
    return Erased(letters=Counter(written.values()), hashes=list(hashes))


def pdf_of(letter: str, store: Store, *, by: str) -> bytes:
    """Return the PDF of a letter, made at once if nobody has made it yet.

    Refuses an unknown and an erased letter, and one whose PDF cannot be made.
    """
    written = Letter.objects.select_related("rendering").get(id=letter)
    if written.erased_on:
        raise LetterErased("Das Schreiben {letter} ist nach Ablauf der Aufbewahrung gelöscht worden.", letter=letter)
    if written.rendering.sha256:
        return store.get(written.rendering.sha256)
    pdf = _made(written)
    _keep({letter: store.put(pdf)}, by=by)
    return pdf


def _made(letter: Letter) -> bytes:
    if not letter.rendering.stuck_at:
        with suppress(Refused):  # the next round sets it aside, and puts it before a person
            return rendering.render(Facts.from_json(letter.facts))
    raise NotMade(
        "Das PDF des Schreibens {letter} konnte noch nicht erzeugt werden. Was es sagt, steht im Portal.",
        letter=letter.id,
    )
