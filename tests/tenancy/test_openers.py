"""Who may open a scope: each place that does is listed here, with its reason."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from tests.architecture import Module, product_modules

OPENERS = ("every_workspace", "scope_of", "narrow_to", "no_workspace")

# Looking across all workspaces. What it is for says why nothing narrower would do.
ACROSS = {
    # who somebody is: the one query that comes before a workspace is known
    "maturity.workspaces.access.access_token": "a program's token, and its account's roles",
    "maturity.workspaces.access.access_workspace": "a member's own role, by the account",
    "maturity.workspaces.access.access_organisation": "the roles that lead to it, by the account",
    "maturity.workspaces.access.access_membership": "all roles in one workspace, by the account",
    "maturity.workspaces.access.places_of": "all of one account's own roles",
    "maturity.workspaces.accounts.queries.workspaces_of": "where an account's sign-in is noted",
    "assessments.access._access": "the roles or the link that lead to it",
    "assessments.answering.queries.openable.openable_by": "what the links of one browser open",
    # a secret names the row, and whoever has it has no workspace yet
    "maturity.workspaces.people.queries.invitations.invitation_of_token": "an invitation's link",
    "assessments.core.services.links.open_link": "a personal link",
    "assessments.respondents.services.open_links.open_link_for": "an open link",
    "assessments.access.access_feed": "the secret address of a calendar",
    "reports.access.access_share": "a shared result's link",
    "assessments.workshops.access.access_workshop": "which assessment is asked about it",
    "assessments.workshops.access.access_participant": "a phone, by its cookie's token",
    "assessments.workshops.access.is_known_phone": "whether a cookie's token is known",
    "assessments.workshops.access.phone_is_up_to_date": "a phone, by its token: two values",
    "assessments.workshops.access.pulse_for_screen": "a screen's ticket: two numbers",
    "assessments.workshops.services.joining._live": "the code or the token on the wall",
    "assessments.workshops.services.doors._free_code": "whether a code is in use: yes or no",
    # one person's own, wherever it lies
    "assessments.own_account.queries.own_data_of": "everything held about one account",
    "assessments.own_account.queries.ownership_of": "the workspaces one account owns",
    "assessments.own_account.services.delete_account": "deleting one account everywhere",
    # background work, which is given an id and nothing else
    "maturity.workspaces.people.services.mailing.send_invitation": "one invitation, by its id",
    "assessments.core.services.mailing.send_link": "one link, by its id",
    "assessments.respondents.services.reminders.send_asking": "one respondent, by their id",
    "assessments.webhooks.services.delivery.deliver": "one message to a webhook, by its id",
    "assessments.webhooks.services.delivery.tidy_deliveries": "messages whose worker died: ids",
    "assessments.roadmap.services.step_mails.mail_owners": "whose steps fall due: keys of people",
    "reports.jobs.services.making.make_report": "one report, by its id, and those that died",
    "reports.jobs.services.making.revive_stale": "reports whose worker died, of anybody",
    "reports.jobs.queries.reports_ahead": "how many reports wait, of anybody: a number",
    "reports.workshop_results.services.send_result": "one sending of a result, by its id",
    "reports.workshop_results.services.revive_sendings": "sendings whose worker died, of anybody",
    # housekeeping and the demo
    "assessments.workshops.services.purging.purge_workshops": "what is over: ids, and addresses",
    "assessments.lifecycle.services.purging.purge": "workspaces whose time to undo is over",
    "assessments.demo.guest.seed_guest": "the demo, by its name",
    "assessments.demo.workspace.seed_workspace": "the demo, by its owner",
}

# Opening one workspace, or a few, without or beyond an access function of this request.
NARROW = {
    "maturity.workspaces.access.access_token": "of the token that was looked up",
    "maturity.workspaces.access.check": "the one place that opens a workspace for a request",
    "maturity.workspaces.access.access_membership": "where the visitor holds a role",
    "assessments.access.access_feed": "of the address that was looked up",
    "assessments.access.answers_by_role": "of the link that was looked up: the visitor's own roles",
    "assessments.access.holds_grant": "of the link that was looked up: the visitor's own grant",
    "assessments.access.where_held": "of the link that was looked up: the visitor's own grant",
    "assessments.access.grant": "of the link that was looked up: the visitor's own grants",
    "maturity.workspaces.people.views.invitations.invitation": "of an invitation looked up",
    "maturity.workspaces.lifecycle.services.create_workspace": "the one it has just made",
    "assessments.lifecycle.services.starting.start_assessment": "the one it has just made",
    "assessments.core.services.links.open_link": "of the link that was looked up",
    "assessments.respondents.services.open_links.join": "of the link that was looked up",
    "assessments.answering.views.open_link.open_assessment": "of the link that was looked up",
    "assessments.respondents.services.reminders.send_asking": "of the respondent looked up",
    "assessments.webhooks.services.delivery.deliver": "of the message that was looked up",
    "assessments.roadmap.services.step_mails.mail_owner": "the one it is given, for a member",
    "assessments.roadmap.queries.owned_steps.owned_in": "where the visitor holds a role",
    "assessments.roadmap.views.own_steps._done_lately": "where the visitor holds a role",
    "assessments.roadmap.views.own_steps._places": "where the visitor holds a role",
    "assessments.lifecycle.services.purging._purge_workspace": "one whose time to undo is over",
    "assessments.answering.services.claiming.claim_into_organisation": "both ends of a move",
    "assessments.answering.services.claiming.claim_into_workspace": "both ends of a move",
    "assessments.answering.services.claiming.claim_into_new_team": "the one it has just made",
    "assessments.answering.queries.claimable.places_to_claim": "where the visitor holds a role",
    "assessments.portfolio.queries.places.waiting_at": "where the visitor holds a role",
    "assessments.demo.workspace.seed_workspace": "the one it has just made",
    "assessments.workshops.access.access_participant": "of the phone that was looked up",
    "reports.access.access_share": "of the share that was looked up",
    "assessments.workshops.services.joining.join": "of the code or the token on the wall",
    "assessments.workshops.services.purging._end": "of one workshop whose time is over",
}
CLOSING = {"maturity.workspaces.middleware.ScopeMiddleware.__call__"}


def _uses(module: Module) -> Iterator[tuple[str, str]]:
    """Yield where an opener is named, and which; also where it is passed on without a call."""

    def walk(node: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for child in ast.iter_child_nodes(node):
            is_named = isinstance(child, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef)
            here = (*inside, child.name) if is_named else inside
            if isinstance(child, ast.Name | ast.Attribute):
                name = child.id if isinstance(child, ast.Name) else child.attr
                if name in OPENERS:
                    yield ".".join((module.name, *here)), name
            yield from walk(child, here)

    yield from walk(module.tree, ())


@cache
def _found() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {name: set() for name in OPENERS}
    for module in product_modules():
        if module.name != "maturity.workspaces.scopes":
            for place, name in _uses(module):
                found[name].add(place)
    return found


def test_openers_across_all_workspaces_are_listed() -> None:
    assert _found()["every_workspace"] == set(ACROSS)


def test_openers_of_single_workspaces_are_listed() -> None:
    found = _found()
    assert found["scope_of"] | found["narrow_to"] == set(NARROW)
    assert found["no_workspace"] == CLOSING


def test_openers_are_told_apart_from_what_is_not() -> None:
    """The search finds a decorator, a call, and a name that is only handed on."""
    text = (
        "@every_workspace()\ndef one(): ...\n"
        "def two():\n    with scopes.scope_of(1): ...\n"
        "def three():\n    return map(narrow_to, [])\n"
        "def four():\n    '''every_workspace'''\n"
    )
    assert set(_uses(Module("a", text))) == {
        ("a.one", "every_workspace"),
        ("a.two", "scope_of"),
        ("a.three", "narrow_to"),
    }


# What would get round a scope: managers of Django's own, SQL, and another database. A job that is
# told to run later is none of them.
_ROUND = re.compile(
    r"_base_manager|_default_manager|cursor\(|models\.Manager\(|\.using\((?!run_after=)"
)
ROUND = {
    "maturity.web.checks": "asks the database for its version",
    "maturity.web.queries": "asks the database whether it answers",
    "maturity.workspaces.migrations.0007_sector_and_size_codes": "converts the rows of everybody",
    "reports.migrations.0005_subject_ids": "converts the rows of everybody",
}


def test_openers_are_the_only_way_round_a_scope() -> None:
    found = {
        module.name
        for module in product_modules()
        if _ROUND.search(module.text) and module.name != "maturity.workspaces.scopes"
    }
    assert found <= set(ROUND)


# The models without a scope hold texts too: who reads them filters by the account or the workspace.
_UNSCOPED = re.compile(r"\b(User|AuditEvent|EmailAddress|Session)\.objects\b")
UNSCOPED = {
    "maturity.workspaces.audit.services": "writes an event",
    "maturity.workspaces.audit.queries": "by workspace; names of those who acted in it",
    "maturity.workspaces.accounts.queries": "one account, by its address",
    "assessments.respondents.services.reminders": "counts the mails of one assessment",
    "assessments.lifecycle.services.purging": "sessions that have ended",
    "assessments.demo.accounts": "the demo's people, by their addresses",
    "assessments.demo.marks": "what the demo has done already",
    "assessments.own_account.queries": "what one account did, for itself",
}


def test_openers_are_not_needed_for_what_these_read() -> None:
    found = {module.name for module in product_modules() if _UNSCOPED.search(module.text)}
    assert found == set(UNSCOPED)
