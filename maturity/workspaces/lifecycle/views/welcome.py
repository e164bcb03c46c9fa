"""What somebody comes for: their own team, or clients."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maturity.web.rate_limits import DAY_S, Limit, LimitReached, count
from maturity.workspaces.access import actor_of, places_of, signed_in_user
from maturity.workspaces.lifecycle.forms import WelcomeForm
from maturity.workspaces.lifecycle.services import create_workspace

# Of one account.
WORKSPACES = (Limit("workspaces", 10, DAY_S),)


@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask, and make the workspace; also for who has a place already and wants another."""
    user = signed_in_user(request)
    form = WelcomeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        now = timezone.now()
        try:
            count(WORKSPACES, f"user:{user.pk}", now=now)
        except LimitReached as reached:
            form.add_error(
                None,
                "You have made many workspaces today, so this one has to wait."
                f" Please try again in {reached.wait}; what you typed is still here.",
            )
            return reached.on(_page(request, form, status=429))
        name = form.cleaned_data["name"]
        create_workspace(
            user=user,
            kind=form.cleaned_data["kind"],
            name=name,
            now=now,
            by=actor_of(request),
        )
        messages.success(request, f"{name} is ready.")
        return HttpResponseRedirect(reverse("reports:my"))
    return _page(request, form, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, form: WelcomeForm, *, status: int) -> HttpResponse:
    context = {"form": form, "kinds": form.KINDS, "has_places": bool(places_of(request))}
    return render(request, "workspaces/welcome.html", context, status=status)
