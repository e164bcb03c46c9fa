"""Reading changes nothing: the whole database is the same after every page was read."""

import pytest
from django.apps import apps
from django.db.models import Model

from assessments.services.links import token_of
from maturity.workspaces.models import AuditEvent
from tests.tenancy.crawl import crawl, starts_of
from tests.tenancy.visitors import Visitor
from tests.tenancy.world import World

# Sessions are written when somebody comes by a link, and the trail says who took a file away;
# nothing else may be.
NOT_COMPARED = {"sessions.Session"}
# Looking at the room is what says that one is still there.
SEEN = {"workshops.Participant": {"seen_at"}}
NOTED = {"report downloaded", "workshop protocol exported"}


def _fields(model: type[Model]) -> list[str]:
    unseen = SEEN.get(model._meta.label, set())
    return [field.attname for field in model._meta.concrete_fields if field.name not in unseen]


def _everything() -> dict[str, list[tuple[object, ...]]]:
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list(*_fields(model)))
        for model in apps.get_models()
        if model._meta.label not in NOT_COMPARED
    }


@pytest.mark.parametrize("name", ["owner", "lead", "contributor", "guest"])
def test_reading_changes_nothing(name: str, world: World, visitors: dict[str, Visitor]) -> None:
    before = _everything()

    read = crawl(visitors[name], starts_of(world, name))

    assert len(read.pages) > 5
    assert [url for url, status in read.statuses.items() if status >= 500] == []
    after = _everything()
    changed = {label for label in before if before[label] != after[label]}
    assert changed <= {AuditEvent._meta.label}
    noted = AuditEvent.objects.all()[len(before[AuditEvent._meta.label]) :]
    assert {event.verb for event in noted} <= NOTED


def test_reading_by_a_link_notes_its_use_and_no_more(
    world: World, visitors: dict[str, Visitor]
) -> None:
    """When a link was last used tells its holder's lead nothing, and lets an unused one expire."""
    before, events = _everything(), AuditEvent.objects.count()
    link = world.a.links["second-open"]

    visitors["anonymous"].send("get", f"/link/{token_of(link)}/")

    after = _everything()
    changed = {label for label in before if before[label] != after[label]}
    assert changed == {"assessments.SecretLink", "workspaces.AuditEvent"}
    assert AuditEvent.objects.count() == events + 1
