"""The README keeps its word: settings, commands, pages and files it names exist."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from maturity import switches

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
OURS = ("reports", "assessments", "maturity.catalogue", "maturity.workspaces", "maturity.web")


def section(title: str) -> str:
    """Return the text below one heading of the README."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def test_settings_table_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)`", section("Settings"), re.M))

    assert named == {*switches.KNOWN, "DATABASE_URL"}


def test_commands_table_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^\| `manage\.py (\w+)", section("Commands"), re.M))

    assert named == {name for name, app in get_commands().items() if app in OURS}


def test_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = set(re.findall(r"(?:`|    )make ([a-z-]+)", README))

    assert named == {"run", "test", "test-postgres", "bench", "help"}
    assert named <= targets


@pytest.mark.parametrize(
    "path",
    re.findall(r"`((?:maturity|assessments|reports|tests|static|fixtures)/[\w./-]+)`", README),
)
def test_files_named_exist(path: str) -> None:
    assert (ROOT / path).exists()


def test_figures_table_has_a_row_for_each_figure_of_the_bench() -> None:
    sources = "".join(path.read_text() for path in sorted((ROOT / "tests" / "bench").glob("*.py")))
    names = re.findall(r'Figure\(\s*f?"([^"]+)"', sources)
    rows = re.findall(r"^\| ([^|]+) \| +[0-9.]+ \|", section("Figures"), re.M)

    assert sorted(rows) == sorted(each for name in names for each in _spelled_out(name))


# What stands for something else in the name of a figure.
STANDS_FOR = {
    "{WRITERS}": ("8",),
    "{what}": ("the wall", "the facilitator’s screen", "the phone"),
}


def _spelled_out(name: str) -> list[str]:
    for part, words in STANDS_FOR.items():
        if part in name:
            return [name.replace(part, word) for word in words]
    return [name]


def test_picture_exists() -> None:
    (path,) = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)

    assert (ROOT / path).is_file()


def test_pages_named_exist() -> None:
    text = " ".join(section("Where things live").split("Pages:")[1].split())
    under = {f"assessments/ID/{name}/" for name in re.findall(r"`([a-z-]+)/`", text)}
    named = {path.strip("/") for path in re.findall(r"`/([^`]*)`", text)}
    pages = {_spelled(route) for route in _routes(get_resolver())}

    assert {path.strip("/") for path in under} | named <= {page.strip("/") for page in pages}


def _routes(resolver: URLResolver, prefix: str = "") -> list[str]:
    routes: list[str] = []
    for each in resolver.url_patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            routes.append(route)
        else:
            routes += _routes(each, route)
    return routes


def _spelled(route: str) -> str:
    names = {"public_id": "ID", "token": "TOKEN", "key": "KEY"}
    return re.sub(r"<\w+:(\w+)>", lambda found: names.get(found[1], found[1]), route)


def test_the_licence_is_the_one_the_package_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [line.strip() for line in (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()]

    assert project["license"] == "Apache-2.0"
    assert lines[:2] == ["Apache License", "Version 2.0, January 2004"]
    assert "END OF TERMS AND CONDITIONS" in lines


def test_what_others_wrote_has_its_licence_beside_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licensed = {path.parent for each in project["license-files"] for path in ROOT.glob(each)}
    theirs = {
        path.parent
        for pattern in ("static/vendor/*/*", "tests/vendor/*/*", "static/fonts/*")
        for path in ROOT.glob(pattern)
    }

    assert theirs - licensed == set()
    assert licensed - theirs == {ROOT}
