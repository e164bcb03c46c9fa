"""Give a workspace's reports a look of their own, and take it away."""

from datetime import datetime

from django.db import transaction

from maturity.workspaces.actors import Actor
from maturity.workspaces.audit.services import record_event
from maturity.workspaces.models import Workspace, WorkspaceBranding


@transaction.atomic
def change_branding(
    workspace: Workspace, *, accent: str, second: str, footer: str, now: datetime, by: Actor
) -> bool:
    """Set colours and footer; return whether anything changed. An empty one is taken away.

    Colours are those of maturity.workspaces.branding.colours. Costs: 4 queries.
    """
    row = _locked(workspace, now)
    wanted = {"accent": accent, "second": second, "footer": footer}
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not changed:
        return False
    for name in changed:
        setattr(row, name, wanted[name])
    row.changed_at = now
    row.save(update_fields=[*changed, "changed_at"])
    _record("branding.changed", workspace, now=now, by=by, changed=changed)
    return True


@transaction.atomic
def set_logo(
    workspace: Workspace, *, png: bytes, width: int, height: int, now: datetime, by: Actor
) -> bool:
    """Set the logo, a PNG of maturity.web.files.images; return whether it is another one."""
    row = _locked(workspace, now)
    if row.logo is not None and bytes(row.logo) == png:
        return False
    row.logo, row.logo_width, row.logo_height, row.changed_at = png, width, height, now
    row.save(update_fields=["logo", "logo_width", "logo_height", "changed_at"])
    _record("branding.logo_uploaded", workspace, now=now, by=by, width=width, height=height)
    return True


@transaction.atomic
def remove_logo(workspace: Workspace, *, now: datetime, by: Actor) -> bool:
    """Take the logo away, and leave the rest; return whether there was one."""
    found = WorkspaceBranding.objects.filter(workspace=workspace, logo__isnull=False)
    gone = {"logo": None, "logo_width": 0, "logo_height": 0, "changed_at": now}
    if not found.update(**gone):
        return False
    _record("branding.logo_removed", workspace, now=now, by=by)
    return True


@transaction.atomic
def reset_branding(workspace: Workspace, *, now: datetime, by: Actor) -> bool:
    """Take everything away: reports look like Waymark's own again; return whether there was any."""
    if not WorkspaceBranding.objects.filter(workspace=workspace).delete()[0]:
        return False
    _record("branding.reset", workspace, now=now, by=by)
    return True


def _locked(workspace: Workspace, now: datetime) -> WorkspaceBranding:
    rows = WorkspaceBranding.objects.select_for_update()
    found: WorkspaceBranding
    found, _ = rows.get_or_create(workspace=workspace, defaults={"changed_at": now})
    return found


def _record(verb: str, workspace: Workspace, *, now: datetime, by: Actor, **detail: object) -> None:
    public_id = workspace.public_id
    record_event(verb, by=by, subject=public_id, workspace=public_id, at=now, detail=detail)
