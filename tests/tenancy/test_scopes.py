"""Without a workspace in scope every query on a tenant's rows raises; in one, no other's show."""

from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Count, Max

from maturity.workspaces.models import Organisation, Workspace
from maturity.workspaces.scopes import (
    OutOfScope,
    every_workspace,
    no_workspace,
    scope_of,
)
from tests.tenancy.world import Tenant, World, scoped_models

# Rows that belong to no workspace, and why.
UNSCOPED = {
    "workspaces.User": "one account may hold roles in several workspaces",
    "workspaces.AuditEvent": "the trail outlives its workspace, which is in it as a text",
    "catalogue.MaturityModel": "a published model is everybody's to read",
    "web.LimitCount": "counts per address, account or token; who it was is a digest",
    "auth.Permission": "Django's; nothing of ours asks for one",
    "auth.Group": "Django's; nothing of ours asks for one",
    "contenttypes.ContentType": "Django's",
    "sessions.Session": "Django's",
    "account.EmailAddress": "allauth's; belongs to an account",
    "account.EmailConfirmation": "allauth's; belongs to an account",
    "mfa.Authenticator": "allauth's; belongs to an account",
    "socialaccount.SocialApp": "allauth's",
    "socialaccount.SocialAccount": "allauth's; belongs to an account",
    "socialaccount.SocialToken": "allauth's; belongs to an account",
    "django_tasks_database.DBTaskResult": "the queue; a task is given ids and keys, never texts",
}

# What anybody may do with a manager or what comes of it. Each is given something to begin with.
Rows = Any
WAYS: dict[str, Callable[[Rows], object]] = {
    "all": lambda rows: list(rows.all()),
    "filter": lambda rows: list(rows.filter(pk__gt=0)),
    "exclude": lambda rows: list(rows.exclude(pk=0)),
    "get": lambda rows: rows.get(pk=1),
    "first": lambda rows: rows.first(),
    "last": lambda rows: rows.last(),
    "exists": lambda rows: rows.exists(),
    "count": lambda rows: rows.count(),
    "aggregate": lambda rows: rows.aggregate(Max("pk")),
    "annotate": lambda rows: list(rows.annotate(n=Count("pk"))),
    "values": lambda rows: list(rows.values("pk")),
    "values_list": lambda rows: list(rows.values_list("pk")),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "iterator": lambda rows: list(rows.iterator()),
    "only": lambda rows: list(rows.only("pk")),
    "select_for_update": lambda rows: list(rows.select_for_update()),
    "create": lambda rows: rows.create(),
    "bulk_create": lambda rows: rows.bulk_create([rows.model()]),
    "bulk_update": lambda rows: rows.bulk_update([rows.model(pk=1)], ["id"]),
    "get_or_create": lambda rows: rows.get_or_create(pk=1),
    "update_or_create": lambda rows: rows.update_or_create(pk=1),
    "update": lambda rows: rows.update(id=1),
    "delete": lambda rows: rows.all().delete(),
    "union": lambda rows: list(rows.order_by().union(rows.order_by())),
    "none": lambda rows: rows.none(),
}


def _names(found: list[type[models.Model]]) -> list[str]:
    return [each._meta.label for each in found]


def _belongs_to_a_workspace(model: type[models.Model], seen: frozenset[Any] = frozenset()) -> bool:
    """Say whether a chain of foreign keys leads from a model to a workspace."""
    if model is Workspace:
        return True
    targets = {each.related_model for each in model._meta.fields if each.related_model}
    return any(_belongs_to_a_workspace(each, seen | {model}) for each in targets - seen - {model})


def test_scopes_cover_every_model_that_leads_to_a_workspace() -> None:
    belongs = {each._meta.label for each in apps.get_models() if _belongs_to_a_workspace(each)}

    scoped = set(_names(scoped_models()))

    assert belongs == scoped
    assert {each._meta.label for each in apps.get_models()} - scoped == set(UNSCOPED)


@pytest.mark.parametrize("model", scoped_models(), ids=_names(scoped_models()))
def test_scopes_path_leads_to_the_workspace(model: type[models.Model]) -> None:
    reached: Any = model
    for part in model._default_manager.path.split("__"):
        reached = reached if part == "pk" else reached._meta.get_field(part).related_model

    assert reached is Workspace


@pytest.mark.parametrize("model", scoped_models(), ids=_names(scoped_models()))
def test_scopes_refuse_without_one(model: Any, world: World) -> None:
    for way in WAYS.values():
        with no_workspace(), pytest.raises(OutOfScope):
            way(model.objects)


