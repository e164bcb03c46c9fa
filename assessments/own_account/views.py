"""One's own data: take it along, or have the account deleted."""

import json

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.own_account.forms import DeleteAccountForm
from assessments.own_account.queries import Ownership, own_data_of, ownership_of
from assessments.own_account.services import WorkspacesInTheWay, delete_account
from maturity.workspaces.access import actor_of, places_of, signed_in_user
from maturity.workspaces.accounts.services.accounts import record_of_account
from maturity.workspaces.models import User
from maturity.workspaces.role_words import ROLE_WORDS
from maturity.workspaces.roles import Role


@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Say what is held about the account, and hand it out as one JSON file."""
    user = signed_in_user(request)
    if request.method != "POST":
        return render(request, "own_account/my_data.html")
    now = timezone.now()
    data = json.dumps(own_data_of(user, now=now), ensure_ascii=False, indent=1)
    record_of_account(user.pk, "account.data_exported", by=actor_of(request), at=now)
    response = HttpResponse(data, content_type="application/json")
    name = f"waymark-my-data-{now:%Y-%m-%d}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    """Show where one belongs, and delete the account when it is confirmed."""
    user = signed_in_user(request)
    ownership = ownership_of(user)
    data = request.POST if request.method == "POST" else None
    form = DeleteAccountForm(data, user=user, has_own_workspaces=bool(ownership.alone))
    if not form.is_bound:
        return _page(request, form, ownership)
    # Whoever found an open browser shall not guess the password here.
    if not ratelimit.consume(request, action="reauthenticate", user=user):
        form = DeleteAccountForm(user=user, has_own_workspaces=bool(ownership.alone))
        return _page(request, form, ownership, status=429)
    if ownership.shared or not form.is_valid():
        return _page(request, form, ownership, status=422)
    return _delete(request, user, form)


def _delete(request: HttpRequest, user: User, form: DeleteAccountForm) -> HttpResponse:
    by = actor_of(request)
    try:
        delete_account(
            user,
            with_answers=form.cleaned_data["with_answers"],
            with_workspaces=form.cleaned_data.get("with_workspaces", False),
            now=timezone.now(),
            by=by,
        )
    except WorkspacesInTheWay as refusal:
        # Somebody joined or left meanwhile.
        form = DeleteAccountForm(user=user, has_own_workspaces=bool(refusal.ownership.alone))
        return _page(request, form, refusal.ownership, status=409)
    request.session.flush()
    messages.success(request, "Your account is deleted, and you are signed out. Goodbye.")
    return HttpResponseRedirect(reverse("assessments:home"))


def _page(
    request: HttpRequest, form: DeleteAccountForm, ownership: Ownership, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "ownership": ownership,
        "is_too_often": status == 429,
        "places": [
            {
                "workspace": place.workspace,
                "organisation": place.organisation,
                "role": ROLE_WORDS[Role(place.role)].name,
            }
            for place in places_of(request)
        ],
    }
    return render(request, "own_account/my_account.html", context, status=status)
