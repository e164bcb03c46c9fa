"""Add, edit, archive and bring back an organisation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maturity.workspaces.access import access_of, access_organisation, access_workspace, actor_of
from maturity.workspaces.organisations.forms import OrganisationForm
from maturity.workspaces.organisations.services import (
    OneOrganisationOnly,
    add_organisation,
    archive_organisation,
    change_organisation,
    unarchive_organisation,
)
from maturity.workspaces.roles import Action


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the empty form, or add the organisation."""
    workspace = access_workspace(request, public_id, Action.ADD_ORGANISATION)
    if not access_of(request).has_clients:
        return _only_one(request, public_id)
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        organisation = add_organisation(
            workspace, **form.cleaned_data, now=timezone.now(), by=actor_of(request)
        )
        messages.success(request, f"{organisation.name} is added.")
        place = reverse("reports:organisation", args=[organisation.public_id])
        return HttpResponseRedirect(place)
    context = {"workspace": workspace, "part": "portfolio", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/add_organisation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show or save an organisation's particulars."""
    organisation = access_organisation(request, public_id, Action.EDIT_ORGANISATION)
    data = request.POST if request.method == "POST" else None
    form = OrganisationForm(data, organisation=organisation)
    if form.is_bound and form.is_valid():
        change_organisation(
            organisation, **form.cleaned_data, now=timezone.now(), by=actor_of(request)
        )
        messages.success(request, "Saved.")
        return HttpResponseRedirect(request.path)
    context = {"organisation": organisation, "part": "edit", "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "organisations/edit_organisation.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what archiving does, and do it; an archived one can be brought back from here."""
    organisation = access_organisation(request, public_id, Action.ARCHIVE_ORGANISATION)
    if not access_of(request).has_clients:
        raise Http404
    if request.method == "POST":
        try:
            archive_organisation(organisation, now=timezone.now(), by=actor_of(request))
        except OneOrganisationOnly:
            raise Http404 from None
        messages.success(request, f"{organisation.name} is archived.")
        return HttpResponseRedirect(request.path)
    context = {"organisation": organisation, "part": "edit"}
    return render(request, "organisations/archive.html", context)


@require_POST
def unarchive(request: HttpRequest, public_id: str) -> HttpResponse:
    """Bring an archived organisation back."""
    organisation = access_organisation(request, public_id, Action.ARCHIVE_ORGANISATION)
    unarchive_organisation(organisation, now=timezone.now(), by=actor_of(request))
    messages.success(request, f"{organisation.name} is back, with its people.")
    return HttpResponseRedirect(reverse("reports:organisation", args=[public_id]))


def _only_one(request: HttpRequest, public_id: str) -> HttpResponse:
    text = "This workspace is for one team. Its owner can open it to clients in the settings."
    messages.info(request, text)
    return HttpResponseRedirect(reverse("workspaces:people", args=[public_id]))
