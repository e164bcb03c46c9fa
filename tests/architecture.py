"""The rules of the layout, each a function from source text to a list of breaches.

They read files and import nothing, so a rule can be fed a bad line to see that it bites
(test_architecture.py does both).
"""

import ast
import graphlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache, cached_property
from pathlib import Path

from tests.layout import (
    APPS,
    COLUMNS_AT_MOST,
    EDGES,
    HEAVY_HOMES,
    LATE,
    LAYERS,
    LINES_AT_MOST,
    OBJECTS_LIVE_IN,
    PURE,
    SHARED_NAMES,
    SQL_LIVES_IN,
    SWITCHBOARD,
)

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Module:
    """One Python file: its dotted name and its text."""

    name: str
    text: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed text."""
        return ast.parse(self.text)

    @property
    def app(self) -> str | None:
        """Return the app it belongs to, if any."""
        # The innermost of two, of which one lies in the other.
        found = [a for a in APPS if self.name == a or self.name.startswith(f"{a}.")]
        return max(found, key=len, default=None)

    @property
    def part(self) -> str:
        """Return the first name below the app; empty for the app's own package."""
        return self.name.removeprefix(self.app or "").lstrip(".").partition(".")[0]

    @property
    def layer(self) -> str:
        """Return the name of its layer: inside a capability the second name, else the first."""
        inside = self.name.removeprefix(self.app or "").lstrip(".").split(".")
        return next((name for name in reversed(inside[:2]) if name in LAYERS), "")

    @property
    def capability(self) -> str:
        """Return the capability it belongs to, by its full name; empty for what all share."""
        return f"{self.app}.{self.part}" if self.part not in LAYERS else ""

    @property
    def is_pure(self) -> bool:
        """Say whether it promises to import the standard library, pydantic and its like only."""
        return is_pure(self.name)


def is_pure(name: str) -> bool:
    """Say whether the module of this name is one of the pure ones."""
    return any(fnmatchcase(name, pattern) for pattern in PURE)


@cache
def product_modules() -> list[Module]:
    """Return every Python file of the product, read and parsed once; tests are not among them."""
    paths = [
        p for top in ("maturity", "assessments", "reports") for p in (ROOT / top).rglob("*.py")
    ]
    return sorted((module_at(path) for path in paths), key=lambda module: module.name)


def module_at(path: Path) -> Module:
    """Return the module of a file below the project's folder."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    return Module(name, path.read_text(encoding="utf-8"), is_package)


def imports_of(module: Module, known: frozenset[str]) -> Iterator[tuple[str, ast.stmt]]:
    """Yield what a module imports, by full name, with the statement.

    `from a.b import c` means a.b.c when that is one of the known modules, else a.b.
    """
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parents = module.name.split(".")
                kept = len(parents) - node.level + module.is_package
                base = ".".join([*parents[:kept], *([base] if base else [])])
            for alias in node.names:
                full = f"{base}.{alias.name}"
                yield (full if full in known else base), node


def names_of(modules: list[Module]) -> frozenset[str]:
    """Return the names a list of modules goes by."""
    return frozenset(module.name for module in modules)


# --- imports -------------------------------------------------------------------------------------


def breaches_of_app_arrows(modules: list[Module]) -> list[str]:
    """An app imports those before it only; only the switchboard sees all."""
    found = []
    for module in modules:
        for target, _ in imports_of(module, names_of(modules)):
            there = Module(target, "").app
            if module.app is None:
                if there is not None and module.name != SWITCHBOARD:
                    found.append(f"{module.name} imports the app of {target}")
            elif target.startswith("maturity") and there is None:
                found.append(f"{module.name} imports {target}, which stands above every app")
            elif there is not None and APPS.index(there) > APPS.index(module.app):
                found.append(f"{module.name} imports {target}, of an app above its own")
    return found


def breaches_of_layers(modules: list[Module]) -> list[str]:
    """Inside an app, a layer imports its like and lower ones."""
    found = []
    for module in modules:
        if module.app is None or not module.part or _only_holds_others(module):
            continue
        own = _layer(module)
        if own is None:
            found.append(f"{module.name} has no layer: name it in LAYERS or PURE")
            continue
        for target, _ in imports_of(module, names_of(modules)):
            there = Module(target, "")
            layer = _layer(there)
            if there.app == module.app and there.part and layer is not None and layer > own:
                found.append(f"{module.name} reaches up to {target}")
    return found


def _layer(module: Module) -> int | None:
    return 0 if module.is_pure else LAYERS.get(module.layer)


def _only_holds_others(module: Module) -> bool:
    """Say whether it is a package that has a map and nothing else."""
    return module.is_package and all(isinstance(node, ast.Expr) for node in module.tree.body)


def breaches_of_edges(modules: list[Module]) -> list[str]:
    """A capability imports its app's core, pure modules, and those the table of edges names."""
    found = []
    for module in modules:
        if module.capability not in EDGES or module.is_pure:
            continue
        for target, _ in imports_of(module, names_of(modules)):
            there = Module(target, "")
            if (
                there.capability in EDGES
                and there.app == module.app
                and there.capability != module.capability
                and there.capability not in EDGES[module.capability]
                and not there.is_pure
            ):
                found.append(f"{module.name} imports {target}, an edge that is not allowed")
    return found


