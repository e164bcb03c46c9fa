"""Read published models; a version is parsed once per process, since it never changes."""

from functools import lru_cache

from django.db import OperationalError, connection

from maturity.catalogue.matrix import Matrix, matrix_of
from maturity.catalogue.models import MaturityModel

BUILT_IN_MODEL = "social-engagement-journey"


class UnknownModel(LookupError):
    """No published model has this key."""


@lru_cache(maxsize=64)
def matrix_of_version(version_id: int) -> Matrix:
    """Return the frozen values of one published version, by its row's id.

    Raises: MaturityModel.DoesNotExist. Costs: 1 query the first time in a process, then none.
    """
    return matrix_of(MaturityModel.objects.get(pk=version_id).document)


def newest_version(key: str) -> MaturityModel:
    """Return the version of a model that was published last, without its document.

    Raises: UnknownModel. Costs: 1 query.
    """
    version = (
        MaturityModel.objects.defer("document")
        .filter(key=key)
        .order_by("-published_at", "-pk")
        .first()
    )
    if version is None:
        raise UnknownModel(key)
    return version


def version_of(key: str, version: str | None = None) -> MaturityModel | None:
    """Return a version of a model with its document, the newest unless one is named.

    None when it is not published here. Costs: 1 query.
    """
    rows = MaturityModel.objects.filter(key=key).order_by("-published_at", "-pk")
    return (rows if version is None else rows.filter(version=version)).first()


def matrices_on_offer() -> dict[int, Matrix]:
    """Return the newest version of each model, the built-in one first. Costs: 1 query."""
    versions = sorted(newest_versions(), key=lambda each: (each.key != BUILT_IN_MODEL, each.key))
    return {each.pk: matrix_of_version(each.pk) for each in versions}


def newest_versions() -> list[MaturityModel]:
    """Return the newest version of every model, by key, without documents. Costs: 1 query."""
    newest: dict[str, MaturityModel] = {}
    rows = MaturityModel.objects.defer("document").order_by("key", "-published_at", "-pk")
    for row in rows:
        newest.setdefault(row.key, row)
    return list(newest.values())


def has_table() -> bool:
    """Tell whether there is a database that models could be published in. Costs: 1 query.

    For commands that work without one; a database that is there and fails still raises.
    """
    try:
        connection.ensure_connection()
    except OperationalError:
        return False
    return MaturityModel._meta.db_table in connection.introspection.table_names()
