"""notifications: about every letter a decision is kept for every user in scope, also the negative ones (R1, B1)."""

import pytest
from tests import acts, cast
from tests.cast import ANNA, BERND, CARLA, EMIL, FRIDA, GREGOR, OLGA, ROBOT

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.documents import DocumentRow
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.journal.models import Unannounced
from vermittlerpost.lib import clock
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.actions.announcing import NotStuck

pytestmark = pytest.mark.usefixtures("stage")

DEFAULT = {
    ANNA: ("mailed", None),
    BERND: ("not_mailed", "preference"),
    CARLA: ("mailed", None),
    EMIL: ("not_mailed", "no_right"),
    FRIDA: ("not_mailed", "inactive"),
    GREGOR: ("not_mailed", "no_address"),
    ROBOT: ("not_mailed", "technical"),
}


def request() -> str:
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def test_everybody_in_scope_has_a_decision_with_its_reason_and_nobody_else_has_one_r1() -> None:
    assert acts.decisions(request()) == DEFAULT


def test_a_reminder_is_decided_like_any_letter_by_its_own_category_r1() -> None:
    cast.choose(BERND, "urgent_reminders", wanted=True)
    request()
    acts.mornings(acts.REMINDED)
    assert acts.decisions(acts.letter().id) == {**DEFAULT, BERND: ("mailed", None)}


def test_a_decision_tells_where_the_preference_came_from() -> None:
    cast.choose(CARLA, "important_letters", wanted=True)
    cast.choose(GREGOR, "important_letters", wanted=False)
    origins = {verdict.login_id: verdict.origin for verdict in queries.decisions_about(request())}
    assert origins == {**dict.fromkeys(DEFAULT, "role_default"), CARLA: "explicit", GREGOR: "explicit"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"active": False, "technical": True, "rights": (), "email": ""}, "inactive"),
        ({"technical": True, "rights": (), "email": ""}, "technical"),
        ({"rights": ("basic", "document_archive"), "email": ""}, "no_right"),
        ({"email": ""}, "preference"),  # he has chosen Nein
    ],
)
def test_of_several_reasons_the_first_is_kept(changes: dict[str, object], reason: str) -> None:
    cast.choose(CARLA, "important_letters", wanted=False)
    cast.change_user(CARLA, **changes)
    assert acts.decisions(request())[CARLA] == ("not_mailed", reason)


def test_a_decision_is_kept_as_it_was_made_whatever_changes_later() -> None:
    letter = request()
    cast.choose(BERND, "important_letters", wanted=True)
    cast.change_user(CARLA, active=False)
    assert acts.decisions(letter) == DEFAULT


def test_the_decisions_about_a_user_are_found_by_his_name() -> None:
    letter = request()
    acts.mornings(acts.REMINDED)
    verdicts = queries.decisions_for(agencies.user(GREGOR))
    assert {verdict.matter for verdict in verdicts} == {letter, acts.letter().id}
    assert {(verdict.outcome, verdict.reason) for verdict in verdicts} == {("not_mailed", "no_address")}
    assert queries.decisions_for(agencies.user(OLGA)) == []


def test_of_two_users_with_one_address_the_first_gets_the_mail_whatever_its_case() -> None:
    cast.change_user(CARLA, email="ANNA@Brueckner.example")
    assert acts.decisions(request())[CARLA] == ("not_mailed", "already_mailed")
    assert [login_id for login_id, _, _ in acts.mailed()] == [ANNA]


def test_the_second_user_of_an_address_gets_the_mail_if_the_first_is_ruled_out() -> None:
    cast.change_user(CARLA, email="anna@brueckner.example")
    cast.choose(ANNA, "important_letters", wanted=False)
    told = acts.decisions(request())
    assert (told[ANNA], told[CARLA]) == (("not_mailed", "preference"), ("mailed", None))


def document(number: str, category: str, agency: str = cast.BONN) -> None:
    row = DocumentRow(
        document_id=number,
        received_at=acts.moment("2026-02-16 06:30"),
        category=category,
        agency=agency,
        title="Nachtrag",
    )
    with clock.turned_to(row.received_at):
        intake.put_documents([row], by="feed")


