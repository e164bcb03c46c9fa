"""Not built yet."""

from django.http import Http404, HttpRequest, HttpResponse


def change(request: HttpRequest, **kwargs: object) -> HttpResponse:
    raise Http404
