"""Addresses of the calendar: the feed, and the page in the profile on which its address is made."""

from django.urls import path

from vermittlerpost.interfaces.portal.cockpit.calendar import calendar_address, calendar_feed, calendar_revoked

urlpatterns = [
    path("kalender/<str:key>.ics", calendar_feed, name="calendar_feed"),
    path("services/mein-profil/kalender/", calendar_address, name="calendar"),
    path("services/mein-profil/kalender/widerrufen/", calendar_revoked, name="calendar_revoked"),
]
