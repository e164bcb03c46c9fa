"""Which workspaces' rows may be read: without a scope every query on a tenant's rows raises.

A model that belongs to a workspace has `objects = scoped("path to its workspace")`. Its queries
see the rows of the workspaces in scope and no others, whatever filter the caller forgot. A request
starts without a scope; `access_*` narrows it to the one workspace it checked. A task or a command
opens one with `scope_of`. `every_workspace` is for looking up who somebody is, and for
housekeeping; tests/tenancy lists each place that uses it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar, Final, Literal, TypeVar

from django.db import models

_Row = TypeVar("_Row", bound=models.Model)
_EVERY: Final = "every"
Scope = frozenset[int] | Literal["every"] | None

_scope: ContextVar[Scope] = ContextVar("workspaces in scope", default=None)


class OutOfScope(RuntimeError):
    """A tenant's rows were asked for while no workspace was in scope."""


class ScopedManager(models.Manager[_Row]):
    """A manager of the rows in scope; `scoped` makes one for each path."""

    path: ClassVar[str]

    def get_queryset(self) -> models.QuerySet[_Row]:
        """Return the rows in scope. Raises: OutOfScope."""
        scope = _scope.get()
        if scope is None:
            raise OutOfScope(
                f"{self.model.__name__} was asked for with no workspace in scope:"
                " call access_* first, or open a scope."
            )
        rows = super().get_queryset()
        if scope == _EVERY:
            return rows
        if len(scope) == 1:
            return rows.filter(**{self.path: next(iter(scope))})
        return rows.filter(**{f"{self.path}__in": sorted(scope)})


def scoped(path: str) -> ScopedManager[Any]:
    """Return a manager of rows whose workspace lies at `path`, such as "assessment__workspace"."""
    # A class of its own for each path: Django makes the managers of related rows, such as
    # `organisation.memberships`, from the class alone. The type checker knows it by its base's
    # name, and its rows by the model that has it.
    manager: ScopedManager[Any] = type("ScopedManager", (ScopedManager,), {"path": path})()
    return manager


def narrow_to(*workspace_ids: int) -> None:
    """Let the rest of this request see these workspaces and no others."""
    _scope.set(frozenset(workspace_ids))


@contextmanager
def scope_of(*workspace_ids: int) -> Iterator[None]:
    """See these workspaces and no others inside the block."""
    with _scope_set_to(frozenset(workspace_ids)):
        yield


@contextmanager
def every_workspace() -> Iterator[None]:
    """See all workspaces inside the block. Results must be read inside it as well."""
    with _scope_set_to(_EVERY):
        yield


@contextmanager
def no_workspace() -> Iterator[None]:
    """See none inside the block: how every request begins."""
    with _scope_set_to(None):
        yield


@contextmanager
def _scope_set_to(scope: Scope) -> Iterator[None]:
    before = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(before)
