"""„Bestandsereignisse“: something happened to a contract in the portfolio."""

from datetime import timedelta

from vermittlerpost.notifications.categories import DOCUMENT_PROVIDED, Category, Role


def _preset(role: Role) -> bool:
    """Answer Ja for restricted users only: theirs are few and theirs alone, a whole firm's are a flood."""
    return role.restricted


PORTFOLIO_EVENT = Category(
    title="Bestandsereignisse",
    sentence="Wenn zu einem Vertrag in Ihrem Bestand ein Ereignis bereitgestellt wurde.",
    example="3 neue Bestandsereignisse (Agentur 4711)",
    event=DOCUMENT_PROVIDED,
    role_default=_preset,
    merge_window=timedelta(hours=1),
    one="neues Bestandsereignis",
    many="neue Bestandsereignisse",
    lead_one="ein Ereignis aus Ihrem Bestand ist im Portal bereitgestellt.",
    lead_many="Ereignisse aus Ihrem Bestand sind im Portal bereitgestellt.",
    open_one="Zum Ereignis",
    place="Mein Cockpit » Dokumente",
    path="cockpit/dokumente/",
)
