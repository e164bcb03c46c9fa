"""Where one lands after signing in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.portfolio.queries.places import Waiting, waiting_at
from assessments.roadmap.queries.owned_steps import owned_in
from maturity.web.words import count_text, day_text
from maturity.workspaces.access import places_of
from maturity.workspaces.models import Membership, Workspace
from maturity.workspaces.roles import Role

ROLE_WORDS = {
    Role.OWNER: "Owner",
    Role.CONSULTANT: "Consultant",
    Role.LEAD: "Lead",
    Role.CONTRIBUTOR: "Contributor",
    Role.VIEWER: "Viewer",
}


@dataclass(frozen=True, slots=True)
class WorkspaceCard:
    """One place to go to; `above` is the workspace, where that is not the place itself."""

    name: str
    above: str
    role: str
    url: str
    words: str


@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """Go to the visitor's one place; let them choose when there are several."""
    held = _widest(places_of(request))
    if not held:
        return HttpResponseRedirect(reverse("workspaces:welcome"))
    if len(held) == 1:
        return HttpResponseRedirect(_url_of(held[0]))
    there = [each for each in held if not _is_going(each)]
    waiting = waiting_at(there)
    workspaces = {each.workspace_id for each in there}
    count, overdue = owned_in(held[0].user_id, workspaces, today=timezone.localdate())
    context = {
        "places": [_place(each, waiting.get(each.pk)) for each in held],
        "count": count,
        "overdue": overdue,
    }
    return render(request, "overview/my.html", context)


def _widest(held: Iterable[Membership]) -> list[Membership]:
    """Leave out roles in organisations of a workspace that one has a role in as a whole."""
    rows = list(held)
    whole = {each.workspace_id for each in rows if each.organisation_id is None}
    return [each for each in rows if each.organisation_id is None or each.workspace_id not in whole]


def _is_going(each: Membership) -> bool:
    return each.workspace.deletion_asked_at is not None


def _url_of(each: Membership) -> str:
    """Return where a place begins; a team's own workspace is its one organisation."""
    if _is_going(each):
        return reverse("workspaces:delete", args=[each.workspace.public_id])
    if each.organisation is not None:
        return reverse("reports:organisation", args=[each.organisation.public_id])
    return reverse("assessments:portfolio", args=[each.workspace.public_id])


def _place(each: Membership, waiting: Waiting | None) -> WorkspaceCard:
    inside = each.organisation is not None and each.workspace.kind == Workspace.Kind.CLIENTS
    return WorkspaceCard(
        name=each.organisation.name if each.organisation else each.workspace.name,
        above=each.workspace.name if inside else "",
        role=ROLE_WORDS[Role(each.role)],
        url=_url_of(each),
        words=_words(each, waiting),
    )


def _words(each: Membership, waiting: Waiting | None) -> str:
    """Return what waits there, in a sentence or two."""
    if waiting is None:
        return "About to be deleted. You can still undo it."
    said = []
    role = Role(each.role)
    if each.organisation is None and each.workspace.kind == Workspace.Kind.CLIENTS:
        said.append(f"{count_text(waiting.organisations, 'organisation').capitalize()},")
        said.append(f"{count_text(waiting.opened, 'open assessment')}.")
    elif role in (Role.OWNER, Role.CONSULTANT, Role.LEAD):
        said.append(_progress(waiting))
    elif role == Role.VIEWER:
        said.append(_last(waiting))
    if waiting.for_me:
        said.append(f"{count_text(waiting.for_me, 'assessment').capitalize()}")
        said.append("waits for your answers." if waiting.for_me == 1 else "wait for your answers.")
    elif role == Role.CONTRIBUTOR:
        said.append("Nothing waits for you.")
    return " ".join(said)


def _progress(waiting: Waiting) -> str:
    if not waiting.opened:
        return f"No assessment is open. {_last(waiting)}"
    if not waiting.asked:
        return "An assessment is open, and nobody is asked yet."
    return f"An assessment is open: {waiting.done} of {waiting.asked} finished."


def _last(waiting: Waiting) -> str:
    if waiting.last is None:
        return "There is no result yet."
    return f"Last result: {day_text(waiting.last.isoformat())}."
