"""allauth's forms for accounts, with our words and with tries that are counted.

settings name each class by what it stands in for (maturity/sign_in.py).
"""

import hashlib
from typing import Any

from allauth.account import forms as theirs
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from maturity.workspaces.models import User

EMAIL = "E-mail address"
LENGTH_HELP = "At least 10 characters. A few words that do not belong together make a good one."
WAIT = "That was tried too often. Please wait five minutes, then try again."
_INVALID_EMAIL = "Please give an e-mail address such as ann@example.org."


class OurWords(forms.Form):
    """Takes out what a label already says, and help that only repeats the rules."""

    labels: dict[str, str] = {}
    helps: dict[str, str] = {}
    required: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            is_secret = isinstance(field.widget, forms.PasswordInput)
            field.help_text = self.helps.get(name, "" if is_secret else field.help_text)
            field.widget.attrs.setdefault("class", "form-control")
            if isinstance(field, forms.EmailField):
                field.label = self.labels.get(name, EMAIL)
                field.error_messages["invalid"] = _INVALID_EMAIL
                field.error_messages["required"] = _INVALID_EMAIL
                # Where a password is asked for as well, this is what a browser keeps it by.
                if "password" in self.fields or "password1" in self.fields:
                    field.widget.attrs["autocomplete"] = "username"
            elif is_secret:
                field.error_messages["required"] = "Please type the password."


class LoginForm(OurWords, theirs.LoginForm):
    """Address and password."""

    labels = {"password": "Password"}


class SignupForm(OurWords, theirs.SignupForm):
    """Name, address and password."""

    field_order = ["name", "email", "password1"]
    labels = {"password1": "Password"}
    helps = {
        "email": "You sign in with it. Nobody outside the places you join sees it.",
        "password1": LENGTH_HELP,
    }

    def clean(self) -> dict[str, Any]:
        """Refuse a password that is the name as well."""
        cleaned: dict[str, Any] = super().clean() or {}
        password, name = cleaned.get("password1"), cleaned.get("name", "")
        if password and name and "password1" not in self.errors:
            from_name = User(name=name)
            try:
                get_adapter().clean_password(password, user=from_name)
            except ValidationError as problem:
                self.add_error("password1", problem)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Make the account; two forms sent at the same moment make one.

        The second is led to signing in, from where the first one's session goes on.
        """
        try:
            with transaction.atomic():
                saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
                return saved
        except IntegrityError:
            return None, HttpResponseRedirect(reverse("account_login"))


class ReauthenticateForm(OurWords, theirs.ReauthenticateForm):
    """The password once more."""

    labels = {"password": "Password"}


class ChangePasswordForm(OurWords, theirs.ChangePasswordForm):
    """The password now, and the new one."""

    labels = {
        "oldpassword": "Password now",
        "password1": "New password",
        "password2": "New password once more",
    }
    helps = {"password1": LENGTH_HELP}


class SetPasswordForm(OurWords, theirs.SetPasswordForm):
    """A first password, for somebody who signed in without one so far."""

    labels = {"password1": "Password", "password2": "Password once more"}
    helps = {"password1": LENGTH_HELP}


class ResetPasswordForm(OurWords, theirs.ResetPasswordForm):
    """Where to send the link."""


class ResetPasswordFromKeyForm(OurWords, theirs.ResetPasswordKeyForm):
    """The new password."""

    labels = {"password1": "New password", "password2": "New password once more"}
    helps = {"password1": LENGTH_HELP}


class AddEmailForm(OurWords, theirs.AddEmailForm):
    """The new address."""

    labels = {"email": "New e-mail address"}


class RequestLoginCodeForm(OurWords, theirs.RequestLoginCodeForm):
    """Where to send the code."""


class CountedCode(OurWords):
    """A code from a mail, tried five times at most.

    allauth keeps its own count in the session, which two requests at the same moment read as one;
    the count of a rate limit is taken under a lock.
    """

    labels = {"code": "Code from the mail"}

    def clean_code(self) -> str:
        """Count the try, then compare."""
        # The form this is mixed into has it.
        expected = self.expected_code  # type: ignore[attr-defined]
        name = hashlib.sha256(f"code:{expected}".encode()).hexdigest()
        if not ratelimit.consume(context.request, action="login_failed", key=name):
            raise ValidationError(WAIT, code="too_many")
        found: str = super().clean_code()  # type: ignore[misc]  # The same form's.
        return found


class ConfirmLoginCodeForm(CountedCode, theirs.ConfirmLoginCodeForm):
    """The code that signs in."""


class ConfirmEmailVerificationCodeForm(CountedCode, theirs.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""
