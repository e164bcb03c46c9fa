"""Webhooks: which addresses are told of what happens, and what became of the last messages."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assessments.models import Webhook
from assessments.webhooks.forms import WebhookForm
from assessments.webhooks.queries import webhook_of, webhooks_of
from assessments.webhooks.services.webhooks import (
    MOST,
    TooManyWebhooks,
    add_webhook,
    end_webhook,
    resume_webhook,
    send_test,
)
from maturity.web.rate_limits import LimitReached
from maturity.web.secrets.one_time import keep_to_show, take_to_show
from maturity.workspaces.access import access_workspace, actor_of
from maturity.workspaces.models import Workspace
from maturity.workspaces.roles import Action


@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the workspace's webhooks with what they were told last, or add one."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _, secret = add_webhook(
                workspace,
                url=form.cleaned_data["url"],
                events=form.cleaned_data["events"],
                now=timezone.now(),
                by=actor_of(request),
            )
        except TooManyWebhooks:
            form.add_error(None, f"There are {MOST} webhooks already. End one of them first.")
        else:
            keep_to_show(request, secret)
            return _back(workspace)
    context = {
        "workspace": workspace,
        "part": "settings",
        "form": form,
        "told": webhooks_of(workspace),
        "secret": take_to_show(request),
        "is_inside": settings.WEBHOOKS_INSIDE,
    }
    status = 422 if form.is_bound else 200
    return render(request, "webhooks/webhooks.html", context, status=status)


@require_POST
def test(request: HttpRequest, public_id: str, webhook_id: int) -> HttpResponse:
    """Send a test."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    found = _webhook(workspace, webhook_id)
    try:
        send_test(found, now=timezone.now(), by=actor_of(request))
    except LimitReached as reached:
        messages.warning(request, f"Too many tests. Please wait {reached.wait}.")
    else:
        messages.success(request, "A test is on its way. Load this page again to see its answer.")
    return _back(workspace)


@require_POST
def resume(request: HttpRequest, public_id: str, webhook_id: int) -> HttpResponse:
    """Send again to an address that was paused."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    found = _webhook(workspace, webhook_id)
    resume_webhook(found, now=timezone.now(), by=actor_of(request))
    messages.success(request, "The address is told again of what happens from now on.")
    return _back(workspace)


@require_POST
def end(request: HttpRequest, public_id: str, webhook_id: int) -> HttpResponse:
    """End a webhook at once."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    found = _webhook(workspace, webhook_id)
    end_webhook(found, now=timezone.now(), by=actor_of(request))
    messages.success(request, "The webhook is ended. Nothing more is sent to its address.")
    return _back(workspace)


def _webhook(workspace: Workspace, webhook_id: int) -> Webhook:
    found = webhook_of(workspace, webhook_id)
    if found is None:
        raise Http404
    return found


def _back(workspace: Workspace) -> HttpResponse:
    return HttpResponseRedirect(reverse("assessments:webhooks", args=[workspace.public_id]))