@pytest.mark.parametrize(
    ("category", "mailed"),
    [
        ("archive_document", set()),
        ("portfolio_event", {CARLA}),
        ("statement_available", {ANNA}),
        ("news", set()),
    ],
)
def test_the_other_categories_are_live_each_with_its_own_preset_m3(category: str, mailed: set[str]) -> None:
    cast.change_user(BERND, rights=("basic", "view_portfolio", "document_archive"))
    cast.choose(BERND, category, wanted=True)
    document("DOK-1", category)
    acts.mornings("2026-02-16")
    told = acts.decisions("DOK-1")
    assert {login_id for login_id, (outcome, _) in told.items() if outcome == "mailed"} == {BERND, *mailed}
    assert set(told) == set(DEFAULT)
    assert {category for _, category, _ in acts.mailed()} == {category}


def test_of_the_archive_only_who_may_read_it_is_told_and_of_all_else_only_who_sees_portfolio_data() -> None:
    rights = {ANNA: ("basic", "document_archive"), BERND: ("basic", "view_portfolio"), CARLA: ("basic",)}
    for login_id, held in rights.items():
        cast.change_user(login_id, rights=held)
        for category in ("archive_document", "portfolio_event", "statement_available"):
            cast.choose(login_id, category, wanted=True)
    told = {}
    for category in ("archive_document", "portfolio_event", "statement_available"):
        document(f"DOK-{category}", category)
        acts.mornings("2026-02-16")
        told[category] = {one for one, (outcome, _) in acts.decisions(f"DOK-{category}").items() if outcome == "mailed"}
        assert acts.decisions(f"DOK-{category}")[CARLA] == ("not_mailed", "no_right")
    assert told == {"archive_document": {ANNA}, "portfolio_event": {BERND}, "statement_available": {BERND}}


def test_a_document_is_announced_once_also_if_it_is_fed_twice() -> None:
    document("DOK-1", "statement_available")
    document("DOK-1", "statement_available")
    acts.mornings("2026-02-16")
    document("DOK-1", "statement_available")
    acts.mornings("2026-02-17")
    assert acts.mailed() == [(ANNA, "statement_available", 1)]


def test_what_cannot_be_announced_is_kept_where_somebody_sees_it_and_the_others_are_announced_r12() -> None:
    acts.confirm(kind="permanent")
    acts.register("Z-1", vin="", plate="K-A 1")
    acts.register("Z-2", vin="", plate="K-A 2")
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        bad, good = acts.letter("Z-1"), acts.letter("Z-2")
        Unannounced.objects.filter(subject=bad.case).update(data={"matter": bad.id, "category": "brieftauben"})
        rounds.announce()
    assert acts.decisions(good.id)[ANNA] == ("mailed", None)
    assert not acts.decisions(bad.id)
    assert journal.stuck().get().subject == bad.case
    assert not journal.unannounced().exists()


def test_what_could_not_be_announced_is_announced_when_somebody_says_so_r12() -> None:
    acts.register()
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        letter = acts.letter().id
        said = journal.unannounced().get().data
        Unannounced.objects.update(data={**said, "category": "brieftauben"})
        rounds.announce()
        Unannounced.objects.update(data=said)
        notifications.reannounce(matter=letter, reason="Kategorie wieder da", by="operator")
        rounds.announce()
    assert acts.decisions(letter) == DEFAULT
    assert not journal.stuck().exists()
    with pytest.raises(NotStuck):
        notifications.reannounce(matter=letter, reason="Noch einmal", by="operator")


def test_an_announcement_that_is_stuck_is_journalled_r10_r12() -> None:
    acts.register()
    with clock.turned_to(acts.moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        Unannounced.objects.update(data={"matter": "S-1", "category": "brieftauben"})
        rounds.announce()
    assert journal.about(acts.case().id).filter(kind="announcement.stuck").exists()
