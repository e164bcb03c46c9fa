"""What a view looks up first: the model an assessment uses, what it asks, one dimension."""

from django.http import Http404
from django.urls import reverse

from assessments.models import Assessment
from assessments.scoring.asked import QuestionSet, asked_of
from maturity.catalogue.matrix import Dimension, Matrix
from maturity.catalogue.queries import matrix_of_version
from maturity.web.http.redirects import GoElsewhere


def matrix_for(assessment: Assessment) -> Matrix:
    """Return the model version the assessment stays on."""
    return matrix_of_version(assessment.model_version_id)


def asked_in(assessment: Assessment, mode: str = "") -> QuestionSet:
    """Return what the assessment asks.

    Raises: GoElsewhere, when it cannot be answered in this way: to where it can.
    """
    asked = asked_of(matrix_for(assessment), assessment.asked, assessment.asked_up_to)
    if mode and mode not in asked.ways:
        raise GoElsewhere(reverse("assessments:resume", args=[assessment.url_id]) + "?answers")
    return asked


def dimension_or_404(matrix: Matrix, key: str) -> Dimension:
    """Return a dimension by its key. Raises: Http404."""
    try:
        return matrix.dimension_by_key[key]
    except KeyError:
        raise Http404 from None
