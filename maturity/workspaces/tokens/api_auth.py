"""From a token to the account it acts for: the only way into the API.

Nothing but the header counts. Cookies are taken off a request before anybody sees them
(maturity/web/http/middleware.py), so no page can make a browser call the API as who is signed in.
"""

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from maturity.web.api.problems import ApiError
from maturity.web.http.client_address import client_address
from maturity.web.rate_limits import HOUR_S, Limit, count, network_of
from maturity.workspaces.access import access_token
from maturity.workspaces.models import ApiToken
from maturity.workspaces.tokens.api_scopes import ANSWER, MANAGE, READ, SCOPES
from maturity.workspaces.tokens.services import note_use

CALLS = (Limit("api-calls", 6_000, HOUR_S),)
# A token that opens nothing was mistyped, is over, or is guessed; only such calls count.
UNKNOWN = (Limit("api-unknown", 300, HOUR_S),)


class Anything(HttpBearer):
    """Lets a program in whose token opens something, whatever its scopes."""

    openapi_description = "Any token of a workspace."
    scope = ""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """Return the token; None for one that opens nothing.

        Raises: ApiError, without the scope; LimitReached. Costs: 1 query and 1 write; another write
        a minute for its last use.
        """
        now = timezone.now()
        found = access_token(request, token)
        if found is None:
            count(UNKNOWN, network_of(client_address(request)), now=now)
            return None
        count(CALLS, found.token_hash, now=now)
        if self.scope and self.scope not in found.scopes:
            message = f"This token does not have the scope “{self.scope}”."
            raise ApiError(403, message, code="insufficient_scope")
        note_use(found, now=now)
        return found


class Read(Anything):
    """Asks for the scope to read."""

    openapi_description = SCOPES[READ]
    scope = READ


class Answer(Anything):
    """Asks for the scope to answer."""

    openapi_description = SCOPES[ANSWER]
    scope = ANSWER


class Manage(Anything):
    """Asks for the scope to manage."""

    openapi_description = SCOPES[MANAGE]
    scope = MANAGE


# The names of the classes are those of the schemes in the OpenAPI document.
ANY, READS, ANSWERS, MANAGES = Anything(), Read(), Answer(), Manage()
