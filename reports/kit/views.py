"""The paper kit: what is in it, and the PDF. Public, as the models are."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from maturity.catalogue.matrix import Matrix
from maturity.catalogue.queries import UnknownModel, matrix_of_version, newest_version
from maturity.catalogue.reading import sheet_of
from maturity.web.http.client_address import client_address
from maturity.web.rate_limits import HOUR_S, Limit, LimitReached, count, network_of
from reports.kit.forms import KitForm
from reports.kit.services import KitBusy, KitOptions, kit_file_name, kit_html, kits
from reports.kit.sheets import poster_of
from reports.rendering.client import RenderFailed

# Made anew, of one network address; a kit this process has made already costs nothing.
KITS = (Limit("kits", 40, HOUR_S),)
SOON_S = 5
_TOO_LARGE = ("time", "memory", "size")

logger = logging.getLogger(__name__)


@require_safe
def kit(request: HttpRequest, key: str) -> HttpResponse:
    """Explain the kit and ask which papers it is for."""
    return _page(request, _newest_matrix(key), KitForm())


@require_safe
def kit_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """Hand over the PDF; 400 for an option that makes no sense."""
    matrix = _newest_matrix(key)
    form = KitForm(request.GET)
    if not form.is_valid():
        return _page(request, matrix, form, faults=form.faults, status=400)
    options = KitOptions(**form.cleaned_data)
    html = kit_html(matrix, options)
    content = kits.kept(html)
    if content is None:
        try:
            count(KITS, network_of(client_address(request)), now=timezone.now())
            content = kits.made(html)
        except LimitReached as reached:
            fault = f"Many kits were made from your network. Please try again in {reached.wait}."
            return reached.on(_page(request, matrix, form, faults=[fault], status=429))
        except KitBusy:
            fault = "Kits are being made for others at this moment. Please try again in a moment."
            response = _page(request, matrix, form, faults=[fault], status=503)
            response.headers["Retry-After"] = str(SOON_S)
            return response
        except RenderFailed as failure:
            logger.error("Kit of %s %s: %s", matrix.key, matrix.version, failure)
            fault = _failed(is_too_large=failure.kind in _TOO_LARGE)
            return _page(request, matrix, form, faults=[fault], status=503)
    response = HttpResponse(content, content_type="application/pdf")
    name = kit_file_name(matrix, options)
    response["Content-Disposition"] = content_disposition_header(True, name)
    # The newest version of the model may be another one tomorrow.
    response["Cache-Control"] = "no-cache"
    return response


def _failed(*, is_too_large: bool) -> str:
    if is_too_large:
        return "This kit is too large to be made here at once. One part of it at a time may do."
    return "The kit could not be made. If it fails again, tell whoever runs this installation."


def _page(
    request: HttpRequest,
    matrix: Matrix,
    form: KitForm,
    *,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "matrix": matrix,
        "sheet": sheet_of(matrix),
        "poster": poster_of(matrix),
        # A choice that was refused is not shown as chosen.
        "form": form if not form.errors else KitForm(),
        "faults": faults or [],
    }
    return render(request, "kit/kit.html", context, status=status)


def _newest_matrix(key: str) -> Matrix:
    try:
        return matrix_of_version(newest_version(key).pk)
    except UnknownModel:
        raise Http404 from None
