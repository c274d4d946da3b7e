"""Whoever guesses is stopped at this door as at the portal's, and at both by what was tried at either."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from tests import acts, cast
from tests.interfaces.bipro import envelopes
from tests.interfaces.bipro.envelopes import PASSWORD, STS

from vermittlerpost.agencies import actions as agencies

pytestmark = pytest.mark.django_db


def guess(post: Any, times: int, login_id: str = cast.ROBOT) -> list[list[str]]:
    return [post(envelopes.login(login_id, f"geraten {attempt}"), STS).codes for attempt in range(times)]


def test_the_fifth_wrong_password_locks(software: str, post: Any) -> None:
    assert guess(post, 5) == [["00960", "00961"]] * 4 + [["00964", "00965"]]
    answer = post(envelopes.login(software), STS)
    assert (answer.status, answer.codes) == (500, ["00964", "00965"])
    assert answer.one("faultstring") == "Der Zugang ist noch 15 Minuten gesperrt."
    assert "Retry-After" not in answer.headers  # programs that try again by themselves would sleep so long


def test_an_unknown_login_id_is_locked_like_a_known_one(stage: None, post: Any) -> None:
    assert guess(post, 6, "niemand")[-1] == ["00964", "00965"]


def test_the_lock_ends(software: str, post: Any) -> None:
    guess(post, 5)
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=16)
        attempt.save()
    assert post(envelopes.login(software), STS).status == 200


def test_a_success_forgets_the_failures_before_it(software: str, post: Any) -> None:
    for _ in range(2):
        guess(post, 4)
        assert post(envelopes.login(software.upper()), STS).status == 200


def test_the_password_of_a_person_forgets_no_wrong_code_of_his_second_factor(stage: None, post: Any) -> None:
    agencies.set_firm_software(cast.BRUECKNER, people_use_software=True, paper_if_uncollected=False, by=cast.ANNA)
    cast.change_user(cast.ANNA, rights=("basic", "view_portfolio", "document_archive"))
    acts.give_password(cast.ANNA, PASSWORD)
    guess(post, 4, cast.ANNA)
    assert post(envelopes.login(cast.ANNA), STS).status == 200
    assert guess(post, 1, cast.ANNA) == [["00964", "00965"]]


def test_a_token_goes_on_while_the_login_id_is_locked(token: str, post: Any) -> None:
    guess(post, 5)
    assert post(envelopes.listing(token)).codes == ["04001"]


def test_what_was_guessed_here_locks_the_portal_as_well(stage: None, post: Any) -> None:
    acts.give_password(cast.ANNA, PASSWORD)
    guess(post, 5, cast.ANNA.upper())
    page = Client().post(reverse("account_login"), {"login": cast.ANNA, "password": PASSWORD})
    assert page.status_code == 429


def test_what_was_guessed_at_the_portal_locks_here_as_well(software: str, post: Any) -> None:
    for _ in range(5):
        Client().post(reverse("account_login"), {"login": software, "password": "falsch geraten"})
    assert post(envelopes.login(software), STS).codes == ["00964", "00965"]


def test_what_is_kept_of_a_failure_holds_no_secret(software: str, post: Any) -> None:
    post(envelopes.login(software, "mein altes Geheimnis"), STS)
    post("login=robot&password=mein+altes+Geheimnis", STS, content_type="application/x-www-form-urlencoded")
    kept = AccessAttempt.objects.get()
    assert "Geheimnis" not in f"{kept.post_data} {kept.get_data} {kept.path_info}"
