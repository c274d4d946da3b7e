"""„MaklerTicker“: a news item was published in the portal."""

from datetime import timedelta

from vermittlerpost.notifications.categories import DOCUMENT_PROVIDED, NEWS_PUBLISHED, NEWS_WITHDRAWN, Category, Role


def _preset(_role: Role) -> bool:
    """Answer Nein for all: news may be read as advertising, so it goes only to those who ask (§ 7 UWG)."""
    return False


NEWS = Category(
    title="MaklerTicker",
    sentence="Wenn im MaklerTicker eine neue Meldung erscheint.",
    example="1 neue Meldung im MaklerTicker",
    event=DOCUMENT_PROVIDED,
    further_events=(NEWS_PUBLISHED,),
    recall=NEWS_WITHDRAWN,
    names_agency=False,
    role_default=_preset,
    merge_window=timedelta(hours=1),
    one="neue Meldung im MaklerTicker",
    many="neue Meldungen im MaklerTicker",
    lead_one="im MaklerTicker steht eine neue Meldung.",
    lead_many="im MaklerTicker stehen neue Meldungen.",
    open_one="Zur Meldung",
    place="Aktuelles » MaklerTicker",
    path="aktuelles/maklerticker/",
)
