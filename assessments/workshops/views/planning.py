"""The workshops of an assessment: list them, prepare one, change its set-up, delete it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import access_assessment
from assessments.core.services.locking import AssessmentClosed
from assessments.models import Assessment
from assessments.workshops.access import access_workshop
from assessments.workshops.forms.planning import NewWorkshopForm, WorkshopForm
from assessments.workshops.queries.workshops import Known, known_of, urgent_first, workshops_of
from assessments.workshops.rules.agenda import Agenda, suggest_agenda
from assessments.workshops.rules.question_words import KIND_TEXT
from assessments.workshops.services.locking import WorkshopGone
from assessments.workshops.services.planning import (
    FIXED_WORDS,
    KeptByResult,
    SetupFixed,
    StillLive,
    WorkshopIsOver,
    change_workshop,
    delete_workshop,
    fixed_in,
    keeps_workshop,
    prepare_workshop,
)
from assessments.workshops.views.room import is_script
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import matrix_of_version
from maturity.workspaces.access import actor_of
from maturity.workspaces.roles import Action


@require_safe
def workshops(request: HttpRequest, public_id: str) -> HttpResponse:
    """List the workshops of an assessment."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    found = workshops_of(assessment, now=timezone.now())
    context = {
        "assessment": assessment,
        "part": "workshops",
        "workshops": [each for each in found if not each.is_rehearsal],
        "rehearsals": [each for each in found if each.is_rehearsal],
        "matrix": matrix_of_version(assessment.model_version_id),
    }
    return render(request, "workshops/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask how a workshop is to be, show the agenda that makes, and prepare it."""
    assessment = access_assessment(request, public_id, Action.RUN_ASSESSMENT)
    if assessment.is_closed:
        return _closed(request, assessment)
    matrix = matrix_of_version(assessment.model_version_id)
    known = known_of(assessment)
    form = NewWorkshopForm(
        request.POST if request.method == "POST" else None,
        matrix=matrix,
        next_gates={key: each.next_gate for key, each in known.items()},
        groups=assessment.groups,
    )
    urgent = urgent_first(known)
    if request.method != "POST":
        agenda = _default_agenda(form, matrix, urgent)
        return _new_page(request, assessment, form, known=known, agenda=agenda)
    if not form.is_valid():
        return _new_page(request, assessment, form, known=known, agenda=None, status=422)
    agenda = suggest_agenda(
        form.cleaned_data["minutes"],
        form.chosen,
        with_targets=form.cleaned_data["with_targets"],
        with_importance=form.cleaned_data["with_importance"],
        with_steps=form.cleaned_data["with_steps"],
        detail=form.detail,
        round_minutes=form.cleaned_data["round_minutes"],
        urgent=urgent,
    )
    if request.POST.get("do") == "preview":
        return _new_page(request, assessment, form, known=known, agenda=agenda)
    if not agenda.rounds:
        form.add_error("minutes", "Nothing fits into this time. Please give it some more minutes.")
        return _new_page(request, assessment, form, known=known, agenda=agenda, status=422)
    try:
        workshop = prepare_workshop(
            assessment,
            setup=form.setup,
            rounds=agenda.rounds,
            user=request.user if request.user.is_authenticated else None,
            now=timezone.now(),
            by=actor_of(request),
        )
    except AssessmentClosed:
        return _closed(request, assessment)
    messages.success(request, "The workshop is prepared.")
    return HttpResponseRedirect(reverse("workshops:facilitator", args=[workshop.public_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how a workshop is set up, or change it."""
    workshop = access_workshop(request, public_id)
    fixed = fixed_in(workshop)
    form = WorkshopForm(
        request.POST if request.method == "POST" else None, workshop=workshop, fixed=fixed
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_workshop(workshop, setup=form.setup, now=timezone.now(), by=actor_of(request))
        except SetupFixed as refusal:
            words = ", ".join(FIXED_WORDS[name] for name in refusal.fields)
            form.add_error(None, f"People have joined meanwhile, so this stays as it is: {words}.")
        except WorkshopIsOver:
            form.add_error(None, "The workshop has ended, so nothing of it changes.")
        except WorkshopGone:
            raise Http404 from None
        else:
            messages.success(request, "Saved.")
            return HttpResponseRedirect(reverse("workshops:facilitator", args=[public_id]))
    context = {
        "assessment": workshop.assessment,
        "part": "workshops",
        "workshop": workshop,
        "form": form,
        "fixed": [FIXED_WORDS[name] for name in fixed],
        "is_over": workshop.is_over(now=timezone.now()),
    }
    status = 422 if form.is_bound else 200
    return render(request, "workshops/setup.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask once more, then delete a workshop."""
    workshop = access_workshop(request, public_id)
    assessment = workshop.assessment
    is_live = workshop.is_live(now=timezone.now()) and not workshop.is_rehearsal
    is_kept = keeps_workshop(workshop)
    if request.method == "POST" and not is_live and not is_kept:
        try:
            delete_workshop(workshop, now=timezone.now(), by=actor_of(request))
        except (StillLive, KeptByResult) as refusal:
            is_live, is_kept = isinstance(refusal, StillLive), isinstance(refusal, KeptByResult)
        except WorkshopGone:
            raise Http404 from None
        else:
            messages.success(request, "The workshop is deleted.")
            place = reverse("workshops:list", args=[assessment.public_id])
            return HttpResponseRedirect(place)
    context = {
        "assessment": assessment,
        "part": "workshops",
        "workshop": workshop,
        "is_live": is_live,
        "is_kept": is_kept,
    }
    status = 409 if is_live or is_kept else 200
    return render(request, "workshops/delete.html", context, status=status)


def _default_agenda(form: NewWorkshopForm, matrix: Matrix, urgent: list[str]) -> Agenda:
    return suggest_agenda(
        form.fields["minutes"].initial,
        [(row.key, row.name) for row in matrix.dimensions],
        with_targets=False,
        with_importance=False,
        with_steps=True,
        detail={},
        round_minutes=None,
        urgent=urgent,
    )


def _new_page(
    request: HttpRequest,
    assessment: Assessment,
    form: NewWorkshopForm,
    *,
    known: Mapping[str, Known],
    agenda: Agenda | None,
    status: int = 200,
) -> HttpResponse:
    matrix = matrix_of_version(assessment.model_version_id)
    context = {
        "assessment": assessment,
        "part": "workshops",
        "form": form,
        "rows": [
            (row, is_in, how, known[row.key].remark if row.key in known else "")
            for row, is_in, how in form.rows
        ],
        "agenda": agenda,
        "planned": _planned(matrix, agenda) if agenda else [],
    }
    if is_script(request):
        return render(request, "workshops/_suggestion.html", context, status=status)
    return render(request, "workshops/new.html", context, status=status)


def _planned(matrix: Matrix, agenda: Agenda) -> list[dict[str, object]]:
    """Return the rounds of a suggestion as the page lists them."""
    return [
        {
            "kind": KIND_TEXT[each.kind],
            "name": matrix.dimension_by_key[each.dimension].name if each.dimension else "",
            "gate": matrix.stage_by_number[each.gate_to] if each.gate_to is not None else None,
            "minutes": each.minutes,
        }
        for each in agenda.rounds
    ]


def _closed(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    messages.error(
        request, "The assessment is closed, so no workshop is prepared. Reopen it to run one."
    )
    return HttpResponseRedirect(reverse("workshops:list", args=[assessment.public_id]))
