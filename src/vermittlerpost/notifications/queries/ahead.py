"""Ask who will be mailed about what is yet to be provided, as things stand."""

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.models import User
from vermittlerpost.notifications.categories import right_to
from vermittlerpost.notifications.queries.mails import suppressed
from vermittlerpost.notifications.queries.wishes import preferences
from vermittlerpost.notifications.rules import obstacle, reached


def would_be_mailed(agency: str, category: str) -> list[User]:
    """Return who would be mailed about an agency's next letter of a category, by login id; `standing` says the same."""
    readers = agencies.readers_of([agency], right=right_to(category))
    preference_of = preferences([reader.user for reader in readers], category)
    bounced = suppressed([reader.address for reader in readers])
    willing = {
        reader.login_id
        for reader in readers
        for deliverable in [bool(reader.address) and reader.address not in bounced]
        if obstacle(reader, preference_of(reader), deliverable=deliverable) is None
    }
    told = reached(readers, willing)
    users = agencies.users_by_login(told)
    return [users[login_id] for login_id in told]
