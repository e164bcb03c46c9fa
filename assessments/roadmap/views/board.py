"""The roadmap board: what is suggested, what an organisation decided on, and how far it is."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import access_roadmap
from assessments.models import Step
from assessments.roadmap.forms.steps import (
    CapacityForm,
    DecideForm,
    DropForm,
    OwnStepForm,
    StepForm,
)
from assessments.roadmap.queries.step_words import decided_words
from assessments.roadmap.queries.steps import (
    Suggestion,
    members_by_name,
    step_of,
    steps_of,
    suggestions_of,
)
from assessments.roadmap.services.steps import (
    TOO_MANY,
    AlreadyDecided,
    MissingPrerequisites,
    NotSuggested,
    TooManySteps,
    begin_step,
    change_step,
    decide_own_step,
    decide_suggested_step,
    drop_step,
    finish_step,
    move_step,
    reopen_step,
)
from assessments.roadmap.views.step_rows import (
    VIEWS,
    by_owner,
    by_when,
    rows_html,
    rows_of,
)
from assessments.roadmap.views.workload import load_of
from maturity.catalogue.queries import matrix_of_version
from maturity.web.text import whole_number
from maturity.workspaces.access import access_of, access_organisation, actor_of
from maturity.workspaces.models import Organisation
from maturity.workspaces.organisations.services import set_capacity
from maturity.workspaces.roles import Action

TAKEN = "Somebody has decided on this step already. It is in the list below."
_MOST_DIGITS = 12


@require_safe
def steps(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what was decided on and what is suggested; `view` says how it is put together."""
    return _page(request, access_roadmap(request, public_id))


@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide on a suggested step: it gets an owner, a date, or both.

    One that builds on others, which are neither decided on nor done, is asked about once more.
    """
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    wanted = request.POST.get("descriptor", "")
    form = DecideForm(request.POST, members=members_by_name(organisation))
    if not form.is_valid():
        return _page(request, organisation, form=form, wanted=wanted, status=422)
    try:
        step = decide_suggested_step(
            organisation,
            descriptor_id=wanted,
            plan=form.plan,
            anyway=bool(request.POST.get("anyway")),
            now=timezone.now(),
            by=actor_of(request),
        )
    except NotSuggested:
        messages.warning(request, "This step is not suggested any more, so nothing was decided.")
    except MissingPrerequisites as missing:
        skipped = missing.steps
        return _page(request, organisation, form=form, wanted=wanted, skipped=skipped, status=409)
    except AlreadyDecided:
        messages.warning(request, TAKEN)
    except TooManySteps:
        messages.warning(request, TOO_MANY)
    else:
        messages.success(request, f"Decided: {step.words}")
    return _back(organisation)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the form for a step of the organisation's own, or decide on it."""
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    found = suggestions_of(organisation)
    matrix = matrix_of_version(found.model_version_id) if found else None
    form = OwnStepForm(
        request.POST if request.method == "POST" else None,
        members=members_by_name(organisation),
        dimensions=[(row.key, row.name) for row in matrix.dimensions] if matrix else [],
    )
    if form.is_valid():
        try:
            decide_own_step(
                organisation,
                dimension=form.cleaned_data["dimension"],
                words=form.cleaned_data["words"],
                plan=form.plan,
                now=timezone.now(),
                by=actor_of(request),
            )
        except TooManySteps:
            messages.warning(request, TOO_MANY)
        else:
            messages.success(request, "The step is in the list.")
        return _back(organisation)
    return _form_page(request, organisation, form)


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Show one step to change it, or change it."""
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    found = _step(organisation, step_id)
    initial = {name: getattr(found, name) for name in StepForm.field_order}
    form = StepForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        members=members_by_name(organisation),
    )
    if form.is_valid():
        change_step(
            found,
            words=form.cleaned_data["words"],
            plan=form.plan,
            now=timezone.now(),
            by=actor_of(request),
        )
        messages.success(request, "The step is changed.")
        return _back(organisation)
    return _form_page(request, organisation, form, found)


@require_POST
def begin(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Note that a step is being done; its owner may as well as who manages steps."""
    return _act(request, public_id, step_id, begin_step, "The step is under way.")


