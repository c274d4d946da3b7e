"""Addresses of access."""

from allauth.account import views as account
from django.conf.urls.i18n import urlpatterns as language
from django.urls import path

urlpatterns = [
    path("anmelden/", account.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    *language,
]
