"""What a page of the mailbox costs, in counts: statements, rows and pages, however many letters there are."""

from collections.abc import Callable, Mapping
from functools import partial

import pytest
from benchmarks import days, mailboxes
from benchmarks.reading import pages_touched, rows_read
from benchmarks.visiting import MAILBOX
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.delivery import queries
from vermittlerpost.delivery.queries import pages
from vermittlerpost.delivery.rules import Criteria, Page, Sort, Standing, terms_of

pytestmark = pytest.mark.django_db
Asks = Mapping[str, Callable[[], object]]

ENTRIES = "delivery_mailboxentry"
FEW, MANY = 4_000, 40_000
SHOWN = 10
STATEMENTS_PER_PAGE = 14
ONE_MORE_LEVEL_OF_EACH_INDEX_AND_A_PAGE_FOR_EACH_ROW = 2


def fill(letters: int) -> None:
    """Let so many letters lie in the mailboxes, and let PostgreSQL know."""
    mailboxes.fill(letters, days.morning(0))
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {ENTRIES}, agencies_agency, agencies_user")
        # Tables as small as a test can make are cheapest to read as a whole; those of an installation never are.
        cursor.execute("SET LOCAL enable_seqscan = off")


def asks(size: int) -> Asks:
    """Return what a user asks for who sees so many agencies."""
    user = agencies.user(mailboxes.login_of(size))

    def listed(sort: Sort = Sort.NEWEST, **wanted: object) -> Callable[[], Page]:
        return partial(queries.mailbox, user, Criteria(**wanted), sort, limit=SHOWN)  # type: ignore[arg-type]

    row = listed(standing=Standing.ALL)().rows[-1]
    after = listed(standing=Standing.ALL)().next
    second = queries.mailbox(user, Criteria(standing=Standing.ALL), Sort.NEWEST, after=after, limit=SHOWN)
    return {
        "first page": listed(),
        "by due date": listed(Sort.DUE),
        "unread": listed(standing=Standing.UNREAD),
        "done": listed(standing=Standing.DONE),
        "last reminders": listed(urgency="letzte"),
        "plate": listed(standing=Standing.ALL, terms=terms_of(row.plate)),
        "next page": partial(
            queries.mailbox, user, Criteria(standing=Standing.ALL), Sort.NEWEST, after=after, limit=SHOWN
        ),
        "page before": partial(
            queries.mailbox, user, Criteria(standing=Standing.ALL), Sort.NEWEST, after=second.previous, limit=SHOWN
        ),
        "badge": partial(queries.unread, user, SHOWN),
    }


def counts(size: int, count: Callable[[Callable[[], object], str], int]) -> dict[str, int]:
    """Return what each question costs a user who sees so many agencies."""
    return {name: count(ask, ENTRIES) for name, ask in asks(size).items()}


@pytest.mark.parametrize("size", [mailboxes.FEW, mailboxes.SOME])
def test_a_page_touches_as_much_among_many_letters_as_among_few(size: int) -> None:
    mailboxes.enter()
    fill(FEW)
    among_few = counts(size, pages_touched)
    fill(MANY)
    among_many = counts(size, pages_touched)
    grown = {name: (among_few[name], many) for name, many in among_many.items()}
    assert all(many <= ONE_MORE_LEVEL_OF_EACH_INDEX_AND_A_PAGE_FOR_EACH_ROW * few for few, many in grown.values()), (
        grown
    )


def test_a_page_reads_hardly_more_rows_than_it_shows_and_two_for_each_agency() -> None:
    mailboxes.enter()
    fill(MANY)
    for size in (mailboxes.FEW, mailboxes.SOME):
        read = counts(size, rows_read)
        # Where so many agencies are seen that a walk is tried, it reads as many rows as there are agencies.
        of_each = 2 * size + (SHOWN + 1) * min(size, SHOWN + 1)
        # Of three letters one is a last reminder.
        assert all(rows <= (3 if name == "last reminders" else 1) * of_each for name, rows in read.items()), read


def test_whoever_sees_a_quarter_of_all_letters_reads_four_for_each_one_shown_however_many_agencies_he_sees() -> None:
    mailboxes.enter()
    fill(MANY)
    read = counts(mailboxes.MANY, rows_read)
    # Of the newest letters about half are unread, and about a third are last reminders.
    most = {"first page": 44, "next page": 44, "unread": 100, "last reminders": 140}
    assert all(SHOWN < read[name] <= rows for name, rows in most.items()), read


def test_a_page_of_all_agencies_is_the_same_whether_it_is_walked_to_or_asked_for_by_agency(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mailboxes.enter()
    fill(FEW)
    walked = {name: ask() for name, ask in asks(mailboxes.MANY).items()}
    monkeypatch.setattr(pages, "_AGENCIES_TO_WALK_FOR", mailboxes.MANY)
    assert walked == {name: ask() for name, ask in asks(mailboxes.MANY).items()}


def test_a_page_takes_the_same_few_statements_however_many_letters_it_shows() -> None:
    mailboxes.enter()
    fill(FEW)
    client, taken = Client(), dict[str, int]()
    client.force_login(agencies.user(mailboxes.login_of(mailboxes.FEW)), backend=settings.PORTAL_BACKEND)
    client.get(MAILBOX)  # the first visit of a session is noted
    for rows in ("50", "100"):
        with CaptureQueriesContext(connection) as statements:
            assert client.get(f"{MAILBOX}?zustand=alle&zeilen={rows}").status_code == 200
        taken[rows] = len(statements)
    assert taken["50"] == taken["100"] <= STATEMENTS_PER_PAGE, taken
