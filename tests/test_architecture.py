"""The layout holds; and each rule that says so can fail."""

import os
import re
import tomllib
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests import architecture as rules
from tests.architecture import ROOT, Module

MODULES = rules.product_modules()
TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "assessments",
    "deno.json",
    "docs",
    "fixtures",
    "manage.py",
    "maturity",
    "pyproject.toml",
    "reports",
    "requirements",
    "static",
    "templates",
    "tests",
}
OTHERS_WORK = (Path("static/vendor"), Path("tests/vendor"))
IGNORED = [
    line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
]

Rule = Callable[[list[Module]], list[str]]
RULES: list[Rule] = [
    rules.breaches_of_app_arrows,
    rules.breaches_of_layers,
    rules.breaches_of_edges,
    rules.breaches_of_circles,
    rules.breaches_of_purity,
    rules.breaches_of_heavy_homes,
    rules.breaches_of_late_imports,
    rules.breaches_of_signals,
    rules.breaches_of_function_views,
    rules.breaches_of_one_name,
    rules.breaches_of_objects,
    rules.breaches_of_safe_text,
]


def _named(rule: Rule) -> str:
    return rule.__name__.removeprefix("breaches_of_")


def _own_files() -> list[Path]:
    """Return the project's files, without what git ignores and what others wrote."""
    found = []
    for folder, folders, files in os.walk(ROOT):
        here = Path(folder)
        folders[:] = [
            name
            for name in folders
            if not _is_ignored(name) and (here / name).relative_to(ROOT) not in OTHERS_WORK
        ]
        found += [here / name for name in files if not _is_ignored(name)]
    return sorted(found)


def _is_ignored(name: str) -> bool:
    return name == ".git" or any(fnmatch(name, pattern) for pattern in IGNORED)


# --- the project keeps the rules -----------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES, ids=_named)
def test_product_keeps(rule):
    assert rule(MODULES) == []


def test_files_stay_short():
    found = [
        breach
        for path in _own_files()
        if path.suffix in (".py", ".js", ".css")
        for breach in rules.breaches_of_length(
            str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        )
    ]

    assert found == []


def test_types_of_the_whole_product_are_checked():
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]

    assert checked["strict"] is True
    assert {"manage.py", "static/fonts/cut.py"} | {
        module.name.partition(".")[0] for module in MODULES
    } <= set(checked["files"])
    # Tests get what they need by name; what they share has types.
    assert "tests" in checked["files"]
    assert checked["exclude"] == ["(^|/)test_[^/]*[.]py$"]
    assert {key for each in checked["overrides"] for key in each} <= {
        "module",
        "follow_untyped_imports",
        "ignore_missing_imports",
    }


def test_what_the_type_checker_passes_over_is_explained():
    found = [
        breach
        for path in _own_files()
        if path.suffix == ".py"
        for breach in rules.breaches_of_ignores(
            str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        )
    ]

    assert found == []


def test_package_maps_are_true():
    names = {module.name for module in MODULES}
    found = []
    for package in MODULES:
        if not package.is_package or package.name.endswith(".migrations"):
            continue
        children = {
            name.rpartition(".")[2] for name in names if name.rpartition(".")[0] == package.name
        }
        found += rules.breaches_of_map(package, children)

    assert found == []


def test_folders_with_modules_are_packages():
    folders = {path.parent for path in _own_files() if path.suffix == ".py"}
    loose = {ROOT, ROOT / "static" / "fonts"}

    assert [str(f) for f in sorted(folders - loose) if not (f / "__init__.py").exists()] == []


def test_top_level_holds_only_what_belongs_there():
    found = {path.name for path in ROOT.iterdir() if not _is_ignored(path.name)}

    assert found - TOP_LEVEL == set()


def test_no_file_names_a_machine_or_an_index():
    found = []
    for path in _own_files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += rules.breaches_of_privacy(str(path.relative_to(ROOT)), text)

    assert found == []