def breaches_of_circles(modules: list[Module]) -> list[str]:
    """No module imports itself by way of others, not even inside a function."""
    known = names_of(modules)
    graph = {
        module.name: {target for target, _ in imports_of(module, known) if target in known}
        for module in modules
    }
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as circle:
        return [" -> ".join(reversed(circle.args[1]))]
    return []


def breaches_of_purity(modules: list[Module]) -> list[str]:
    """Pure modules import the standard library, pydantic and each other."""
    return [
        f"{module.name} imports {target}"
        for module in modules
        if module.is_pure
        for target, _ in imports_of(module, names_of(modules))
        if target.partition(".")[0] not in {*sys.stdlib_module_names, "pydantic"}
        and not is_pure(target)
    ]


def breaches_of_heavy_homes(modules: list[Module]) -> list[str]:
    """Each heavy library is imported in one place; pyplot nowhere."""
    found = []
    for module in modules:
        for target, node in imports_of(module, names_of(modules)):
            homes = HEAVY_HOMES.get(target.partition(".")[0])
            if homes and not any(fnmatchcase(module.name, home) for home in homes):
                found.append(f"{module.name} imports {target}, whose home is {homes[0]}")
            if "pyplot" in ast.unparse(node):
                found.append(f"{module.name} imports pyplot")
    return found


def breaches_of_late_imports(modules: list[Module]) -> list[str]:
    """Inside a function only what is heavy is imported, under a comment that says why."""
    found = []
    for module in modules:
        lines = module.text.splitlines()
        inside = {
            id(node)
            for outer in ast.walk(module.tree)
            if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
            for node in ast.walk(outer)
        }
        for target, node in imports_of(module, names_of(modules)):
            if id(node) not in inside:
                continue
            if not any(target == late or target.startswith(f"{late}.") for late in LATE):
                found.append(f"{module.name} imports {target} inside a function")
            elif not _has_comment(lines, node.lineno):
                found.append(f"{module.name} imports {target} late and does not say why")
    return found


def _has_comment(lines: list[str], number: int) -> bool:
    here = number - 1
    while here > 0 and lines[here - 1].strip().startswith(("import ", "from ")):
        here -= 1
    return "#" in lines[number - 1] or (here > 0 and lines[here - 1].strip().startswith("#"))


def breaches_of_signals(modules: list[Module]) -> list[str]:
    """No signal is defined, sent or received."""
    return [
        f"{module.name} imports {target}"
        for module in modules
        for target, _ in imports_of(module, names_of(modules))
        if target == "django.dispatch" or re.search(r"\bsignals$", target)
    ]


def breaches_of_function_views(modules: list[Module]) -> list[str]:
    """Views are functions."""
    return [
        f"{module.name} imports {target}"
        for module in modules
        for target, node in imports_of(module, names_of(modules))
        if target.startswith("django.views.generic")
        or (target in ("django.views", "django.views.generic") and "View" in ast.unparse(node))
    ]


def breaches_of_one_name(modules: list[Module]) -> list[str]:
    """No two classes of the product share a name; Django decides the names in `SHARED_NAMES`."""
    homes: dict[str, list[str]] = {}
    for module in modules:
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and node.name not in SHARED_NAMES:
                homes.setdefault(node.name, []).append(module.name)
    return [f"{name} is in {', '.join(found)}" for name, found in homes.items() if len(found) > 1]


