"""What a token is: for a program that wants to know before it begins."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from maturity.web.api.building import responses
from maturity.workspaces.access import access_by_token
from maturity.workspaces.tokens.api_auth import ANY

router = Router(tags=["Token"], auth=ANY)


class TokenOut(Schema):
    """The token that was sent."""

    name: str
    scopes: list[str]
    workspace: str = Field(description="The workspace's name.")
    workspace_id: str
    made_by: str = Field(description="The account it acts for.")
    expires_at: datetime


@router.get("/token", response=responses(200, TokenOut), summary="What is this token?")
def read_token(request: HttpRequest) -> Any:
    """Tell what the token that was sent is for, what it may do, and until when."""
    token = access_by_token(request)
    return {
        "name": token.name,
        "scopes": token.scopes,
        "workspace": token.workspace.name,
        "workspace_id": token.workspace.public_id,
        "made_by": str(token.made_by),
        "expires_at": token.expires_at,
    }
