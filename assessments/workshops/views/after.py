"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def after(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def send(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def protocol_csv(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
