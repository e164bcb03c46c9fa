"""The whole database as values, to say that something changed nothing in it."""

from django.apps import apps
from django.db.models import Model

# Sessions are written when somebody comes by a link, and the trail says who took a file away;
# nothing else may be.
NOT_COMPARED = {"sessions.Session"}
# Looking at the room is what says that one is still there.
SEEN = {"workshops.Participant": {"seen_at"}}


def _fields(model: type[Model]) -> list[str]:
    unseen = SEEN.get(model._meta.label, set())
    return [field.attname for field in model._meta.concrete_fields if field.name not in unseen]


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table that reading may not touch, by the model's label."""
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list(*_fields(model)))
        for model in apps.get_models()
        if model._meta.label not in NOT_COMPARED
    }
