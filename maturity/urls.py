"""The only place that sees every app: which addresses belong to whom."""

from django.urls import include, path

from assessments.answering import api as answers
from assessments.core import api as placement
from assessments.lifecycle import api as assessments
from assessments.roadmap import api as roadmap
from maturity.catalogue import api as models
from maturity.web.api.body import StrictParser
from maturity.web.api.building import ADDRESS, new_api, patterns_of
from maturity.web.api.described import described
from maturity.workspaces.organisations import api as organisations
from maturity.workspaces.tokens import api as tokens
from reports.jobs import api as reports

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
    path("account/", include("maturity.workspaces.accounts.sign_in_urls")),
    path("", include("maturity.workspaces.urls")),
    path("model/", include("maturity.catalogue.urls")),
    path("", include("assessments.urls")),
    path("", include("assessments.workshops.urls")),
    path("", include("reports.urls")),
    *described(api),
    path(ADDRESS, include((patterns_of(api), "api"))),
]

handler400 = "maturity.web.http.errors.bad_request"
handler403 = "maturity.web.http.errors.permission_denied"
handler404 = "maturity.web.http.errors.page_not_found"
handler500 = "maturity.web.http.errors.server_error"
# Django does not know this one; allauth asks for it by name.
handler429 = "maturity.workspaces.accounts.views.too_many_requests"
