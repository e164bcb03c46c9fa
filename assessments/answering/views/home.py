"""The home page, the start of an assessment, and opening a link."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import answers_by_role, grant, granted_links, where_held
from assessments.answering.queries.openable import Openable, openable_by
from assessments.answering.views.pages import MODES, remember_mode
from assessments.core.services.links import LinkNotValid, open_link
from assessments.lifecycle.forms.start import StartForm
from assessments.lifecycle.services.starting import start_assessment
from assessments.scoring.asked import asked_of
from maturity.catalogue.matrix import Matrix
from maturity.catalogue.models import MaturityModel
from maturity.catalogue.queries import BUILT_IN_MODEL, matrix_of_version, newest_versions
from maturity.web.http.client_address import client_address
from maturity.web.rate_limits import DAY_S, HOUR_S, Limit, LimitReached, count, network_of

# Of one network address, which a whole office may share.
STARTS = (Limit("starts", 20, HOUR_S), Limit("starts", 60, DAY_S))


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what Waymark is, and the assessments this browser can open."""
    links = {pk: url_id for url_id, pk in granted_links(request).items()}
    version = _model_to_try()
    assessments = [_own(each) for each in openable_by(links, now=timezone.now())] if links else []
    context = {
        "matrix": matrix_of_version(version.pk) if version else None,
        "assessments": assessments,
    }
    return render(request, "answering/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask for a name and a way to answer; start the assessment and go to its first question."""
    version = _model_to_try()
    matrix = matrix_of_version(version.pk) if version else None
    form = StartForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and version and matrix and form.is_valid():
        try:
            count(STARTS, network_of(client_address(request)), now=timezone.now())
        except LimitReached as reached:
            return reached.on(_start_page(request, form, matrix, wait=reached.wait, status=429))
        link = start_assessment(
            organisation_name=form.cleaned_data["organisation"],
            model_version_id=version.pk,
            date=timezone.localdate(),
            now=timezone.now(),
        )
        grant(request, link)
        assessment, mode = link.respondent.assessment, form.cleaned_data["mode"]
        first = matrix.dimensions[0].key
        place = reverse(f"assessments:{mode}", args=[assessment.public_id, first])
        response = HttpResponseRedirect(place)
        remember_mode(request, response, assessment, mode)
        return response
    status = 422 if request.method == "POST" else 200
    return _start_page(request, form, matrix, status=status)


@require_safe
def open_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let this browser in, and leave the token out of the address bar."""
    try:
        link = open_link(token, now=timezone.now())
    except LinkNotValid as refusal:
        return _not_valid(request, refusal)
    assessment = link.respondent.assessment
    if assessment.organisation.archived_at is None and answers_by_role(request, assessment):
        # They need no link, and with it would be another respondent beside themselves.
        return HttpResponseRedirect(reverse("assessments:begin", args=[assessment.public_id]))
    return HttpResponseRedirect(reverse("assessments:resume", args=[grant(request, link)]))


def _not_valid(request: HttpRequest, refusal: LinkNotValid) -> HttpResponse:
    """Lead on who has come in already; tell the others, as far as they may know, why not."""
    if refusal.link is not None and (url_id := where_held(request, refusal.link.respondent)):
        return HttpResponseRedirect(reverse("assessments:resume", args=[url_id]))
    context = {"has_begun": refusal.is_replaced_by_beginning}
    return render(request, "answering/link_not_valid.html", context, status=404)


def _start_page(
    request: HttpRequest,
    form: StartForm,
    matrix: Matrix | None,
    *,
    wait: str = "",
    status: int,
) -> HttpResponse:
    context = {"form": form, "matrix": matrix, "modes": MODES, "wait": wait}
    return render(request, "lifecycle/start.html", context, status=status)


def _model_to_try() -> MaturityModel | None:
    """Return the newest version of the built-in model; of the newest model, where that is missing.

    So another model that somebody publishes does not take over what visitors try.
    """
    versions = newest_versions()
    return max(
        versions,
        key=lambda each: (each.key == BUILT_IN_MODEL, each.published_at, each.pk),
        default=None,
    )


def _own(each: Openable) -> dict[str, object]:
    matrix: Matrix = matrix_of_version(each.model_version_id)
    asked = asked_of(matrix, each.asked, each.asked_up_to)
    said = []
    if each.picked:
        said.append(f"{each.picked} of {len(matrix.dimensions)} dimensions chosen")
    if each.rated:
        said.append(f"{each.rated} of {len(asked.ratings)} statements answered")
    return {
        "url": reverse("assessments:resume", args=[each.url_id]),
        "result_url": reverse("reports:result", args=[each.url_id]) if each.is_held else "",
        "organisation": each.organisation,
        "date": each.date,
        "progress": ", ".join(said) or "nothing answered yet",
    }
