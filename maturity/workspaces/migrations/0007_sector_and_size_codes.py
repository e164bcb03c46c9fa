"""Sector and size of an organisation are kept as codes and no longer as words."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SECTORS = {
    "Agriculture and food": "agriculture",
    "Arts, sport and leisure": "arts",
    "Banking and insurance": "banking",
    "Construction and property": "construction",
    "Education": "education",
    "Energy and water": "energy",
    "Health and social care": "health",
    "Hotels and restaurants": "hospitality",
    "Information and communication": "information",
    "Manufacturing": "manufacturing",
    "Non-profit and membership": "non_profit",
    "Professional services": "professional",
    "Public administration": "public",
    "Retail and wholesale": "retail",
    "Transport and logistics": "transport",
    "Other": "other",
}
SIZES = {
    "1 to 9": "1-9",
    "10 to 49": "10-49",
    "50 to 249": "50-249",
    "250 to 999": "250-999",
    "1,000 to 9,999": "1000-9999",
    "10,000 and more": "10000+",
}


def to_codes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _replace(apps, sector=SECTORS, size=SIZES)


def to_words(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _replace(
        apps,
        sector={code: words for words, code in SECTORS.items()},
        size={code: words for words, code in SIZES.items()},
    )


def _replace(apps: StateApps, **fields: dict[str, str]) -> None:
    rows = apps.get_model("workspaces", "Organisation")._base_manager
    for field, values in fields.items():
        for old, new in values.items():
            rows.filter(**{field: old}).update(**{field: new})


class Migration(migrations.Migration):
    dependencies = [("workspaces", "0006_audit_codes")]

    operations = [
        migrations.RunPython(to_codes, to_words),
        migrations.AlterField(
            model_name="organisation",
            name="sector",
            field=models.CharField(
                blank=True,
                choices=[
                    ("agriculture", "Agriculture and food"),
                    ("arts", "Arts, sport and leisure"),
                    ("banking", "Banking and insurance"),
                    ("construction", "Construction and property"),
                    ("education", "Education"),
                    ("energy", "Energy and water"),
                    ("health", "Health and social care"),
                    ("hospitality", "Hotels and restaurants"),
                    ("information", "Information and communication"),
                    ("manufacturing", "Manufacturing"),
                    ("non_profit", "Non-profit and membership"),
                    ("professional", "Professional services"),
                    ("public", "Public administration"),
                    ("retail", "Retail and wholesale"),
                    ("transport", "Transport and logistics"),
                    ("other", "Other"),
                ],
                max_length=60,
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="size",
            field=models.CharField(
                blank=True,
                choices=[
                    ("1-9", "1 to 9"),
                    ("10-49", "10 to 49"),
                    ("50-249", "50 to 249"),
                    ("250-999", "250 to 999"),
                    ("1000-9999", "1,000 to 9,999"),
                    ("10000+", "10,000 and more"),
                ],
                max_length=40,
            ),
        ),
    ]
