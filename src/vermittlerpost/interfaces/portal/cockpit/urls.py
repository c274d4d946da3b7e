"""Addresses below /cockpit/."""

from django.urls import path

from vermittlerpost.interfaces.portal.cockpit.cases import case, cases
from vermittlerpost.interfaces.portal.cockpit.documents import document, documents
from vermittlerpost.interfaces.portal.cockpit.letter import letter, letter_pdf
from vermittlerpost.interfaces.portal.cockpit.letter_actions import (
    letter_done,
    letter_hand_over,
    letter_inquiry,
    letter_pause,
    letter_reopen,
    letter_unread,
)
from vermittlerpost.interfaces.portal.cockpit.mailbox import mailbox
from vermittlerpost.interfaces.portal.cockpit.mailbox_files import mailbox_csv
from vermittlerpost.interfaces.portal.cockpit.mailbox_selection import mailbox_selection
from vermittlerpost.interfaces.portal.cockpit.overview import overview

urlpatterns = [
    path("", overview, name="overview"),
    path("vermittlerpost/", mailbox, name="mailbox"),
    path("vermittlerpost/auswahl/", mailbox_selection, name="mailbox_selection"),
    path("vermittlerpost/liste.csv", mailbox_csv, name="mailbox_csv"),
    path("vermittlerpost/<str:letter>/", letter, name="letter"),
    path("vermittlerpost/<str:letter>/schreiben.pdf", letter_pdf, name="letter_pdf"),
    path("vermittlerpost/<str:letter>/unterwegs/", letter_pause, name="letter_pause"),
    path("vermittlerpost/<str:letter>/rueckfrage/", letter_inquiry, name="letter_inquiry"),
    path("vermittlerpost/<str:letter>/weitergeben/", letter_hand_over, name="letter_hand_over"),
    path("vermittlerpost/<str:letter>/erledigt/", letter_done, name="letter_done"),
    path("vermittlerpost/<str:letter>/wieder-oeffnen/", letter_reopen, name="letter_reopen"),
    path("vermittlerpost/<str:letter>/ungelesen/", letter_unread, name="letter_unread"),
    path("vorgaenge/", cases, name="cases"),
    path("vorgaenge/<str:case>/", case, name="case"),
    path("dokumente/", documents, name="documents"),
    # A number may hold a slash.
    path("dokumente/<path:document>/", document, name="document"),
]
