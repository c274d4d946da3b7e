"""What a firm's software finds: every provided letter within its user's scope, from that transaction on, in order."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests import acts, cast
from tests.cast import ANNA, BERLIN, BONN, CARLA, DORA, EMIL, FRIDA, HAMBURG, NORDLICHT, OLGA, ROBOT

from vermittlerpost.agencies import actions as masters
from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.delivery import actions, queries
from vermittlerpost.delivery.models import Shipment
from vermittlerpost.delivery.rules import Line
from vermittlerpost.lib import bulk, clock, identifiers

pytestmark = pytest.mark.usefixtures("stage")

NOON = "2026-02-16 12:00"
REQUEST, INQUIRY = "100005100", "160008000"


@pytest.fixture
def letter() -> str:
    """Return a letter that has arrived in Bonn."""
    acts.register()
    acts.mornings(acts.REQUESTED)
    return acts.letter().id


def found(login_id: str = ROBOT, at: str = NOON, *, category: str = "", acknowledged: bool = False) -> list[Line]:
    """Return what a user's software finds at a moment."""
    with clock.turned_to(acts.moment(at)):
        return list(queries.shipments(agencies.user(login_id), category=category, acknowledged=acknowledged))


def take(shipment: str, by: str = ROBOT) -> None:
    """Acknowledge a shipment."""
    user = agencies.user(by)
    detail = queries.shipment(user, shipment)
    assert detail is not None
    actions.acknowledge(user, detail, consumer="")


def fill(letter: str, numbers: range, agency: str = BONN, **fields: object) -> None:
    """Let a letter lie there under many numbers, one provided each second."""
    values = {"content": "letter", "category": REQUEST, "urgent": False, "available_until": date(2026, 8, 15), **fields}
    at = acts.moment("2026-02-16 08:00")
    bulk.insert(
        Shipment,
        ["id", "letter", "agency", "provided_at", "fetched_by", "acknowledged_by", *values],
        [(f"N-{n:06}", letter, agency, at + timedelta(seconds=n), "", "", *values.values()) for n in numbers],
    )


def test_a_provided_letter_is_a_shipment_of_the_same_id_and_moment(letter: str) -> None:
    (line,) = found()
    assert line == Line(
        id=letter,
        category=REQUEST,
        provided_at=f"{acts.REQUESTED} 07:00:00",
        acknowledged_at=None,
        available_until="2026-08-15",
        content="letter",
    )


def test_a_moment_is_told_by_german_clocks_and_its_second_is_never_rounded_up(letter: str) -> None:
    Shipment.objects.update(provided_at=acts.moment("2026-07-01 23:59:59").replace(microsecond=999_999))
    assert [line.provided_at for line in found(at="2026-07-02 08:00")] == ["2026-07-01 23:59:59"]


def test_a_letter_is_in_the_mailbox_and_among_the_shipments_in_one_transaction() -> None:
    acts.register()
    with transaction.atomic():
        acts.mornings(acts.REQUESTED)
        assert [line.id for line in found()] == [row.letter for row in queries.mailbox(agencies.user(ANNA)).rows]
        assert found()
        transaction.set_rollback(True)
    assert not found()
    assert not queries.mailbox(agencies.user(ANNA)).rows


def test_a_letter_by_post_is_no_shipment() -> None:
    acts.confirm(agency=cast.DRESDEN)
    acts.register()
    acts.mornings(acts.REQUESTED)
    assert acts.letters_of()
    assert not found()


@pytest.mark.parametrize("login_id", [DORA, EMIL, FRIDA, OLGA])
def test_who_does_not_see_the_letter_finds_no_shipment_and_a_foreign_one_is_like_an_unknown_one_r8(
    letter: str, login_id: str
) -> None:
    assert not found(login_id)
    assert queries.shipment(agencies.user(login_id), letter) is None
    assert queries.shipment(agencies.user(ROBOT), "S-0000-0000-00000") is None


def test_a_restricted_user_finds_what_lies_within_his_scope(letter: str) -> None:
    assert [line.id for line in found(CARLA)] == [letter]


def test_a_shipment_tells_all_that_is_fetched(letter: str) -> None:
    detail = queries.shipment(agencies.user(ROBOT), letter)
    assert detail is not None
    assert (detail.id, detail.letter, detail.case) == (letter, letter, acts.case().id)
    assert (detail.agency, detail.carrier, detail.category, detail.content) == (BONN, NORDLICHT, REQUEST, "letter")
    assert (detail.done_on, detail.done_reason) == (None, "")
    assert (detail.facts.vehicle.plate, detail.facts.due_on) == (acts.PLATE, acts.letter().due_on)


def test_a_shipment_tells_when_its_case_has_ended(letter: str) -> None:
    acts.apply(at="2026-02-20 10:00")
    detail = queries.shipment(agencies.user(ROBOT), letter)
    assert detail is not None
    assert (detail.done_on, detail.done_reason) == (date(2026, 2, 20), "application")


@pytest.mark.parametrize(("category", "count"), [("", 2), ("1", 2), ("100", 1), ("100005", 1), (REQUEST, 1), ("16", 1)])
def test_a_category_is_the_beginning_of_one(letter: str, category: str, count: int) -> None:
    fill(letter, range(1), category=INQUIRY)
    assert len(found(category=category)) == count


@pytest.mark.parametrize("category", ["%", "_", "100005101", "1000051000"])
def test_what_begins_no_category_finds_nothing(letter: str, category: str) -> None:
    assert not found(category=category)


