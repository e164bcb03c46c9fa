"""The yardstick: the simplest signed-in page this stack can serve."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maturity.catalogue.models import MaturityModel


@login_required
def simplest(request: HttpRequest) -> HttpResponse:
    """Serve session, user and one query through the site's own frame, and nothing else."""
    return render(request, "bench_simplest.html", {"models": MaturityModel.objects.count()})
