"""delivery: a letter goes electronically or by post, as its agency has it on the day of issue, and never both (M1)."""

from datetime import date

import pytest
from tests import acts, cast
from tests.acts import moment
from tests.cast import BONN, DRESDEN

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import queries as delivery
from vermittlerpost.delivery.channels import CHANNELS
from vermittlerpost.delivery.rules import Channel, Listing, Parcel, choose
from vermittlerpost.interfaces.ops import rounds
from vermittlerpost.journal import queries as journal
from vermittlerpost.lib import clock
from vermittlerpost.notifications import queries as notifications

pytestmark = pytest.mark.usefixtures("stage")


def mailbox(login_id: str = cast.CARLA) -> list[str]:
    return [letter.id for letter in delivery.mailbox_of(agencies.user(login_id))]


def test_a_letter_is_in_the_mailbox_as_soon_as_it_is_issued_and_before_any_mail_m10() -> None:
    acts.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        cases.advance_due(limit=10, by="system")
    assert mailbox() == [acts.letter().id]
    assert not notifications.waiting().exists()


def test_provision_is_recorded_once_in_the_transaction_that_issues_the_letter() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter()
    issued, provided = journal.about(letter.case).filter(kind__in=["letter.issued", "letter.provided"])
    assert (issued.at, provided.at) == (letter.issued_at, letter.issued_at)
    assert provided.data == {
        "letter": letter.id,
        "matter": letter.id,
        "case": letter.case,
        "category": "important_letters",
        "agency": BONN,
        "urgency": "normal",
        "due_on": "2026-03-02",
        "channel": "electronic",
    }


@pytest.mark.parametrize(
    ("begin", "end", "channel"),
    [
        (None, None, "post"),
        (date(2026, 2, 16), None, "electronic"),  # the first day counts
        (date(2026, 2, 17), None, "post"),
        (date(2020, 1, 1), date(2026, 2, 16), "electronic"),  # so does the last
        (date(2020, 1, 1), date(2026, 2, 15), "post"),
    ],
)
def test_the_day_of_issue_decides_about_the_channel(begin: date | None, end: date | None, channel: str) -> None:
    cast.change_agency(BONN, electronic_from=begin, electronic_until=end)
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert acts.delivery_of(acts.letter().id).channel == channel
    assert delivery.to_print().exists() is (channel == "post")
    assert bool(mailbox()) is (channel == "electronic")


def test_the_channel_of_a_letter_is_frozen_and_a_switch_is_for_the_next_one() -> None:
    acts.register()
    acts.mornings(acts.REQUESTED)
    cast.change_agency(BONN, electronic_from=None)
    assert acts.delivery_of(acts.letter().id).channel == "electronic"
    acts.mornings(acts.REMINDED)
    assert [acts.delivery_of(one.id).channel for one in acts.letters_of()] == ["electronic", "post"]
    assert mailbox() == [acts.letters_of()[0].id]


def test_a_letter_by_post_is_in_nobodys_mailbox_mails_nobody_and_has_no_portal_page() -> None:
    acts.confirm(agency=DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    letter = acts.letter()
    assert mailbox(cast.ANNA) == []
    assert acts.decisions(letter.id) == {}
    assert acts.mailed() == []
    assert letter.facts["portal_url"] == ""


def test_a_letter_by_post_is_not_announced_at_all() -> None:
    acts.confirm(agency=DRESDEN)
    acts.register()
    with clock.turned_to(moment(f"{acts.REQUESTED} 07:00")):
        rounds.take_steps()
    assert not journal.unannounced().exists()


def test_the_channel_of_the_lowest_rank_that_takes_a_parcel_gets_it() -> None:
    parcel = Parcel(
        letter="S-1",
        case="V-1",
        category="important_letters",
        agency=BONN,
        urgency="normal",
        due_on=None,
        issued_on=date(2026, 2, 16),
        electronic_from=date(2020, 1, 1),
        electronic_until=None,
        listing=Listing(carrier="nordlicht", kind="application_request", level=0, plate="K-WB 4444", policyholder=""),
    )
    post = CHANNELS["post"]
    courier = Channel(title="Bote", rank=1, takes=lambda _: True, first_state=post.first_state, event=post.event)
    assert choose(parcel, CHANNELS) == "electronic"
    assert choose(parcel, {**CHANNELS, "courier": courier}) == "courier"
    with pytest.raises(LookupError):
        choose(parcel, {})
