"""Pages to read a model; they are public, like the models themselves."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maturity.catalogue import queries, reading
from maturity.catalogue.matrix import Matrix


@require_safe
def models(request: HttpRequest) -> HttpResponse:
    """List the published models, each in its newest version."""
    matrices = [queries.matrix_of_version(each.pk) for each in queries.newest_versions()]
    return render(request, "catalogue/models.html", {"matrices": matrices})


@require_safe
def model(request: HttpRequest, key: str) -> HttpResponse:
    """Show the whole matrix: cell summaries, or with `?view=statements` every statement."""
    matrix = _newest_matrix(key)
    context = {
        "matrix": matrix,
        "sheet": reading.sheet_of(matrix),
        "with_statements": request.GET.get("view") == "statements",
    }
    return render(request, "catalogue/model.html", context)


@require_safe
def print_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Show the whole matrix as sheets of A3: every statement, or with `?view=summaries` those."""
    matrix = _newest_matrix(key)
    context = {
        "matrix": matrix,
        "sheet": reading.sheet_of(matrix),
        "with_statements": request.GET.get("view") != "summaries",
    }
    return render(request, "catalogue/print.html", context)


@require_safe
def dimension(request: HttpRequest, key: str, dimension: str) -> HttpResponse:
    """Show one dimension, stage by stage, with what it takes to reach each."""
    matrix = _newest_matrix(key)
    try:
        page = reading.dimension_page_of(matrix, dimension)
    except KeyError:
        raise Http404 from None
    context = {
        "matrix": matrix,
        "page": page,
        "threshold_label": reading.threshold_label(matrix),
    }
    return render(request, "catalogue/dimension.html", context)


def _newest_matrix(key: str) -> Matrix:
    try:
        return queries.matrix_of_version(queries.newest_version(key).pk)
    except queries.UnknownModel:
        raise Http404 from None
