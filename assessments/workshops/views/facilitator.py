"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def facilitator(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def screen(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
