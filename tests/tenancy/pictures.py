"""A cache that forgets no picture."""

from typing import Any, ClassVar

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache


class KeptPictures(DatabaseCache):
    """The product's cache, whose pictures outlive what is undone in the database.

    They are kept under a digest of what they show, so they are the same in every test, and would
    be drawn again after each test and each request that is undone. All else is undone as ever.
    """

    _pictures: ClassVar[dict[str, Any]] = {}

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """Return what is kept under a key."""
        if key.startswith("picture"):
            return self._pictures.get(key, default)
        return super().get(key, default, version)

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep a value under a key."""
        if key.startswith("picture"):
            self._pictures[key] = value
        else:
            super().set(key, value, timeout, version)
