"""Who an account is, and where it belongs."""

from collections.abc import Sequence

from maturity.workspaces.models import Membership, User
from maturity.workspaces.scopes import every_workspace


def account_at(address: str) -> int | None:
    """Return the id of the account with this e-mail address, if there is one. Costs: 1 query."""
    return User.objects.filter(email=address.lower()).values_list("pk", flat=True).first()


def workspaces_of(user_id: int) -> Sequence[str]:
    """Return the public ids of the workspaces somebody holds a role in. Costs: 1 query."""
    with every_workspace():
        found = Membership.objects.filter(user=user_id).values_list("workspace__public_id")
        return sorted({public_id for (public_id,) in found})
