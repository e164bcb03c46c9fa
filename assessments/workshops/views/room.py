"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def room(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def poll(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def vote(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def here(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def name(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def address(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404


def leave(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
