"""The published model versions; each document is stored whole and never changes."""

from typing import Any

from django.db import models


class MaturityModelManager(models.Manager["MaturityModel"]):
    def get_by_natural_key(self, key: str, version: str) -> "MaturityModel":
        return self.get(key=key, version=version)


class MaturityModel(models.Model):
    """One version of a model, as the JSON document that `importing` has checked."""

    key = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    document = models.JSONField()
    published_at = models.DateTimeField()

    objects = MaturityModelManager()

    class Meta:
        ordering = ["key", "-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_row_per_model_version")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    def natural_key(self) -> tuple[Any, ...]:
        return (self.key, self.version)
