"""Words and signs of the portal's templates."""

from datetime import date, datetime
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext, pgettext

from vermittlerpost.agencies import queries as agencies
from vermittlerpost.agencies.queries import Account
from vermittlerpost.lib import clock

register = template.Library()

_ICONS = {"normal": "clock", "hoch": "alert", "letzte": "siren"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite; it says nothing to screen readers, so that words stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("portal/icons.svg"), name
    )


@register.simple_tag
def urgency(code: str) -> SafeString:
    """Show an urgency as word, sign and colour; nothing for a letter without one."""
    if not code:
        return SafeString()
    words = {
        "normal": pgettext("urgency", "normal"),
        "hoch": pgettext("urgency", "hoch"),
        "letzte": pgettext("urgency", "letzte"),
    }
    return format_html(
        '<span class="mark {}">{} {}</span>', code, icon(_ICONS.get(code, "clock")), words.get(code, code)
    )


@register.simple_tag(takes_context=True)
def administrators(context: template.RequestContext) -> list[Account]:
    """Return the people who may change the users of the visitor's firm, by name."""
    return list(agencies.administrators_of(context["request"].user.firm_id))


@register.filter
def day(value: date | None) -> str:
    """Return `13.04.2026`, or a dash for no day."""
    return f"{value:%d.%m.%Y}" if value else "–"


@register.filter
def due_day(value: date | None) -> str:
    """Return `Mo., 13.04.2026` in the reader's language, or a dash for no day."""
    return f"{_weekday(value)}, {value:%d.%m.%Y}" if value else "–"


@register.filter
def moment(value: datetime | None) -> str:
    """Return `13.04.2026, 07:00 Uhr` of German time, or a dash for no moment."""
    if value is None:
        return "–"
    german = value.astimezone(clock.GERMANY)
    if get_language() == "en":
        return f"{german:%d.%m.%Y, %H:%M}"
    return f"{german:%d.%m.%Y, %H:%M} Uhr"


@register.filter
def days_left(value: date | None) -> str:
    """Return how far a due date is away: `noch 3 Tage`, `heute`, `seit 2 Tagen überfällig`."""
    if value is None:
        return ""
    days = (value - clock.today()).days
    if days == 0:
        return gettext("heute")
    if days > 0:
        return ngettext("noch %(days)d Tag", "noch %(days)d Tage", days) % {"days": days}
    return ngettext("seit %(days)d Tag überfällig", "seit %(days)d Tagen überfällig", -days) % {"days": -days}


@register.filter
def translated(text: Any) -> str:
    """Return a sentence of the house's catalogues in the reader's language."""
    return gettext(str(text)) if text else ""


@register.simple_tag(takes_context=True)
def with_query(context: template.RequestContext, **changes: Any) -> str:
    """Return this page's query with some keys changed; a key that becomes empty is left out."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        query.pop(key, None)
        if value not in {None, ""}:
            query[key] = str(value)
    return f"?{query.urlencode()}"


def _weekday(value: date) -> str:
    return (
        pgettext("weekday", "Mo."),
        pgettext("weekday", "Di."),
        pgettext("weekday", "Mi."),
        pgettext("weekday", "Do."),
        pgettext("weekday", "Fr."),
        pgettext("weekday", "Sa."),
        pgettext("weekday", "So."),
    )[value.weekday()]
