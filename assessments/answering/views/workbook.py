"""Answering offline: the questions as a workbook to download, and the filled-in one taken in."""

from types import ModuleType

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from assessments.access import access_respondent
from assessments.answering.forms.workbook import WorkbookForm
from assessments.core.services.locking import AssessmentGone, NotAsked
from assessments.models import Respondent

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def workbook(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how to answer offline, or take a filled-in workbook."""
    respondent = access_respondent(request, public_id)
    is_sent = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if is_sent else WorkbookForm()
    if request.method != "POST" or not form.is_valid():
        return _page(request, respondent, form)
    service = _service()
    try:
        taken = service.take_workbook(respondent, form.cleaned_data["file"], now=timezone.now())
    except service.WrongWorkbook as problem:
        form.add_error("file", str(problem))
        return _page(request, respondent, form)
    except (AssessmentGone, NotAsked):
        messages.warning(
            request, "Answers are not taken any more, or not these. Nothing was changed."
        )
        return HttpResponseRedirect(request.path)
    if taken.problems:
        return _page(request, respondent, form, problems=taken.problems)
    messages.success(request, _told(taken.answers, taken.notes))
    return HttpResponseRedirect(
        reverse("assessments:workbook", args=[respondent.assessment.url_id])
    )


@require_safe
def workbook_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand over the workbook with what is asked, and what was answered so far."""
    respondent = access_respondent(request, public_id)
    content = _service().answers_workbook(respondent)
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, "waymark-answers.xlsx")
    response["Cache-Control"] = "private, no-store"
    return response


def _page(
    request: HttpRequest,
    respondent: Respondent,
    form: WorkbookForm,
    *,
    problems: list[str] | None = None,
) -> HttpResponse:
    assessment = respondent.assessment
    context = {
        "assessment": assessment,
        "respondent": respondent,
        "part": "answer",
        "form": form,
        "problems": problems or [],
        "back": reverse("assessments:resume", args=[assessment.url_id]) + "?answers",
    }
    is_wrong = request.method == "POST"
    return render(request, "answering/workbook.html", context, status=422 if is_wrong else 200)


def _told(answers: int, notes: int) -> str:
    if not answers and not notes:
        return "The workbook says nothing new, so nothing was changed."
    parts = [f"{answers} answer{'s' * (answers != 1)}"] if answers else []
    parts += [f"{notes} note{'s' * (notes != 1)}"] if notes else []
    return f"Taken from the workbook: {' and '.join(parts)}."


def _service() -> ModuleType:
    # Heavy libraries, for the few who answer offline.
    from assessments.answering.services import workbook as answers_workbook

    return answers_workbook
