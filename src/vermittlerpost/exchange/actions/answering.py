"""Answer once: the same request gets the same answer, however often and however late it comes again."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from vermittlerpost.exchange.models import Answer
from vermittlerpost.lib import clock
from vermittlerpost.lib.errors import Refused
from vermittlerpost.lib.locks import take_turns

_KEY = re.compile(r"[!-~]{1,255}")


class KeyUnfit(Refused):
    """The idempotency key is empty, too long, or has blanks or umlauts in it."""

    code = "idempotency_key_unfit"


class OtherContent(Refused):
    """The idempotency key came before, with another request."""

    code = "idempotency_key_reused"


class AnswerErased(Refused):
    """The request was answered, and the time for which the answer had to be kept is over."""

    code = "answer_erased"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a request is answered; `body` is deflated."""

    status: int
    content_type: str
    body: bytes
    is_repeated: bool = False


@transaction.atomic
def answer_once(*, holder: str, key: str, fingerprint: str, work: Callable[[], Reply]) -> Reply:
    """Do the work and keep its answer, in one transaction; under a known key return what was answered then.

    Two requests at once with one key wait for each other. Refuses a known key with another fingerprint, keys other than
    1 to 255 visible ASCII characters, and a request whose answer was erased. What `work` refuses by raising leaves the
    key unused.
    """
    if not _KEY.fullmatch(key):
        raise KeyUnfit("Der Idempotency-Key besteht aus 1 bis 255 sichtbaren ASCII-Zeichen.")
    take_turns(f"answer:{holder}:{key}")
    known = Answer.objects.filter(holder=holder, key=key).first()
    if known is None:
        return _kept(holder, key, fingerprint, work())
    if known.fingerprint != fingerprint:
        raise OtherContent(
            "Dieser Idempotency-Key kam schon mit anderem Inhalt. Eine neue Anfrage braucht einen neuen."
        )
    if not known.body:
        raise AnswerErased(
            "Diese Anfrage wurde am {day} ausgeführt; was ihr geantwortet wurde, ist gelöscht.",
            day=f"{clock.german_day(known.given_at):%d.%m.%Y}",
        )
    return Reply(status=known.status, content_type=known.content_type, body=bytes(known.body), is_repeated=True)


def _kept(holder: str, key: str, fingerprint: str, reply: Reply) -> Reply:
    Answer.objects.create(
        holder=holder, key=key, fingerprint=fingerprint, status=reply.status, content_type=reply.content_type,
        body=reply.body, given_at=clock.now(),
    )  # fmt: skip
    return reply
