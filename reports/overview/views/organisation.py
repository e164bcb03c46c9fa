"""An organisation's own page, one for each role: what is asked, what goes on, or the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from assessments.access import looks_after
from assessments.core.queries.results import without_superseded
from assessments.models import Assessment, Result
from assessments.portfolio.queries.progress import asked_in, assessments_of, progress_of
from assessments.roadmap.queries.owned_steps import owned_steps
from assessments.roadmap.queries.step_words import DescribedStep, decided_words
from assessments.roadmap.queries.steps import Suggestion, by_date, steps_of, suggestions_of
from maturity.catalogue.matrix import ramp_position
from maturity.catalogue.queries import matrix_of_version
from maturity.web.words import day_text
from maturity.workspaces.access import Access, access_of, access_organisation
from maturity.workspaces.models import Organisation
from maturity.workspaces.people.queries.people import people_of_organisation
from maturity.workspaces.roles import Action, Role
from reports.charts.pictures import radar_picture
from reports.charts.trend import trend
from reports.document.composing import radar_since
from reports.jobs.queries import full_report
from reports.overview.queries import brief_of, trend_line
from reports.overview.views.my import ROLE_WORDS
from reports.wording.basics import score_text
from reports.wording.overview import change_sentence

MOST_STEPS = 5
MOST_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Past:
    """One result in the history."""

    day: str
    purpose: str
    score: str
    stage: str
    tone: int
    url: str


@require_safe
def organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the page of the visitor's strongest role."""
    row = access_organisation(request, public_id, Action.SEE_ORGANISATION)
    access = access_of(request)
    if looks_after(access):
        return _lead_page(request, row, access)
    if Role.CONTRIBUTOR in access.roles:
        return _contributor_page(request, row)
    return _viewer_page(request, row)


def _contributor_page(request: HttpRequest, row: Organisation) -> HttpResponse:
    opened, results = assessments_of(row)
    asked = asked_in(opened, request.user.pk or 0)
    context = {
        "organisation": row,
        "part": "overview",
        **_own_steps(request, row),
        "asked": [each for each in asked if each.takes_answers and not each.is_done],
        "finished": [each for each in asked if not each.takes_answers or each.is_done],
        "history": _history(results),
    }
    return render(request, "overview/organisation_contributor.html", context)


def _viewer_page(request: HttpRequest, row: Organisation) -> HttpResponse:
    _, results = assessments_of(row)
    context = {"organisation": row, "part": "overview", **_own_steps(request, row)}
    if results:
        latest = results[-1]
        context |= _latest(row, results)
        context["report"] = full_report(latest)
        context["history"] = _history(results)
    return render(request, "overview/organisation_viewer.html", context)


def _lead_page(request: HttpRequest, row: Organisation, access: Access) -> HttpResponse:
    opened, results = assessments_of(row)
    today = timezone.localdate()
    opened_steps = by_date(each for each in steps_of(row) if each.is_open)
    decided = [decided_words(each, today) for each in opened_steps]
    context: dict[str, object] = {
        "organisation": row,
        "part": "overview",
        "opened": [progress_of(each, user_id=request.user.pk or 0) for each in opened[:1]],
        "further": opened[1:],
        "decided": decided[:MOST_STEPS],
        "decided_count": len(decided),
        "overdue": sum(each.is_overdue for each in decided),
        "suggested": _suggested(row, results, opened, decided),
        "people": [
            (person.name, ROLE_WORDS[person.role]) for person in people_of_organisation(row)
        ],
        "may": access.allowed,
        "steps_url": reverse("assessments:steps", args=[row.public_id]),
    }
    if results:
        context |= _latest(row, results)
    return render(request, "overview/organisation_lead.html", context)


def _own_steps(request: HttpRequest, row: Organisation) -> dict[str, object]:
    """Return the visitor's own open steps here, those due first at the front. Costs: 1 query."""
    today = timezone.localdate()
    owned = owned_steps(request.user.pk or 0).filter(organisation=row)
    steps = [decided_words(each, today) for each in owned]
    return {"own_steps": steps, "overdue": sum(each.is_overdue for each in steps)}


def _latest(row: Organisation, results: Sequence[Result]) -> dict[str, object]:
    """Return the picture and the words of the newest result; `results` are the oldest first.

    Picture and sentence look back to the same earlier result, where there is one to compare with.
    """
    latest = results[-1]
    brief = brief_of(latest, organisation_name=row.name)
    found: dict[str, object] = {
        "latest": latest,
        "day": day_text(latest.date.isoformat()),
        "brief": brief,
    }
    if brief.stage is None:
        return found
    picture = brief.radar
    before = next(iter(without_superseded(results)[-2:-1]), None)
    # Of another model the score means something else, so the two are not compared.
    if before is not None and _model_of(before) == _model_of(latest):
        day = before.date.isoformat()
        change = change_sentence(now=brief.score, before=_exact(before), before_iso=day)
        if change:
            found["change"] = change
            earlier = brief_of(before, organisation_name=row.name).radar
            picture = radar_since(picture, earlier, name=day_text(day))
    found["radar"] = radar_picture(picture)
    if line := trend_line(row, results):
        found["trend"] = trend(line, name="trend")
    return found


def _model_of(result: Result) -> str:
    return matrix_of_version(result.model_version_id).key


def _exact(result: Result) -> Fraction | None:
    return None if result.overall_score is None else Fraction(result.overall_score)


def _score(result: Result) -> str:
    score = _exact(result)
    return "" if score is None else score_text(score)


def _suggested(
    row: Organisation,
    results: Sequence[Result],
    opened: Sequence[Assessment],
    decided: Sequence[DescribedStep],
) -> list[Suggestion]:
    if not results and not opened:
        return []
    found = suggestions_of(row, latest=results[-1] if results else None)
    taken = {each.step.descriptor_id for each in decided}
    return found.first(MOST_SUGGESTED, without=taken) if found else []


def _history(results: Sequence[Result]) -> list[Past]:
    """Return the results, the oldest first."""
    found = []
    for result in results:
        matrix = matrix_of_version(result.model_version_id)
        number = result.overall_stage
        stage = None if number is None else matrix.stage_by_number.get(number)
        found.append(
            Past(
                day=day_text(result.date.isoformat()),
                purpose=result.assessment.purpose,
                score=_score(result),
                stage=f"{stage.number} {stage.name}" if stage else "",
                tone=ramp_position(matrix, stage.number) if stage else 0,
                url=reverse("reports:frozen", args=[result.assessment.public_id, result.number]),
            )
        )
    return found