@require_POST
def done(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Note that a step is done; its owner may as well as who manages steps."""
    return _act(request, public_id, step_id, finish_step, "Done. Well done.")


@require_POST
def reopen(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Take a step up again that was done or dropped; its owner may as well."""
    return _act(request, public_id, step_id, reopen_step, "The step is open again.")


@require_POST
def drop(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Drop a step and keep the reason why."""
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    found = _step(organisation, step_id)
    form = DropForm(request.POST)
    if not form.is_valid():
        shown = StepForm(
            initial={name: getattr(found, name) for name in StepForm.field_order},
            members=members_by_name(organisation),
        )
        return _form_page(request, organisation, shown, found, dropping=form)
    reason = form.cleaned_data["reason"]
    drop_step(found, reason=reason, now=timezone.now(), by=actor_of(request))
    messages.success(request, "The step is dropped. It stays in the list of what was ended.")
    return _back(organisation)


@require_POST
def move(request: HttpRequest, public_id: str, step_id: int) -> HttpResponse:
    """Put a step in front of another one: `before` is its key, 0 for the end."""
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    found = _step(organisation, step_id)
    before = whole_number(request.POST.get("before", ""), digits=_MOST_DIGITS)
    if before is None:
        raise Http404
    move_step(found, before=before or None, now=timezone.now(), by=actor_of(request))
    return HttpResponseRedirect(f"{_address(organisation)}#step-{found.pk}")


@require_POST
def capacity(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say how many days of work the team has a month."""
    organisation = access_organisation(request, public_id, Action.MANAGE_STEPS)
    form = CapacityForm(request.POST)
    if not form.is_valid():
        return _page(request, organisation, capacity_form=form, status=422)
    set_capacity(
        organisation,
        days_a_month=form.cleaned_data["days"],
        now=timezone.now(),
        by=actor_of(request),
    )
    messages.success(request, "Saved.")
    return _back(organisation)


def _act(
    request: HttpRequest,
    public_id: str,
    step_id: int,
    service: Callable[..., None],
    words: str,
) -> HttpResponse:
    organisation = access_organisation(request, public_id, Action.WORK_ON_STEPS)
    found = _step(organisation, step_id)
    if not access_of(request).may(Action.MANAGE_STEPS) and found.member_id != request.user.pk:
        raise PermissionDenied
    try:
        service(found, now=timezone.now(), by=actor_of(request))
    except AlreadyDecided:
        messages.warning(request, TAKEN)
    else:
        messages.success(request, words)
    if request.POST.get("back") == "my-steps":
        return HttpResponseRedirect(reverse("assessments:my-steps"))
    return _back(organisation)


def _step(organisation: Organisation, step_id: int) -> Step:
    found = step_of(organisation, step_id)
    if found is None:
        raise Http404
    return found


def _address(organisation: Organisation) -> str:
    return reverse("assessments:steps", args=[organisation.public_id])


def _back(organisation: Organisation) -> HttpResponse:
    return HttpResponseRedirect(_address(organisation))


def _form_page(
    request: HttpRequest,
    organisation: Organisation,
    form: StepForm,
    found: Step | None = None,
    *,
    dropping: DropForm | None = None,
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "part": "steps",
        "step": found,
        "decided": decided_words(found, timezone.localdate()) if found else None,
        "form": form,
        "drop_form": dropping or DropForm(),
    }
    is_wrong = form.is_bound or (dropping is not None and dropping.is_bound)
    return render(request, "roadmap/steps_change.html", context, status=422 if is_wrong else 200)


def _page(
    request: HttpRequest,
    organisation: Organisation,
    *,
    form: DecideForm | None = None,
    capacity_form: CapacityForm | None = None,
    wanted: str = "",
    skipped: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    today = timezone.localdate()
    found = suggestions_of(organisation)
    may_change = access_of(request).may(Action.MANAGE_STEPS)
    decided = steps_of(organisation)
    rows = rows_of(decided, found, place=organisation.public_id, today=today, may_change=may_change)
    opened = [row for row in rows if row.is_open]
    view = request.GET.get("view", "")
    context: dict[str, Any] = {
        "organisation": organisation,
        "part": "steps",
        "view": view if view in VIEWS else "",
        "views": VIEWS,
        "opened": opened,
        "opened_html": rows_html(tuple(opened)),
        "overdue": sum(row.is_overdue for row in opened),
        "ended": [row for row in rows if not row.is_open],
        "load": load_of(decided, organisation.days_a_month, today=today),
        "source": found,
        "form": form or DecideForm(),
        "capacity_form": capacity_form or CapacityForm(initial={"days": organisation.days_a_month}),
        "decide_url": reverse("assessments:decide-step", args=[organisation.public_id]),
        "wanted": wanted,
        "skipped": skipped or [],
        "may_change": may_change,
    }
    if view in ("when", "owner"):
        context["lists"] = by_when(opened, today) if view == "when" else by_owner(opened)
    if found:
        taken = {each.descriptor_id for each in decided if each.is_open}
        groups: list[tuple[str, list[Suggestion]]] = [
            ("Now", found.at("now", without=taken)),
            ("Next", found.at("next", without=taken)),
            ("Later", found.at("later", without=taken)),
        ]
        context["groups"] = [group for group in groups if group[1]]
    return render(request, "roadmap/steps.html", context, status=status)
