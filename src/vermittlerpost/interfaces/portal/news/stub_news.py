"""Stands in until the page is there."""

from django.http import HttpResponseBase
from django.shortcuts import render

from vermittlerpost.interfaces.portal.pages import Visit, for_users


@for_users()
def news(request: Visit) -> HttpResponseBase:
    """Show a heading."""
    return render(request, "portal/soon.html", {"heading": "MaklerTicker"})
