"""All that must be the same whether or not processes died: what a database and its files hold, as plain lists."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from vermittlerpost.cases.models import Case, Deadline
from vermittlerpost.delivery.models import Delivery, PrintBatch, Receipt
from vermittlerpost.interfaces.ops import wiring
from vermittlerpost.journal.models import Chain, Entry, Unannounced
from vermittlerpost.journal.rules import START, Link, first_break
from vermittlerpost.letters.models import Letter, Rendering
from vermittlerpost.lib.storage import Missing
from vermittlerpost.notifications.models import Mail, Mention, Unmailed

Account = dict[str, Any]


def account() -> Account:
    """Return what is there, in an order that never changes."""
    return {
        "cases": _rows(Case.objects.values_list("id", "state", "close_reason", "requested_on")),
        "deadlines": _rows(Deadline.objects.values_list("case", "due_at", "stuck_reason")),
        "letters": _rows(Letter.objects.values_list("id", "kind", "level", "due_on", "settled_reason")),
        "deliveries": _rows(Delivery.objects.values_list("letter", "channel", "state")),
        "receipts": _rows(Receipt.objects.values_list("letter", "kind", "actor")),
        "mails": sorted(_mails()),
        "mentions": _rows(Mention.objects.values_list("matter", "user__login_id", "outcome", "reason", "origin")),
        "unmailed": _rows(Unmailed.objects.values_list("matter", "reason", "origin", "users")),
        "pdfs": sorted(_pdfs()),
        "batches": sorted(_batches()),
        "journal": sorted(_journal()),
        "broken_chains": sorted(_broken_chains()),
        "unannounced": Unannounced.objects.count(),
    }


def _rows(rows: Any) -> list[list[str]]:
    return sorted([[str(cell) for cell in row] for row in rows])


def _mails() -> Iterator[list[Any]]:
    for mail in Mail.objects.select_related("user").prefetch_related("mentions"):
        matters = sorted(mention.matter for mention in mail.mentions.all())
        files = len(list((settings.HOME / "mails").glob(f"{mail.id}-*.eml")))
        yield [mail.user.login_id, mail.category, matters, mail.id, mail.state, mail.attempts, files]


def _pdfs() -> Iterator[list[str]]:
    """Read each letter's PDF, which is checked against its hash on the way."""
    store = wiring.letter_store()
    for letter, sha256 in Rendering.objects.values_list("letter", "sha256"):
        try:
            yield [letter, sha256, "" if sha256 and store.get(sha256) else "none yet"]
        except Missing as missing:
            yield [letter, sha256, f"missing: {missing}"]


def _batches() -> Iterator[list[Any]]:
    folder = wiring.print_folder().path
    for batch in PrintBatch.objects.prefetch_related("deliveries"):
        pdf, manifest = folder / f"{batch.id}.pdf", folder / f"{batch.id}.csv"
        letters = sorted(delivery.letter_id for delivery in batch.deliveries.all())
        is_whole = pdf.exists() and hashlib.sha256(pdf.read_bytes()).hexdigest() == batch.sha256
        listed = [line.split(";")[3] for line in manifest.read_text().splitlines()[1:]] if manifest.exists() else []
        yield [batch.carrier_id, batch.state, letters, is_whole, sorted(listed) == letters]


def _journal() -> Iterator[list[Any]]:
    """Tell how often each kind of thing happened in each case; when and by which mail may differ."""
    entries = Entry.objects.filter(subject__startswith="V-").values_list("subject", "kind")
    for (subject, kind), times in Counter(entries).items():
        yield [subject, kind, times]


def _broken_chains() -> Iterator[str]:
    """Name the subjects whose entries do not follow from each other, or do not end where their chain says."""
    entries: dict[str, list[tuple[Link, bytes]]] = defaultdict(list)
    for entry in Entry.objects.order_by("subject", "position"):
        entries[entry.subject].append((_link(entry), bytes(entry.hash)))
    ends = {chain.subject: (chain.length, bytes(chain.hash)) for chain in Chain.objects.all()}
    for subject in entries.keys() | ends.keys():
        found = entries[subject]
        if first_break(found) is not None or ends.get(subject) != (len(found), found[-1][1] if found else START):
            yield subject


def _link(entry: Entry) -> Link:
    return Link(**{name: getattr(entry, name) for name in Link.__annotations__})
