"""The early shift in the demo's house: it leaves open work in every worklist, all of it by what people really do."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, time, timedelta

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.cases import actions as cases
from vermittlerpost.cases import queries
from vermittlerpost.cases.rules import Subject
from vermittlerpost.delivery import actions as delivery
from vermittlerpost.delivery import queries as travelling
from vermittlerpost.delivery.rules import State
from vermittlerpost.intake import actions as intake
from vermittlerpost.intake.formats.applications import ApplicationRow
from vermittlerpost.interfaces.ops import rounds, wiring
from vermittlerpost.interfaces.ops.simulation import days
from vermittlerpost.interfaces.ops.simulation.world import SAMPLE
from vermittlerpost.lib import clock
from vermittlerpost.news import actions as news
from vermittlerpost.notifications import actions as notifications
from vermittlerpost.notifications import queries as mails
from vermittlerpost.notifications.rules import Bounce
from vermittlerpost.notifications.transports import Envelope, Result

NIGHT = SAMPLE.parent / "day" / "night"
_PROPOSED = 4


@dataclass(frozen=True, kw_only=True)
class Crew:
    """Login ids of those who were at work before the visitor came."""

    case_worker: str
    approver: str
    printer: str
    administrator: str
    clerk: str
    sub_agency: str


def work(day: date, crew: Crew) -> None:
    """Work from the files of the night to the first print batch, and leave what others shall decide."""
    with _at(day, time(2, 17)):
        rounds.watch_coverage()
    with _at(day, time(6)):
        for name in ("evb.csv", "notices-2026-06-01.csv"):
            intake.feed(NIGHT / name, by=f"file:{name}")
    with _at(day, time(7)):
        days.run()
        rounds.render()
    with _at(day, time(7, 30)):
        _bring_back_post(crew)
        _bring_back_mail({crew.administrator, crew.clerk, crew.sub_agency})
    with _at(day, time(7, 45)):
        delivery.build_batches(wiring.print_folder(), by=crew.printer)
    with _at(day, time(8)):
        _decide(crew)
        _ask(crew)
        _plan_transfer(day, crew)


def _at(day: date, hour: time) -> AbstractContextManager[None]:
    return clock.turned_to(clock.german_moment(day, hour))


def _bring_back_post(crew: Crew) -> None:
    """Note two letters that came back, the youngest first; the second is sent once more."""
    posted = travelling.everything_issued().filter(state=State.HANDED_OVER, letter__settled_on=None)
    first, second = posted.order_by("-changed_at", "letter")[:2]
    for one in (first, second):
        delivery.note_return(one.letter_id, reason="Empfänger nicht zu ermitteln", by=crew.printer)
    delivery.send_again(letter=second.letter_id, reason="Hausnummer ergänzt", by=crew.printer)


def _bring_back_mail(spared: set[str]) -> None:
    """Let the last mail to somebody who is no visitor come back."""
    mail = mails.sent().exclude(user__login_id__in=spared).reverse()[0]
    bounce = Bounce(mail=mail.id, is_permanent=True, reason="Unzustellbar laut Mailserver, Status 5.1.1")
    notifications.note_bounce(bounce, by=rounds.SYSTEM)


def _decide(crew: Crew) -> None:
    """Propose the oldest cancellations and one to an agency on paper; it and the oldest are approved.

    The application for the oldest crosses that decision.
    """
    waiting = queries.proposable()
    on_paper = waiting.filter(agency__electronic_from=None)[0]
    oldest, *others = waiting.exclude(agency__electronic_from=None)[:_PROPOSED]
    for case in (oldest, on_paper, *others):
        cases.propose(case=case.id, reason="Kein Antrag trotz Anforderung und Erinnerungen", by=crew.case_worker)
    for case in (oldest, on_paper):
        intake.approve_cancellation(case=case.id, by=crew.approver)
    application = ApplicationRow(
        application_id="A260615-901",
        received_at=clock.now(),
        evb=oldest.evb,
        plate=oldest.plate,
        vin=oldest.vin,
        agency=oldest.agency_id or "",
    )
    intake.take_messages([application], by="file:applications.csv")


def _ask(crew: Crew) -> None:
    """Let agencies say that something is not right, and one write to its contact by a server that breaks off."""
    _inquire(crew.clerk, Subject.SOLD, "Laut Kunde Ende Mai verkauft. Brauchen Sie dazu etwas von uns?")
    _inquire(crew.sub_agency, Subject.WRONG_AGENCY, "Der Kunde wird von einer anderen Agentur betreut.")
    rounds.announce()
    rounds.post(due_by=clock.now() + timedelta(days=1))
    _write_to_contact(crew.administrator)


def _inquire(login_id: str, subject: Subject, text: str) -> None:
    """Let a user ask about the newest letter that he read before today and nobody has asked about."""
    asked = queries.open_inquiries().values("case")
    found = travelling.mailbox_of(agencies.user(login_id)).filter(settled_on=None, issued_on__lt=clock.today())
    letter = found.exclude(case__in=asked).order_by("-issued_at", "id")[0]
    cases.inquire(case=letter.case, letter=letter.id, subject=subject, text=text, by=login_id)


def _write_to_contact(login_id: str) -> None:
    user = agencies.user(login_id)
    contact = agencies.contact_of(user)
    assert contact, "The sample world names a contact for each agency."
    question = news.Question(
        token=login_id,
        subject="Abrechnung für Mai",
        text="In der Abrechnung für Mai fehlen zwei Verträge.\nWer kann das prüfen?",
    )
    request, _ = news.ask(question, user=user, contact=contact, by=login_id)
    content = {
        "request": request.id,
        "firm": user.firm.name,
        "name": user.name,
        "reply_to": user.email,
        "letter": "",
        "subject": question.subject,
        "text": question.text,
    }
    notifications.send_message("contact_request", user=user.id, address=contact.email, content=content, by=login_id)
    notifications.post(_Silent(), wiring.operator(), due_by=clock.now(), limit=1, by=rounds.SYSTEM)


class _Silent:
    """A mail server that takes what it is given and breaks off: nobody knows whether it left."""

    def send(self, batch: Iterable[Envelope]) -> Iterator[Result]:
        """Take each mail and say nothing."""
        for _ in batch:
            yield from ()


def _plan_transfer(day: date, crew: Crew) -> None:
    """Let the last agency of the clerk's firm hand its portfolio to the first, from next month on."""
    first, *_, last = agencies.agencies_of(agencies.user(crew.clerk).firm_id)
    move = cases.Move(
        source=last.number,
        target=first.number,
        effective_on=(day.replace(day=1) + timedelta(days=31)).replace(day=1),
        reason="Inhaber geht in den Ruhestand",
    )
    cases.transfer(move, by=crew.case_worker)
