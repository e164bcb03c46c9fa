"""The days by which steps should be done, for anybody's calendar: as a file, or at an address.

The address is secret and stands for a member: a calendar that looks there is signed in as nobody.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments.access import access_feed, access_roadmap, looks_after
from assessments.models import Step, StepFeed
from assessments.roadmap.forms.calendar_feed import StepFeedForm
from assessments.roadmap.queries.calendar_feeds import feed_of, steps_of_feed
from assessments.roadmap.queries.step_words import decided_words
from assessments.roadmap.queries.steps import by_date, steps_of
from assessments.roadmap.services.calendar_feeds import count_unknown, end_feed, make_feed, note_use
from maturity.web.files.calendar import Day, calendar_bytes
from maturity.web.http.client_address import client_address
from maturity.web.rate_limits import LimitReached
from maturity.web.secrets.one_time import keep_to_show, take_to_show
from maturity.workspaces.access import access_membership, access_of, actor_of, signed_in_user
from maturity.workspaces.models import Workspace

MEDIA_TYPE = "text/calendar; charset=utf-8"
# Ours: often enough for a day, and programs look when they want anyway.
_EVERY_HOURS = 4


@require_safe
def calendar(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand over the open steps of an organisation that have a day."""
    organisation = access_roadmap(request, public_id)
    steps = [step for step in by_date(steps_of(organisation)) if step.is_open]
    for step in steps:
        step.organisation = organisation
    content = calendar_bytes(
        _days(steps, timezone.localdate()), name=f"Roadmap of {organisation.name}"
    )
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, "waymark-roadmap.ics")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Hand a calendar what its member may see now, or say that nothing has changed.

    Costs: 2 queries, and 1 an hour to note that it was used.
    """
    now = timezone.now()
    try:
        found = access_feed(request, token)
    except Http404:
        try:
            count_unknown(client_address(request), now=now)
        except LimitReached as reached:
            context = {"status": 429, "wait": reached.wait}
            return reached.on(render(request, "429.html", context, status=429))
        raise
    note_use(found, now=now)
    days = _days(steps_of_feed(found), now.date(), places=True)
    name = f"Steps at {found.workspace.name}"
    content = calendar_bytes(days, name=name, hours=_EVERY_HOURS)
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response["ETag"] = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    # A program may keep it and has to ask whether it still holds; nothing in between may keep it.
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response


@require_http_methods(["GET", "HEAD", "POST"])
def step_feed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show whether one's calendar has an address in this workspace; make it, or make it anew."""
    workspace = access_membership(request, public_id)
    user = signed_in_user(request)
    form = StepFeedForm(request.POST if request.method == "POST" else None)
    may_choose = looks_after(access_of(request))
    if form.is_bound and (form.is_valid() or not may_choose):
        shows = form.cleaned_data["shows"] if may_choose else StepFeed.Shows.MINE
        _, token = make_feed(
            workspace, user=user, shows=shows, now=timezone.now(), by=actor_of(request)
        )
        keep_to_show(request, token)
        return HttpResponseRedirect(_address(workspace))
    token = take_to_show(request)
    path = reverse("assessments:feed", args=[token]) if token else ""
    found = feed_of(workspace, user)
    context = {
        "workspace": workspace,
        "feed": found,
        "address": request.build_absolute_uri(path) if token else "",
        "form": form,
        "may_choose": may_choose,
        "chosen": form["shows"].value() or (found.shows if found else StepFeed.Shows.MINE),
        "is_only_here": not settings.IS_PUBLIC,
    }
    status = 422 if form.is_bound else 200
    return render(request, "roadmap/step_feed.html", context, status=status)


@require_POST
def end(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the address at once."""
    workspace = access_membership(request, public_id)
    end_feed(workspace, user=signed_in_user(request), now=timezone.now(), by=actor_of(request))
    messages.success(request, "The address is ended. Calendars that look there find nothing.")
    return HttpResponseRedirect(_address(workspace))


def _address(workspace: Workspace) -> str:
    return reverse("assessments:step-feed", args=[workspace.public_id])


def _days(steps: Iterable[Step], today: date, *, places: bool = False) -> Iterator[Day]:
    """Yield the days of steps that have one; `places` says where each is and leads there."""
    for step in steps:
        if step.due is None:
            continue
        organisation = step.organisation
        dimension = decided_words(step, today).dimension
        where = organisation.name if places else ""
        path = reverse("reports:organisation", args=[organisation.public_id])
        yield Day(
            key=f"step-{step.pk}@{organisation.public_id}.waymark",
            day=step.due,
            title=f"Due: {step.words}" + (f" ({where})" if where else ""),
            changed_at=step.changed_at or step.created_at,
            text="\n".join(filter(None, (where, step.owner, dimension, step.notes))),
            url=f"{settings.SITE_URL.rstrip('/')}{path}" if places else "",
        )
