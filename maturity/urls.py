"""The only place that sees every app: which addresses belong to whom."""

from django.urls import include, path

from assessments.api import answers, assessments, placement, roadmap
from maturity.catalogue import api as models
from maturity.web.api.body import StrictParser
from maturity.web.api.building import ADDRESS, new_api, patterns_of
from maturity.web.api.described import described
from maturity.workspaces.api import organisations, tokens
from reports import api as reports

api = new_api(
    parser=StrictParser(),
    routers=[
        each.router
        for each in (
            tokens,
            models,
            organisations,
            assessments,
            answers,
            placement,
            roadmap,
            reports,
        )
    ],
)

urlpatterns = [
    path("", include("maturity.web.urls")),
    path("account/", include("maturity.workspaces.signing_urls")),
    path("", include("maturity.workspaces.urls")),
    path("model/", include("maturity.catalogue.urls")),
    path("", include("assessments.urls")),
    path("", include("assessments.workshops.urls")),
    path("", include("reports.urls")),
    *described(api),
    path(ADDRESS, include((patterns_of(api), "api"))),
]

handler400 = "maturity.web.errors.bad_request"
handler403 = "maturity.web.errors.permission_denied"
handler404 = "maturity.web.errors.page_not_found"
handler500 = "maturity.web.errors.server_error"
# Django does not know this one; allauth asks for it by name.
handler429 = "maturity.workspaces.views.signing.too_many_requests"
