"""The audit trail of a workspace, for its owners."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maturity.web.files.tables import csv_bytes
from maturity.workspaces.access import access_workspace, actor_of
from maturity.workspaces.audit.forms import TrailForm
from maturity.workspaces.audit.queries import trail_choices, trail_page, whole_trail
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Workspace
from maturity.workspaces.roles import Action

_HEAD = ("When (UTC)", "Who", "What", "On what", "Details", "From where", "Code")


@require_safe
def trail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show who did what, the newest first."""
    workspace = access_workspace(request, public_id, Action.READ_TRAIL)
    form, chosen = _narrowed(workspace, request.GET)
    rows, page = trail_page(workspace, **chosen, number=request.GET.get("page"))
    context = {
        "workspace": workspace,
        "part": "trail",
        "form": form,
        "rows": rows,
        "page": page,
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "question": urlencode({name: value for name, value in chosen.items() if value}),
    }
    return render(request, "audit/trail.html", context)


@require_POST
def export(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the trail as CSV, narrowed as the page was; the export is an event of its own."""
    workspace = access_workspace(request, public_id, Action.READ_TRAIL)
    _, chosen = _narrowed(workspace, request.POST)
    rows = whole_trail(workspace, **chosen)
    now = timezone.now()
    record_event(
        "audit_log.exported",
        by=actor_of(request),
        subject=public_id,
        workspace=public_id,
        at=now,
        detail={"events": len(rows)},
    )
    table = [
        (
            f"{row.at:%Y-%m-%d %H:%M:%S}",
            row.who,
            row.what,
            row.on,
            row.details,
            row.address,
            row.verb,
        )
        for row in rows
    ]
    response = HttpResponse(csv_bytes([_HEAD, *table]), content_type="text/csv; charset=utf-8")
    name = f"waymark-audit-trail-{now:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def _narrowed(workspace: Workspace, data: object) -> tuple[TrailForm, dict[str, str]]:
    """Return the form, and what was chosen in it; what is not on offer counts as not chosen."""
    people, kinds = trail_choices(workspace)
    form = TrailForm(data, people=people, kinds=kinds)
    form.is_valid()
    return form, {name: form.cleaned_data.get(name, "") for name in ("person", "kind")}
