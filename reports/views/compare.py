"""An organisation over time: two results side by side, and all of them in a row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Result
from assessments.queries import standing_of
from assessments.queries.results import (
    open_assessments_of,
    results_of_organisation,
    without_superseded,
)
from maturity.workspaces.access import access_of, access_organisation
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Action
from reports.comparing_trend import trend_of
from reports.queries.history import NOW, history_of, moment_of, name_of_open, names_of
from reports.services.comparisons import Comparison, compare_frozen, compare_with_open
from reports.services.drawing import trend_picture

_OPEN = "now-"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to compare, and how it is named in the address."""

    value: str
    name: str
    result: Result | None = None
    assessment: Assessment | None = None


@require_safe
def compare(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show two results side by side: `from` and `to`, else the last two.

    Whoever may see open results can choose an open assessment as it stands, unless it is
    anonymous and still collecting.
    """
    organisation = access_organisation(request, public_id, Action.SEE_HISTORY)
    results = results_of_organisation(organisation)
    choices = _choices(request, organisation, results)
    context: dict[str, object] = {
        "organisation": organisation,
        "part": "compare",
        "choices": choices,
        "results": results,
    }
    chosen = _chosen(request, choices)
    if chosen is None:
        return render(request, "reports/compare.html", context)
    before, now = chosen
    context |= {"before": before, "now": now}
    if before is now:
        context["trouble"] = "Choose two different results."
    else:
        found = _compared(results, before, now)
        context |= {"comparison": found.html, "trouble": found.trouble}
    return render(request, "reports/compare.html", context)


@require_safe
def trend(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show every result of the organisation, and how the scores have moved over them."""
    organisation = access_organisation(request, public_id, Action.SEE_HISTORY)
    history = history_of(organisation)
    context: dict[str, object] = {
        "organisation": organisation,
        "part": "compare",
        "history": list(reversed(history)),
    }
    standing = without_superseded([each.result for each in history])
    shown = [
        (each.result.date.isoformat(), each.moment)
        for each in history
        if each.result in standing and not each.hidden
    ]
    if len(shown) > 1:
        values = trend_of(shown)
        context |= {
            "trend": values,
            "picture": trend_picture(values.overall),
            # Words of the large one would be too small to read on a phone.
            "narrow": trend_picture(replace(values.overall, is_small=True), name="trend-0"),
            "small": [
                {"line": line, "picture": trend_picture(line, name=f"trend-{number}")}
                for number, line in enumerate(values.dimensions, 1)
            ],
        }
    return render(request, "reports/trend.html", context)


def _choices(
    request: HttpRequest, organisation: Organisation, results: Sequence[Result]
) -> list[Choice]:
    """Return what can be compared, the oldest first and what is open last."""
    names = names_of(results)
    choices = [Choice(str(each.pk), names[each.pk], result=each) for each in results]
    if not access_of(request).may(Action.SEE_OPEN_RESULT):
        return choices
    return choices + [
        Choice(f"{_OPEN}{each.public_id}", name_of_open(each), assessment=each)
        for each in reversed(open_assessments_of(organisation))
        if not (each.is_anonymous and each.takes_answers)
    ]


def _chosen(request: HttpRequest, choices: Sequence[Choice]) -> tuple[Choice, Choice] | None:
    """Return the two that were asked for, the older first; None with too few to choose from.

    Raises: Http404, for one that is not among the choices.
    """
    by_value = {each.value: each for each in choices}
    asked = [request.GET.get(name, "") for name in ("from", "to")]
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


def _compared(results: Sequence[Result], before: Choice, now: Choice) -> Comparison:
    first = next(iter(without_superseded(results)), None)
    if first and before.result and now.result:
        return compare_frozen(results, first=first, before=before.result, now=now.result)
    opened = [each for each in (before, now) if each.assessment]
    moments = []
    for choice in opened:
        standing = standing_of(choice.assessment)
        if standing.is_hidden:
            return Comparison("", standing.hidden_reason)
        moments.append(moment_of(standing, name=NOW if len(opened) == 1 else choice.name))
    then = before.result or moments[0]
    return compare_with_open(results, first=first, before=then, now=moments[-1])
