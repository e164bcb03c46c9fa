"""An organisation over time: two results side by side, and all of them in a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.results import (
    open_assessments_of,
    results_of_organisation,
    without_superseded,
)
from assessments.core.queries.standing import standing_of
from assessments.models import Assessment, Result
from maturity.web.rate_limits import LimitReached
from maturity.workspaces.access import access_of, access_organisation, actor_of
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Action
from reports.charts.trend import trend as draw_trend
from reports.comparing.results import Moment
from reports.comparing.services import (
    CannotCompare,
    Comparison,
    compare_frozen,
    compare_with_open,
    comparison_document,
)
from reports.core.queries import NOW, history_of, moment_of, name_of_open, names_of, trend_in
from reports.jobs.forms import PaperForm
from reports.jobs.services.papers import ask_for_comparison
from reports.jobs.views import too_many_reports

_OPEN = "now-"


@dataclass(frozen=True, slots=True)
class ComparisonChoice:
    """One thing to compare, and how it is named in the address."""

    value: str
    name: str
    assessment: Assessment
    result: Result | None = None


@require_safe
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show two results side by side: `from` and `to`, else the last two.

    Whoever may see open results can choose an open assessment as it stands, unless it is
    anonymous and still collecting.
    """
    organisation = access_organisation(request, public_id, Action.SEE_HISTORY)
    asked = comparison_asked_for(request, organisation)
    context: dict[str, object] = {
        "organisation": organisation,
        "part": "compare",
        "choices": asked.choices,
        "results": asked.results,
    }
    if asked.pair is not None and asked.found is not None:
        before, now = asked.pair
        context |= {"before": before, "now": now}
        context |= {"comparison": asked.found.html, "trouble": asked.found.trouble}
        context["paper_form"] = PaperForm()
    return render(request, "comparing/compare.html", context)


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """What can be compared, the two that were asked for, and their comparison if there are two."""

    results: Sequence[Result]
    choices: Sequence[ComparisonChoice]
    pair: tuple[ComparisonChoice, ComparisonChoice] | None = None
    found: Comparison | None = None


def comparison_asked_for(request: HttpRequest, organisation: Organisation) -> ComparisonRequest:
    """Return the comparison a request asks for. Raises: Http404, for what is not to choose."""
    results = results_of_organisation(organisation)
    choices = _choices(request, organisation, results)
    pair = _chosen(request.GET, choices)
    if pair is None:
        return ComparisonRequest(results, choices)
    before, now = pair
    if before is now:
        found = Comparison("", "Choose two different results.")
    else:
        found = _compared(results, before, now)
    return ComparisonRequest(results, choices, pair, found)


@require_POST
def compare_report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for the comparison of two results as a PDF; it is kept with the later one's reports."""
    organisation = access_organisation(request, public_id, Action.SEE_HISTORY)
    results = results_of_organisation(organisation)
    chosen = _chosen(request.POST, _choices(request, organisation, results))
    form = PaperForm(request.POST)
    if chosen is None or chosen[0] is chosen[1] or not form.is_valid():
        raise Http404
    before, now = chosen
    page = f"{reverse('reports:compare', args=[public_id])}?from={before.value}&to={now.value}"
    owner, earlier = (each.assessment for each in (now, before))
    moment, by = timezone.now(), actor_of(request)
    try:
        then, today = _sides(before, now)
        document = comparison_document(
            organisation, results, first=_first(results), before=then, now=today
        )
        ask_for_comparison(
            document,
            assessment=owner,
            result=now.result,
            compared=earlier,
            compared_result=before.result,
            paper=form.cleaned_data["paper"],
            now=moment,
            by=by,
        )
    except CannotCompare:
        # The page says why.
        return HttpResponseRedirect(page)
    except LimitReached as reached:
        messages.error(request, too_many_reports(reached))
        return reached.on(HttpResponseRedirect(page))
    place = reverse("reports:report", args=[owner.public_id])
    return HttpResponseRedirect(f"{place}?result={now.result.number}" if now.result else place)


@require_safe
def trend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every result of the organisation, and how the scores have moved over them."""
    organisation = access_organisation(request, public_id, Action.SEE_HISTORY)
    history = history_of(organisation)
    values = trend_in(history)
    context: dict[str, object] = {
        "organisation": organisation,
        "part": "compare",
        "history": list(reversed(history)),
    }
    if values is not None:
        context |= {
            "trend": values,
            "picture": draw_trend(values.overall, name="trend"),
            # Words of the large one would be too small to read on a phone.
            "narrow": draw_trend(replace(values.overall, is_small=True), name="trend-0"),
            "small": [
                {
                    "line": line,
                    "picture": draw_trend(line, name=f"trend-{number}"),
                    "question": f"?line={number}",
                }
                for number, line in enumerate(values.dimensions, 1)
            ],
        }
    return render(request, "comparing/trend.html", context)


def _choices(
    request: HttpRequest, organisation: Organisation, results: Sequence[Result]
) -> list[ComparisonChoice]:
    """Return what can be compared, the oldest first and what is open last."""
    names = names_of(results)
    choices = [
        ComparisonChoice(str(each.pk), names[each.pk], each.assessment, each) for each in results
    ]
    if not access_of(request).may(Action.SEE_OPEN_RESULT):
        return choices
    return choices + [
        ComparisonChoice(f"{_OPEN}{each.public_id}", name_of_open(each), each)
        for each in reversed(open_assessments_of(organisation))
        if not (each.is_anonymous and each.takes_answers)
    ]


def _chosen(
    data: QueryDict, choices: Sequence[ComparisonChoice]
) -> tuple[ComparisonChoice, ComparisonChoice] | None:
    """Return the two that were asked for, the older first; None with too few to choose from.

    Raises: Http404, for one that is not among the choices.
    """
    by_value = {each.value: each for each in choices}
    asked = [data.get(name, "") for name in ("from", "to")]
    if any(value and value not in by_value for value in asked):
        raise Http404
    if len(choices) < 2:
        return None
    standing = without_superseded([each.result for each in choices if each.result])
    kept = [each for each in choices if each.result in standing]
    last_two = kept[-2:] if len(kept) > 1 else choices[-2:]
    found = [
        by_value[value] if value else default
        for value, default in zip(asked, last_two, strict=True)
    ]
    before, now = sorted(found, key=choices.index)
    return before, now


def _compared(
    results: Sequence[Result], before: ComparisonChoice, now: ComparisonChoice
) -> Comparison:
    first = _first(results)
    question = f"?from={before.value}&to={now.value}"
    if first and before.result and now.result:
        return compare_frozen(
            results, first=first, before=before.result, now=now.result, question=question
        )
    try:
        then, today = _sides(before, now)
    except CannotCompare as trouble:
        return Comparison("", str(trouble))
    return compare_with_open(results, first=first, before=then, now=today, question=question)


def _first(results: Sequence[Result]) -> Result | None:
    return next(iter(without_superseded(results)), None)


def _sides(
    before: ComparisonChoice, now: ComparisonChoice
) -> tuple[Result | Moment, Result | Moment]:
    """Return the frozen results chosen, and how open assessments stand. Raises: CannotCompare."""
    is_one_open = before.result is not None or now.result is not None

    def side(choice: ComparisonChoice) -> Result | Moment:
        if choice.result is not None:
            return choice.result
        standing = standing_of(choice.assessment, with_notes=False)
        if standing.is_hidden:
            raise CannotCompare(hidden_words(standing.hidden))
        return moment_of(standing, name=NOW if is_one_open else choice.name)

    return side(before), side(now)
