"""Addresses of views that are wrong on purpose, beside those of the product."""

from typing import NoReturn

from django.http import HttpRequest, HttpResponse
from django.urls import path

from maturity import urls as product
from maturity.workspaces.access import access_organisation
from maturity.workspaces.models import Organisation
from maturity.workspaces.roles import Action


def forgets(request: HttpRequest) -> HttpResponse:
    """Look rows up without asking who is there."""
    return HttpResponse(str(list(Organisation.objects.all())))


def breaks(request: HttpRequest, public_id: str) -> NoReturn:
    """Fail after the scope was opened."""
    access_organisation(request, public_id, Action.SEE_ORGANISATION)
    raise ZeroDivisionError


def peeks(request: HttpRequest, public_id: str) -> HttpResponse:
    """Look all rows up after the scope was opened."""
    access_organisation(request, public_id, Action.SEE_ORGANISATION)
    names = "\n".join(each.name for each in Organisation.objects.all())
    return HttpResponse(names, content_type="text/plain")


urlpatterns = [
    *product.urlpatterns,
    path("wrong/forgets/", forgets),
    path("wrong/breaks/<str:public_id>/", breaks),
    path("wrong/peeks/<str:public_id>/", peeks),
]
handler404 = product.handler404
