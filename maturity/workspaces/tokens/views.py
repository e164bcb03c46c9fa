"""The tokens of a workspace: made, shown once, revoked; for its owners."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maturity.web.secrets.one_time import keep_to_show, take_to_show
from maturity.workspaces.access import access_workspace, actor_of, signed_in_user
from maturity.workspaces.models import ApiToken, Workspace
from maturity.workspaces.roles import Action
from maturity.workspaces.tokens.api_scopes import MOST_TOKENS
from maturity.workspaces.tokens.forms import TokenForm
from maturity.workspaces.tokens.queries import token_in, tokens_of
from maturity.workspaces.tokens.services import TooManyTokens, make_token, revoke_token


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the tokens, or make one; the new one's secret is shown on the next page, and once."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    form = TokenForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    if form.is_valid():
        try:
            token, secret = make_token(
                workspace,
                user=signed_in_user(request),
                **form.cleaned_data,
                now=now,
                by=actor_of(request),
            )
        except TooManyTokens:
            form.add_error(None, f"There are {MOST_TOKENS} tokens already. Revoke some first.")
        else:
            keep_to_show(request, f"{token.public_id} {secret}")
            return HttpResponseRedirect(f"{request.path}#new-token")
    rows = tokens_of(workspace)
    stated = [(each, _state(each, now, maker_is_here=here)) for each, here in rows]
    context = {
        "workspace": workspace,
        "part": "settings",
        "form": form,
        "new": _just_made(request, [each for each, _ in rows]),
        "open": [each for each, state in stated if state == "active"],
        "ended": [(each, state) for each, state in stated if state != "active"],
    }
    status = 422 if form.is_bound else 200
    return render(request, "tokens/tokens.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, public_id: str, token_id: str) -> HttpResponse:
    """End a token at once."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    token = _token(workspace, token_id)
    revoke_token(token, now=timezone.now(), by=actor_of(request))
    messages.success(request, f"“{token.name}” is revoked. It opens nothing any more.")
    return HttpResponseRedirect(reverse("workspaces:tokens", args=[public_id]))


def _token(workspace: Workspace, token_id: str) -> ApiToken:
    token = token_in(workspace, token_id)
    if token is None:
        raise Http404
    return token


def _just_made(request: HttpRequest, rows: list[ApiToken]) -> dict[str, object] | None:
    """Return the token that was just made, with its secret, which is shown this once."""
    made, _, secret = take_to_show(request).partition(" ")
    token = next((each for each in rows if each.public_id == made), None)
    return {"token": token, "secret": secret} if token else None


def _state(token: ApiToken, now: datetime, *, maker_is_here: bool) -> str:
    """Return whether a token of `tokens_of` works, or why not."""
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at <= now:
        return "expired"
    return "active" if maker_is_here and token.made_by.is_active else "maker_left"
