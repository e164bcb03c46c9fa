"""Who may open which workspace and organisation: the only way from a request to a row.

Each function returns the row or ends the request: 404 for a stranger, exactly as for an id that
does not exist; 403 for a member without the right. It narrows the scope to the one workspace and
leaves `request.access` behind, for templates and for the audit trail.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from maturity.web.http.client_address import client_address
from maturity.web.http.redirects import GoElsewhere
from maturity.web.secrets.tokens import hash_of
from maturity.workspaces.actors import Actor
from maturity.workspaces.models import ApiToken, Membership, Organisation, User, Workspace
from maturity.workspaces.roles import WHILE_ARCHIVED, WORKSPACE_ROLES, Action, Role, may
from maturity.workspaces.scopes import every_workspace, narrow_to


@dataclass(frozen=True, slots=True)
class Access:
    """What the visitor is to the thing that was opened."""

    roles: tuple[Role, ...]
    workspace: Workspace
    organisation: Organisation | None = None

    def may(self, action: Action) -> bool:
        """Say whether one of the roles allows an action on it, as it is now."""
        is_archived = self.organisation is not None and self.organisation.archived_at is not None
        if is_archived and not (self.is_of_workspace and action in WHILE_ARCHIVED):
            return False
        return any(may(role, action) for role in self.roles)

    @property
    def allowed(self) -> frozenset[str]:
        """Return every action allowed, for templates: `"invite" in request.access.allowed`."""
        return frozenset(action.value for action in Action if self.may(action))

    @property
    def is_of_workspace(self) -> bool:
        """Say whether the visitor holds a role in the workspace itself."""
        return any(role in WORKSPACE_ROLES for role in self.roles)

    @property
    def is_only_viewer(self) -> bool:
        """Say whether the visitor reads results here and does nothing else."""
        return set(self.roles) == {Role.VIEWER}

    @property
    def has_clients(self) -> bool:
        """Say whether the workspace shows its client layer; a team's own does not."""
        return self.workspace.kind == Workspace.Kind.CLIENTS


def signed_in_user(request: HttpRequest) -> User:
    """Return who is signed in. Raises: GoElsewhere, to sign in and come back."""
    if not request.user.is_authenticated:
        question = urlencode({"next": _way_back(request)})
        raise GoElsewhere(f"{reverse('account_login')}?{question}")
    return request.user


