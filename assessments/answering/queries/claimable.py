"""Where somebody may keep an assessment that was started without an account."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from maturity.workspaces.models import Membership, Organisation, Workspace
from maturity.workspaces.roles import Action, Role, may
from maturity.workspaces.scopes import scope_of


@dataclass(frozen=True, slots=True)
class Places:
    """Organisations that may get one more assessment, and workspaces that may get an organisation.

    Organisations come by workspace.
    """

    organisations: Sequence[Organisation]
    workspaces: Sequence[Workspace]

    @property
    def is_empty(self) -> bool:
        """Whether there is nowhere to keep it yet."""
        return not self.organisations and not self.workspaces


def places_to_claim(memberships: Iterable[Membership]) -> Places:
    """Return where the holder of these memberships may move an assessment to. Costs: 1 query.

    Workspaces about to be deleted and archived organisations are left out.
    """
    held = [row for row in memberships if row.workspace.deletion_asked_at is None]
    whole = {
        row.workspace_id: row.workspace
        for row in held
        if row.organisation_id is None and may(Role(row.role), Action.START_ASSESSMENT)
    }
    single = {
        row.organisation_id
        for row in held
        if row.organisation_id is not None and may(Role(row.role), Action.START_ASSESSMENT)
    }
    found: list[Organisation] = []
    if whole or single:
        with scope_of(*{row.workspace_id for row in held}):
            rows = Organisation.objects.select_related("workspace").filter(archived_at=None)
            found = [
                row
                for row in rows.order_by("workspace__name", "workspace_id", "name", "pk")
                if row.workspace_id in whole or row.pk in single
            ]
    return Places(
        organisations=found,
        workspaces=[each for each in whole.values() if each.kind == Workspace.Kind.CLIENTS],
    )