@pytest.mark.parametrize("name", ["base", "dev"])
def test_requirements_are_pinned_and_hashed(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")

    blocks = re.split(r"\n(?=[^\s#])", text.strip())
    assert len(blocks) > 20
    assert [b for b in blocks if not re.match(r"[a-z0-9-]+(\[[a-z]+\])?==\S+", b)] == []
    assert [b for b in blocks if "--hash=sha256:" not in b] == []


# --- each rule can fail --------------------------------------------------------------------------


BAD: list[tuple[Rule, dict[str, str]]] = [
    (rules.breaches_of_app_arrows, {"maturity.catalogue.views": "import assessments.urls"}),
    (rules.breaches_of_app_arrows, {"assessments.views": "from reports import documents"}),
    (
        rules.breaches_of_app_arrows,
        {"assessments.views": "from maturity import settings\n"} | {"maturity.settings": ""},
    ),
    (rules.breaches_of_app_arrows, {"maturity.wsgi": "import reports.rendering.pdf"}),
    (
        rules.breaches_of_layers,
        {"assessments.core.queries.sheets": "import assessments.answering.services.answers"},
    ),
    (
        rules.breaches_of_layers,
        {"assessments.models": "from assessments.access import access_link"},
    ),
    (rules.breaches_of_layers, {"assessments.forms": "from .views import page"}),
    (rules.breaches_of_layers, {"assessments.helpers": ""}),
    (
        rules.breaches_of_edges,
        {
            "assessments.roadmap.services.steps": "import assessments.answering.views.pages",
            "assessments.answering.views.pages": "",
        },
    ),
    (
        rules.breaches_of_circles,
        {"reports.a": "import reports.b", "reports.b": "def f():\n import reports.a"},
    ),
    (rules.breaches_of_purity, {"assessments.scoring.rules": "import django.db"}),
    (
        rules.breaches_of_purity,
        {"maturity.catalogue.checks": "from maturity.catalogue import models"},
    ),
    (rules.breaches_of_heavy_homes, {"reports.services": "from weasyprint import HTML"}),
    (rules.breaches_of_heavy_homes, {"reports.rendering.pdf": "import matplotlib"}),
    (rules.breaches_of_heavy_homes, {"reports.views": "from ninja import Router"}),
    (rules.breaches_of_heavy_homes, {"reports.views": "import pydantic"}),
    (rules.breaches_of_heavy_homes, {"reports.charts.files": "from matplotlib import pyplot"}),
    (rules.breaches_of_late_imports, {"reports.services": "def f():\n    import json\n"}),
    (
        rules.breaches_of_late_imports,
        {"reports.rendering.pdf": "def f():\n    import weasyprint\n"},
    ),
    (rules.breaches_of_signals, {"reports.models": "from django.dispatch import receiver"}),
    (
        rules.breaches_of_signals,
        {"reports.models": "from django.db.models.signals import post_save"},
    ),
    (
        rules.breaches_of_function_views,
        {"reports.views": "from django.views.generic import ListView"},
    ),
    (rules.breaches_of_function_views, {"reports.views": "from django.views import View"}),
    (
        rules.breaches_of_one_name,
        {"reports.views": "class _Row: ...", "assessments.views": "class _Row: ..."},
    ),
    (rules.breaches_of_objects, {"reports.views": "Report.objects.get(pk=1)"}),
    (rules.breaches_of_objects, {"assessments.answering.api": "Rating.objects.get(pk=1)"}),
    (rules.breaches_of_objects, {"reports.management.commands.x": "R._default_manager.all()"}),
    (rules.breaches_of_safe_text, {"reports.views": "x = mark_safe(y)"}),
    (rules.breaches_of_safe_text, {"reports.queries": "R.objects.raw('SELECT 1')"}),
    (rules.breaches_of_safe_text, {"reports.access": "with connection.cursor() as found: ..."}),
    (rules.breaches_of_safe_text, {"reports.services": "cursor.execute('DELETE FROM r')"}),
]


@pytest.mark.parametrize(("rule", "sources"), BAD)
def test_rule_bites(rule, sources):
    modules = [Module(name, text) for name, text in sources.items()]

    assert rule(modules) != []


GOOD: list[tuple[Rule, dict[str, str]]] = [
    (rules.breaches_of_app_arrows, {"reports.views": "import assessments.queries"}),
    (rules.breaches_of_app_arrows, {"maturity.urls": "import reports.urls"}),
    (
        rules.breaches_of_layers,
        {"assessments.answering.views.pages": "from assessments.models import Rating"},
    ),
    (
        rules.breaches_of_edges,
        {
            "assessments.answering.views.begin": "import assessments.respondents.services.members",
            "assessments.respondents.services.members": "import assessments.core.queries.sheets",
            "assessments.core.queries.sheets": "",
        },
    ),
    (rules.breaches_of_circles, {"reports.a": "import reports.b", "reports.b": "import json"}),
    (
        rules.breaches_of_purity,
        {"assessments.scoring.rules": "from maturity.catalogue.matrix import M"},
    ),
    (rules.breaches_of_purity, {"assessments.demo.stories": "import pydantic"}),
    (rules.breaches_of_heavy_homes, {"assessments.demo.stories": "import pydantic"}),
    (
        rules.breaches_of_heavy_homes,
        {"reports.charts.files": "from matplotlib.figure import Figure"},
    ),
    (
        rules.breaches_of_late_imports,
        {"reports.rendering.pdf": "def f():\n    # Slow to load.\n    import weasyprint\n"},
    ),
    (
        rules.breaches_of_one_name,
        {
            "reports.models": "class Report:\n    class Status: ...",
            "assessments.models": "class Result:\n    class Status: ...",
            "reports.management.commands.report": "class Command: ...",
            "assessments.management.commands.place": "class Command: ...",
        },
    ),
    (rules.breaches_of_objects, {"reports.queries": "Report.objects.get(pk=1)"}),
]


@pytest.mark.parametrize(("rule", "sources"), GOOD)
def test_rule_lets_pass(rule, sources):
    modules = [Module(name, text) for name, text in sources.items()]

    assert rule(modules) == []


def test_length_rule_bites():
    assert rules.breaches_of_length("a.py", "x\n" * 401) == ["a.py has 401 lines"]
    assert rules.breaches_of_length("a.py", "x\n" * 400) == []


def test_map_rule_bites_on_a_missing_and_on_a_stale_line():
    package = Module("reports", '"""What leaves.\n\nurls     addresses\ngone     not there\n"""')

    assert rules.breaches_of_map(package, {"urls", "pdf"}) == [
        "reports does not name pdf",
        "reports names gone, which is not there",
    ]


@pytest.mark.parametrize("path", ["ro" + "ot/x", "ho" + "me/ann/x", "Us" + "ers/Ann/x"])
def test_privacy_rule_bites(path):
    assert rules.breaches_of_privacy("a.md", f"see /{path}") != []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # type: " + "ignore\n",
        "x = 1  # type: " + "ignore[misc]\n",
        "x = 1  # type: " + "ignore  # The library's.\n",
        "# The library's.\n\nx = 1  # type: " + "ignore[misc]\n",
    ],
)
def test_ignore_rule_bites(text):
    assert rules.breaches_of_ignores("a.py", text) != []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1  # type: " + "ignore[misc]  # The library's.\n",
        "# Both are the library's.\nx = 1  # type: " + "ignore[misc]\n" * 2,
    ],
)
def test_ignore_rule_lets_pass(text):
    assert rules.breaches_of_ignores("a.py", text) == []
