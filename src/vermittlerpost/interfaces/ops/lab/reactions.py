"""What a good client does when something goes wrong: one rule for each fault that a vendor can order."""

from collections.abc import Callable
from functools import partial

from vermittlerpost.interfaces.ops.lab.calls import ACKNOWLEDGE, GET, LOGIN, Call, Stretch
from vermittlerpost.interfaces.ops.lab.judging import Found, Rule, judged

Flaw = Callable[[Call, list[Call]], str]
"""What was wrong about what a client did after a fault, given the calls that came later; empty if nothing was."""


def _without_new_login(hit: Call, later: list[Call]) -> str:
    if _succeeded(hit, later):
        return ""
    again = any(call.asked.operation == LOGIN and call.is_ok for call in later)
    return "neue Anmeldung, aber der Aufruf wurde nicht wiederholt" if again else "keine neue Anmeldung"


def _without_retry(hit: Call, later: list[Call]) -> str:
    if _succeeded(hit, later):
        return ""
    times = sum(_is_same(call, hit) for call in later)
    return f"{times} Versuche, keiner gelang" if times else "aufgegeben, der Aufruf wurde nicht wiederholt"


def _with_a_broken_letter(hit: Call, later: list[Call]) -> str:
    for call in later:
        if set(call.asked.ids) & set(hit.asked.ids) and call.is_whole:
            if call.asked.operation == ACKNOWLEDGE:
                return f"{call.asked.ids[0]} unvollständig quittiert"
            if call.asked.operation == GET:
                return ""
    return f"{', '.join(hit.asked.ids)} nicht noch einmal abgerufen"


def _fetched_twice(hit: Call, later: list[Call]) -> str:
    twice = hit.listed[0]
    times = sum(call.asked.operation == GET and call.is_whole and twice in call.asked.ids for call in later)
    return f"{twice} {times}-mal abgerufen" if times > 1 else ""


def _without_patience(hit: Call, later: list[Call]) -> str:
    hurried = any(_is_same(call, hit) and call.began < hit.ended for call in later)
    return "derselbe Aufruf kam noch einmal, bevor die Antwort da war" if hurried else ""


def _succeeded(hit: Call, later: list[Call]) -> bool:
    return any(_is_same(call, hit) and call.is_ok for call in later)


def _is_same(call: Call, other: Call) -> bool:
    return (call.asked.operation, call.asked.ids) == (other.asked.operation, other.asked.ids)


def _judge(kind: str, flaw: Flaw, stretch: Stretch) -> Found:
    hits = [call for call in stretch.calls if call.disturbance == kind]
    flaws = [flaw(hit, [call for call in stretch.calls if call.began > hit.began]) for hit in hits]
    kept = f"{len(hits)}-mal geschehen und jedes Mal überstanden."
    return judged(filter(None, flaws), hits, kept=kept, broken="Nach der Störung:")


def _rule(kind: str, title: str, flaw: Flaw, advice: str) -> Rule:
    return Rule(title=f"{title} ({kind})", judge=partial(_judge, kind, flaw), advice=advice)


RULES = (
    _rule(
        "token_abgelaufen",
        "Meldet sich neu an, wenn das Token nicht mehr gilt",
        _without_new_login,
        "Melden Sie sich nach MeldungID 00960 mit 00962 einmal neu an, und wiederholen Sie den Aufruf.",
    ),
    _rule(
        "503",
        "Versucht es nach einem Ausfall noch einmal",
        _without_retry,
        "Warten Sie nach HTTP 429, 502, 503 und 504 so lange, wie Retry-After sagt, und wiederholen Sie den Aufruf.",
    ),
    _rule(
        "mtom_teil_fehlt",
        "Bemerkt, dass das Dokument fehlt",
        _with_a_broken_letter,
        "Prüfen Sie, ob zu jedem xop:Include ein Teil da ist; fehlt er, rufen Sie erneut ab und quittieren nicht.",
    ),
    _rule(
        "mtom_abgeschnitten",
        "Bemerkt, dass das Dokument abgeschnitten ist",
        _with_a_broken_letter,
        "Prüfen Sie, ob die Antwort mit der schließenden Grenze (--boundary--) endet; sonst rufen Sie erneut ab.",
    ),
    _rule(
        "doppelte_lieferung",
        "Legt eine doppelt aufgelistete Lieferung einmal ab",
        _fetched_twice,
        "Erkennen Sie Lieferungen an ihrer ID wieder.",
    ),
    _rule(
        "langsam",
        "Wartet langsame Antworten ab",
        _without_patience,
        "Warten Sie auf Listen mindestens 60 und auf Dokumente 120 Sekunden.",
    ),
)
