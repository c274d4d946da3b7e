"""Everything that the page of a letter tells, gathered for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.cases import queries as cases
from vermittlerpost.cases.rules import NextStep, Subject
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.rules import BY_HAND
from vermittlerpost.interfaces.portal.cockpit import letter_words
from vermittlerpost.interfaces.portal.cockpit.cases_timeline import Moment, moments_of
from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.interfaces.portal.cockpit.told_next import ToldNext, told_next
from vermittlerpost.letters import queries as letters
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.rendering import Text
from vermittlerpost.notifications import queries as notifications
from vermittlerpost.notifications.rules import Reason


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A recorded moment of the letter (R9)."""

    words: str
    at: datetime
    actor: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """Whether a colleague was mailed about the letter, and why (B1)."""

    login_id: str
    name: str
    is_mailed: bool
    sent_at: datetime | None
    why: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class Sibling:
    """Another letter of the same case."""

    letter: str
    title: str
    urgency: str
    due_on: date | None
    provided_at: datetime
    is_here: bool


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an agency said about a case: a pause or a query, with the insurer's answer."""

    at: datetime
    by: str
    words: str
    text: str
    until: date | None = None
    submitted_on: date | None = None
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseStory:
    """What is told of a case wherever it is shown: what comes next, what was said, and what happened."""

    case: Any
    state: str
    step: NextStep
    told_next: ToldNext | None
    pause_until: date | None
    pauses: Sequence[Said]
    inquiries: Sequence[Said]
    moments: Sequence[Moment]

    @property
    def is_open(self) -> bool:
        """Tell whether the case goes on."""
        return self.case.closed_on is None

    @property
    def has_open_inquiry(self) -> bool:
        """Tell whether the insurer has yet to answer."""
        return any(inquiry.answered_at is None for inquiry in self.inquiries)


@dataclass(frozen=True, kw_only=True)
class LetterPage:
    """What the page shows; `story` is None if the case is another firm's by now."""

    entry: Any
    title: str
    text: Text
    has_pdf: bool
    end: str
    ended_by: str
    siblings: Sequence[Sibling]
    receipts: Sequence[Proof]
    told: Sequence[Told]
    story: CaseStory | None

    @property
    def is_done_by_hand(self) -> bool:
        """Tell whether the letter can be reopened."""
        return str(self.entry.done_reason) == BY_HAND


def page_of(entry: Any, reader: Account) -> LetterPage:
    """Gather the page of a letter; what its reader may not see any more is left out."""
    case = cases.visible_to(reader).filter(id=entry.case).first()
    return LetterPage(
        entry=entry,
        title=KINDS[entry.kind].titled(entry.due_on),
        text=letters.text_of(entry.letter_id),
        has_pdf=not letters.stuck().filter(letter=entry.letter_id).exists(),
        end=letter_words.end(entry.done_reason),
        ended_by=names_of(reader, [entry.done_by])[entry.done_by] if entry.done_reason == BY_HAND else "",
        siblings=siblings(entry.case, reader, here=entry.letter_id),
        receipts=_receipts(entry.letter_id, reader),
        told=_told(entry.letter_id, reader),
        story=story_of(case, reader) if case else None,
    )


def story_of(case: Any, reader: Account) -> CaseStory:
    """Gather what is told of a case that a reader may see."""
    pauses, inquiries = list(cases.pauses_of(case.id)), list(cases.inquiries_of(case.id))
    names = names_of(reader, {one.by for one in pauses} | {one.by for one in inquiries})
    step = cases.next_step(case)
    return CaseStory(
        case=case,
        state=cases.title_of_state(case),
        step=step,
        told_next=told_next(step),
        pause_until=cases.latest_pause(case),
        pauses=[
            Said(
                at=one.at,
                by=names[one.by],
                words="",
                text=one.note,
                until=one.until,
                submitted_on=one.submitted_on,
            )
            for one in pauses
        ],
        inquiries=[
            Said(
                at=one.at,
                by=names[one.by],
                words=Subject(one.subject).words,
                text=one.text,
                answer=one.answer,
                answered_at=one.answered_at,
            )
            for one in inquiries
        ],
        moments=moments_of(case.id, reader),
    )


def siblings(case: str, reader: Account, *, here: str = "") -> list[Sibling]:
    """Return the letters of a case that a reader may see, the first first."""
    entries = delivery.entries_of(reader).filter(case=case).order_by("provided_at", "letter")
    return [
        Sibling(
            letter=entry.letter_id,
            title=KINDS[entry.kind].titled(entry.due_on),
            urgency=entry.urgency,
            due_on=entry.due_on,
            provided_at=entry.provided_at,
            is_here=entry.letter_id == here,
        )
        for entry in entries
    ]


def _receipts(letter: str, reader: Account) -> list[Proof]:
    receipts = list(delivery.receipts_of(letter))
    names = names_of(reader, {receipt.actor for receipt in receipts})
    return [
        Proof(words=letter_words.RECEIPTS.get(one.kind, one.kind), at=one.at, actor=names[one.actor])
        for one in receipts
    ]


def _told(letter: str, reader: Account) -> list[Told]:
    verdicts = notifications.decisions_about(letter)
    users = agencies.users_by_login([verdict.login_id for verdict in verdicts])
    told = [
        Told(
            login_id=verdict.login_id,
            name=users[verdict.login_id].name,
            is_mailed=verdict.sent_at is not None,
            sent_at=verdict.sent_at,
            why=letter_words.why(verdict.outcome, verdict.reason, verdict.mail_state),
            origin=letter_words.origin(verdict.origin) if verdict.reason in {None, Reason.PREFERENCE} else "",
        )
        for verdict in verdicts
        if _is_colleague(users.get(verdict.login_id), reader)
    ]
    return sorted(told, key=lambda one: (not one.is_mailed, one.name))


def _is_colleague(user: Account | None, reader: Account) -> bool:
    return user is not None and user.firm_id == reader.firm_id