def test_what_is_acknowledged_is_found_only_if_it_is_asked_for(letter: str) -> None:
    fill(letter, range(3))
    take("N-000001")
    assert [line.id for line in found()] == [letter, "N-000000", "N-000002"]
    everything = found(acknowledged=True)
    assert [line.id for line in everything] == [letter, "N-000000", "N-000001", "N-000002"]
    assert [line.id for line in everything if line.acknowledged_at] == ["N-000001"]


def test_what_is_available_no_longer_is_not_listed_but_still_known(letter: str) -> None:
    assert found(at="2026-08-15 23:59")
    assert not found(at="2026-08-16 00:00")
    assert not found(at="2026-08-16 00:00", acknowledged=True)
    assert queries.shipment(agencies.user(ROBOT), letter) is not None


def test_thousands_are_found_in_their_order_across_agencies_each_once(letter: str) -> None:
    fill(letter, range(0, 2500, 2))
    fill(letter, range(1, 2500, 2), BERLIN)
    fill(letter, range(3000, 3100), HAMBURG)
    ids = [line.id for line in found()]
    assert ids == [letter, *(f"N-{n:06}" for n in range(2500))]
    assert [line.id for line in found(acknowledged=True)] == ids


def test_shipments_of_one_moment_are_told_apart_by_their_ids_at_the_end_of_a_page(letter: str) -> None:
    fill(letter, range(1500))
    Shipment.objects.update(provided_at=acts.moment("2026-02-16 08:00"))
    ids = [line.id for line in found()]
    assert ids == sorted({letter, *(f"N-{n:06}" for n in range(1500))})


def test_a_thousand_shipments_take_the_statements_of_one_page(letter: str) -> None:
    fill(letter, range(900))
    user = agencies.user(ROBOT)
    with clock.turned_to(acts.moment(NOON)), CaptureQueriesContext(connection) as statements:
        assert len(list(queries.shipments(user))) == 901
    assert len(statements) == 2


def test_the_uncollected_are_counted_up_to_a_cap_and_the_oldest_is_known(letter: str) -> None:
    fill(letter, range(1, 20), BERLIN)
    robot = agencies.user(ROBOT)
    with clock.turned_to(acts.moment(NOON)):
        oldest = acts.moment(f"{acts.REQUESTED} 07:00")
        assert queries.uncollected(robot) == (20, oldest)
        assert queries.uncollected(robot, 5) == (5, oldest)
        take(letter)
        assert queries.uncollected(robot) == (19, acts.moment("2026-02-16 08:00:01"))
        assert queries.uncollected(agencies.user(OLGA)) == (0, None)


def tell_endings() -> None:
    """Let the carrier tell software when a case ends."""
    masters.set_carrier_software(
        NORDLICHT, company_number="", own_id_as_policy_number=False, tells_endings=True, by=ANNA
    )


def test_the_end_of_a_case_is_no_shipment_unless_the_carrier_wants_it(letter: str) -> None:
    acts.apply(at="2026-02-20 10:00")
    assert [line.id for line in found(at="2026-02-20 12:00")] == [letter]


def test_the_end_of_a_case_is_told_once_under_its_newest_letter(letter: str) -> None:
    tell_endings()
    acts.mornings(acts.REMINDED)
    acts.apply(at="2026-03-05 10:00")
    lines = found(at="2026-03-05 12:00")
    ending = lines[-1]
    assert [line.content for line in lines] == ["letter", "letter", "ending"]
    assert ending.id == identifiers.derive("E", acts.case().id, BONN)
    assert ending.provided_at == "2026-03-05 10:00:00"
    detail = queries.shipment(agencies.user(ROBOT), ending.id)
    assert detail is not None
    assert (detail.letter, detail.case, detail.done_reason) == (acts.letter().id, acts.case().id, "application")


def test_each_agency_that_had_a_letter_is_told_of_the_end(letter: str) -> None:
    tell_endings()
    with clock.turned_to(acts.moment("2026-02-20 10:00")):
        cases.reroute(case=acts.case().id, agency=HAMBURG, reason="Bestandsübertragung", by="insurer")
    acts.mornings(acts.REMINDED)
    acts.apply(at="2026-03-05 10:00")
    endings = {
        login_id: [line.id for line in found(login_id, "2026-03-05 12:00") if line.content == "ending"]
        for login_id in (ROBOT, OLGA)
    }
    case = acts.case().id
    assert endings == {
        ROBOT: [identifiers.derive("E", case, BONN)],
        OLGA: [identifiers.derive("E", case, HAMBURG)],
    }


def test_a_case_without_a_letter_ends_in_silence() -> None:
    tell_endings()
    acts.register()
    acts.apply(at="2026-02-10 10:00")
    assert not found()


def test_a_case_that_is_reopened_and_ends_again_is_told_as_ended_again(letter: str) -> None:
    tell_endings()
    acts.apply("A-1", "2026-02-20 10:00")
    (ending,) = [line.id for line in found(at="2026-02-20 12:00") if line.content == "ending"]
    take(ending)
    with clock.turned_to(acts.moment("2026-02-23 10:00")):
        cases.reopen(case=acts.case().id, reason="Antrag abgelehnt", by="insurer")
    acts.apply("A-2", "2026-02-24 10:00")
    (again,) = [line for line in found(at="2026-02-24 12:00") if line.content == "ending"]
    assert (again.id, again.provided_at) == (ending, "2026-02-24 10:00:00")
