"""Addresses of access; allauth finds its own pages by these names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from django.conf.urls.i18n import urlpatterns as language
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from vermittlerpost.interfaces.portal.access import addresses, entrance, factors, passwords, sessions
from vermittlerpost.interfaces.portal.access.sign_on import views as sign_on
from vermittlerpost.interfaces.portal.pages import before_second_factor, for_everybody

_for_anybody = for_everybody("GET", "POST")
_for_user = before_second_factor("GET", "POST")

_SECOND_FACTOR: list[URLPattern] = [
    path("", before_second_factor()(factors.Overview.as_view()), name="mfa_index"),
    path("app/", _for_user(factors.AddApp.as_view()), name="mfa_activate_totp"),
    path("app/entfernen/", _for_user(factors.RemoveApp.as_view()), name="mfa_deactivate_totp"),
    path("codes/", before_second_factor()(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("codes/neu/", _for_user(factors.RenewCodes.as_view()), name="mfa_generate_recovery_codes"),
    path(
        "codes/herunterladen/",
        before_second_factor()(factors.DownloadCodes.as_view()),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", _for_user(RedirectView.as_view(pattern_name="mfa_index")), name="mfa_list_webauthn"),
    path("passkeys/neu/", _for_user(factors.AddPasskey.as_view()), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/entfernen/", _for_user(factors.RemovePasskey.as_view()), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/umbenennen/", _for_user(factors.RenamePasskey.as_view()), name="mfa_edit_webauthn"),
]
_PROFILE: list[URLPattern | URLResolver] = [
    path("zweiter-faktor/", include(_SECOND_FACTOR)),
    path("bestaetigen/kennwort/", _for_user(account.reauthenticate), name="account_reauthenticate"),
    path("bestaetigen/code/", _for_user(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("bestaetigen/passkey/", _for_user(factors.UsePasskeyAgain.as_view()), name="mfa_reauthenticate_webauthn"),
    path("kennwort/", passwords.change, name="account_change_password"),
    path("adresse/", addresses.ask, name="address_change"),
    path("adresse/zuruecknehmen/", addresses.withdraw, name="address_change_withdraw"),
    path("sitzungen/", sessions.overview, name="usersessions_list"),
    path("sitzungen/<int:session>/beenden/", sessions.end, name="session_end"),
    path("sitzungen/andere-beenden/", sessions.end_others, name="sessions_end_others"),
]

urlpatterns = [
    path("anmelden/", _for_anybody(entrance.Login.as_view()), name="account_login"),
    path("anmelden/firmenkonto/", sign_on.begin, name="sign_on"),
    path("anmelden/firmenkonto/zurueck/", sign_on.arrive, name="sign_on_return"),
    path("anmelden/zweiter-faktor/", _for_anybody(mfa.authenticate), name="mfa_authenticate"),
    path("anmelden/zweiter-faktor/einrichten/", factors.required, name="second_factor_required"),
    path("abmelden/", for_everybody("POST")(account.logout), name="account_logout"),
    path("kennwort-vergessen/", passwords.forgotten, name="password_forgotten"),
    path("kennwort-vergessen/gesendet/", passwords.forgotten_sent, name="password_forgotten_sent"),
    path("kennwort/<str:ticket>/", passwords.reset, name="password_reset"),
    path("einladung/<str:ticket>/", passwords.invitation, name="invitation"),
    path("adresse-bestaetigen/<str:ticket>/", addresses.confirm, name="address_confirm"),
    path("services/mein-profil/", include(_PROFILE)),
    *language,
]
