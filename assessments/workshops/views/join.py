"""Coming in: by the code on the wall, typed, or by its picture, scanned."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from assessments.workshops.access import is_known_phone, remember_phone
from assessments.workshops.forms.joining import CodeForm, JoinForm
from assessments.workshops.models import Workshop
from assessments.workshops.rules.codes import cleaned_code
from assessments.workshops.services.joining import (
    CodeNotValid,
    RoomFull,
    RoomLocked,
    workshop_by_code,
    workshop_by_token,
)
from assessments.workshops.services.joining import join as join_room
from maturity.web.http.client_address import client_address
from maturity.web.rate_limits import LimitReached

_NO_SUCH = (
    "No workshop that is on now has this code. Please compare it with the wall: six characters,"
    " letters and digits."
)
_NO_CODE = (
    "This cannot be the code. It has six characters: letters without vowels, and the digits 3, 4,"
    " 6, 7 and 9."
)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and go to the door it belongs to."""
    if request.method != "POST":
        return _code_page(request, CodeForm())
    form = CodeForm(request.POST)
    if form.is_valid():
        code = cleaned_code(form.cleaned_data["code"])
        if code is None:
            form.add_error("code", _NO_CODE)
        else:
            try:
                workshop_by_code(code, address=client_address(request), now=timezone.now())
            except CodeNotValid:
                form.add_error("code", _NO_SUCH)
            except LimitReached as reached:
                return _wait(request, reached)
            else:
                return HttpResponseRedirect(reverse("workshops:join-code", args=[code]))
    return _code_page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """Open the door that a code belongs to."""
    try:
        workshop = workshop_by_code(code, address=client_address(request), now=timezone.now())
    except CodeNotValid:
        return _no_door(request)
    except LimitReached as reached:
        return _wait(request, reached)
    return _door(request, workshop)


@require_http_methods(["GET", "HEAD", "POST"])
def by_scan(request: HttpRequest, token: str) -> HttpResponse:
    """Open the door that a scanned token belongs to; it is on the wall for everybody to scan."""
    try:
        workshop = workshop_by_token(token, now=timezone.now())
    except CodeNotValid:
        return _no_door(request)
    return _door(request, workshop)


def _door(request: HttpRequest, workshop: Workshop) -> HttpResponse:
    """Show what joining means and ask for a name; on POST let them in."""
    room = reverse("workshops:room", args=[workshop.public_id])
    if is_known_phone(request, workshop):
        return HttpResponseRedirect(room)
    form = JoinForm(request.POST if request.method == "POST" else None, groups=workshop.groups)
    if request.method == "POST" and form.is_valid():
        try:
            _, token = join_room(
                workshop,
                name=form.cleaned_data["name"],
                groups=form.chosen,
                now=timezone.now(),
            )
        except CodeNotValid:
            return _no_door(request)
        except RoomLocked:
            return _door_page(request, workshop, form, refusal="locked", status=409)
        except RoomFull:
            return _door_page(request, workshop, form, refusal="full", status=409)
        response = HttpResponseRedirect(room)
        remember_phone(response, workshop, token)
        return response
    refusal = "locked" if workshop.is_locked else ""
    status = 422 if request.method == "POST" else 200
    return _door_page(request, workshop, form, refusal=refusal, status=status)


def _door_page(
    request: HttpRequest, workshop: Workshop, form: JoinForm, *, refusal: str, status: int
) -> HttpResponse:
    context = {"workshop": workshop, "form": form, "refusal": refusal}
    return render(request, "workshops/door.html", context, status=status)


def _no_door(request: HttpRequest) -> HttpResponse:
    return render(request, "workshops/no_door.html", status=404)


def _code_page(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    return render(request, "workshops/join.html", {"form": form}, status=status)


def _wait(request: HttpRequest, reached: LimitReached) -> HttpResponse:
    context = {"form": CodeForm(), "wait": reached.wait}
    return reached.on(render(request, "workshops/join.html", context, status=429))
