"""Furnish a random world with carriers, firms, trees of agencies, users of every kind, and preferences."""

from datetime import timedelta

from .columns import CATEGORIES, LAENDER
from .draft import Draft

CARRIERS = {"NL": "Nordlicht Versicherung", "SF": "Südfels Versicherung", "AB": "Ankerbund"}
DEEPEST = 3


def furnish(draft: Draft) -> None:
    for code, name in CARRIERS.items():
        draft.add(
            "carriers",
            code=code,
            name=name,
            legal_name=f"{name} AG",
            sender_street="Lange Straße 1",
            sender_postcode="50667",
            sender_city="Köln",
            process="kfz_standard",
        )
    for number in range(1, draft.rng.randint(2, 6) + 1):
        _add_firm(draft, number)


def _add_firm(draft: Draft, number: int) -> None:
    firm = f"F{number}"
    draft.add("firms", id=firm, name=f"Maklerhaus {number}", self_service=draft.rng.choice(["yes", "no"]))
    draft.agencies[firm] = []
    for _ in range(draft.rng.randint(1, 2)):
        _add_tree(draft, firm, parent="", depth=1)
    draft.rng.shuffle(draft.tables["agencies"])  # their order does not matter
    for _ in range(draft.rng.randint(2, 7)):
        _add_user(draft, firm)


def _add_tree(draft: Draft, firm: str, parent: str, depth: int) -> None:
    number = f"{len(draft.tables['agencies']) + 1:06d}"
    draft.agencies[firm].append(number)
    begin, end = _electronic(draft)
    draft.add(
        "agencies",
        number=number,
        parent=parent,
        firm=firm,
        name=f"Agentur {number}",
        street="Ringstraße 5",
        postcode="01067",
        city="Dresden",
        state=draft.rng.choice(LAENDER),
        electronic_from=begin,
        electronic_until=end,
        contact_name="Ute Groß",
        contact_email="ute.gross@carrier.example",
        contact_phone="0221 123-45",
    )
    if depth < DEEPEST:
        for _ in range(draft.choose({0: 50, 1: 30, 2: 20})):
            _add_tree(draft, firm, number, depth + 1)


def _electronic(draft: Draft) -> tuple[str, str]:
    long_ago = (draft.first - timedelta(days=400)).isoformat()
    turning_day = draft.rng.choice(draft.turning_days).isoformat()
    periods = {(long_ago, ""): 55, ("", ""): 10, (turning_day, ""): 15, (long_ago, turning_day): 15}
    return draft.choose(periods | {(turning_day, turning_day): 5})


def _add_user(draft: Draft, firm: str) -> None:
    login_id = f"rom{len(draft.tables['users']) + 1:04d}"
    rights = ["basic"] + ["view_portfolio"] * draft.chance(0.85) + ["document_archive"] * draft.chance(0.5)
    assigned = draft.rng.sample(draft.agencies[firm], 1 if draft.chance(0.8) else len(draft.agencies[firm]))
    draft.add(
        "users",
        login_id=login_id,
        firm=firm,
        name=f"Benutzer {login_id}",
        email=_email(draft, login_id, firm),
        administrator=_yes(draft, 0.3),
        technical=_yes(draft, 0.1),
        rights=draft.rng.choice("|;").join(rights),
        assigned_agencies=draft.rng.choice("|;").join(assigned) if draft.chance(0.45) else "",
        active=_yes(draft, 0.9),
    )
    for category in CATEGORIES:
        for _ in range(draft.choose({0: 60, 1: 30, 2: 10})):  # the later choice replaces the earlier one
            draft.add("preferences", login_id=login_id, category=category, choice=_yes(draft, 0.6))


def _email(draft: Draft, login_id: str, firm: str) -> str:
    """An own address, the firm's shared one in either case, or none."""
    shared = f"Post@{firm}.example"
    return draft.choose({f"{login_id}@{firm}.example": 60, shared: 15, shared.lower(): 15, "": 10})


def _yes(draft: Draft, share: float) -> str:
    return "yes" if draft.chance(share) else "no"
