"""Addresses of the result, of what if, of the report, of the paper kit, and of sending."""

from django.urls import path

from reports.views import (
    compare,
    importing,
    kit,
    my,
    organisation,
    report,
    result,
    share,
    shared,
    timeline,
    workshop,
)

app_name = "reports"
_ONE = "assessments/<str:public_id>/"

urlpatterns = [
    path("kit/<slug:key>/", kit.kit, name="kit"),
    path("kit/<slug:key>.pdf", kit.kit_pdf, name="kit-pdf"),
    path("my/", my.my, name="my"),
    path("organisations/<str:public_id>/", organisation.organisation, name="organisation"),
    path(f"{_ONE}result/", result.result, name="result"),
    path(f"{_ONE}results/<int:number>/", result.frozen, name="frozen"),
    path("organisations/<str:public_id>/compare/", compare.compare, name="compare"),
    path(
        "organisations/<str:public_id>/compare/report/",
        compare.compare_report,
        name="compare-report",
    ),
    path("organisations/<str:public_id>/bring-in/", importing.bring_in, name="bring-in"),
    path("organisations/<str:public_id>/history/", compare.trend, name="trend"),
    path("organisations/<str:public_id>/timeline/", timeline.timeline, name="timeline"),
    path(f"{_ONE}what-if/", result.what_if, name="what-if"),
    path(f"{_ONE}report/", report.report, name="report"),
    path(f"{_ONE}report/check/", report.check, name="check"),
    path(f"{_ONE}report/<int:report_id>/download/", report.download, name="download"),
    path(f"{_ONE}share/", share.shares, name="shares"),
    path(f"{_ONE}share/<int:share_id>/revoke/", share.revoke, name="share-revoke"),
    path("shared/<str:token>/", shared.shared, name="shared"),
    path("shared/<str:token>/summary.pdf", shared.shared_summary, name="shared-summary"),
    path("workshops/<str:public_id>/after/send/", workshop.send_result, name="send-result"),
]
