"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def rehearse(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def tick(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
