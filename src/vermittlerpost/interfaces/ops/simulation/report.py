"""Tell a person what happened: in German, from the same lists that are written for machines."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from vermittlerpost.cases.rules import State
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.interfaces.ops import timeline
from vermittlerpost.interfaces.ops.simulation import Lived, proofs, results
from vermittlerpost.interfaces.ops.simulation.days import morning_of
from vermittlerpost.interfaces.ops.words import ORIGINS, REASONS
from vermittlerpost.letters.kinds import KINDS
from vermittlerpost.notifications.categories import CATEGORIES

Line = Mapping[str, object]

_STATES = {
    "grace": "in der Karenz",
    "requested": "angefordert",
    "reminded_1": "erinnert",
    "reminded_2": "zum letzten Mal erinnert",
    "cancellation_proposed": "Kündigung vorgeschlagen",
    "clarification": "Klärfall",
}
_ENDS = {
    "application": "Antrag eingegangen",
    "other_insurer": "anderer Versicherer",
    "deregistration": "außer Betrieb gesetzt",
    "withdrawn": "Mitteilung zurückgenommen",
}
_LAST_LEVEL = 2


def lines(lived: Lived) -> Iterator[str]:
    """Yield the report, line by line."""
    letters, mails = list(results.letter_lines()), list(results.mail_lines())
    decisions = list(results.decision_lines({str(letter["letter"]) for letter in letters}))
    days = (lived.last - lived.first).days + 1
    yield f"Was in {days} Tagen geschah ({lived.first:%d.%m.%Y} bis {lived.last:%d.%m.%Y})"
    yield from _section("Eingang", _fed(lived))
    yield from _section("Vorgänge", _cases(list(results.case_lines())))
    yield from _section("Schreiben", _letters(letters))
    yield from _section("Mails", _mails(mails))
    yield from _section("Entscheidungen je Schreiben und Benutzer", _decisions(decisions))
    yield from _section("Ein Vorgang von Anfang bis Ende", _example(letters, decisions))
    yield from _section("Geprüft", proofs.lines(letters, mails, last_run=morning_of(lived.last)))


def _section(title: str, rows: Iterable[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"  {row}" for row in rows)


def _fed(lived: Lived) -> Iterator[str]:
    groups: dict[str, Counter[str]] = {}
    for report in lived.reports:
        groups.setdefault(report.format, Counter()).update(report.counts())
    for name, count in groups.items():
        yield (
            f"{name:<14}{count['accepted']:>6} übernommen {count['known']:>4} bekannt "
            f"{count['refused']:>4} abgewiesen {count['warned']:>4} mit Warnung"
        )
    for report in lived.reports:
        for remark in report.remarks[:1]:
            yield f"z. B. {report.file}, Zeile {remark.row}, Spalte {remark.column or '–'}: „{remark.value[:40]}“"


def _cases(cases: Sequence[Line]) -> Iterator[str]:
    none_needed = sum(case["case"] is None for case in cases)
    yield f"{len(cases):>6} Zulassungen, {none_needed} davon ohne Vorgang, weil Antrag oder Rücknahme schon da war"
    opened = [case for case in cases if case["case"] is not None]
    ended = Counter(str(case["reason"]) for case in opened if case["state"] == State.CLOSED)
    yield from _counted({_ENDS[reason]: count for reason, count in ended.items()}, "beendet: ")
    states = Counter(str(case["state"]) for case in opened if case["state"] != State.CLOSED)
    yield from _counted({_STATES[state]: states[state] for state in _STATES if states[state]}, "offen: ")


def _letters(letters: Sequence[Line]) -> Iterator[str]:
    kinds = Counter((str(one["kind"]), str(one["urgency"]), str(one["channel"])) for one in letters)
    for (kind, urgency, channel), count in sorted(kinds.items()):
        yield f"{count:>6} {KINDS[kind].title} (Dringlichkeit {urgency}), Versandweg {CHANNELS[channel].title}"


def _mails(mails: Sequence[Line]) -> Iterator[str]:
    for category, count in sorted(Counter(str(mail["category"]) for mail in mails).items()):
        about = [len(_about(mail)) for mail in mails if mail["category"] == category]
        title, total, most = CATEGORIES[category].title, sum(about), max(about)
        yield f"{count:>6} {title}, über {total} Schreiben oder Dokumente, höchstens {most} je Mail"


def _about(mail: Line) -> list[object]:
    letters, documents = mail["letters"], mail.get("documents", [])
    return [*letters, *documents] if isinstance(letters, list) and isinstance(documents, list) else []


def _decisions(decisions: Sequence[Line]) -> Iterator[str]:
    mailed = sum(one["outcome"] == "mailed" for one in decisions)
    yield f"{mailed:>6} benachrichtigt"
    reasons = Counter(str(one["reason"]) for one in decisions if one["reason"])
    yield from _counted({REASONS.get(reason, reason): count for reason, count in reasons.items()}, "nicht: ")


def _example(letters: Sequence[Line], decisions: Sequence[Line]) -> Iterator[str]:
    last = next((letter for letter in letters if letter["level"] == _LAST_LEVEL), None)
    if last is None:
        return
    for moment in timeline.of_case(str(last["case"])):
        yield f"{moment['at']}  {moment['sentence']}"
    for one in decisions:
        if one["letter"] == last["letter"]:
            why = REASONS.get(str(one["reason"]), "") if one["reason"] else "benachrichtigt"
            yield f"{last['letter']}  {one['login_id']}: {why} ({ORIGINS[str(one['origin'])]})"


def _counted(counts: Mapping[str, int], prefix: str) -> Iterator[str]:
    for name, count in sorted(counts.items(), key=lambda item: -item[1]):
        yield f"{count:>6} {prefix}{name}"
