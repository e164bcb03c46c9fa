"""The nine kinds of visitor, each a browser of its own."""

from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from django.http import HttpResponse
from django.test import Client

from assessments.core.services.links import token_of
from assessments.models import SecretLink
from assessments.workshops.access import cookie_name
from assessments.workshops.models import Participant
from maturity.workspaces.models import User
from maturity.workspaces.scopes import no_workspace
from tests.tenancy.world import World

NAMES = (
    "anonymous",  # came by no link and is not signed in
    # Answers in A's open assessment by link, is in the room of the workshop on it, and began the
    # assessment without an account.
    "guest",
    "contributor",  # these five of A
    "lead",
    "viewer",
    "consultant",
    "owner",
    "other",  # B's owner
    "staff",  # is_staff and is_superuser, without a role
)


@dataclass
class Visitor:
    """A browser. Each request starts from the cookies it had at first; a fault is a 500."""

    name: str
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def __post_init__(self) -> None:
        """Give the browser the cookies, for those who ask it without `send`."""
        self._start_anew()

    def send(self, method: str, address: str, data: Any = None, **options: Any) -> HttpResponse:
        """Return the answer to one request."""
        self._start_anew()
        # Middleware outside of ours must not find the scope that the tests look at rows with.
        with no_workspace():
            response: HttpResponse = getattr(self.client, method.lower())(
                address, data or {}, **options
            )
        return response

    def _start_anew(self) -> None:
        self.client.cookies = SimpleCookie(self.cookies.output(header="", sep=";"))

    def sign_in(self, user: User) -> "Visitor":
        """Return this browser, signed in."""
        self.client.force_login(user)
        self.cookies = self.client.cookies
        return self

    def open_link(self, link: SecretLink) -> "Visitor":
        """Return this browser, with the link opened."""
        self.client.cookies = self.cookies
        with no_workspace():
            assert self.client.get(f"/link/{token_of(link)}/").status_code == 302
        self.cookies = self.client.cookies
        return self

    def hold_phone(self, phone: tuple[Participant, str]) -> "Visitor":
        """Return this browser, with the cookie a participant is known by."""
        participant, token = phone
        self.cookies[cookie_name(participant.workshop.public_id)] = token
        return self


def visitors_of(world: World) -> dict[str, Visitor]:
    """Return the nine."""
    users = dict(world.a.users) | {"other": world.b.users["owner"], "staff": world.staff}
    found = {}
    for name in NAMES:
        found[name] = Visitor(name)
        if name in users:
            found[name].sign_in(users[name])
    found["guest"].open_link(world.a.links["guest-open"]).open_link(world.started)
    found["guest"].hold_phone(world.a.phones["first-open"])
    return found
