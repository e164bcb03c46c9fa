"""What a report is about is kept as ids and no longer as words."""

import datetime as dt

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def to_ids(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    reports = apps.get_model("reports", "Report")._base_manager
    results = apps.get_model("assessments", "Result")._base_manager
    for report in reports.filter(kind="comparison").only("pk", "subject", "compared_id"):
        before = report.subject.partition(" and ")[0].partition(" (")[0]
        rows = results.filter(assessment=report.compared_id).order_by("closed_at", "pk")
        same_day = [pk for pk, day in rows.values_list("pk", "date") if _words(day) == before]
        if same_day:
            reports.filter(pk=report.pk).update(compared_result_id=same_day[-1])


def to_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    reports = apps.get_model("reports", "Report")._base_manager
    rows = reports.filter(kind__in=("comparison", "protocol")).defer("html", "content")
    for report in rows.select_related("workshop", "result", "compared_result"):
        if report.kind == "protocol":
            day = report.workshop.opened_at or report.asked_at
            words = report.workshop.title or f"Workshop of {_words(day.date())}"
        else:
            sides = (report.compared_result, report.result)
            words = " and ".join(_words(side.date) if side else "Now" for side in sides)
        reports.filter(pk=report.pk).update(subject=words)


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0010_delivery_problem_codes"),
        ("reports", "0004_papers_of_their_own"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="compared_result",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="assessments.result",
            ),
        ),
        migrations.RunPython(to_ids, to_words),
        migrations.RemoveField(model_name="report", name="subject"),
    ]
