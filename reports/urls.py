"""Addresses of the result, of what if, of pictures, of the report, of the kit, of sending."""

from reports.comparing import urls as comparing
from reports.importing import urls as importing
from reports.jobs import urls as jobs
from reports.kit import urls as kit
from reports.overview import urls as overview
from reports.result import urls as result
from reports.sharing import urls as sharing
from reports.workshop_results import urls as workshop_results

app_name = "reports"

urlpatterns = [
    *kit.urlpatterns,
    *overview.urlpatterns,
    *result.urlpatterns,
    *comparing.urlpatterns,
    *importing.urlpatterns,
    *jobs.urlpatterns,
    *sharing.urlpatterns,
    *workshop_results.urlpatterns,
]
