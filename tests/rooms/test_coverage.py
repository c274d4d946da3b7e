"""notifications: who is mailed about an agency, and where nobody is („Niemand liest mit“, B2, B12)."""

from collections import defaultdict
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.cast import ANNA, BERLIN, BERND, BONN, BRUECKNER, CARLA, DORA, DRESDEN, EMIL, GREGOR, KOELN, MUENCHEN, ROBOT

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.actions import put_firms
from vermittlerpost.journal import queries as journal
from vermittlerpost.notifications import actions, queries
from vermittlerpost.notifications.actions import Choice
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.rules import Matter, decide

pytestmark = pytest.mark.usefixtures("stage")

LETTERS, REMINDERS = "important_letters", "urgent_reminders"


def gaps(firm: str = BRUECKNER) -> set[tuple[str, str]]:
    return {(gap.agency, gap.category) for gap in queries.coverage(firm)}


def told(agency: str, category: str = LETTERS) -> set[str]:
    return set(queries.standing(BRUECKNER).told[agency, category])


def switch(login_id: str, category: str = REMINDERS, *, wanted: bool | None, by: str = ANNA) -> None:
    actions.choose([Choice(login_id=login_id, category=category, wanted=wanted)], by=by)


def test_where_the_presets_hold_an_administrator_and_whoever_is_assigned_are_mailed() -> None:
    assert told(KOELN) == {ANNA}
    assert told(BONN) == {ANNA, CARLA}
    assert told(BERLIN) == {ANNA, CARLA, DORA}
    assert gaps() == set()


@pytest.mark.parametrize("category", CATEGORIES)
def test_who_would_be_mailed_is_the_same_asked_for_one_agency_as_for_the_whole_firm(category: str) -> None:
    switch(BERND, category, wanted=True)
    switch(CARLA, category, wanted=False)
    actions.suppress("anna@brueckner.example", reason="550", by="worker")
    standing = queries.standing(BRUECKNER)
    for agency in standing.offices:
        asked = tuple(user.login_id for user in queries.would_be_mailed(agency, category))
        assert asked == standing.told[agency, category]


def test_an_agency_without_anybody_who_is_mailed_is_a_gap_per_category() -> None:
    cast.choose(ANNA, LETTERS, wanted=False)
    assert gaps() == {(KOELN, LETTERS)}


def test_who_cannot_be_mailed_covers_nothing() -> None:
    cast.change_user(ANNA, active=False)
    cast.choose(GREGOR, REMINDERS, wanted=True)  # has no address
    cast.choose(EMIL, REMINDERS, wanted=True)  # may not see portfolio data
    cast.choose(ROBOT, REMINDERS, wanted=True)  # is a program
    assert gaps() == {(KOELN, LETTERS), (KOELN, REMINDERS)}


def test_who_bounced_covers_nothing_until_he_is_written_to_again() -> None:
    actions.suppress("anna@brueckner.example", reason="550", by="worker")
    assert (KOELN, REMINDERS) in gaps()
    actions.restore("anna@brueckner.example", by="operator")
    assert gaps() == set()


def test_an_agency_that_gets_paper_is_no_gap() -> None:
    cast.choose(ANNA, LETTERS, wanted=False)
    assert (DRESDEN, LETTERS) not in gaps()


def test_nobody_has_to_be_mailed_about_what_asks_for_nothing() -> None:
    assert set(queries.WATCHED) == {LETTERS, REMINDERS}
    assert told(KOELN, "archive_document") == set()
    assert gaps() == set()


def test_who_is_told_agrees_with_the_decision_about_a_real_matter() -> None:
    cast.change_user(BERND, email="anna@brueckner.example")  # two share an address
    cast.choose(BERND, LETTERS, wanted=True)
    cast.choose(CARLA, REMINDERS, wanted=False)
    actions.suppress("dora@brueckner.example", reason="550", by="worker")
    standing = queries.standing(BRUECKNER)
    readers = defaultdict(list)
    for reader in agencies.readers_of(list(standing.offices)):
        readers[reader.agency].append(reader)
    for (agency, category), logins in standing.told.items():
        matter = Matter(id="L", case="", category=category, agency=agency, urgency="", due_on=None, void="")
        preference_of = queries.preferences([reader.user for reader in readers[agency]], category)
        decided = decide(matter, readers[agency], preference_of, {"dora@brueckner.example"}, set())
        assert list(logins) == [one.reader.login_id for one in decided if one.reason is None]
    assert len(standing.told) == len(CATEGORIES) * len(cast.EVERYWHERE)


