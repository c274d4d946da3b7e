"""What a good client does with its login and with the shipments that it finds."""

from collections import Counter

from vermittlerpost.interfaces.ops.lab.calls import ACKNOWLEDGE, GET, LIST, LOGIN, SHIPMENTS, Stretch
from vermittlerpost.interfaces.ops.lab.judging import FAILED, PASSED, UNTRIED, Found, Rule, judged

_CALLS_PER_LOGIN = 2
"""On average; whoever makes fewer logs in for each of them."""


def _logs_in(stretch: Stretch) -> Found:
    calls = stretch.of(LOGIN)
    good = sum(call.is_ok for call in calls)
    if not calls:
        return UNTRIED, "Es gab noch keine Anmeldung (RequestSecurityToken)."
    return PASSED if good else FAILED, f"{good} von {len(calls)} Anmeldungen gelangen."


def _reuses_its_token(stretch: Stretch) -> Found:
    logins, calls = sum(call.is_ok for call in stretch.of(LOGIN)), len(stretch.of(*SHIPMENTS))
    if not logins or calls < _CALLS_PER_LOGIN:
        return UNTRIED, "Dazu gab es noch zu wenige Aufrufe."
    return PASSED if calls >= _CALLS_PER_LOGIN * logins else FAILED, f"{logins} Anmeldungen für {calls} Aufrufe."


def _listed(stretch: Stretch) -> set[str]:
    return {one for call in stretch.of(LIST) if call.is_ok for one in call.listed}


def _lists_everything(stretch: Stretch) -> Found:
    never = stretch.provided.keys() - _listed(stretch)
    kept = f"Alle {len(stretch.provided)} bereitgestellten Lieferungen wurden aufgelistet."
    return judged(never, stretch.of(LIST), kept=kept, broken="Nie aufgelistet:")


def _fetches_everything(stretch: Stretch) -> Found:
    listed = _listed(stretch)
    never = listed - set(stretch.done(GET))
    kept = f"Alle {len(listed)} aufgelisteten Lieferungen wurden abgerufen."
    return judged(never, listed, kept=kept, broken="Aufgelistet, aber nie ganz abgerufen:")


def _fetches_once(stretch: Stretch) -> Found:
    fetched = Counter(stretch.done(GET))
    again = [one for one, times in fetched.items() if times > 1]
    return judged(again, fetched, kept="Keine Lieferung wurde zweimal abgerufen.", broken="Mehrmals abgerufen:")


def _fetches_before_it_acknowledges(stretch: Stretch) -> Found:
    fetched, early = set[str](), list[str]()
    for call in stretch.of(GET, ACKNOWLEDGE):
        if call.asked.operation == ACKNOWLEDGE:
            early += set(call.asked.ids) - fetched if call.is_ok else ()
        elif call.is_whole:
            fetched |= set(call.asked.ids)
    kept = "Quittiert wurde nur, was vorher ganz angekommen war."
    return judged(early, stretch.done(ACKNOWLEDGE), kept=kept, broken="Quittiert, ohne ganz angekommen zu sein:")


def _acknowledges_everything(stretch: Stretch) -> Found:
    fetched = set(stretch.done(GET))
    never = fetched - set(stretch.done(ACKNOWLEDGE))
    return judged(never, fetched, kept="Alles Abgerufene wurde quittiert.", broken="Abgerufen, aber nie quittiert:")


def _acknowledges_once(stretch: Stretch) -> Found:
    acknowledged = Counter(stretch.done(ACKNOWLEDGE))
    again = [one for one, times in acknowledged.items() if times > 1]
    return judged(again, acknowledged, kept="Keine Lieferung wurde zweimal quittiert.", broken="Mehrmals quittiert:")


def _leaves_nothing_urgent(stretch: Stretch) -> Found:
    tried = [*stretch.left_lying, *stretch.calls]
    kept = "Kein eiliges Schreiben lag länger als einen Tag."
    return judged(stretch.left_lying, tried, kept=kept, broken="Länger als einen Tag lagen:")


def _lets_nothing_expire(stretch: Stretch) -> Found:
    today = stretch.today.isoformat()
    over = {one for one, line in stretch.provided.items() if line.available_until < today}
    missed = over - set(stretch.done(GET))
    return judged(missed, over, kept="Nichts verfiel, bevor es abgerufen war.", broken="Verfallen und nie abgerufen:")


RULES = (
    Rule(
        title="Meldet sich an",
        judge=_logs_in,
        advice="Prüfen Sie Adresse, Benutzerkennung und Kennwort; der SOAP-Fault nennt den Grund.",
    ),
    Rule(
        title="Benutzt sein Token mehrmals",
        judge=_reuses_its_token,
        advice="Behalten Sie das Token bis kurz vor Expires, auch über mehrere Verbindungen.",
    ),
    Rule(
        title="Findet alle Lieferungen",
        judge=_lists_everything,
        advice="Rufen Sie listShipments mindestens täglich und für alle Kategorien auf.",
    ),
    Rule(
        title="Ruft alles ab, was es findet",
        judge=_fetches_everything,
        advice="Rufen Sie jede aufgelistete Lieferung mit getShipment ab, auch solche mit EnthaeltNurDaten.",
    ),
    Rule(
        title="Ruft jede Lieferung einmal ab",
        judge=_fetches_once,
        advice="Merken Sie sich die ID abgelegter Lieferungen, und quittieren Sie diese.",
    ),
    Rule(
        title="Quittiert erst, was ganz angekommen ist",
        judge=_fetches_before_it_acknowledges,
        advice="Quittieren Sie erst, wenn das Dokument vollständig und sicher abgelegt ist: danach steht die Lieferung "
        "in keiner Liste mehr.",
    ),
    Rule(
        title="Quittiert, was es abgerufen hat",
        judge=_acknowledges_everything,
        advice="Rufen Sie nach dem Ablegen acknowledgeShipment auf; sonst wird die Lieferung immer wieder aufgelistet.",
    ),
    Rule(
        title="Quittiert jede Lieferung einmal",
        judge=_acknowledges_once,
        advice="Hier schadet es nicht; andere Versicherer weisen die zweite Quittung ab (04004).",
    ),
    Rule(
        title="Lässt nichts Eiliges liegen",
        judge=_leaves_nothing_urgent,
        advice="Holen Sie mindestens einmal am Werktag ab, am besten nach dem Morgenlauf.",
    ),
    Rule(
        title="Lässt nichts verfallen",
        judge=_lets_nothing_expire,
        advice="Rufen Sie Lieferungen vor VerfuegbarBis ab; danach wird ihre ID mit 04006 beantwortet.",
    ),
)
