"""allauth's forms for second factors, with our words; each failed try is written down.

A passkey's answer is JSON a script wrote. Whatever else arrives is refused like a wrong passkey.
"""

from collections.abc import Callable
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils import timezone

from maturity.web.fields import PlainTextField
from maturity.web.http.client_address import client_address
from maturity.workspaces.accounts.forms.accounts import OurWords
from maturity.workspaces.accounts.services.accounts import SIGN_IN_FAILED, record_of_account
from maturity.workspaces.actors import Actor

_CODE = "Six digits from the app, or one of your recovery codes."


def _key_name() -> PlainTextField:
    return PlainTextField(
        max_length=60,
        required=False,
        label="Name of this passkey",
        help_text="So that you can tell them apart, such as “work laptop”.",
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )


def _guarded(read: Callable[[], Any]) -> Any:
    """Return what is read from a passkey's answer; refuse one that no browser would send."""
    try:
        return read()
    except (ValueError, TypeError, KeyError, AttributeError, AssertionError) as problem:
        raise get_adapter().validation_error("incorrect_code") from problem


class _Code(OurWords):
    labels = {"code": "Code"}
    helps = {"code": _CODE}

    def _emit_authentication_failed(self, authenticator: Authenticator) -> None:
        record_of_account(
            authenticator.user_id,
            SIGN_IN_FAILED,
            by=Actor("guest", client_address(context.request)),
            at=timezone.now(),
            detail={"with": authenticator.type},
        )


class AuthenticateForm(_Code, base.AuthenticateForm):
    """The second step of signing in."""


class ReauthenticateCodeForm(_Code, base.ReauthenticateForm):
    """A code once more, before something that matters."""


class ActivateTotpForm(OurWords, totp.ActivateTOTPForm):
    """The first code an app shows."""

    labels = {"code": "Code the app shows"}
    helps = {"code": "Six digits; a new one comes every half minute."}


class AddWebauthnForm(passkeys.AddWebAuthnForm):
    """A new passkey: always one that can sign in alone."""

    # A form may replace and remove its base's fields; the types say nothing of it.
    name = _key_name()  # type: ignore[assignment]
    # As above.
    passwordless = None  # type: ignore[assignment]

    def clean(self) -> dict[str, Any]:
        """Refuse one that did not ask who holds the device."""
        self.cleaned_data["passwordless"] = True
        parent = super().clean
        cleaned: dict[str, Any] = _guarded(parent)
        return cleaned


class EditWebauthnForm(passkeys.EditWebAuthnForm):
    """Another name."""

    # A form may replace its base's fields; the types say nothing of it.
    name = _key_name()  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True


class _PasskeyAnswer:
    def clean_credential(self) -> Authenticator:
        """Return the passkey that signed."""
        # The form this is mixed into has it.
        parent = super().clean_credential  # type: ignore[misc]
        found: Authenticator = _guarded(parent)
        return found


class AuthenticateWebauthnForm(_PasskeyAnswer, passkeys.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class LoginWebauthnForm(_PasskeyAnswer, passkeys.LoginWebAuthnForm):
    """A passkey instead of address and password."""


class ReauthenticateWebauthnForm(_PasskeyAnswer, passkeys.ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""
