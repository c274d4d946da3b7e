"""The conformance report: for programs as JSON, for people as text."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from vermittlerpost.interfaces.ops.lab import conduct, habits, reactions
from vermittlerpost.interfaces.ops.lab.calls import ACKNOWLEDGE, GET, Stretch
from vermittlerpost.interfaces.ops.lab.judging import FAILED, PASSED, UNTRIED

_ORDER = (FAILED, PASSED, UNTRIED)


def report(stretch: Stretch) -> dict[str, Any]:
    """Return what a client did, judged by every rule; broken ones first."""
    rules = sorted(_verdicts(stretch), key=lambda verdict: _ORDER.index(verdict["urteil"]))
    counts = Counter(verdict["urteil"] for verdict in rules)
    return {
        "tag": stretch.today,
        "aufrufe": len(stretch.calls),
        "urteile": {verdict: counts[verdict] for verdict in _ORDER},
        "regeln": rules,
        "lieferungen": _shipments(stretch),
    }


def text(stretch: Stretch) -> str:
    """Return the same for people."""
    return "".join(f"{line}\n" for line in _lines(report(stretch)))


def _verdicts(stretch: Stretch) -> Iterator[dict[str, str]]:
    for rule in (*conduct.RULES, *reactions.RULES, *habits.RULES):
        verdict, found = rule.judge(stretch)
        advice = rule.advice if verdict == FAILED else ""
        yield {"regel": rule.title, "urteil": verdict, "befund": found, "rat": advice}


def _shipments(stretch: Stretch) -> list[dict[str, Any]]:
    fetched, acknowledged = Counter(stretch.done(GET)), Counter(stretch.done(ACKNOWLEDGE))
    return [
        {
            "id": one,
            "kategorie": line.category,
            "verfuegbar_bis": line.available_until,
            "abgerufen": fetched[one],
            "quittiert": acknowledged[one],
        }
        for one, line in stretch.provided.items()
    ]


def _lines(told: dict[str, Any]) -> Iterator[str]:
    counts = ", ".join(f"{count} {verdict}" for verdict, count in told["urteile"].items())
    yield f"Bericht des BiPRO-Labors am {told['tag']:%d.%m.%Y}, nach {told['aufrufe']} Aufrufen"
    yield f"Regeln: {counts}"
    for rule in told["regeln"]:
        yield ""
        yield f"{rule['urteil'].upper():<16} {rule['regel']}"
        yield f"{'':<16} {rule['befund']}"
        if rule["rat"]:
            yield f"{'':<16} → {rule['rat']}"
    yield ""
    yield "Lieferung          Kategorie  verfügbar bis  abgerufen  quittiert"
    for one in told["lieferungen"]:
        until = date.fromisoformat(one["verfuegbar_bis"])
        times = f"{one['abgerufen']:>9}  {one['quittiert']:>9}"
        yield f"{one['id']:<17}  {one['kategorie']}  {until:%d.%m.%Y}     {times}"
