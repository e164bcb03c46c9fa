"""Addresses of the result, of what if, of pictures, of the report, of the kit, of sending."""

from django.urls import path

from reports.views import (
    chart,
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
_OF = "organisations/<str:public_id>/"

urlpatterns = [
    path("kit/<slug:key>/", kit.kit, name="kit"),
    path("kit/<slug:key>.pdf", kit.kit_pdf, name="kit-pdf"),
    path("my/", my.my, name="my"),
    path(_OF, organisation.organisation, name="organisation"),
    path(f"{_ONE}result/", result.result, name="result"),
    path(f"{_ONE}results/<int:number>/", result.frozen, name="frozen"),
    path(f"{_OF}compare/", compare.compare, name="compare"),
    path(f"{_OF}compare/report/", compare.compare_report, name="compare-report"),
    path(f"{_OF}bring-in/", importing.bring_in, name="bring-in"),
    path(f"{_OF}history/", compare.trend, name="trend"),
    path(f"{_OF}timeline/", timeline.timeline, name="timeline"),
    path(f"{_ONE}what-if/", result.what_if, name="what-if"),
    path(f"{_ONE}result/radar.<slug:ending>", chart.result_chart, name="result-chart"),
    path(
        f"{_ONE}results/<int:number>/radar.<slug:ending>", chart.frozen_chart, name="frozen-chart"
    ),
    path(f"{_ONE}what-if/radar.<slug:ending>", chart.what_if_chart, name="what-if-chart"),
    path(f"{_OF}compare/radar.<slug:ending>", chart.comparison_chart, name="comparison-chart"),
    path(f"{_OF}history/trend.<slug:ending>", chart.trend_chart, name="trend-chart"),
    path(f"{_OF}timeline/timeline.<slug:ending>", chart.timeline_chart, name="timeline-chart"),
    path(f"{_ONE}report/", report.report, name="report"),
    path(f"{_ONE}report/check/", report.check, name="check"),
    path(f"{_ONE}report/<int:report_id>/download/", report.download, name="download"),
    path(f"{_ONE}share/", share.shares, name="shares"),
    path(f"{_ONE}share/<int:share_id>/revoke/", share.revoke, name="share-revoke"),
    path("shared/<str:token>/", shared.shared, name="shared"),
    path("shared/<str:token>/summary.pdf", shared.shared_summary, name="shared-summary"),
    path("workshops/<str:public_id>/after/send/", workshop.send_result, name="send-result"),
]
