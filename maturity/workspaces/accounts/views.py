"""The account's own page, and what allauth's pages need around them."""

import math
import time
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter as adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.views import email as change_email_by_mail
from allauth.account.views import password_reset as password_reset_by_mail
from allauth.core.internal import ratelimit
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.providers.openid_connect import views as provider_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from requests import RequestException

from maturity.workspaces.access import actor_of, signed_in_user
from maturity.workspaces.accounts.forms.accounts import AddEmailForm
from maturity.workspaces.accounts.forms.profile import NameForm
from maturity.workspaces.accounts.services.accounts import change_address, change_name, end_sessions

View = Callable[..., HttpResponseBase]

# Which limits stand before a page: allauth's app, its action, and what the "key" is.
_LIMITS = {
    "account_login": ("allauth.account", "login"),
    "account_signup": ("allauth.account", "signup"),
    "account_reset_password": ("allauth.account", "reset_password"),
    "account_reset_password_from_key": ("allauth.account", "reset_password_from_key"),
    "account_email": ("allauth.account", "manage_email"),
    "account_email_verification_sent": ("allauth.account", "confirm_email"),
    "account_change_password": ("allauth.account", "change_password"),
    "account_set_password": ("allauth.account", "change_password"),
    "account_reauthenticate": ("allauth.account", "reauthenticate"),
    "mfa_reauthenticate": ("allauth.account", "reauthenticate"),
    "mfa_reauthenticate_webauthn": ("allauth.account", "reauthenticate"),
    "mfa_login_webauthn": ("allauth.mfa", "webauthn_login"),
}


# --- the account's page --------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Show somebody their account, and let them change their name."""
    user = signed_in_user(request)
    form = NameForm(request.POST or None, initial={"name": user.name})
    if request.method == "POST":
        if form.is_valid():
            name = form.cleaned_data["name"]
            change_name(user, name=name, now=timezone.now(), by=actor_of(request))
            messages.success(request, "Your name is changed.")
            return HttpResponseRedirect(reverse("workspaces:profile"))
        user.refresh_from_db()
    context = {
        "form": form,
        "has_second_factor": is_mfa_enabled(user),
        "provider": settings.OIDC,
    }
    status = 422 if form.is_bound else 200
    return render(request, "account/profile.html", context, status=status)


@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session but this one."""
    user = signed_in_user(request)
    end_sessions(user, now=timezone.now(), by=actor_of(request))
    update_session_auth_hash(request, user)
    messages.success(request, "Every other device and browser is signed out.")
    return HttpResponseRedirect(reverse("workspaces:profile"))


@require_safe
def to_profile(request: HttpRequest) -> HttpResponse:
    """Lead from /account/ to the page itself."""
    return HttpResponseRedirect(reverse("workspaces:profile"))


def change_email(request: HttpRequest) -> HttpResponseBase:
    """Change the address: by a code sent to the new one, or at once where no mail goes out."""
    by_mail: View = change_email_by_mail
    return by_mail(request) if settings.CAN_SEND_EMAIL else _change_email_at_once(request)


@require_http_methods(["GET", "HEAD", "POST"])
# The library leaves it without types.
@reauthentication_required(app="allauth.account")  # type: ignore[untyped-decorator]
def _change_email_at_once(request: HttpRequest) -> HttpResponse:
    user = signed_in_user(request)
    form = AddEmailForm(user, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            address, _ = email_already_exists(form.cleaned_data["email"], user, always_raise=True)
            change_address(user, email=address, now=timezone.now(), by=actor_of(request))
        except (ValidationError, IntegrityError) as problem:
            taken = adapter().validation_error("email_taken")
            form.add_error("email", problem if isinstance(problem, ValidationError) else taken)
        else:
            messages.success(request, f"You sign in with {address} from now on.")
            return HttpResponseRedirect(reverse("workspaces:profile"))
    return TemplateResponse(request, "account/email_change.html", {"form": form})


def forgotten(request: HttpRequest) -> HttpResponseBase:
    """Send a link for a new password, or say how it is done where no mail goes out."""
    if settings.CAN_SEND_EMAIL:
        view: View = password_reset_by_mail
        return view(request)
    return render(request, "account/password_reset.html")


# --- around allauth's pages ----------------------------------------------------------------------


def ours(view: View) -> View:
    """Answer a form that was refused with 422, as all of our pages do."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            shown = (response.context_data or {}).values()
            if response.status_code == 200 and any(getattr(each, "errors", None) for each in shown):
                response.status_code = 422
        return response

    return answer


def needs_mail(view: View) -> View:
    """Let a page exist only where mail goes out."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.CAN_SEND_EMAIL:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def needs_provider(view: View) -> View:
    """Let a page exist only where another provider is set up."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.OIDC:
            raise Http404
        return view(request, *args, **kwargs)

    return answer


def answered_by_provider(view: View) -> View:
    """Say so on a page when the provider cannot be reached or does not make sense."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (RequestException, ValueError, KeyError) as problem:
            context = {"problem": type(problem).__name__}
            return render(request, "socialaccount/authentication_error.html", context, status=502)

    return answer


provider_login = answered_by_provider(provider_views.login)
provider_callback = answered_by_provider(provider_views.callback)


# --- limits --------------------------------------------------------------------------------------


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer somebody who tried too often, and say when to try again."""
    wait_s = max(_waits_s(request), default=60)
    minutes = math.ceil(wait_s / 60)
    if minutes >= 120:
        wait = f"{math.ceil(minutes / 60)} hours"
    else:
        wait = f"{minutes} minutes" if minutes > 1 else "one minute"
    response = render(request, "429.html", {"status": 429, "wait": wait}, status=429)
    response.headers["Retry-After"] = str(math.ceil(wait_s))
    return response


def _waits_s(request: HttpRequest) -> Iterator[float]:
    """Yield for how long each limit that is used up stays so."""
    match = request.resolver_match
    app, action = _LIMITS.get((match and match.url_name) or "", ("", ""))
    if not app:
        return
    key = request.POST.get("email", "").strip().lower() or None
    for rate in ratelimit.get_rates(app=app, action=action):
        if rate.per == "key" and key is None:
            continue
        name = ratelimit.get_cache_key(request, app=app, action=action, rate=rate, key=key)
        # The newest first.
        tries = cache.get(name, [])[: rate.amount]
        wait = tries[-1] + rate.duration - time.time() if len(tries) >= rate.amount else 0
        if wait > 0:
            yield wait
