"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def workshops(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def new(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def setup(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def delete(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
