"""Addresses below /services/: in the announcement's own words, as mails and letters name them."""

from django.urls import path

from vermittlerpost.interfaces.portal.services import (
    administration,
    bulk,
    coverage,
    history,
    membership,
    own_firm,
    people,
    profile,
    software,
    switches,
    told,
)

_USER = "administration/benutzer/<str:login_id>/"

urlpatterns = [
    path("mein-profil/", profile.profile, name="profile"),
    path(
        "mein-profil/e-mail-benachrichtigungen/",
        switches.notification_settings,
        name="notification_settings",
    ),
    path("bipro/", software.software, name="software"),
    path("bipro/einstellungen/", software.software_settings, name="software_settings"),
    path("bipro/benutzer/<str:login_id>/kennwort/", software.software_password, name="software_password"),
    path("administration/", administration.administration, name="administration"),
    path("administration/benutzer.csv", administration.users_csv, name="users_csv"),
    path("administration/mehrere/", bulk.bulk, name="users_bulk"),
    path("administration/abdeckung/", coverage.coverage, name="coverage"),
    path("administration/verlauf/", history.history, name="history"),
    path("administration/verlauf.csv", history.history_csv, name="history_csv"),
    path("administration/firma/", own_firm.own_firm, name="own_firm"),
    path("administration/benutzer-anlegen/", people.user_new, name="user_new"),
    path(_USER, people.user, name="user"),
    path(f"{_USER}e-mail-benachrichtigungen/", switches.user_notifications, name="user_notifications"),
    path(f"{_USER}mitteilungen/", told.told, name="user_told"),
    path(f"{_USER}deaktivieren/", membership.deactivate, name="user_deactivate"),
    path(f"{_USER}reaktivieren/", membership.reactivate, name="user_reactivate"),
    path(f"{_USER}einladung/", membership.invitation, name="user_invitation"),
    path(f"{_USER}zweiter-faktor/", membership.second_factor, name="user_second_factor"),
]
