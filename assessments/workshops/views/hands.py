"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def hands(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
