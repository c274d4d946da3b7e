"""news: an article is seen by those it is meant for, and mailed once to those of them who want to know (M12)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import ANNA, BERND, BONN, CARLA, DORA, EMIL, FRIDA, GREGOR, KOELN, OLGA, ROBOT

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.rules import Audience
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.news import actions as news
from vermittlerpost.news import queries
from vermittlerpost.news.actions.publishing import AlreadyPublished, NoSuchArticle, UnfitArticle
from vermittlerpost.news.rules import Draft
from vermittlerpost.notifications import queries as notifications

EVERYBODY = (ANNA, BERND, CARLA, DORA, EMIL, FRIDA, GREGOR, ROBOT, OLGA)
FIRST_DAY = "2026-03-16"
MORNING, NOON, EVENING = f"{FIRST_DAY} 07:00", f"{FIRST_DAY} 12:00", f"{FIRST_DAY} 20:00"
Turn = Callable[[str], datetime]

DRAFT = Draft(
    slug="elektronische-vermittlerpost",
    title="Vermittlerpost kommt elektronisch",
    teaser="Schreiben zur Antragsanforderung liegen jetzt im Portal.",
    body="Ab sofort **elektronisch**.",
    audience=Audience.ALL,
    valid_from=date(2026, 3, 16),
    valid_until=None,
)


@pytest.fixture(autouse=True)
def _noon(stage: None, turn_clock: Turn) -> None:
    """Let everybody want news, at noon of the first day."""
    turn_clock(NOON)
    for login_id in EVERYBODY:
        cast.choose(login_id, "news", wanted=True)


def publish(**fields: Any) -> Draft:
    draft = replace(DRAFT, **fields)
    news.publish(draft, by="editor")
    return draft


def let_everything_leave(at: str = EVENING) -> None:
    with clock.turned_to(moment(at)):
        rounds.announce_news()
        rounds.announce()
        rounds.post(due_by=moment(f"{at[:10]} 23:59"))


def seen_by(login_id: str) -> list[str]:
    return [article.slug for article in queries.newest(agencies.user(login_id))]


def test_an_article_is_mailed_once_to_each_who_wants_it_and_links_to_it(home: Path) -> None:
    publish()
    let_everything_leave()
    let_everything_leave("2026-03-17 20:00")
    assert acts.mailed() == [(login_id, "news", 1) for login_id in (ANNA, BERND, CARLA, DORA, OLGA)]
    [mail, *_] = acts.mails_in(home)
    assert mail["Subject"] == "1 neue Meldung im MaklerTicker"
    text = str(mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]  # every mail has a text
    assert "/aktuelles/maklerticker/elektronische-vermittlerpost/" in text
    assert "Agentur" not in text


def test_r1_holds_for_news_as_for_every_mail_and_its_reasons_are_kept() -> None:
    cast.choose(CARLA, "news", wanted=False)
    publish()
    let_everything_leave()
    assert {login_id: reason for login_id, (_, reason) in acts.decisions(DRAFT.slug).items()} == {
        ANNA: None,
        BERND: None,
        CARLA: "preference",
        DORA: None,
        EMIL: "no_right",
        FRIDA: "inactive",
        GREGOR: "no_address",
        ROBOT: "technical",
        OLGA: None,
    }


def test_who_has_chosen_nothing_gets_no_news_by_mail() -> None:
    for login_id in EVERYBODY:
        cast.choose(login_id, "news", wanted=None)
    publish()
    let_everything_leave()
    assert acts.mailed() == []


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        (Audience.ALL, [ANNA, BERND, CARLA, DORA, OLGA]),
        (Audience.ADMINISTRATORS, [ANNA, OLGA]),
        (Audience.ELECTRONIC, [ANNA, BERND, CARLA, DORA]),
    ],
)
def test_each_audience_sees_and_is_told_what_is_meant_for_it(audience: Audience, told: list[str]) -> None:
    cast.change_agency(cast.HAMBURG, electronic_from=date(2026, 3, 17))
    publish(audience=audience)
    let_everything_leave()
    assert [login_id for login_id, *_ in acts.mailed()] == told
    people = (ANNA, BERND, CARLA, DORA, OLGA)
    assert [login_id for login_id in people if seen_by(login_id)] == told


def test_the_last_electronic_day_of_a_firm_still_counts(turn_clock: Turn) -> None:
    for number in (KOELN, BONN, cast.MUENCHEN, cast.BERLIN):
        cast.change_agency(number, electronic_until=date(2026, 3, 16))
    publish(audience=Audience.ELECTRONIC)
    assert seen_by(ANNA) == [DRAFT.slug]
    turn_clock("2026-03-17 00:00")
    assert seen_by(ANNA) == []


def test_what_becomes_valid_later_is_seen_from_midnight_and_told_from_seven(turn_clock: Turn) -> None:
    publish(valid_from=date(2026, 3, 20))
    let_everything_leave()
    assert (seen_by(ANNA), acts.mailed()) == ([], [])
    turn_clock("2026-03-20 00:00")
    assert seen_by(ANNA) == [DRAFT.slug]
    let_everything_leave("2026-03-20 06:59")
    assert acts.mailed() == []
    let_everything_leave("2026-03-20 07:00")
    assert len(acts.mailed()) == 5


def test_what_was_over_before_it_could_be_told_is_told_to_nobody() -> None:
    publish(valid_from=date(2026, 3, 18), valid_until=date(2026, 3, 19))
    let_everything_leave("2026-03-20 08:00")
    assert acts.mailed() == []


def test_after_its_last_day_an_article_is_in_the_archive(turn_clock: Turn) -> None:
    publish(valid_until=date(2026, 3, 20))
    anna = agencies.user(ANNA)
    turn_clock("2026-03-20 23:59")
    assert (len(queries.newest(anna)), len(queries.archive(anna))) == (1, 0)
    turn_clock("2026-03-21 00:00")
    assert (len(queries.newest(anna)), len(queries.archive(anna))) == (0, 1)


def test_a_revised_article_shows_its_new_words_and_mails_nobody_again() -> None:
    draft = publish()
    let_everything_leave()
    assert news.revise(replace(draft, title="Nur noch elektronisch"), by="editor") == ["title"]
    let_everything_leave("2026-03-17 08:00")
    assert queries.everything().get().title == "Nur noch elektronisch"
    assert len(acts.mailed()) == 5


def test_a_revision_that_changes_nothing_leaves_no_trace() -> None:
    draft = publish()
    before = len(journal.about(f"article:{draft.slug}"))
    assert news.revise(draft, by="editor") == []
    assert len(journal.about(f"article:{draft.slug}")) == before


def test_a_withdrawn_article_is_gone_and_the_mails_that_wait_are_taken_back() -> None:
    publish()
    rounds.announce_news()
    rounds.announce()
    assert notifications.waiting().count() == 5
    news.withdraw(DRAFT.slug, reason="Fehler im Text", by="editor")
    let_everything_leave()
    assert (seen_by(ANNA), acts.mailed()) == ([], [])
    assert acts.decisions(DRAFT.slug)[ANNA] == ("withdrawn", "recalled")


def test_an_article_that_is_withdrawn_before_anybody_was_chosen_is_told_to_nobody() -> None:
    publish()
    rounds.announce_news()
    news.withdraw(DRAFT.slug, reason="zu früh", by="editor")
    let_everything_leave()
    assert acts.mailed() == []
    assert acts.decisions(DRAFT.slug)[ANNA] == ("not_mailed", "recalled")


def test_two_articles_of_an_hour_are_one_mail() -> None:
    publish()
    publish(slug="zweite-meldung")
    let_everything_leave()
    assert set(acts.mailed()) == {(login_id, "news", 2) for login_id in (ANNA, BERND, CARLA, DORA, OLGA)}


def test_one_person_with_one_address_in_two_firms_is_mailed_once() -> None:
    cast.change_user(OLGA, email="anna@brueckner.example")
    publish()
    let_everything_leave()
    assert acts.decisions(DRAFT.slug)[OLGA] == ("not_mailed", "already_mailed")


def test_who_sees_no_agency_is_told_nothing() -> None:
    agencies.user(CARLA).assigned_agencies.clear()
    publish()
    let_everything_leave()
    assert CARLA not in acts.decisions(DRAFT.slug)


def test_a_name_is_used_once_even_after_it_was_withdrawn() -> None:
    draft = publish()
    with pytest.raises(AlreadyPublished):
        news.publish(draft, by="editor")
    news.withdraw(draft.slug, reason="Fehler", by="editor")
    with pytest.raises(AlreadyPublished):
        news.publish(draft, by="editor")
    with pytest.raises(NoSuchArticle):
        news.revise(draft, by="editor")
    with pytest.raises(NoSuchArticle):
        news.withdraw(draft.slug, reason="noch einmal", by="editor")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"slug": "Mit Leerzeichen"}, "Kurzname"),
        ({"slug": "../etc"}, "Kurzname"),
        ({"title": "  "}, "Titel"),
        ({"title": "a\nb"}, "Titel"),
        ({"teaser": "x" * 401}, "Anreißer"),
        ({"body": " \n"}, "Text fehlt"),
        ({"valid_until": date(2026, 3, 15)}, "letzte Tag"),
    ],
)
def test_an_unfit_draft_is_refused_with_what_is_wrong(change: dict[str, Any], says: str) -> None:
    with pytest.raises(UnfitArticle, match=says):
        publish(**change)
    assert not queries.everything().exists()


def test_every_step_of_an_article_is_in_the_journal_without_its_words() -> None:
    draft = publish()
    rounds.announce_news()
    news.revise(replace(draft, teaser="Anders"), by="editor")
    news.withdraw(draft.slug, reason="Fehler", by="editor")
    entries = list(journal.about(f"article:{draft.slug}"))
    assert [entry.kind for entry in entries] == ["news.planned", "news.published", "news.revised", "news.withdrawn"]
    assert not any(words in str(entry.data) for entry in entries for words in (draft.title, draft.teaser, "Anders"))
