"""notifications: an explicit choice holds, else the role, computed at this moment (R2, M4, M7, M8)."""

import pytest
from tests import acts, cast
from tests.cast import ANNA, BERND, BONN, CARLA, DORA

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib.verdicts import Accepted, Known
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.models import Preference

pytestmark = pytest.mark.usefixtures("stage")

LETTERS, REMINDERS = "important_letters", "urgent_reminders"


def effective(login_id: str, category: str = LETTERS, agency: str = BONN) -> tuple[bool, str]:
    reader = next(reader for reader in agencies.readers_of([agency]) if reader.login_id == login_id)
    preference = queries.preferences([reader.user], category)(reader)
    return preference.wanted, preference.origin.value


@pytest.mark.parametrize("category", [LETTERS, REMINDERS])
@pytest.mark.parametrize(("login_id", "wanted"), [(ANNA, True), (CARLA, True), (BERND, False)])
def test_administrators_and_restricted_users_are_preset_to_ja_and_all_others_to_nein_m8(
    login_id: str, wanted: bool, category: str
) -> None:
    assert effective(login_id, category) == (wanted, "role_default")


def test_no_preset_is_stored_r2() -> None:
    effective(ANNA)
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert not Preference.objects.exists()


def test_both_categories_are_switched_apart_m7() -> None:
    cast.choose(ANNA, LETTERS, wanted=False)
    assert effective(ANNA, LETTERS) == (False, "explicit")
    assert effective(ANNA, REMINDERS) == (True, "role_default")


def test_a_choice_that_says_what_the_role_says_is_a_choice_all_the_same() -> None:
    cast.choose(ANNA, LETTERS, wanted=True)
    assert effective(ANNA) == (True, "explicit")


def test_a_choice_is_taken_back_to_what_the_role_says() -> None:
    cast.choose(ANNA, LETTERS, wanted=False)
    assert cast.choose(ANNA, LETTERS, wanted=None) == Accepted()
    assert effective(ANNA) == (True, "role_default")
    assert cast.choose(ANNA, LETTERS, wanted=None) == Known()


def test_an_unset_value_follows_role_and_scope_at_once_r2() -> None:
    cast.change_user(ANNA, administrator=False)
    cast.change_user(BERND, assigned_agencies=(BONN,))
    assert effective(ANNA) == (False, "role_default")
    assert effective(BERND) == (True, "role_default")


def test_an_explicit_value_never_follows_role_or_scope_r2() -> None:
    cast.choose(ANNA, LETTERS, wanted=True)
    cast.choose(CARLA, LETTERS, wanted=False)
    cast.change_user(ANNA, administrator=False)
    cast.change_user(CARLA, administrator=True, assigned_agencies=())
    assert effective(ANNA) == (True, "explicit")
    assert effective(CARLA) == (False, "explicit")


def test_choices_are_journalled_with_before_after_and_who_chose() -> None:
    cast.choose(BERND, REMINDERS, wanted=True)
    cast.choose(BERND, REMINDERS, wanted=False, by="insurer")
    cast.choose(BERND, REMINDERS, wanted=None)
    changes = journal.about(f"user:{BERND}").filter(kind="preference.changed")
    assert [(one.actor, one.data["before"], one.data["after"]) for one in changes] == [
        (ANNA, None, True),
        ("insurer", True, False),
        (ANNA, False, None),
    ]
    assert {one.data["category"] for one in changes} == {REMINDERS}


def test_a_choice_made_twice_changes_nothing() -> None:
    cast.choose(BERND, LETTERS, wanted=True)
    entries = journal.about(f"user:{BERND}").count()
    assert cast.choose(BERND, LETTERS, wanted=True) == Known()
    assert journal.about(f"user:{BERND}").count() == entries


def test_a_preference_widens_nobodys_access_r1() -> None:
    cast.choose(DORA, LETTERS, wanted=True)  # whose scope does not hold Bonn
    cast.choose(cast.EMIL, LETTERS, wanted=True)  # who may not see portfolio data
    acts.register()
    acts.mornings(acts.REQUESTED)
    told = acts.decisions(acts.letter().id)
    assert DORA not in told
    assert told[cast.EMIL] == ("not_mailed", "no_right")
