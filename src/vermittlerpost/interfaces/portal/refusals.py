"""Say in the reader's language what an action refused."""

from django.utils.translation import gettext

from vermittlerpost.lib.errors import Refused


def said(refusal: Refused) -> str:
    """Return the sentence of a refusal; what it names in the house's own words, as a category, is translated too."""
    words = {name: gettext(fact) if fact else fact for name, fact in refusal.facts.items()}
    return gettext(refusal.template).format_map(words)
