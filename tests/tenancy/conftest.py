"""The world, made once for each module; what a test changes in it is undone after the test."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from maturity.catalogue.models import MaturityModel
from maturity.workspaces.scopes import every_workspace
from tests.parsed import forget_parsed_models
from tests.tenancy.filling import NOW
from tests.tenancy.visitors import Visitor, visitors_of
from tests.tenancy.world import World, build_world


@pytest.fixture(scope="module")
def _whole_world(
    django_db_setup: None, django_db_blocker: Any, journey_text: str
) -> Iterator[tuple[World, dict[str, Visitor]]]:
    forget_parsed_models()
    document = json.loads(journey_text)[0]["fields"]["document"]
    with django_db_blocker.unblock(), transaction.atomic():
        with every_workspace():
            version = MaturityModel.objects.create(
                key=document["key"],
                version=document["version"],
                document=document,
                published_at=NOW,
            )
            world = build_world(version)
            if connection.vendor == "postgresql":
                # Nobody has counted these rows yet, and by guessing an UPDATE of 25 takes seconds.
                # Ours alone: unless told which, it locks the server's own tables until the world is
                # undone, and every other process of this run would wait for them.
                tables = ", ".join(map(connection.ops.quote_name, _tables()))
                with connection.cursor() as cursor:
                    cursor.execute(f"ANALYZE {tables}")
            yield world, visitors_of(world)
        transaction.set_rollback(True)
    forget_parsed_models()


def _tables() -> list[str]:
    return connection.introspection.django_table_names(only_existing=True)


@pytest.fixture
def world(_whole_world: tuple[World, dict[str, Visitor]], db: None) -> World:
    """Return the two tenants."""
    return _whole_world[0]


@pytest.fixture
def visitors(_whole_world: tuple[World, dict[str, Visitor]], db: None) -> dict[str, Visitor]:
    """Return the nine kinds of visitor by name."""
    return _whole_world[1]


@pytest.fixture(autouse=True)
def _unparsed_models() -> None:
    """Keep parsed models: here their rows outlive a test."""
