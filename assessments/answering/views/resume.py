"""Where an assessment goes on: the next open question, in the way it was answered last."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from assessments.access import access_respondent
from assessments.answering.views.pages import MODE_COOKIE, end_of, is_open, mode_url
from assessments.core.queries.answers import picks_of, ratings_of
from assessments.core.views.lookups import asked_in, matrix_for
from assessments.scoring.asked import QuestionSet
from assessments.scoring.guided import guide
from assessments.scoring.sheets import Answer
from maturity.catalogue.matrix import Matrix


@require_safe
def resume(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go to the next open question; when none is open, to the result or the end.

    With `?answers` it never leaves the questions: who asks for them then gets the first row. With
    `?begun` the question's page shows the link that opens these answers.
    """
    respondent = access_respondent(request, public_id)
    assessment = respondent.assessment
    matrix = matrix_for(assessment)
    asked = asked_in(assessment)
    mode = request.COOKIES.get(MODE_COOKIE, "")
    ratings = ratings_of(respondent)
    if mode not in asked.ways:
        mode = "guided" if asked.is_free and ratings.values else asked.ways[0]
    if mode == "quick":
        picks = picks_of(respondent).values
        open_row = next((r for r in matrix.dimensions if is_open(picks, r.key)), None)
        place = mode_url(assessment, mode, open_row.key) if open_row else ""
    else:
        key = _next_open(matrix, mode, ratings.values, asked)
        place = ""
        if key:
            place = mode_url(assessment, mode, matrix.descriptors[key].dimension) + f"#q-{key}"
    if not place and "answers" in request.GET:
        place = mode_url(assessment, mode, matrix.dimensions[0].key)
    if place and "begun" in request.GET:
        page, sign, at = place.partition("#")
        place = f"{page}?begun{sign}{at}"
    return HttpResponseRedirect(place or end_of(request, assessment, asked).url)


def _next_open(
    matrix: Matrix, mode: str, values: Mapping[str, Answer], asked: QuestionSet
) -> str | None:
    if mode == "everything":
        wanted = (key for key in matrix.descriptors if key in asked.ratings)
        return next((key for key in wanted if is_open(values, key)), None)
    guidances = (guide(matrix, row.key, values) for row in matrix.dimensions)
    return next((each.next_open for each in guidances if each.next_open), None)


@require_safe
def question(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go to the page of one statement or dimension: `?descriptor=` or `?dimension=`."""
    assessment = access_respondent(request, public_id).assessment
    matrix, asked = matrix_for(assessment), asked_in(assessment)
    descriptor = matrix.descriptors.get(request.GET.get("descriptor", ""))
    if descriptor and descriptor.id in asked.ratings:
        place = mode_url(assessment, "everything", descriptor.dimension)
        return HttpResponseRedirect(f"{place}#q-{descriptor.id}")
    row = matrix.dimension_by_key.get(request.GET.get("dimension", ""))
    if row is None or row.key not in asked.picks:
        raise Http404
    return HttpResponseRedirect(mode_url(assessment, "quick", row.key))
