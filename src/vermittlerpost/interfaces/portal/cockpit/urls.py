"""Addresses below /cockpit/."""

from django.urls import path

from vermittlerpost.interfaces.portal.cockpit.stub_cases import cases
from vermittlerpost.interfaces.portal.cockpit.stub_mailbox import mailbox
from vermittlerpost.interfaces.portal.cockpit.stub_overview import overview

urlpatterns = [
    path("", overview, name="overview"),
    path("vermittlerpost/", mailbox, name="mailbox"),
    path("vorgaenge/", cases, name="cases"),
]
