"""„Abdeckung“: per agency and category who is mailed, and where nobody reads along."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from vermittlerpost.interfaces.portal.pages import Visit, for_administrators
from vermittlerpost.interfaces.portal.services.roster import alphabetical, listed
from vermittlerpost.notifications import queries
from vermittlerpost.notifications.categories import CATEGORIES
from vermittlerpost.notifications.queries import ORDER, WATCHED, Office, Standing

_MOST_NAMES = 4


@for_administrators()
def coverage(request: Visit) -> HttpResponseBase:
    """Show all agencies that are served electronically today, or only those with gaps."""
    standing = queries.standing(request.user.firm_id)
    only_gaps = request.GET.get("nur") == "luecken"
    uncovered = {gap.agency for gap in standing.gaps}
    offices = [
        office
        for office in standing.offices.values()
        if office.is_electronic and (office.number in uncovered or not only_gaps)
    ]
    context = {
        "categories": [gettext(CATEGORIES[code].title) for code in ORDER],
        "rows": [{"office": office, "cells": _cells(standing, office)} for office in offices],
        "gaps": len(standing.gaps),
        "uncovered": len(uncovered),
        "only_gaps": only_gaps,
        "by_post": [office for office in standing.offices.values() if not office.is_electronic],
    }
    return render(request, "portal/services/coverage.html", context)


def _cells(standing: Standing, office: Office) -> list[dict[str, Any]]:
    return [
        {
            "title": gettext(CATEGORIES[code].title),
            "names": listed(_names(standing, standing.told[office.number, code]), most=_MOST_NAMES),
            "is_watched": code in WATCHED,
        }
        for code in ORDER
    ]


def _names(standing: Standing, logins: Sequence[str]) -> list[str]:
    return sorted((standing.members[login_id].name for login_id in logins), key=alphabetical)
