"""Addresses: the result page, what if, and its pictures as files."""

from django.urls import path

from reports.result.views import charts, result

_ONE = "assessments/<str:public_id>/"
_OF = "organisations/<str:public_id>/"

urlpatterns = [
    path(f"{_ONE}result/", result.result, name="result"),
    path(f"{_ONE}results/<int:number>/", result.frozen, name="frozen"),
    path(f"{_ONE}what-if/", result.what_if, name="what-if"),
    path(f"{_ONE}result/radar.<slug:ending>", charts.result_chart, name="result-chart"),
    path(
        f"{_ONE}results/<int:number>/radar.<slug:ending>", charts.frozen_chart, name="frozen-chart"
    ),
    path(f"{_ONE}what-if/radar.<slug:ending>", charts.what_if_chart, name="what-if-chart"),
    path(f"{_OF}compare/radar.<slug:ending>", charts.comparison_chart, name="comparison-chart"),
    path(f"{_OF}history/trend.<slug:ending>", charts.trend_chart, name="trend-chart"),
    path(f"{_OF}timeline/timeline.<slug:ending>", charts.timeline_chart, name="timeline-chart"),
]
