"""Addresses below /entwicklung/, which lead nowhere in production."""

from django.urls import path

from vermittlerpost.interfaces.portal.development.mails import mail, mail_page, mails

urlpatterns = [
    path("mails/", mails, name="development_mails"),
    path("mails/<str:name>/", mail, name="development_mail"),
    path("mails/<str:name>/seite/", mail_page, name="development_mail_page"),
]
