"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def act(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def agree(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
