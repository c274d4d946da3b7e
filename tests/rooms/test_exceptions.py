"""notifications: „keine Erinnerungen bis 31.08.“ holds up to that day and ends by itself (B12)."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERND, BRUECKNER, CARLA, KOELN

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.lib.verdicts import Accepted, Known
from vermittlerpost.notifications import actions, queries
from vermittlerpost.notifications.actions import Choice
from vermittlerpost.notifications.models import Preference
from vermittlerpost.notifications.queries import Setting

pytestmark = pytest.mark.usefixtures("stage")

LETTERS, REMINDERS = "important_letters", "urgent_reminders"
LAST_DAY = date(2026, 2, 28)
ON_IT, AFTER_IT = "2026-02-28 23:30", "2026-03-01 00:30"


@pytest.fixture(autouse=True)
def _in_february(turn_clock: object) -> None:
    turn_clock("2026-02-01 08:00")  # type: ignore[operator]


def setting(login_id: str, at: str, category: str = LETTERS) -> Setting:
    with clock.turned_to(moment(at)):
        return queries.settings_of(agencies.user(login_id))[category]


def held(login_id: str, at: str) -> tuple[bool, str]:
    preference = setting(login_id, at).preference
    return preference.wanted, preference.origin.value


def test_after_its_last_day_the_preset_holds_again() -> None:
    cast.choose(ANNA, LETTERS, wanted=False, until=LAST_DAY)
    assert held(ANNA, ON_IT) == (False, "temporary")
    assert held(ANNA, AFTER_IT) == (True, "role_default")


def test_after_its_last_day_the_choice_of_before_holds_again_with_who_made_it_and_when() -> None:
    cast.choose(BERND, LETTERS, wanted=True, by=cast.GREGOR)
    cast.choose(BERND, LETTERS, wanted=False, until=LAST_DAY)
    assert held(BERND, ON_IT) == (False, "temporary")
    assert (setting(BERND, ON_IT).later, setting(BERND, ON_IT).by) == (True, ANNA)
    assert held(BERND, AFTER_IT) == (True, "explicit")
    assert (setting(BERND, AFTER_IT).later, setting(BERND, AFTER_IT).by) == (None, cast.GREGOR)


def test_a_choice_without_end_ends_an_exception() -> None:
    cast.choose(ANNA, LETTERS, wanted=False, until=LAST_DAY)
    assert cast.choose(ANNA, LETTERS, wanted=None) == Accepted()
    assert held(ANNA, ON_IT) == (True, "role_default")
    assert not Preference.objects.exists()


def test_the_same_exception_is_known_and_another_day_is_another_one() -> None:
    cast.choose(ANNA, LETTERS, wanted=False, until=LAST_DAY)
    assert cast.choose(ANNA, LETTERS, wanted=False, until=LAST_DAY) == Known()
    assert cast.choose(ANNA, LETTERS, wanted=False, until=date(2026, 2, 27)) == Accepted()
    assert setting(ANNA, "2026-02-27 12:00").until == date(2026, 2, 27)
    assert held(ANNA, ON_IT) == (True, "role_default")


def test_an_exception_that_is_over_makes_room_for_the_next() -> None:
    cast.choose(ANNA, LETTERS, wanted=False, until=LAST_DAY)
    with clock.turned_to(moment(AFTER_IT)):
        assert cast.choose(ANNA, LETTERS, wanted=False, until=date(2026, 3, 31)) == Accepted()
    assert held(ANNA, "2026-03-31 12:00") == (False, "temporary")
    assert Preference.objects.count() == 1


def test_the_runs_after_it_mail_again_and_the_protocol_tells_why_not_before() -> None:
    acts.register()
    cast.choose(CARLA, REMINDERS, wanted=False, until=date(2026, 3, 3))
    told = []
    for day in (acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN):
        acts.mornings(day)
        verdicts = queries.decisions_about(acts.letter().id)
        told += [(one.outcome, one.reason, one.origin) for one in verdicts if one.login_id == CARLA]
    assert told == [
        ("mailed", None, "role_default"),
        ("not_mailed", "preference", "temporary"),
        ("mailed", None, "role_default"),
    ]


def test_an_exception_made_while_a_mail_waits_withdraws_it() -> None:
    acts.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
        rounds.announce()
        cast.choose(CARLA, LETTERS, wanted=False, until=LAST_DAY)
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:15")):
        rounds.post()
    verdict = next(one for one in queries.decisions_about(acts.letter().id) if one.login_id == CARLA)
    assert (verdict.outcome, verdict.reason, verdict.origin) == ("withdrawn", "preference", "temporary")


def test_an_exception_that_is_over_when_a_mail_leaves_withdraws_nothing() -> None:
    cast.choose(CARLA, LETTERS, wanted=False, until=date(2026, 2, 15))
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert CARLA in {login_id for login_id, _, _ in acts.mailed()}


def test_the_journal_names_its_last_day_and_a_choice_without_end_is_told_as_ever() -> None:
    cast.choose(BERND, LETTERS, wanted=True)
    cast.choose(BERND, LETTERS, wanted=False, until=LAST_DAY)
    cast.choose(BERND, LETTERS, wanted=None)
    told = [(entry.kind, entry.data) for entry in journal.about(f"user:{BERND}") if "preference" in entry.kind]
    assert told == [
        ("preference.changed", {"category": LETTERS, "before": None, "after": True}),
        ("preference.limited", {"category": LETTERS, "before": True, "after": False, "until": "2026-02-28"}),
        ("preference.changed", {"category": LETTERS, "before": False, "after": None}),
    ]


def test_the_last_reader_of_what_is_urgent_is_not_excepted_by_one_alone() -> None:
    exception = Choice(login_id=ANNA, category=REMINDERS, wanted=False, until=LAST_DAY)
    with pytest.raises(actions.LastReader, match="4700"):
        actions.choose([exception], by=ANNA)
    assert (KOELN, REMINDERS) not in {(gap.agency, gap.category) for gap in queries.coverage(BRUECKNER)}


@pytest.mark.parametrize(("wanted", "until"), [(False, date(2026, 1, 31)), (None, LAST_DAY)])
def test_an_exception_says_ja_or_nein_and_ends_on_a_day_that_has_not_passed(wanted: bool | None, until: date) -> None:
    with pytest.raises(actions.UnfitException):
        actions.choose([Choice(login_id=BERND, category=LETTERS, wanted=wanted, until=until)], by=ANNA)
    assert not Preference.objects.exists()


def test_two_who_set_other_last_days_see_the_conflict() -> None:
    seen = [Choice(login_id=BERND, category=LETTERS, wanted=True, until=date(2026, 2, 20))]
    cast.choose(BERND, LETTERS, wanted=True, until=LAST_DAY)
    with pytest.raises(actions.ChosenMeanwhile):
        actions.choose([Choice(login_id=BERND, category=LETTERS, wanted=False)], seen=seen, by=ANNA)
    actions.choose([Choice(login_id=BERND, category=LETTERS, wanted=True, until=LAST_DAY)], seen=seen, by=ANNA)
    assert setting(BERND, ON_IT).until == LAST_DAY
