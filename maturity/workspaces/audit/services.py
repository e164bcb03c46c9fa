"""Write the audit trail."""

from collections.abc import Mapping
from datetime import datetime

from maturity.workspaces.actors import Actor
from maturity.workspaces.models import AuditEvent


def record_event(
    verb: str,
    *,
    by: Actor,
    subject: str,
    at: datetime,
    workspace: str = "",
    detail: Mapping[str, object] | None = None,
) -> AuditEvent:
    """Add one event to the trail.

    `verb` is one of `trail_words.VERBS`, `subject` is the public id of what it was
    done to, `workspace` the public id of the tenant whose owners may read of it; empty for what
    belongs to none. `detail` must hold no names, e-mail addresses, answers or secrets; of what a
    program did it has the public id of its token.
    Costs: 1 query.
    """
    return AuditEvent.objects.create(
        workspace=workspace,
        at=at,
        actor=by.label,
        address=by.address or None,
        verb=verb,
        subject=subject,
        detail={**(detail or {}), **({"token": by.token} if by.token else {})},
    )
