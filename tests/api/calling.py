"""A program that calls the API with a token."""

import json
from typing import Any, cast

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from maturity.workspaces.actors import Actor
from maturity.workspaces.models import User, Workspace
from maturity.workspaces.scopes import no_workspace
from maturity.workspaces.tokens.api_scopes import SCOPES
from maturity.workspaces.tokens.services import make_token

BASE = "/api/v1"


class Program:
    """Sends requests with a token; without a secret, with none."""

    def __init__(self, secret: str = "") -> None:
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self.client = Client(headers=headers, raise_request_exception=False)

    def get(self, path: str, **options: Any) -> HttpResponse:
        """Return the answer to reading something."""
        return self.send("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        """Return the answer to a body that was sent."""
        return self.send("POST", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> HttpResponse:
        """Return the answer to a change that was sent."""
        return self.send("PATCH", path, body, **options)

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> HttpResponse:
        """Return the answer to one request; a text is sent as it is, else as JSON."""
        data = body if isinstance(body, str | bytes) else "" if body is None else json.dumps(body)
        options.setdefault("content_type", "application/json")
        # Middleware must not find the scope that the tests look at rows with.
        with no_workspace():
            response: Any = self.client.generic(method, f"{BASE}{path}", data, **options)
        return cast(HttpResponse, response)


def secret_of(workspace: Workspace, user: User, *scopes: str, days: int = 30) -> str:
    """Return the secret of a new token, with every scope unless some are named."""
    _, secret = make_token(
        workspace,
        user=user,
        name="Nightly figures",
        scopes=scopes or SCOPES,
        days=days,
        now=timezone.now(),
        by=Actor(f"user:{user.pk}"),
    )
    return secret


def problems_of(response: Any) -> dict[str, str]:
    """Return what is wrong by its place, from an error in the one shape."""
    error = response.json()["error"]
    assert set(error) == {"status", "code", "message", "problems"}
    assert error["status"] == response.status_code
    assert error["message"]
    return {each["field"]: each["message"] for each in error["problems"]}


def code_of(response: Any) -> str:
    """Return the code of an error in the one shape."""
    problems_of(response)
    code: str = response.json()["error"]["code"]
    return code
