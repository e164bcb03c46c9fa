"""Names the app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """What a model is."""

    name = "maturity.catalogue"
    label = "catalogue"
    verbose_name = "Catalogue"