def test_a_firm_is_asked_about_in_a_fixed_number_of_statements() -> None:
    with CaptureQueriesContext(connection) as captured:
        queries.standing(BRUECKNER)
    assert len(captured) == 5


def test_the_last_reader_of_urgent_reminders_cannot_be_switched_off_b12() -> None:
    with pytest.raises(actions.LastReader, match="der Agentur 4700") as refused:
        switch(ANNA, wanted=False)
    assert refused.value.facts == {"category": "Eilige Erinnerungen", "agencies": KOELN}
    assert gaps() == set()
    assert not journal.about(f"user:{ANNA}").filter(kind="preference.changed").exists()


def test_the_last_reader_is_switched_off_in_one_go_with_another_who_comes_b12() -> None:
    actions.choose(
        [
            Choice(login_id=ANNA, category=REMINDERS, wanted=False),
            Choice(login_id=BERND, category=REMINDERS, wanted=True),
        ],
        by=ANNA,
    )
    assert told(KOELN, REMINDERS) == {BERND}


def test_the_last_reader_of_what_is_not_urgent_can_be_switched_off_and_leaves_a_gap() -> None:
    switch(ANNA, LETTERS, wanted=False)
    assert gaps() == {(KOELN, LETTERS)}


def test_a_gap_that_was_there_before_keeps_nobody_from_choosing() -> None:
    cast.change_user(ANNA, email="")
    switch(BERND, LETTERS, wanted=True)
    assert gaps() == {(KOELN, REMINDERS)}


def test_an_administrator_chooses_for_everybody_in_his_firm_and_for_nobody_else_m4() -> None:
    switch(BERND, wanted=True)
    with pytest.raises(actions.NotYourChoice):
        switch(cast.OLGA, wanted=True)
    with pytest.raises(actions.NotYourChoice):
        switch("nobody", wanted=True)


def test_others_choose_for_nobody_unless_their_firm_lets_them_choose_for_themselves_m4() -> None:
    with pytest.raises(actions.NotYourChoice):
        switch(BERND, wanted=True, by=BERND)
    put_firms([replace(cast.FIRMS[BRUECKNER], self_service=True)], by=cast.BY)
    switch(BERND, wanted=True, by=BERND)
    with pytest.raises(actions.NotYourChoice):
        switch(CARLA, wanted=False, by=BERND)


def test_a_technical_user_is_not_chosen_for() -> None:
    with pytest.raises(actions.NotYourChoice, match="keine E-Mails"):
        switch(ROBOT, wanted=True)


def test_who_has_left_or_was_demoted_chooses_no_more() -> None:
    cast.change_user(ANNA, administrator=False)
    with pytest.raises(actions.NotYourChoice):
        switch(BERND, wanted=True)


def test_a_choice_that_was_made_otherwise_meanwhile_is_a_conflict() -> None:
    seen = [Choice(login_id=BERND, category=LETTERS, wanted=None)]
    switch(BERND, LETTERS, wanted=False, by=GREGOR)
    with pytest.raises(actions.ChosenMeanwhile):
        actions.choose([Choice(login_id=BERND, category=LETTERS, wanted=True)], seen=seen, by=ANNA)
    assert queries.settings_of(agencies.user(BERND))[LETTERS].choice is False


def test_the_same_choice_sent_twice_is_no_conflict() -> None:
    seen = [Choice(login_id=BERND, category=LETTERS, wanted=None)]
    for _ in range(2):
        actions.choose([Choice(login_id=BERND, category=LETTERS, wanted=True)], seen=seen, by=ANNA)
    assert journal.about(f"user:{BERND}").filter(kind="preference.changed").count() == 1


@pytest.mark.parametrize(
    ("login_id", "category", "ground"),
    [
        (ANNA, LETTERS, "administrator"),
        (CARLA, LETTERS, "restricted"),
        (BERND, LETTERS, "neither"),
        (CARLA, "statement_available", "only_administrators"),
        (ANNA, "portfolio_event", "only_restricted"),
        (ANNA, "archive_document", "nobody"),
    ],
)
def test_every_preset_says_why_it_is_what_it_is(login_id: str, category: str, ground: str) -> None:
    assert queries.settings_of(agencies.user(login_id))[category].ground == ground


def test_munich_is_covered_by_whoever_is_assigned_to_its_parent() -> None:
    cast.change_user(ANNA, administrator=False)
    assert told(MUENCHEN, REMINDERS) == {CARLA}
