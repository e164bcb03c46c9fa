"""Bring an assessment in from a file of data."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maturity.web.rate_limits import DAY_S, Limit, LimitReached, count
from maturity.web.strict_json import Problem
from maturity.workspaces.access import access_organisation, actor_of
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Action
from reports.importing.file import InvalidReport
from reports.importing.forms import ImportForm
from reports.importing.services import take_in

MOST_SHOWN = 100
FILES_OF_ORGANISATION = (Limit("imports-of-organisation", 200, DAY_S),)


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show what can be brought in, or take a file: all of it, or every reason why not."""
    organisation = access_organisation(request, public_id, Action.START_ASSESSMENT)
    is_sent = request.method == "POST"
    form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
    if not is_sent or not form.is_valid():
        return _page(request, organisation, form, status=422 if is_sent else 200)
    now = timezone.now()
    try:
        count(FILES_OF_ORGANISATION, organisation.public_id, now=now)
        taken = take_in(
            organisation,
            form.cleaned_data["file"],
            takes_any_name=form.cleaned_data["any_name"],
            now=now,
            by=actor_of(request),
        )
    except LimitReached as reached:
        form.add_error("file", f"That were many files today. Please go on in {reached.wait}.")
        return reached.on(_page(request, organisation, form, status=429))
    except InvalidReport as error:
        return _page(request, organisation, form, problems=error.problems, status=422)
    messages.success(
        request,
        "This was brought in from the file: every answer, and its figures made anew from them.",
    )
    of = taken.assessment.public_id
    if taken.number:
        return HttpResponseRedirect(reverse("reports:frozen", args=[of, taken.number]))
    return HttpResponseRedirect(reverse("reports:result", args=[of]))


def _page(
    request: HttpRequest,
    organisation: Organisation,
    form: ImportForm,
    *,
    problems: Sequence[Problem] = (),
    status: int,
) -> HttpResponse:
    context = {
        "organisation": organisation,
        "part": "compare",
        "form": form,
        "problems": problems[:MOST_SHOWN],
        "more": len(problems[MOST_SHOWN:]),
    }
    return render(request, "importing/bring_in.html", context, status=status)
