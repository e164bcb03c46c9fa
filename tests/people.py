"""People for tests: accounts, workspaces, roles, and browsers that are signed in as them."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page

from maturity.workspaces.models import Membership, Organisation, User, Workspace
from maturity.workspaces.roles import WORKSPACE_ROLES, Role

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
PASSWORD = "a password for tests only"


def make_user(email: str = "ada@example.org", name: str = "Ada Byron") -> User:
    """Return an account; without a usable password, because hashing one costs 50 ms."""
    return User.objects.create_user(email, None, name=name)


def make_workspace(
    kind: str = "clients", name: str = "Northbank Advisers", *, owner: User | None = None
) -> Workspace:
    """Return a workspace, with its owner if one is given."""
    workspace = Workspace(name=name, kind=kind, created_at=NOW)
    workspace.save()
    if owner:
        give_role(owner, Role.OWNER, workspace)
    return workspace


def make_organisation(workspace: Workspace, name: str = "Fernhill Outdoor") -> Organisation:
    """Return an organisation of a workspace."""
    organisation = Organisation(workspace=workspace, name=name, created_at=NOW)
    organisation.save()
    return organisation


def give_role(
    user: User, role: Role, workspace: Workspace, organisation: Organisation | None = None
) -> Membership:
    """Return the membership that gives somebody a role, in its place."""
    membership = Membership(
        user=user,
        role=role.value,
        workspace=workspace,
        organisation=None if role in WORKSPACE_ROLES else organisation,
        created_at=NOW,
    )
    membership.save()
    return membership


def sign_in(page: Page, user: User, base_url: str) -> None:
    """Sign a browser in by a session of its own, without the sign-in page."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    cookie: Any = {
        "name": settings.SESSION_COOKIE_NAME,
        "value": session.session_key,
        "domain": urlsplit(base_url).hostname,
        "path": "/",
    }
    page.context.add_cookies([cookie])
