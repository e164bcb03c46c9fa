"""Where allauth asks us: who may go where, what is written down, how mail leaves.

These hooks take the place of signals; settings name the classes.
"""

import base64
import html
import secrets
from collections.abc import Mapping
from typing import Any, Final, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from maturity.web.http.client_address import client_address
from maturity.web.secrets.encryption import seal, unseal
from maturity.web.text import TextProblem, clean_text
from maturity.workspaces.access import actor_of, signed_in_user
from maturity.workspaces.accounts.queries import account_at, workspaces_of
from maturity.workspaces.accounts.services.account_mail import send_later
from maturity.workspaces.accounts.services.accounts import (
    SIGN_IN_FAILED,
    SIGNED_IN,
    SIGNED_OUT,
    record_of_account,
)
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User

_WAIT: Final = "That was tried too often. Please wait five minutes, then try again."
# allauth announces each of these with a mail; by the mail's name we know what happened.
_VERBS: Final[Mapping[str, tuple[str, Mapping[str, object]]]] = {
    "account/email/password_changed": ("account.password_changed", {}),
    "account/email/password_set": ("account.password_changed", {"first": True}),
    "account/email/password_reset": ("account.password_changed", {"by": "link"}),
    "account/email/email_changed": ("account.email_changed", {}),
    "mfa/email/totp_activated": ("account.second_factor_added", {"kind": "totp"}),
    "mfa/email/totp_deactivated": ("account.second_factor_removed", {"kind": "totp"}),
    "mfa/email/webauthn_added": ("account.second_factor_added", {"kind": "passkey"}),
    "mfa/email/webauthn_removed": ("account.second_factor_removed", {"kind": "passkey"}),
    "mfa/email/recovery_codes_generated": ("account.recovery_codes_renewed", {}),
    "socialaccount/email/account_connected": ("account.sign_in_connected", {}),
    "socialaccount/email/account_disconnected": ("account.sign_in_disconnected", {}),
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts: safe redirects, the trail, mail in the background, our words."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is closed.",
        "duplicate_email": "That is your address already.",
        "email_password_mismatch": (
            "The address or the password is not right. Please check both and try again."
        ),
        "email_taken": "There is an account with this address already. Sign in with it instead.",
        "enter_current_password": "That is not your password now.",
        "incorrect_code": "That is not the code. Please check it and try again.",
        "incorrect_password": "That is not your password.",
        "invalid_login": "That did not work. Please try again.",
        "rate_limited": _WAIT,
        "too_many_login_attempts": _WAIT,
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where the request came from, as the trail tells it as well."""
        return client_address(request) or "unknown"

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Return what the tries for one account are counted by.

        allauth adds the Host header, port and all: whoever tries could write another one each time.
        """
        return str(credentials.get("email", "")).strip().lower()

    def is_safe_url(self, url: str | None) -> bool:
        """Say whether an address to go on to is a path of this site."""
        request = context.request
        return bool(
            url
            and url.startswith("/")
            and "\\" not in url
            and url_has_allowed_host_and_scheme(
                url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
            )
        )

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Return where a new account begins: by choosing, unless it has a place already."""
        if workspaces_of(signed_in_user(request).pk):
            return self.get_login_redirect_url(request)
        return "/welcome/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        """Return where somebody goes on who changed their address."""
        return reverse("workspaces:profile")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return where somebody goes on who changed their password."""
        return reverse("workspaces:profile")

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """Write down who signed in, then go on."""
        record_of_account(user.pk, SIGNED_IN, by=actor_of(request), at=timezone.now())
        return super().post_login(request, user, **how)

    def logout(self, request: HttpRequest) -> None:
        """Write down who signs out, then end the session."""
        if request.user.is_authenticated:
            by = actor_of(request)
            record_of_account(request.user.pk, SIGNED_OUT, by=by, at=timezone.now())
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down a wrong password for an account that exists."""
        user_id = account_at(credentials.get("email", ""))
        if user_id is not None:
            by = Actor("guest", client_address(request))
            detail = {"with": "password"}
            record_of_account(user_id, SIGN_IN_FAILED, by=by, at=timezone.now(), detail=detail)

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Say whether it is the account's password; a wrong one counts as a failed sign-in."""
        found = self.authenticate(context.request, email=cast(User, user).email, password=password)
        return found is not None and found.pk == user.pk

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Write down what somebody changed about their account, and tell them by mail."""
        verb, detail = _VERBS[template_prefix]
        by = Actor(f"user:{user.pk}", client_address(self.request))
        record_of_account(user.pk, verb, by=by, at=timezone.now(), detail=detail)
        super().send_notification_mail(template_prefix, user, context, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the message now and have it sent in the background."""
        site = {"request": self.request, "email": email, "site_url": self._site_url()}
        message = self.render_mail(template_prefix, email, site | context)
        # Plain text, but drawn by a template that escapes for pages.
        message.subject, message.body = (
            html.unescape(part) for part in (str(message.subject), str(message.body))
        )
        send_later(message)

    def _site_url(self) -> str:
        return str(self.request.build_absolute_uri("/"))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are sealed in the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That did not match. Please try again.",
        "unverified_email": "Please prove your e-mail address first, then add a second factor.",
        "cannot_generate_recovery_codes": "Add an app or a passkey first.",
    }

    def encrypt(self, text: str) -> str:
        """Return the secret as it is kept."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret, or one nobody knows when the key that sealed it is gone."""
        return unseal(encrypted_text) or base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """Return what a passkey is called that got no name."""
        return f"Passkey {cast(User, user).authenticator_set.filter(type=type).count() + 1}"

    def _get_site_name(self) -> str:
        return "Waymark"


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Sign-in by another provider."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": (
            "There is an account with this address already."
            " Sign in to it with its password first, then connect %s on your account’s page."
        ),
        "no_password": "Set a password first, or nothing would be left to sign in with.",
        "connected_other": "That is connected to another account here.",
    }

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Take address and name from the provider; a name we could not keep is left out."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        name = data.get("name") or " ".join(part for part in parts if part)
        try:
            user.name = clean_text(str(name), max_length=200)
        except TextProblem:
            user.name = ""
        return user
