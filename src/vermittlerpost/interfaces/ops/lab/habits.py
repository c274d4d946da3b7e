"""How a good client writes its requests; what is forgiven here, other insurers may not forgive."""

import re

from vermittlerpost.interfaces.ops.lab.calls import SHIPMENTS, WIRE_NAMES, Call, Stretch
from vermittlerpost.interfaces.ops.lab.judging import Found, Rule, judged

_VERSION = re.compile(r"[0-9]+(\.[0-9]+){4}", re.ASCII)
_MISREAD = {"00001", "00007", "00009", "00900"}


def _is_understood(stretch: Stretch) -> Found:
    calls = [call for call in stretch.calls if not call.disturbance]
    codes = [code for call in calls for code in call.codes[:1] if code in _MISREAD]
    return judged(codes, calls, kept="Jede Anfrage wurde verstanden.", broken="Anfragen wurden abgewiesen mit")


def _names_elements_rightly(stretch: Stretch) -> Found:
    calls = stretch.of(*SHIPMENTS)
    prefixes = sorted({prefix or "(ohne)" for call in calls for prefix in call.asked.prefixes})
    wrong = [name for call in calls for name in call.asked.wrong_names]
    kept = f"Namen und Namensräume stimmen; Präfixe: {', '.join(prefixes)}."
    return judged(wrong, calls, kept=kept, broken="Die Norm kennt nicht:")


def _sends_the_action(stretch: Stretch) -> Found:
    calls = stretch.of(*SHIPMENTS)
    wrong = [_action_of(call) for call in calls if not _names_its_operation(call)]
    return judged(wrong, calls, kept="SOAPAction nennt die Operation.", broken="SOAPAction war")


def _action_of(call: Call) -> str:
    return "nicht gesetzt" if call.asked.soap_action is None else f"„{call.asked.soap_action}“"


def _names_its_operation(call: Call) -> bool:
    return (call.asked.soap_action or "").strip('"') == f"urn:{WIRE_NAMES[call.asked.operation]}"


def _names_the_version(stretch: Stretch) -> Found:
    versions = [call.asked.version or "keine" for call in stretch.of(*SHIPMENTS)]
    wrong = [version for version in versions if not _VERSION.fullmatch(version)]
    kept = f"BiPROVersion war {', '.join(sorted(set(versions)))}."
    return judged(wrong, versions, kept=kept, broken="BiPROVersion war")


def _names_itself(stretch: Stretch) -> Found:
    calls = stretch.of(*SHIPMENTS)
    wrong = [WIRE_NAMES[call.asked.operation] for call in calls if not call.asked.has_consumer]
    return judged(wrong, calls, kept="ConsumerID war in jedem Aufruf gesetzt.", broken="ConsumerID fehlte bei")


RULES = (
    Rule(
        title="Schreibt verständliche Anfragen",
        judge=_is_understood,
        advice="Lesen Sie faultstring und MeldungID; das Schema steht unter ?wsdl.",
    ),
    Rule(
        title="Nennt Elemente, wie die Norm sie nennt",
        judge=_names_elements_rightly,
        advice="Prüfen Sie Schreibweise und Namensräume (transfer, nachrichten) gegen das Schema unter ?wsdl.",
    ),
    Rule(
        title="Sendet SOAPAction",
        judge=_sends_the_action,
        advice='Senden Sie SOAPAction: "urn:<Operation>". Hier wird sie nicht gelesen, anderswo verlangt.',
    ),
    Rule(
        title="Nennt die BiPRO-Version",
        judge=_names_the_version,
        advice="Senden Sie nac:BiPROVersion mit fünf Zahlen, zum Beispiel 2.6.1.1.0.",
    ),
    Rule(
        title="Nennt sich selbst (ConsumerID)",
        judge=_names_itself,
        advice="Senden Sie nac:ConsumerID mit dem Namen Ihres Programms; manche Anbieter verlangen sie.",
    ),
)