# --- text ----------------------------------------------------------------------------------------


def breaches_of_objects(modules: list[Module]) -> list[str]:
    """Rows are looked up in queries, services and access only."""
    return [
        f"{module.name}:{node.lineno} uses .{node.attr}"
        for module in modules
        if module.layer not in OBJECTS_LIVE_IN
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and node.attr in ("objects", "_default_manager", "_base_manager")
    ]


_UNSAFE = re.compile(r"\bmark_safe\b|\bSafeString\b")
_SQL = re.compile(r"\.raw\(|\.extra\(|RawSQL|\bcursor\b")


def breaches_of_safe_text(modules: list[Module]) -> list[str]:
    """Nobody declares text safe, or writes SQL of their own around the ORM."""
    return [
        f"{module.name}:{number} has {found[0]}"
        for module in modules
        for number, line in enumerate(module.text.splitlines(), 1)
        if (found := _UNSAFE.search(line))
        or (module.name not in SQL_LIVES_IN and (found := _SQL.search(line)))
    ]


_TEMPLATE_BANS = {
    r"\|\s*safe(seq)?\b": "declares text safe",
    r"\{%\s*autoescape\s+off": "turns escaping off",
    r"\sstyle\s*=": "holds an inline style",
    r"<style\b": "holds a style element",
    r"\son[a-z]+\s*=\s*[\"']": "holds an inline script",
    r"javascript:": "holds an inline script",
    r"<script\b(?![^>]*\bsrc=)": "holds a script element without a file",
    r"<script\b[^>]*>\s*[^<\s]": "holds an inline script",
    r"\.objects\b": "looks rows up",
    r"\bhx-on\b|\bhx-vals\s*=\s*[\"']js:": "makes htmx evaluate a script",
}


def breaches_of_template(name: str, text: str) -> list[str]:
    """A template prints values; it holds no style, no script, and escapes everything."""
    text = re.sub(r"\{#.*?#\}", "", text)
    return [f"{name} {what}" for ban, what in _TEMPLATE_BANS.items() if re.search(ban, text)]


def breaches_of_length(name: str, text: str) -> list[str]:
    """A file one writes stays readable."""
    lines = text.count("\n")
    return [f"{name} has {lines} lines"] if lines > LINES_AT_MOST else []


def breaches_of_width(name: str, text: str) -> list[str]:
    """A line of a template fits into a window."""
    return [
        f"{name}:{number} has {len(line)} columns"
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > COLUMNS_AT_MOST
    ]


_IGNORE = re.compile(r"#\s*type:\s*ignore(?P<code>\[[a-z, -]+\])?(?P<reason>\s+#\s*\w)?")


def breaches_of_ignores(name: str, text: str) -> list[str]:
    """A line that the type checker passes over names the error and says why, there or above."""
    found = []
    has_reason = False
    for number, line in enumerate(text.splitlines(), 1):
        ignore = _IGNORE.search(line)
        if ignore is None:
            has_reason = line.strip().startswith("#")
        elif not ignore["code"] or not (ignore["reason"] or has_reason):
            found.append(f"{name}:{number} ignores an error and does not say which or why")
    return found


def breaches_of_map(package: Module, children: set[str]) -> list[str]:
    """A package's docstring names each of its modules, one a line, and none that is not there.

    Migrations may be left out: whoever knows Django expects them.
    """
    docstring = ast.get_docstring(package.tree) or ""
    named = set(re.findall(r"^([a-z_0-9]+)\s{2,}\S", docstring, re.MULTILINE))
    return [
        f"{package.name} does not name {each}" for each in sorted(children - named - {"migrations"})
    ] + [f"{package.name} names {each}, which is not there" for each in sorted(named - children)]


# In pieces, so that this file does not hold what it looks for.
_PRIVATE = re.compile(
    "|".join(
        (
            r"(?<![\w.])/(?:" + "root|home/[a-z]|Users/[A-Za-z]|work/|opt/" + ")",
            r"pypi" + r"\.org",
            r"files\.python" + "hosted",
            r"registry\.npm" + "js",
            r"deb\.debian" + r"\.org",
        )
    )
)


def breaches_of_privacy(name: str, text: str) -> list[str]:
    """No file names a path of somebody's machine or the host of a package index."""
    return [
        f"{name}:{number} names {found[0]}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := _PRIVATE.search(line))
    ]
