"""Every route of the resolver, by name, and what fills its parameters."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import Resolver404, get_resolver, resolve
from django.urls.resolvers import URLPattern, URLResolver


@dataclass(frozen=True)
class Route:
    """One address pattern. `path` is written like "assessments/<public_id>/quick/"."""

    name: str
    path: str
    view: Callable[..., Any]

    @property
    def parameters(self) -> tuple[str, ...]:
        """Return the names between its angle brackets, in order."""
        return tuple(re.findall(r"<(\w+)>", self.path))

    def url(self, values: dict[str, object]) -> str:
        """Return the address with these values."""
        return "/" + re.sub(r"<(\w+)>", lambda each: str(values[each[1]]), self.path)


def all_routes() -> dict[str, Route]:
    """Return the routes by name.

    Of several with one name, all but the first carry their last parameter:
    "assessments:quick+dimension". One without a name goes by its path.
    """
    routes: dict[str, Route] = {}
    for route in _walk(get_resolver(), "", ""):
        name = route.name or route.path
        if name in routes:
            name = f"{name}+{route.parameters[-1]}"
        assert name not in routes, f"two routes go by {name}"
        routes[name] = Route(name, route.path, route.view)
    return routes


def _walk(resolver: URLResolver, path: str, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        below = path + _readable(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from _walk(pattern, below, namespace + inner)
        else:
            assert isinstance(pattern, URLPattern)
            name = f"{namespace}{pattern.name}" if pattern.name else ""
            yield Route(name, below, pattern.callback)


def _readable(pattern: str) -> str:
    pattern = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", pattern)
    return re.sub(r"\(\?P(<\w+>)(?:[^()\[\]]|\[[^]]*\])*\)", r"\1", pattern).strip("^$")


def name_of(address: str) -> str:
    """Return the name of the route an address leads to, without its namespace."""
    try:
        found = resolve(address)
    except Resolver404:
        return address
    return (found.url_name or address).removeprefix("account_")
