"""The explicit choices of some users; most leave their settings as they are preset."""

from worldmaker.dice import Dice
from worldmaker.people import Office, User
from worldmaker.sheets import Flaw, Row, Sheet

IMPORTANT, URGENT = "important_letters", "urgent_reminders"
OTHERS = ("archive_document", "portfolio_event", "statement_available", "news")
# Kind of user -> chance that he has chosen something other than what is preset to him.
_CONTRARY = {"A": 0.08, "B": 0.3, "U": 0.28, "R": 0.12, "P": 0.1, "S": 0.2, "N": 0.4, "T": 0.3, "D": 0.0}


def sheet(dice: Dice, office: Office) -> Sheet:
    """Return preferences.csv, separated by commas as its export does, with two bad rows."""
    rows = [Row(cells=choice) for choice in _choices(dice, office)]
    somebody = office.users[7].login_id
    bad = (
        ((somebody, "eilige_erinnerungen", "yes"), Flaw(column="category", rule="unknown category")),
        ((somebody, "news", "ja"), Flaw(column="choice", rule="neither yes nor no")),
    )
    for place, (cells, flaw) in zip((12, 50), bad, strict=True):
        rows.insert(place, Row(cells=cells, flaw=flaw))
    return Sheet(name="preferences.csv", table="preferences", rows=rows, delimiter=",")


def _choices(dice: Dice, office: Office) -> list[tuple[str, str, str]]:
    chosen = _needed(office)
    left_alone = {user.login_id for user in office.later}
    for user in office.users:
        if user.login_id in left_alone:
            continue
        for category in (IMPORTANT, URGENT):
            if dice.chance(_CONTRARY.get(user.kind, 0.0)):
                chosen.setdefault((user.login_id, category), _contrary(user))
        for category in OTHERS:
            if user.kind not in "TIZ" and dice.chance(0.06):
                chosen.setdefault((user.login_id, category), dice.pick(("yes", "no")))
    return [(login, category, choice) for (login, category), choice in sorted(chosen.items())]


def _contrary(user: User) -> str:
    return "no" if user.kind in "ABRPS" else "yes"


def _needed(office: Office) -> dict[tuple[str, str], str]:
    """Return the choices that scenes count on."""
    restricted_later = office.later[1].login_id
    demoted_unset, demoted_explicit = office.later[2].login_id, office.later[3].login_id
    without_right, technical = office.of("F0118", "N")[0].login_id, office.of("F0118", "T")[0].login_id
    needed = {
        (restricted_later, IMPORTANT): "no",
        (restricted_later, URGENT): "no",
        (demoted_unset, "news"): "no",
        (demoted_explicit, IMPORTANT): "yes",
        (demoted_explicit, URGENT): "yes",
        (without_right, IMPORTANT): "yes",
        (technical, URGENT): "yes",
    }
    return needed | {(user.login_id, URGENT): "yes" for user in office.of("F0301", "U")[:2]}
