"""notifications: what a change would have done to the last 90 days, told before it is made (B3, B13)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import acts, cast
from tests.cast import ANNA, BERND, BONN, BRUECKNER, CARLA, KOELN

from vermittlerpost.agencies import actions as agencies
from vermittlerpost.agencies import queries as who
from vermittlerpost.agencies.rules import Audience
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal.models import Entry
from vermittlerpost.news import actions as news
from vermittlerpost.news.rules import Draft
from vermittlerpost.notifications import actions, queries
from vermittlerpost.notifications.actions import Choice
from vermittlerpost.notifications.models import Preference
from vermittlerpost.notifications.queries import Preview

pytestmark = pytest.mark.usefixtures("stage")

LETTERS, REMINDERS = "important_letters", "urgent_reminders"


@pytest.fixture
def history(stage: None, turn_clock: Callable[[str], object]) -> None:
    """Let Bonn get a request and two reminders."""
    acts.register()
    acts.mornings(acts.REQUESTED, acts.REMINDED, acts.REMINDED_AGAIN)
    turn_clock("2026-03-20 09:00")


def preview_choice(login_id: str, category: str, *, wanted: bool | None) -> Preview:
    choice = Choice(login_id=login_id, category=category, wanted=wanted)
    return actions.preview(lambda: actions.choose([choice], by=ANNA), firm=BRUECKNER)


def preview_change(login_id: str, **fields: object) -> Preview:
    return actions.preview(lambda: cast.change_user(login_id, **fields), firm=BRUECKNER)


def effects(preview: Preview) -> dict[tuple[str, str], tuple[int, int]]:
    return {(one.login_id, one.category): (one.gained, one.lost) for one in preview.effects}


@pytest.mark.usefixtures("history")
def test_who_is_switched_on_reads_how_many_letters_he_would_have_been_mailed_about() -> None:
    preview = preview_choice(BERND, REMINDERS, wanted=True)
    assert effects(preview) == {(BERND, REMINDERS): (2, 0)}
    days = [(day.day, day.agencies, day.count) for day in preview.effects[0].examples]
    assert days == [(date(2026, 3, 18), (BONN,), 1), (date(2026, 3, 3), (BONN,), 1)]


@pytest.mark.usefixtures("history")
def test_who_is_switched_off_reads_what_he_would_have_missed() -> None:
    assert effects(preview_choice(CARLA, LETTERS, wanted=False)) == {(CARLA, LETTERS): (0, 1)}


@pytest.mark.usefixtures("history")
def test_a_choice_that_says_what_the_preset_says_has_no_effect_but_is_a_change() -> None:
    preview = preview_choice(ANNA, LETTERS, wanted=True)
    assert effects(preview) == {}
    (change,) = preview.settings
    assert change.before is not None
    assert (change.before.preference.origin, change.after.preference.origin) == ("role_default", "explicit")


@pytest.mark.usefixtures("history")
def test_a_preview_changes_nothing() -> None:
    entries = Entry.objects.count()
    version = who.user(BERND).version
    preview_choice(BERND, LETTERS, wanted=True)
    preview_change(BERND, administrator=True)
    assert not Preference.objects.exists()
    assert Entry.objects.count() == entries
    assert who.user(BERND).version == version
    assert not who.user(BERND).administrator


def test_a_preview_refuses_what_the_change_refuses() -> None:
    with pytest.raises(actions.LastReader):
        preview_choice(ANNA, REMINDERS, wanted=False)


@pytest.mark.usefixtures("history")
def test_who_moves_to_a_sub_agency_reads_what_he_sees_and_is_mailed_about_afterwards_b13() -> None:
    preview = preview_change(BERND, assigned_agencies=(BONN,))
    (view,) = preview.views
    assert [office.number for office in view.lost] == [KOELN, cast.DRESDEN]
    assert view.gained == ()
    mailed = {change.category for change in preview.settings if change.after.preference.wanted}
    assert mailed == {LETTERS, REMINDERS, "portfolio_event"}
    assert effects(preview) == {(BERND, LETTERS): (1, 0), (BERND, REMINDERS): (2, 0)}


def test_who_leaves_opens_the_gaps_that_are_named_b13() -> None:
    preview = preview_change(ANNA, active=False)
    assert {(gap.agency, gap.category) for gap in preview.opened} == {(KOELN, LETTERS), (KOELN, REMINDERS)}


def test_who_joins_closes_gaps_and_is_shown_with_all_his_settings_b13() -> None:
    cast.choose(ANNA, LETTERS, wanted=False)
    row = replace(cast.USERS[ANNA], login_id="nina", name="Nina", email="nina@brueckner.example")
    preview = actions.preview(lambda: agencies.create_user(row, by=ANNA), firm=BRUECKNER)
    assert [gap.agency for gap in preview.closed] == [KOELN]
    assert {change.before for change in preview.settings} == {None}
    assert [len(view.gained) for view in preview.views] == [len(cast.EVERYWHERE)]


@pytest.mark.usefixtures("history")
def test_of_two_with_one_address_the_other_is_told_when_one_goes() -> None:
    cast.change_user(BERND, email="carla@brueckner.example")
    cast.choose(BERND, REMINDERS, wanted=True)  # first by login id
    assert effects(preview_choice(BERND, REMINDERS, wanted=False)) == {
        (BERND, REMINDERS): (0, 2),
        (CARLA, REMINDERS): (2, 0),
    }


@pytest.mark.parametrize("login_id", [BERND, CARLA])
def test_news_count_once_though_they_are_put_before_many_agencies(
    login_id: str, turn_clock: Callable[[str], object]
) -> None:
    turn_clock("2026-03-20 09:00")
    day = date(2026, 3, 20)
    draft = Draft(
        slug="neues",
        title="Neues",
        teaser="Kurz.",
        body="Text.",
        audience=Audience.ALL,
        valid_from=day,
        valid_until=None,
    )
    news.publish(draft, by="editor")
    rounds.announce_news()
    rounds.announce()
    assert effects(preview_choice(login_id, "news", wanted=True)) == {(login_id, "news"): (1, 0)}


@pytest.mark.usefixtures("history")
def test_what_is_older_than_90_days_does_not_count(turn_clock: Callable[[str], object]) -> None:
    turn_clock("2026-06-01 09:00")  # 90 days after 3 March, the day of the first reminder
    assert effects(preview_choice(BERND, REMINDERS, wanted=True)) == {(BERND, REMINDERS): (1, 0)}
    turn_clock("2026-06-20 09:00")
    assert effects(preview_choice(BERND, REMINDERS, wanted=True)) == {}


def test_a_letter_whose_case_had_ended_before_anybody_was_told_does_not_count(
    turn_clock: Callable[[str], object],
) -> None:
    acts.register()
    turn_clock("2026-02-16 07:00")
    rounds.take_steps()
    acts.apply(at="2026-02-16 07:01")
    rounds.announce()
    assert acts.decisions(acts.letter().id)[ANNA] == ("not_mailed", "case_ended")
    assert effects(preview_choice(BERND, LETTERS, wanted=True)) == {}


@pytest.mark.usefixtures("history")
def test_the_numbers_agree_with_a_plain_recount_of_every_decision() -> None:
    """For every user and category: switch him the other way, and count the letters whose readers he is among."""
    since = date(2026, 3, 20) - timedelta(days=90)
    for login_id in (ANNA, BERND, CARLA, cast.DORA, cast.EMIL, cast.GREGOR):
        for category in (LETTERS, REMINDERS):
            setting = queries.settings_of(who.user(login_id))[category]
            wanted = not setting.preference.wanted
            if not wanted and login_id == ANNA and category == REMINDERS:
                continue  # the last reader of Köln
            readable = cast.SCOPE[login_id] & {BONN}
            able = "view_portfolio" in cast.USERS[login_id].rights and bool(cast.USERS[login_id].email)
            letters = [
                letter
                for letter in acts.letters_of()
                if letter.category == category and letter.agency_id in readable and letter.issued_on >= since
            ]
            expected = len(letters) if able else 0
            found = effects(preview_choice(login_id, category, wanted=wanted)).get((login_id, category), (0, 0))
            assert found == ((expected, 0) if wanted else (0, expected))


@pytest.mark.usefixtures("history")
def test_a_preview_takes_the_same_statements_however_much_was_provided() -> None:
    with CaptureQueriesContext(connection) as captured:
        preview_choice(BERND, REMINDERS, wanted=True)
    assert len(captured) <= 45