def _way_back(request: HttpRequest) -> str:
    """Return the page to come back to: of a form that was sent the one it stood on, if known.

    Many a form is sent to an address that is no page.
    """
    sent_from = request.headers.get("Referer", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(sent_from, hosts, require_https=request.is_secure())
    if request.method not in ("GET", "HEAD") and is_ours:
        parts = urlsplit(sent_from)
        return urlunsplit(("", "", parts.path or "/", parts.query, ""))
    return request.get_full_path()


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request, and from where, for the audit trail."""
    label = f"user:{request.user.pk}" if request.user.is_authenticated else "link"
    token = token_of(request)
    return Actor(label, client_address(request), token.public_id if token else "")


def access_token(request: HttpRequest, secret: str) -> ApiToken | None:
    """Let a program in for the account that made its token; None when the token opens nothing.

    It opens nothing when it expired or was revoked, or when the account was shut, holds no role in
    the workspace any more, or the workspace is about to be deleted. From here on the request is
    that account's, with the roles it holds today, and reaches this one workspace. Costs: 1 query.
    """
    with every_workspace():
        rows = ApiToken.objects.select_related("workspace", "made_by").filter(
            token_hash=hash_of(secret),
            revoked_at=None,
            expires_at__gt=timezone.now(),
            made_by__is_active=True,
            workspace__deletion_asked_at=None,
            # One row for each role the account holds there: any will do.
            workspace__memberships__user=F("made_by"),
        )
        token: ApiToken | None = next(iter(rows[:1]), None)
    if token is not None:
        request.user = token.made_by
        request.token = token  # type: ignore[attr-defined]  # Only `token_of` reads it.
        narrow_to(token.workspace_id)
    return token


def access_by_token(request: HttpRequest) -> ApiToken:
    """Return the token that let a program in. Raises: Http404, without one."""
    token = token_of(request)
    if token is None:
        raise Http404
    return token


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the token by which a program sent the request, None where a person did."""
    return getattr(request, "token", None)


def access_workspace(
    request: HttpRequest, public_id: str, action: Action, *, is_going: bool = False
) -> Workspace:
    """Return the workspace, if the visitor holds a role in it that allows the action.

    One that is about to be deleted lets nobody in, and sends its owners to where they can undo
    it; with `is_going` they pass. Costs: 1 query, and the session and account.
    """
    user = request.user
    if not user.is_authenticated:
        raise Http404
    with every_workspace():
        found = (
            Membership.objects.select_related("workspace")
            .filter(user=user, organisation=None, workspace__public_id=public_id)
            .first()
        )
    if found is None:
        raise Http404
    access = Access((Role(found.role),), found.workspace)
    check_workspace(access, is_going=is_going)
    return check(request, access, action).workspace


def access_membership(request: HttpRequest, public_id: str) -> Workspace:
    """Return the workspace, if the visitor holds any role in it or in an organisation of it.

    For what is the visitor's own there and needs no right. Costs: 1 query, and the session and
    account.
    """
    if not request.user.is_authenticated:
        raise Http404
    with every_workspace():
        held = list(
            Membership.objects.select_related("workspace")
            .filter(user=request.user.pk, workspace__public_id=public_id)
            .filter(organisation__archived_at=None)
        )
    if not held:
        raise Http404
    access = Access(roles_of(held), held[0].workspace)
    check_workspace(access)
    narrow_to(access.workspace.pk)
    set_access(request, access)
    return access.workspace


def access_organisation(request: HttpRequest, public_id: str, action: Action) -> Organisation:
    """Return the organisation with its workspace, if the visitor's role allows the action.

    Costs: 1 query, and the session and account.
    """
    if not request.user.is_authenticated:
        raise Http404
    with every_workspace():
        rows = Organisation.objects.select_related("workspace").filter(public_id=public_id)
        found = list(with_roles(rows, request.user.pk, organisation="pk"))
    if not found:
        raise Http404
    organisation: Organisation = found[0]
    access = Access(roles_of(found), organisation.workspace, organisation)
    check_workspace(access)
    return check(request, access, action).organisation or organisation


def with_roles(rows: QuerySet[Any], user_id: int, *, organisation: str) -> QuerySet[Any]:
    """Return each row once for every role that an account holds for it, as its `role`.

    Rows for which it holds none are left out: what there is and who may see it take one query.
    `organisation` names the field of a row, which lies in a workspace, with its organisation.
    """
    of_workspace = Q(workspace__memberships__organisation=None)
    of_organisation = Q(workspace__memberships__organisation=F(organisation))
    held = rows.filter(of_workspace | of_organisation, workspace__memberships__user=user_id)
    with_role: QuerySet[Any] = held.annotate(role=F("workspace__memberships__role"))
    return with_role


def roles_of(found: Iterable[Any]) -> tuple[Role, ...]:
    """Return the roles that the rows of `with_roles` stand for."""
    return tuple(Role(row.role) for row in found)


def roles_in(user_id: int, organisation: Organisation) -> tuple[Role, ...]:
    """Return the roles an account holds for an organisation. Costs: 1 query."""
    rows = Membership.objects.filter(user=user_id, workspace=organisation.workspace_id).filter(
        Q(organisation=None) | Q(organisation=organisation)
    )
    return tuple(Role(role) for role in rows.values_list("role", flat=True))


def check_workspace(access: Access, *, is_going: bool = False) -> None:
    """End the request when the workspace is about to be deleted."""
    if access.workspace.deletion_asked_at is None or is_going:
        return
    if Role.OWNER in access.roles:
        raise GoElsewhere(reverse("workspaces:delete", args=[access.workspace.public_id]))
    raise Http404


def check(request: HttpRequest, access: Access, action: Action) -> Access:
    """Let a member with the right pass, and narrow the scope.

    Raises: PermissionDenied, for a member without it; Http404, where an archived organisation is
    out of sight, and for a token of another workspace.
    """
    organisation, token = access.organisation, token_of(request)
    # Its account may have other workspaces; the token has one.
    if token is not None and token.workspace_id != access.workspace.pk:
        raise Http404
    if organisation is not None and organisation.archived_at and not access.is_of_workspace:
        raise Http404
    if not access.may(action):
        raise PermissionDenied
    narrow_to(access.workspace.pk)
    set_access(request, access)
    return access


def set_access(request: HttpRequest, access: Access) -> None:
    """Let the rest of the request know what the visitor may do."""
    request.access = access  # type: ignore[attr-defined]  # Only `access_of` reads it.


def access_of(request: HttpRequest) -> Access:
    """Return what an access function of this request left behind."""
    access: Access = request.access  # type: ignore[attr-defined]  # An access function set it.
    return access


def places_of(request: HttpRequest) -> Iterable[Membership]:
    """Return every role the signed-in visitor holds, with workspace and organisation.

    Those of workspaces about to be deleted and of archived organisations are left out, unless the
    visitor could undo it. Costs: 1 query, and the session and account.
    """
    user = signed_in_user(request)
    with every_workspace():
        return list(
            Membership.objects.select_related("workspace", "organisation")
            .filter(user=user)
            .exclude(organisation__archived_at__isnull=False)
            .exclude(~Q(role=Role.OWNER.value), workspace__deletion_asked_at__isnull=False)
            .order_by("workspace__name", "workspace__pk", "organisation__name", "pk")
        )
