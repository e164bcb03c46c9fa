"""What holds for every step, once those there already are marked (0003)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0003_roadmap"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status__in", ["planned", "doing"]),
                    models.Q(("descriptor_id", ""), _negated=True),
                ),
                fields=("organisation", "descriptor_id"),
                name="one_open_step_a_descriptor",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at__isnull", False), ("status", "done")),
                    models.Q(
                        models.Q(("status", "done"), _negated=True), ("done_at__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="a_done_step_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start__isnull", True),
                    ("due__isnull", True),
                    ("start__lte", models.F("due")),
                    _connector="OR",
                ),
                name="a_step_starts_before_it_is_due",
            ),
        ),
    ]