def _related(found: type[models.Model]) -> Iterator[tuple[str, type[models.Model]]]:
    for relation in found._meta.related_objects:
        name = relation.get_accessor_name()
        is_scoped = hasattr(relation.related_model._default_manager, "path")
        if name and is_scoped and not relation.one_to_one:
            yield name, relation.related_model


RELATED = [(model, name, target) for model in apps.get_models() for name, target in _related(model)]


@pytest.mark.parametrize(
    ("model", "name", "target"), RELATED, ids=[f"{m._meta.label}.{n}" for m, n, _ in RELATED]
)
def test_scopes_hold_for_rows_below_a_row(model: Any, name: str, target: Any, world: World) -> None:
    """The way down from a row of B is shut inside A's scope, and from every row outside of any."""
    row = model(pk=1)
    for way in ("all", "count", "exists", "values", "create"):
        with no_workspace(), pytest.raises(OutOfScope):
            WAYS[way](getattr(row, name))
    below = 0
    for of_b in _rows_of_b(model, world):
        below += getattr(of_b, name).count()
        with scope_of(world.a.workspace.pk):
            assert list(getattr(of_b, name).all()) == []
    assert below or name in ("children",)


def _rows_of_b(model: Any, world: World) -> list[Any]:
    if hasattr(model._default_manager, "path"):
        return _of(world.b, model)
    if model._meta.label == "workspaces.User":
        return list(world.b.users.values())
    return list(model._base_manager.all())


def _of(tenant: Tenant, model: Any) -> list[Any]:
    return list(model.objects.filter(**{model._default_manager.path: tenant.workspace.pk}))


@pytest.mark.parametrize("model", scoped_models(), ids=_names(scoped_models()))
def test_scopes_show_no_row_of_another_workspace(model: Any, world: World) -> None:
    ours, theirs = _of(world.a, model), _of(world.b, model)
    everything = model.objects.count()
    assert ours
    assert theirs

    with scope_of(world.a.workspace.pk):
        rows = model.objects
        seen = {row.pk for row in rows.all()}
        # Thousands of keys in one UPDATE of freshly filled tables take PostgreSQL seconds to plan
        # and find; every row of theirs is covered by the comparison of `seen`.
        keys = [row.pk for row in theirs[:25]]
        assert seen == {row.pk for row in ours}
        assert rows.count() == len(ours)
        assert not rows.filter(pk__in=keys).exists()
        assert rows.in_bulk(keys) == {}
        assert rows.filter(pk__in=keys).first() is None
        assert list(rows.values_list("pk", flat=True).filter(pk__in=keys)) == []
        assert [row for row in rows.iterator() if row.pk in keys] == []
        assert set(rows.exclude(pk__in=seen)) == set()
        assert rows.aggregate(n=Count("pk", filter=models.Q(pk__in=keys)))["n"] == 0
        assert rows.filter(pk__in=keys).update(id=0) == 0
        assert rows.filter(pk__in=keys).delete()[0] == 0
        assert rows.filter(pk=0).order_by().union(rows.filter(pk__in=keys).order_by()).count() == 0
        assert rows.none().union(rows.order_by()).count() == len(ours)
        for key in keys:
            with pytest.raises(model.DoesNotExist):
                rows.get(pk=key)

    assert everything == model.objects.count()
    assert _of(world.b, model) == theirs


def test_scopes_of_two_workspaces_show_both(world: World) -> None:
    with scope_of(world.a.workspace.pk, world.b.workspace.pk):
        found = set(Workspace.objects.values_list("pk", flat=True))

    assert found == {world.a.workspace.pk, world.b.workspace.pk}


def test_scopes_of_nothing_show_nothing(world: World) -> None:
    with scope_of():
        assert Organisation.objects.count() == 0


def test_scopes_of_a_query_are_those_it_was_made_in(world: World) -> None:
    """A query that is carried out of its block does not widen."""
    with scope_of(world.a.workspace.pk):
        made = Organisation.objects.all()

    with every_workspace():
        assert {each.workspace_id for each in made} == {world.a.workspace.pk}


def test_scopes_end_with_their_block_whatever_happened() -> None:
    with no_workspace():
        for block in (scope_of(1), every_workspace()):
            with pytest.raises(ZeroDivisionError), block:
                raise ZeroDivisionError
            with pytest.raises(OutOfScope):
                Organisation.objects.all()


def test_scopes_of_one_thread_are_not_another_s(world: World) -> None:
    raised: list[BaseException] = []

    def look() -> None:
        try:
            Organisation.objects.all()
        except OutOfScope as problem:
            raised.append(problem)

    with every_workspace():
        thread = Thread(target=look)
        thread.start()
        thread.join()

    assert len(raised) == 1
