"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def join(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def by_scan(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def by_code(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
