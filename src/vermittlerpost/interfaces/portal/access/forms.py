"""What one types to get in."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_lazy

from vermittlerpost.agencies.queries import Account
from vermittlerpost.interfaces.portal.access import locked
from vermittlerpost.lib import lockout

_LOGIN_ID = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
_CODE_HOLDS = 90  # seconds: its own half minute, and those before and after
_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}

_WEAK = {
    "password_too_short": gettext_lazy("Das Kennwort ist kürzer als 12 Zeichen."),
    "password_too_common": gettext_lazy("Dieses Kennwort benutzen sehr viele; es wäre schnell erraten."),
    "password_entirely_numeric": gettext_lazy("Das Kennwort besteht nur aus Ziffern."),
    "password_too_similar": gettext_lazy("Das Kennwort ähnelt Ihrem Namen, Ihrer Benutzerkennung oder Adresse."),
}


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, help_text=help_text, max_length=1000)


def _code(label: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.TextInput(attrs=_CODE), max_length=40)


class Login(LoginForm):
    """Log in by login id and password."""

    password = _password(gettext_lazy("Kennwort"), "current-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = forms.TextInput(attrs={**_LOGIN_ID, "autofocus": True})
        self.fields["login"] = forms.CharField(label=gettext("Benutzerkennung"), widget=widget, max_length=150)
        self.order_fields(["login", "password"])


class _OfUser(forms.Form):
    """A form about a user's own access."""

    def __init__(self, *args: Any, user: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user


class Password(_OfUser):
    """Prove who one is by the password, once more."""

    password = _password(gettext_lazy("Kennwort"), "current-password")

    def clean_password(self) -> str:
        """Refuse a password that is not the user's; who guesses is locked out."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class _Guarded:
    """Count wrong codes, so that nobody can try them all, and take right ones once only."""

    user: Account

    def clean_code(self) -> str:
        if locked.shuts_out(context.request, self.user.login_id):
            raise get_adapter().validation_error("incorrect_code")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form
        except ValidationError:
            lockout.count_failure(context.request, self.user.login_id)
            raise
        if not cache.add(f"code:{self.user.pk}:{normalize_user_code(code)}", "used", timeout=_CODE_HOLDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Code(_Guarded, AuthenticateForm):
    """Give the second factor at login, by a code."""

    code = _code(gettext_lazy("Code"))


class CodeAgain(_Guarded, ReauthenticateForm):
    """Prove who one is by a code, once more."""

    code = _code(gettext_lazy("Code aus der App oder Notfallcode"))


class FirstCode(ActivateTOTPForm):
    """Show that an authenticator app was set up."""

    code = _code(gettext_lazy("Code, den die App jetzt anzeigt"))


class NewPasskey(AddWebAuthnForm):
    """Add a passkey."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("Damit Sie ihn wiedererkennen, zum Beispiel „Laptop im Büro“."),
        required=False,
        max_length=60,
    )


class PasskeyName(EditWebAuthnForm):
    """Give a passkey another name."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=60)


class NewPassword(_OfUser):
    """Choose a password, twice the same."""

    password1 = _password(
        gettext_lazy("Neues Kennwort"),
        "new-password",
        gettext_lazy("Mindestens 12 Zeichen. Am besten merken sich mehrere Wörter, die nicht zusammengehören."),
    )
    password2 = _password(gettext_lazy("Neues Kennwort wiederholen"), "new-password")

    def clean_password1(self) -> str:
        """Refuse a password that is easy to guess."""
        password: str = self.cleaned_data["password1"]
        try:
            validate_password(password, self.user)
        except ValidationError as weak:
            raise ValidationError([str(_WEAK[error.code or ""]) for error in weak.error_list]) from weak
        return password

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        first, second = self.cleaned_data.get("password1"), self.cleaned_data.get("password2")
        if first and second and first != second:
            self.add_error("password2", gettext("Die beiden Kennwörter unterscheiden sich."))
        return self.cleaned_data


class OtherPassword(NewPassword, Password):
    """Change the password, which takes the present one."""

    password = _password(gettext_lazy("Jetziges Kennwort"), "current-password")
    field_order = ("password", "password1", "password2")


class Forgotten(forms.Form):
    """Say who one is without a password."""

    login = forms.CharField(
        label=gettext_lazy("Benutzerkennung"), widget=forms.TextInput(attrs=_LOGIN_ID), max_length=150
    )
    email = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse"),
        help_text=gettext_lazy("Die Adresse, die für Ihren Zugang hinterlegt ist."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class NewAddress(forms.Form):
    """Ask for another e-mail address."""

    email = forms.EmailField(
        label=gettext_lazy("Neue E-Mail-Adresse"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
