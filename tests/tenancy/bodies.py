"""For each route that takes a form, one that is filled in right."""

from collections.abc import Callable
from typing import Any

from tests.tenancy.world import Tenant, World

Body = dict[str, Any]


def _first(tenant: Tenant) -> Any:
    return tenant.matrix.dimensions[0]


def _setup(tenant: Tenant) -> Body:
    return {
        "date": "2026-11-20",
        "purpose": "A new purpose",
        "scope": "A new scope",
        "who": "several",
        "voices": "named",
        "fewest_answers": "5",
        "asked": "picks",
        "groups": "Function: Service, IT",
    }


def _targets(tenant: Tenant, subject: str) -> Body:
    organisation = tenant.assessments[subject].organisation
    body = {"organisation": f"{organisation.name} renamed", "date": "2026-11-20"}
    body |= {"initial-organisation": organisation.name}
    for row in tenant.matrix.dimensions:
        body |= {f"target:{row.key}": "5", f"weight:{row.key}": "2", f"baseline:{row.key}": "1"}
    return body


_ORGANISATION = {
    "name": "A new name",
    "sector": "education",
    "size": "10-49",
    "country": "Norway",
    "tags": "one, two",
    "months_between": "6",
}

_WORKSHOP = {
    "title": "A new title",
    "minutes": "60",
    "voices": "named",
    "fewest_votes": "3",
    "entry": "open",
    "most_participants": "40",
}

# By route: the tenant whose rows it is about, and the assessment, give the fields.
BODIES: dict[str, Callable[[Tenant, str], Body]] = {
    "workspaces:profile": lambda t, s: {"name": "A new name"},
    "workspaces:welcome": lambda t, s: {"kind": "team", "name": "A new team"},
    "workspaces:settings": lambda t, s: {"name": "A new name"},
    "workspaces:branding": lambda t, s: {"accent": "#7A1F5C", "footer": "A new line"},
    "workspaces:tokens": lambda t, s: {"name": "A new token", "scopes": ["read"], "days": "30"},
    "workspaces:delete": lambda t, s: {"name": t.workspace.name},
    "workspaces:add-organisation": lambda t, s: _ORGANISATION,
    "workspaces:edit-organisation": lambda t, s: _ORGANISATION,
    "workspaces:people": lambda t, s: {"emails": "new@example.org", "role": "consultant"},
    "workspaces:organisation-people": lambda t, s: {"emails": "new@example.org", "role": "viewer"},
    "workspaces:hand-over": lambda t, s: {"user": t.users["consultant"].pk},
    "workspaces:change-role": lambda t, s: {"role": "owner"},
    "workspaces:change-organisation-role": lambda t, s: {"role": "viewer"},
    "assessments:start": lambda t, s: {"organisation": "Passing by", "mode": "guided"},
    "assessments:begin": lambda t, s: {"group-0": t.say("option")},
    "assessments:answer": lambda t, s: {
        "descriptor": _first(t).descriptors[0].id,
        "value": "3",
    },
    "assessments:everything": lambda t, s: {f"r-{_first(t).descriptors[0].id}": "3", "go": "next"},
    "assessments:everything+dimension": lambda t, s: {f"r-{_first(t).descriptors[0].id}": "3"},
    "assessments:quick+dimension": lambda t, s: {f"r-{_first(t).key}": "3"},
    "assessments:guided+dimension": lambda t, s: {f"r-{_first(t).descriptors[0].id}": "3"},
    "assessments:targets": _targets,
    "assessments:mail": lambda t, s: {"address": "somebody@example.org"},
    "assessments:agree": lambda t, s: {
        "what": "pick",
        "key": _first(t).key,
        "value": "4",
        "reason": "We saw it",
        "dissent": "Not all",
        "seen": "1",
    },
    "assessments:new": lambda t, s: _setup(t),
    "assessments:setup": lambda t, s: _setup(t) | {"asked": "gates"},
    "assessments:ask-members": lambda t, s: {"members": [t.users["lead"].pk]},
    "assessments:ask-guests": lambda t, s: {"guests": "Ann Lee, ann@example.org"},
    "assessments:respondents-open-link": lambda t, s: {"do": "off"},
    "assessments:open": lambda t, s: {"name": "Passing by"},
    "assessments:claim": lambda t, s: {
        "place": f"organisation:{t.organisations['main'].public_id}"
    },
    "assessments:close": lambda t, s: {"do": "close"},
    "assessments:delete": lambda t, s: {"name": t.assessments[s].organisation.name},
    "assessments:my-account": lambda t, s: {"email": t.email("viewer")},
    "assessments:webhooks": lambda t, s: {
        "url": "https://hook.example.org/",
        "events": "step.finished",
    },
    "assessments:step-feed": lambda t, s: {"shows": "mine"},
    "assessments:step-mails": lambda t, s: {"mails": "off"},
    "assessments:decide-step": lambda t, s: {
        "descriptor": _first(t).descriptors[4].id,
        "owner": "Ann Lee",
        "due": "2027-01-01",
    },
    "assessments:step": lambda t, s: {
        "words": "Do it well",
        "owner": "Ann Lee",
        "due": "2027-01-01",
    },
    "assessments:add-step": lambda t, s: {"words": "Do it our way", "owner": "Ann Lee"},
    "assessments:capacity": lambda t, s: {"days": "20"},
    "assessments:step-move": lambda t, s: {"before": "0"},
    "assessments:step-drop": lambda t, s: {"reason": "Another way was found"},
    "reports:shares": lambda t, s: {
        "what": "1" if s == "closed" else "now",
        "shows": "steps",
        "days": "7",
        "label": "For the board",
        "password": "a good password",
    },
    "reports:report": lambda t, s: {"paper": "letter", "kind": "report"},
    "reports:compare-report": lambda t, s: {
        "from": t.results["before"].pk,
        "to": t.results["closed"].pk,
        "paper": "letter",
    },
    "workshops:new": lambda t, s: _WORKSHOP | {f"in-{_first(t).key}": "on"},
    "workshops:setup": lambda t, s: _WORKSHOP,
    "workshops:agenda": lambda t, s: {
        "do": "add",
        "what": "target",
        "dimension": _first(t).key,
        "minutes": "5",
    },
    "workshops:act": lambda t, s: {"do": "close", "round": t.rounds[s]["voted-on"].pk},
    "workshops:agree": lambda t, s: {
        f"v-{t.rounds[s]['voted-on'].dimension}": "2",
        "reason": "We saw it",
    },
    "workshops:hands": lambda t, s: {f"h-{t.rounds[s]['voted-on'].dimension}-2": "5"},
    "workshops:decide-step": lambda t, s: {"descriptor": _first(t).descriptors[0].id, "owner": "A"},
    "workshops:join": lambda t, s: {"code": t.workshops[s].code or "BCD346"},
    "workshops:join-code": lambda t, s: {"name": "Passing by"},
    "workshops:scan": lambda t, s: {"name": "Passing by"},
    "workshops:vote": lambda t, s: {
        "round": t.rounds[s]["voted-on"].pk,
        f"a-{t.rounds[s]['voted-on'].dimension}": "3",
    },
    "workshops:name": lambda t, s: {"name": "Another name"},
    "workshops:address": lambda t, s: {"email": "somebody@example.org"},
}


def body_for(route: str, world: World, subject: str) -> Body:
    """Return a form of A's for a route, empty where it takes none."""
    make = BODIES.get(route)
    known = subject if subject in world.a.assessments else "open"
    return make(world.a, known) if make else {}
