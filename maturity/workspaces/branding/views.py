"""How a workspace's reports look: logo, colours, a line at the foot, and what that comes to."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maturity.workspaces.access import access_workspace, actor_of
from maturity.workspaces.branding.colours import WHITE, Branding, contrast, ratio_text
from maturity.workspaces.branding.forms import BrandingForm, LogoForm
from maturity.workspaces.branding.queries import branding_of
from maturity.workspaces.branding.services import (
    change_branding,
    remove_logo,
    reset_branding,
    set_logo,
)
from maturity.workspaces.models import Workspace
from maturity.workspaces.roles import Action

_FROM_NOW_ON = "Reports made from now on have it; those made before stay as they are."


@require_http_methods(["GET", "HEAD", "POST"])
def branding(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the look, or save colours and footer."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    found = branding_of(workspace) or Branding()
    form = BrandingForm(request.POST if request.method == "POST" else None, branding=found)
    if not form.is_valid():
        return _page(request, workspace, found, form=form)
    is_new = change_branding(
        workspace, **form.cleaned_data, now=timezone.now(), by=actor_of(request)
    )
    return _back(request, workspace, f"Saved. {_FROM_NOW_ON}" if is_new else "Nothing was changed.")


@require_http_methods(["GET", "HEAD", "POST"])
def logo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Hand over the logo as it is printed, or take another one."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    found = branding_of(workspace) or Branding()
    if request.method != "POST":
        if found.logo is None:
            raise Http404
        response = HttpResponse(found.logo.png, content_type="image/png")
        response["Cache-Control"] = "private, no-store"
        return response
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, workspace, found, logo_form=form)
    picture = form.cleaned_data["logo"]
    set_logo(
        workspace,
        png=picture.png,
        width=picture.width,
        height=picture.height,
        now=timezone.now(),
        by=actor_of(request),
    )
    return _back(request, workspace, f"The logo is set. {_FROM_NOW_ON}")


@require_POST
def without_logo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the logo away."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    if not remove_logo(workspace, now=timezone.now(), by=actor_of(request)):
        return _back(request, workspace, "There was no logo to remove.")
    return _back(request, workspace, "The logo is removed; colours and the line at the foot stay.")


@require_POST
def reset(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take everything away."""
    workspace = access_workspace(request, public_id, Action.MANAGE_WORKSPACE)
    reset_branding(workspace, now=timezone.now(), by=actor_of(request))
    return _back(request, workspace, "Reports made from now on look like Waymark’s own again.")


def _back(request: HttpRequest, workspace: Workspace, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(reverse("workspaces:branding", args=[workspace.public_id]))


def _page(
    request: HttpRequest,
    workspace: Workspace,
    found: Branding,
    *,
    form: BrandingForm | None = None,
    logo_form: LogoForm | None = None,
) -> HttpResponse:
    context = {
        "workspace": workspace,
        "part": "settings",
        "branding": found,
        "form": form or BrandingForm(branding=found),
        "logo_form": logo_form or LogoForm(),
        "contrasts": [
            (name, colour, ratio_text(contrast(colour, WHITE)))
            for name, colour in (("Accent", found.accent), ("Second", found.second))
            if colour
        ],
        "keeps_series": bool(found.accent and not found.now_colour),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "branding/branding.html", context, status=status)
