"""The world, made once for the whole package; what a test changes in it is undone after the test.

Nothing in here may commit: until the last test of the package is over its rows are those of a
transaction that is still open, and of one connection.
"""

import json
import logging
import pickle
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.template.base import Template

from maturity.catalogue.models import MaturityModel
from maturity.workspaces.scopes import every_workspace
from tests.databases import count_rows
from tests.parsed import forget_parsed_models
from tests.tenancy.filling import NOW
from tests.tenancy.visitors import Visitor, visitors_of
from tests.tenancy.world import World, build_world


@pytest.fixture(scope="package", autouse=True)
def _plain_requests() -> Iterator[None]:
    """Let a request note nothing that no test in here looks at.

    Django's way to render in tests keeps each template with a copy of its context, and each refusal
    is worth a warning to it; thousands of requests in here are refused. Faults are still logged.
    """
    loggers = [logging.getLogger(name) for name in ("django.request", "django.security.csrf")]
    levels = [each.level for each in loggers]
    for each in loggers:
        each.setLevel(logging.ERROR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda page, context: page.nodelist.render(context))
        yield
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


@pytest.fixture(scope="package")
def _whole_world(
    django_db_setup: None, django_db_blocker: Any, journey_text: str
) -> Iterator[tuple[bytes, dict[str, str]]]:
    """Make the rows, and return the world of them and the cookies of each visitor."""
    forget_parsed_models()
    document = json.loads(journey_text)[0]["fields"]["document"]
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        with every_workspace():
            version = MaturityModel.objects.create(
                key=document["key"],
                version=document["version"],
                document=document,
                published_at=NOW,
            )
            world = build_world(version)
            count_rows()
            cookies = {
                name: each.cookies.output(header="", sep=";")
                for name, each in visitors_of(world).items()
            }
            yield pickle.dumps(world), cookies
        transaction.set_rollback(True)
    forget_parsed_models()


@pytest.fixture(scope="module")
def _own_world(
    _whole_world: tuple[bytes, dict[str, str]],
) -> tuple[World, dict[str, Visitor]]:
    """Return both for one module alone: of what a test does to these values others know nothing."""
    return loaded(*_whole_world)


def loaded(dumped: bytes, cookies: dict[str, str]) -> tuple[World, dict[str, Visitor]]:
    """Return the world anew, and browsers that hold the cookies."""
    world: World = pickle.loads(dumped)  # noqa: S301 (our own)
    return world, {
        name: Visitor(name, cookies=SimpleCookie(each)) for name, each in cookies.items()
    }


@pytest.fixture
def world(_own_world: tuple[World, dict[str, Visitor]], db: None) -> World:
    """Return the two tenants."""
    return _own_world[0]


@pytest.fixture
def visitors(_own_world: tuple[World, dict[str, Visitor]], db: None) -> dict[str, Visitor]:
    """Return the nine kinds of visitor by name."""
    return _own_world[1]


@pytest.fixture(autouse=True)
def _unparsed_models() -> None:
    """Keep parsed models: here their rows outlive a test."""
