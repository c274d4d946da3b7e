"""What a shipment says in plain words: of plate, eVB, urgency and next step the norm knows no elements of their own."""

import re
from collections.abc import Iterator
from datetime import date

from vermittlerpost.cases.rules import CloseReason, NextStep
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.delivery.rules import BY_HAND, SUPERSEDED, Content, Detail
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.letters.rules import due_day_in_words

_LONGEST_REMARK = 1000
_LONGEST_NAME = 200
_LONGEST_PLATE = 100
_REMINDERS = "urgent_reminders"
_APART = re.compile(r"[^0-9A-Za-zÄÖÜäöüß]+")
_ENDS = {BY_HAND: "in Ihrer Firma als erledigt vermerkt", SUPERSEDED: "durch ein neueres Schreiben überholt"}


def remark(detail: Detail, step: NextStep | None) -> str:
    """Return what the shipment is about in sentences, the vehicle first; the next step is that of this moment (B6)."""
    text = " ".join(_sentences(detail, step))
    return text if len(text) <= _LONGEST_REMARK else f"{text[: _LONGEST_REMARK - 1]}…"


def summary(detail: Detail) -> str:
    """Return the letter in a few words."""
    return f"{title(detail)} {detail.facts.vehicle.plate[:_LONGEST_PLATE]}, Dringlichkeit {detail.facts.urgency}"


def title(detail: Detail) -> str:
    """Return what the letter is called."""
    return KINDS[detail.facts.kind].titled(detail.facts.due_on)


def is_reminder(detail: Detail) -> bool:
    """Tell whether the letter reminds of one before it; a second question or cancellation does not."""
    return KINDS[detail.facts.kind].category == _REMINDERS


def file_name(detail: Detail) -> str:
    """Return a name for the PDF that every system can keep, such as `Erinnerung_B-XY1234.pdf`."""
    kind, plate = (
        _APART.sub("-", part).strip("-") for part in (title(detail), detail.facts.vehicle.plate.replace(" ", ""))
    )
    return f"{kind}_{plate or detail.letter}"[:_LONGEST_NAME] + ".pdf"


def _sentences(detail: Detail, step: NextStep | None) -> Iterator[str]:
    facts = detail.facts
    yield f"Kennzeichen {facts.vehicle.plate}{f', eVB {facts.evb}' if facts.evb else ''}."
    if detail.content == Content.LETTER:
        yield f"{title(detail)}, Dringlichkeit: {facts.urgency}."
    if detail.content == Content.LETTER and facts.due_on:
        yield f"Frist: {due_day_in_words(facts.due_on)}."
    if detail.done_on:
        yield f"Erledigt am {_day(detail.done_on)}: {_end(detail.done_reason)}."
    if step:
        yield from _following(step)
    if facts.policyholder:
        yield f"Versicherungsnehmer: {facts.policyholder.name}."
    if step and step.prevented_by:
        yield f"Was das verhindert: {step.prevented_by}"


def _following(step: NextStep) -> Iterator[str]:
    yield f"Nächster Schritt{f' am {_day(step.day)}' if step.day else ''}: {step.title}. {step.sentence}".strip()
    if step.held_until:
        yield f"Der Vorgang ruht bis {_day(step.held_until)}."
    if step.agency:
        yield f"Das Schreiben geht an Agentur {step.agency} ({CHANNELS[step.channel].title})."


def _end(reason: str) -> str:
    return CloseReason(reason).words if reason in set(CloseReason) else _ENDS.get(reason, reason)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"
