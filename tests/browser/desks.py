"""The insurer's desks in the browser: what lies on them, and how one works there."""

from playwright.sync_api import Locator, Page, expect
from tests import acts, cast

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries
from vermittlerpost.agencies.rules import StaffRole
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases.rules import Subject
from vermittlerpost.delivery import actions as printing
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.lib import clock
from vermittlerpost.news import actions as news
from vermittlerpost.notifications import actions as notifications

INGO, JULE = "ingo", "jule"
"""Ingo proposes and approves; so does Jule."""
BOTH = frozenset({StaffRole.CASE_WORKER, StaffRole.APPROVER})
PROPOSABLE, PROPOSED, ASKED, STUCK, POSTED, CANCELLED = "Z-1", "Z-2", "Z-3", "Z-4", "Z-5", "Z-0"
UNCLEAR, SORTED, ONE_OF_TWO, THE_OTHER, IN_BATCH = "Z-6", "A-7", "Z-7", "Z-8", "Z-9"
LATER = "2026-03-18 06:00"
THIS_MORNING = "2026-04-07 09:00"
UNPRINTABLE = "龙行 Import-Export GmbH"


def furnish() -> None:
    """Lay an entry into every worklist, as on the Tuesday after Easter 2026."""
    cast.enter()
    for role in StaffRole:
        _employ(role.value, frozenset({role}))
    for login_id in (INGO, JULE):
        _employ(login_id, BOTH)
    cast.change_agency(cast.HAMBURG, electronic_from=None)
    _write()
    _ask()
    _cancel_too_early()
    notifications.suppress("bernd@brueckner.example", reason="Unzustellbar (5.1.1)", by="system")
    cast.change_agency(cast.HAMBURG)
    cast.change_user(cast.OLGA, active=False)


def _employ(login_id: str, roles: frozenset[StaffRole]) -> None:
    colleague = agencies.Colleague(login_id=login_id, name=login_id.title(), email="", roles=roles)
    agencies.create_staff(colleague, by="operator")


def _confirmed(message: str, at: str = acts.REGISTERED, *, agency: str = cast.BONN, name: str = "") -> str:
    """Take in a registration with a confirmation of its own, and return its case."""
    number, fields = message.removeprefix("Z-"), {"policyholder_name": name} if name else {}
    acts.confirm(f"NL7K2Q{number}", agency=agency, **fields)
    vehicle = {"vin": f"WVWZZZ1JZ3W38670{number}", "plate": f"K-WB 100{number}"}
    return acts.register(message, at, evb=f"NL7K2Q{number}", **vehicle, **({"keeper_name": name} if name else {}))


def _write() -> None:
    """Let three cases come to the point of cancellation, and others to their first letter."""
    for message in (CANCELLED, PROPOSABLE, PROPOSED):
        _confirmed(message)
    acts.mornings(*acts.EVERY_STEP[:3])
    _confirmed(ASKED, LATER)
    _confirmed(STUCK, LATER, name=UNPRINTABLE)
    _confirmed(POSTED, LATER, agency=cast.HAMBURG)
    _confirmed(IN_BATCH, "2026-03-19 06:00", agency=cast.HAMBURG)
    acts.confirm()
    acts.register(UNCLEAR, LATER, evb="NL7K2P4")
    for number, message in ((acts.OTHER_EVB, ONE_OF_TWO), ("NL7K2P7", THE_OTHER)):
        acts.confirm(number)
        acts.register(message, LATER, evb=number, vin=acts.OTHER_VIN, plate=acts.OTHER_PLATE)
    acts.apply(SORTED, "2026-03-20 10:00", vin=acts.OTHER_VIN)
    acts.mornings("2026-04-01")
    (batch,) = acts.print_post("2026-04-01 12:00")
    acts.hand_over(batch, "2026-04-01 13:00")
    acts.mornings(acts.PROPOSED)
    acts.print_post("2026-04-02 08:00")


def _ask() -> None:
    """Let the insurer propose, the post and an agency come back to it, and a PDF fail."""
    with clock.turned_to(acts.moment("2026-04-02 09:00")):
        rounds.render()
        printing.note_return(acts.letter(POSTED).id, reason="unbekannt", by="printer")
        cases.propose(case=acts.intake_case(PROPOSED), reason="Kein Antrag", by=INGO)
        asked = {"case": acts.intake_case(ASKED), "letter": acts.letter(ASKED).id}
        cases.inquire(**asked, subject=Subject.SOLD, text="Verkauft.", by=cast.CARLA)
        anna = queries.user(cast.ANNA)
        contact = queries.contact_of(anna)
        assert contact
        news.ask(news.Question(token="t", subject="Abrechnung", text="Wann?"), user=anna, contact=contact, by=cast.ANNA)


def _cancel_too_early() -> None:
    """Let an application cross the approval of a cancellation."""
    with clock.turned_to(acts.moment("2026-04-02 10:00")):
        case = acts.intake_case(CANCELLED)
        cases.propose(case=case, reason="Kein Antrag", by="case_worker")
        cases.approve(case=case, by=JULE)
    acts.apply("A-8", "2026-04-02 11:00", vin=acts.case(CANCELLED).vin)


def choose(page: Page, title: str) -> None:
    """Open a worklist from the first page."""
    page.get_by_role("list").get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def press(page: Page, name: str) -> None:
    """Press a button and see what became of it."""
    page.locator("main").get_by_role("button", name=name).first.click()
    expect(page.get_by_role("status")).to_be_visible()


def give_reason(place: Locator, reason: str) -> None:
    """Say why in a decision that is unfolded, and press its button."""
    unfolded = place.locator("details[open]")
    unfolded.get_by_label("Grund").fill(reason)
    unfolded.get_by_role("button").click()


def unfold(page: Page, summary: str, reason: str) -> None:
    """Unfold a decision, say why, and see what became of it."""
    page.locator("main summary", has_text=summary).first.click()
    give_reason(page.locator("main"), reason)
    expect(page.get_by_role("status")).to_be_visible()
