"""„Administration“: the users of the firm, each with his switches, to be found, changed in bulk, and taken along."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from vermittlerpost.interfaces.portal.cockpit.people import names_of
from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.services import matrix, words
from vermittlerpost.interfaces.portal.services.forms import FilterForm
from vermittlerpost.interfaces.portal.services.roster import listed
from vermittlerpost.lib.spreadsheets import table
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import Member, Standing

_MOST_GAPS = 3


@for_administrators()
def administration(request: Visit) -> HttpResponseBase:
    """Show the users of the firm."""
    standing = queries.standing(request.user.firm_id)
    form = filter_form(request.GET, standing)
    found = matrix.matching(standing, form.asked())
    shown, following = matrix.page_of(found, request.GET.get("nach", ""))
    names = names_of(request.user, _choosers(shown))
    gaps = [f"{gap.agency} {gap.name} / {gettext(CATEGORIES[gap.category].title)}" for gap in standing.gaps]
    context = {
        "filter": form,
        "is_filtered": any(form.cleaned_data.values()),
        "lines": [matrix.line(member, names) for member in shown],
        "found": len(found),
        "all": len(standing.members),
        "next": following,
        "categories": [{"code": code, "title": gettext(CATEGORIES[code].title)} for code in queries.ORDER],
        "gaps": listed(gaps, most=_MOST_GAPS),
    }
    return render(request, "portal/services/administration.html", context)


@for_administrators()
def users_csv(request: Visit) -> HttpResponseBase:
    """Hand out the listed users with their effective settings, for a spreadsheet."""
    standing = queries.standing(request.user.firm_id)
    found = matrix.matching(standing, filter_form(request.GET, standing).asked())
    return table("benutzer", _head(), map(_cells, found))


def filter_form(data: Any, standing: Standing) -> FilterForm:
    """Return the filter with what can be asked for in this firm."""
    agencies = [(number, f"{number} {office.name}") for number, office in standing.offices.items()]
    categories = [(code, gettext(CATEGORIES[code].title)) for code in queries.ORDER]
    return FilterForm(data, agencies=agencies, categories=categories)


def _choosers(members: Sequence[Member]) -> set[str]:
    return {setting.by for member in members for setting in member.settings.values() if setting.by}


def _head() -> list[str]:
    head = [gettext("Kennung"), gettext("Name"), gettext("Rolle"), gettext("Zugang"), gettext("Agenturen")]
    for code in queries.ORDER:
        title = gettext(CATEGORIES[code].title)
        head += [title, gettext("%(category)s: Herkunft") % {"category": title}]
    return head


def _cells(member: Member) -> list[str]:
    cells = [
        member.login_id,
        member.name,
        words.role(administrator=member.administrator, technical=member.technical),
        gettext("aktiv") if member.active else gettext("deaktiviert"),
        ", ".join(sorted(member.agencies)) if member.restricted else gettext("alle"),
    ]
    for setting in member.settings.values():
        said = words.of_setting(setting, name=member.name, names={})
        where = gettext("gesetzt") if said.is_explicit else gettext("Vorbelegung")
        cells += [said.hindrance or said.value, where]
    return cells
