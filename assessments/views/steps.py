"""What an organisation decided to do: suggestions, decisions, done."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.forms.steps import DecideForm, StepForm
from assessments.models import Step
from assessments.queries.steps import Suggestion, step_of, steps_of, suggestions_of
from assessments.services.steps import (
    AlreadyDecided,
    change_step,
    decide_step,
    drop_step,
    finish_step,
    reopen_step,
)
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.access import Access, access_of, access_organisation, actor_of
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Action, Role

TAKEN = "Somebody has decided on this step already. It is in the list below."


class Decided(NamedTuple):
    """A step with where it stands, in words."""

    step: Step
    dimension: str
    when: str
    is_overdue: bool


@require_safe
def steps(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what was decided on and what is suggested."""
    return _page(request, _readable(request, public_id))


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide on a suggested step: it gets an owner, a date, or both."""
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    found = suggestions_of(organisation)
    wanted = request.POST.get("descriptor", "")
    if found is None or not any(step.descriptor_id == wanted for step in found.steps):
        messages.warning(request, "This step is not suggested any more, so nothing was decided.")
        return _back(organisation)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, form=form, wanted=wanted, status=422)
    matrix = matrix_of_version(found.model_version_id)
    try:
        step = decide_step(
            organisation,
            assessment=found.assessment,
            model_version_id=found.model_version_id,
            descriptor=matrix.descriptors[wanted],
            owner=form.cleaned_data["owner"],
            due=form.cleaned_data["due"],
            now=timezone.now(),
            by=actor_of(request),
        )
    except AlreadyDecided:
        messages.warning(request, TAKEN)
    else:
        messages.success(request, f"Decided: {step.words}")
    return _back(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Show one step to change it, or change it."""
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    found = _step(organisation, step_id)
    initial = {"words": found.words, "owner": found.owner, "due": found.due}
    form = StepForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_step(found, **form.cleaned_data, now=timezone.now(), by=actor_of(request))
        messages.success(request, "The step is changed.")
        return _back(organisation)
    context = {
        "organisation": organisation,
        "part": "steps",
        "decided": decided_words(found, timezone.localdate()),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "assessments/steps_change.html", context, status=status)


@require_POST
def done(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Note that a step is done."""
    return _act(request, public_id, step_id, finish_step, "Done. Well done.")


@require_POST
def reopen(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Take a step up again that was done."""
    return _act(request, public_id, step_id, reopen_step, "The step is open again.")


@require_POST
def drop(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Remove a step from the list."""
    return _act(request, public_id, step_id, drop_step, "The step is dropped.")


def _act(
    request: HttpRequest,
    public_id: str,
    step_id: int,
    service: Callable[..., None],
    words: str,
) -> HttpResponse:
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    found = _step(organisation, step_id)
    try:
        service(found, now=timezone.now(), by=actor_of(request))
    except AlreadyDecided:
        messages.warning(request, TAKEN)
    else:
        messages.success(request, words)
    return _back(organisation)


def _readable(request: HttpRequest, public_id: str) -> Organisation:
    """Return the organisation to those who look after it; others have no part in its steps."""
    organisation = access_organisation(request, public_id, Action.SEE_ORGANISATION)
    if not looks_after(access_of(request)):
        raise PermissionDenied
    return organisation


def looks_after(access: Access) -> bool:
    """Say whether the visitor leads the organisation or works in its workspace."""
    return access.is_of_workspace or Role.LEAD in access.roles


def _step(organisation: Organisation, step_id: int) -> Step:
    found = step_of(organisation, step_id)
    if found is None:
        raise Http404
    return found


def _back(organisation: Organisation) -> HttpResponse:
    return HttpResponseRedirect(reverse("assessments:steps", args=[organisation.public_id]))


def _page(
    request: HttpRequest,
    organisation: Organisation,
    *,
    form: DecideForm | None = None,
    wanted: str = "",
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    rows = steps_of(organisation)
    opened = [decided_words(each, today) for each in rows if each.done_at is None]
    taken = {each.step.descriptor_id for each in opened}
    found = suggestions_of(organisation)
    groups: list[tuple[str, list[Suggestion]]] = []
    if found:
        groups = [
            ("Now", found.at("now", without=taken)),
            ("Next", found.at("next", without=taken)),
            ("Later", found.at("later", without=taken)),
        ]
    context = {
        "organisation": organisation,
        "part": "steps",
        "opened": opened,
        "overdue": sum(each.is_overdue for each in opened),
        "done": [decided_words(each, today) for each in rows if each.done_at is not None],
        "source": found,
        "groups": [group for group in groups if group[1]],
        "form": form or DecideForm(),
        "wanted": wanted,
        "may_change": access_of(request).may(Action.MANAGE_STEPS),
    }
    return render(request, "assessments/steps.html", context, status=status)


def decided_words(step: Step, today: date) -> Decided:
    """Return a step with the name of its dimension and its date in words."""
    row = matrix_of_version(step.model_version_id).dimension_by_key.get(step.dimension)
    is_overdue = step.done_at is None and step.due is not None and step.due < today
    return Decided(step, row.name if row else "", due_words(step.due, today), is_overdue)


def due_words(due: date | None, today: date) -> str:
    """Return how far away a date is: "overdue by 3 days", "due today", "due in 2 weeks"."""
    if due is None:
        return ""
    days = (due - today).days
    if days == 0:
        return "due today"
    return f"overdue by {_span(-days)}" if days < 0 else f"due in {_span(days)}"


def _span(days: int) -> str:
    if days < 14:
        return "one day" if days == 1 else f"{days} days"
    weeks = days // 7
    return f"{weeks} weeks" if weeks < 9 else f"{round(days / 30.4)} months"
