"""A workspace's name, whether it has clients, what was archived; and its deletion."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maturity.workspaces.access import access_workspace, actor_of
from maturity.workspaces.lifecycle.forms import TypedNameForm, WorkspaceForm
from maturity.workspaces.lifecycle.services import (
    TIME_TO_UNDO,
    TooLateToUndo,
    ask_deletion,
    change_workspace,
    undo_deletion,
)
from maturity.workspaces.organisations.queries import archived_organisations
from maturity.workspaces.roles import Action


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show or save the settings."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    data = request.POST if request.method == "POST" else None
    form = WorkspaceForm(data, workspace=workspace)
    if form.is_bound and form.is_valid():
        change_workspace(
            workspace,
            name=form.cleaned_data["name"],
            has_clients=form.cleaned_data.get("has_clients", False),
            now=timezone.now(),
            by=actor_of(request),
        )
        messages.success(request, "Saved.")
        return HttpResponseRedirect(request.path)
    context = {
        "workspace": workspace,
        "part": "settings",
        "form": form,
        "archived": archived_organisations(workspace),
    }
    status = 422 if form.is_bound else 200
    return render(request, "workspaces/settings.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the name, then close the workspace; while it waits to be deleted, offer to undo."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE, is_going=True)
    data = request.POST if request.method == "POST" else None
    form = TypedNameForm(data, wanted=workspace.name)
    now = timezone.now()
    if form.is_bound and form.is_valid():
        ask_deletion(workspace, now=now, by=actor_of(request))
        return HttpResponseRedirect(request.path)
    asked_at: datetime | None = workspace.deletion_asked_at
    context = {
        "workspace": workspace,
        "part": "settings",
        "form": form,
        "days": TIME_TO_UNDO.days,
        "ends_at": asked_at + TIME_TO_UNDO if asked_at else None,
        "is_too_late": asked_at is not None and asked_at + TIME_TO_UNDO <= now,
    }
    status = 422 if form.is_bound else 200
    return render(request, "workspaces/delete.html", context, status=status)


@require_POST
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let everybody in again."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE, is_going=True)
    try:
        undo_deletion(workspace, now=timezone.now(), by=actor_of(request))
    except TooLateToUndo:
        return HttpResponseRedirect(reverse("workspaces:delete", args=[public_id]))
    messages.success(request, f"{workspace.name} stays. Everybody can get in again.")
    return HttpResponseRedirect(reverse("workspaces:settings", args=[public_id]))
