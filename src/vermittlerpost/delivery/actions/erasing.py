"""Take letters that need no longer be kept out of the mailbox, and their files away."""

from collections.abc import Sequence

from vermittlerpost.delivery.models import Delivery, MailboxEntry, PrintBatch
from vermittlerpost.letters import actions as letters
from vermittlerpost.letters.actions import Erased
from vermittlerpost.lib.storage import Folder


def erase(cases: Sequence[str]) -> Erased:
    """Remove the letters of cases from the mailbox and what they say with them, within the caller's transaction."""
    MailboxEntry.objects.filter(case__any_of=list(cases)).delete()
    return letters.erase(cases)


def clear_erased(folder: Folder) -> int:
    """Remove the files of print batches in which no letter is kept any more, and return how many files that were."""
    names = {name: name.rsplit(".", 1)[0] for name in folder.names()}
    kept = Delivery.objects.filter(batch__any_of=set(names.values()), letter__erased_on=None).values("batch")
    over = set(
        PrintBatch.objects.filter(id__any_of=set(names.values()), deliveries__isnull=False)
        .exclude(id__in=kept)
        .values_list("id", flat=True)
    )
    gone = [name for name, batch in names.items() if batch in over]
    for name in gone:
        folder.remove(name)
    return len(gone)
