"""The page that says a result may not be shown, why, and when that changes."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from assessments.core.queries.hidden_words import hidden_words
from assessments.core.queries.standing import Standing
from assessments.models import Assessment
from reports.core.services.documents import occasion_of


def hidden_page(
    request: HttpRequest, assessment: Assessment, standing: Standing, *, part: str
) -> HttpResponse:
    """Say calmly that nothing may be shown, why, and when that changes."""
    context = {
        "assessment": assessment,
        "part": part,
        "hidden_words": hidden_words(standing.hidden),
        "occasion": occasion_of(standing),
    }
    return render(request, "result/hidden.html", context)
