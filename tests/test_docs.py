"""The documentation keeps its word: what it names exists, and its examples work."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import URLPattern, URLResolver, get_resolver

from assessments.scoring.answers_file import read_answers
from maturity import switches
from maturity.catalogue.checks import problems_in
from maturity.catalogue.matrix import matrix_of
from maturity.urls import api

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / f"{name}.md" for name in ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")),
    *sorted(DOCS.rglob("*.md")),
]
LINK = re.compile(r"\[[^]]*\]\(([^)\s]+)\)")
OURS = ("reports", "assessments", "maturity.catalogue", "maturity.workspaces", "maturity.web")


def _text(path: str) -> str:
    return (DOCS / path).read_text(encoding="utf-8")


def _named(page: Path) -> str:
    return str(page.relative_to(ROOT))


# --- the pages belong together -------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_links_and_images_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(_prose(page)):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if re.match(r"https?:", link):
            continue
        if not target.is_file() or (anchor and anchor not in _anchors(target)):
            broken.append(link)

    assert broken == []


def test_every_page_is_linked_from_a_readme() -> None:
    readmes = (ROOT / "README.md", DOCS / "README.md")
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in readmes
        for link in LINK.findall(_prose(page))
    }

    assert set(PAGES) - linked - {ROOT / "README.md"} == set()


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_each_page_has_one_title_and_says_what_it_is_for(page: Path) -> None:
    lines = [line for line in _prose(page).splitlines() if line]

    assert lines[0].startswith("# ")
    assert [line for line in lines[1:] if line.startswith("# ")] == []
    assert re.match(r"[A-Z]", lines[1])


def test_readme_stays_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 120


def test_changelog_has_one_short_line_for_each_entry() -> None:
    lines = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if len(line) > 110] == []
    assert [line for line in lines if line.startswith(" ")] == []


def _prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return re.sub(r"^( *)```.*?^\1```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def _anchors(page: Path) -> set[str]:
    """Return the anchors a host of repositories gives the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", _prose(page), re.M)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


# --- what the pages name exists ------------------------------------------------------------------


def test_settings_table_names_every_setting_and_no_other() -> None:
    named = set(re.findall(r"^\| `([A-Z_]+)`", _text("administrators/settings.md"), re.M))

    assert named == {*switches.KNOWN, "DATABASE_URL"}


def test_settings_named_anywhere_exist() -> None:
    named = {
        name
        for page in PAGES
        for name in re.findall(r"\bWAYMARK_[A-Z_]*[A-Z]\b", page.read_text(encoding="utf-8"))
    }

    # The example of the API keeps its token in a variable of this name.
    assert named - switches.KNOWN == {"WAYMARK_TOKEN"}


def test_commands_table_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^\| `manage\.py (\w+)", _text("reference/commands.md"), re.M))

    assert named == {name for name, app in get_commands().items() if app in OURS}


def test_make_targets_are_all_documented_and_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text(), re.M))
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)

    assert set(re.findall(r"(?:`|^ *|=\w+ )make ([a-z-]+)", text, re.M)) == targets


NAMED_FILES = sorted(
    {
        (page, path)
        for page in PAGES
        for path in re.findall(
            r"`((?:maturity|assessments|reports|tests|static|fixtures)/[\w./-]+)`", _prose(page)
        )
    }
)


@pytest.mark.parametrize(
    ("page", "path"), NAMED_FILES, ids=[f"{_named(page)}-{path}" for page, path in NAMED_FILES]
)
def test_files_named_exist(page: Path, path: str) -> None:
    assert (ROOT / path).exists()


def test_pages_named_in_the_code_exist() -> None:
    named = {
        path
        for folder in ("maturity", "assessments", "reports", "tests")
        for file in (ROOT / folder).rglob("*.py")
        for path in re.findall(r"docs/[\w/-]+\.md", file.read_text(encoding="utf-8"))
    }

    assert "docs/reference/scoring.md" in named
    assert {path for path in named if not (ROOT / path).is_file()} == set()


def test_addresses_named_exist() -> None:
    text = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    in_text = set(re.findall(r"`(/[a-z][\w/.-]*)`", text)) - {"/api/v1"}
    in_table = set(re.findall(r"^\| `(/[^`]*)`", _text("reference/pages.md"), re.M))
    pages = {_spelled(route) for route in _routes(get_resolver())}
    endpoints = {path for _, path in _endpoints()}

    assert len(in_table) > 50
    assert {path.strip("/") for path in in_text | in_table} - {
        path.strip("/") for path in pages | endpoints
    } == set()


def test_endpoints_table_names_every_endpoint_and_no_other() -> None:
    rows = re.findall(r"^\| ([A-Z]+) \| `([^`]+)`", _text("reference/api.md"), re.M)

    assert sorted(rows) == sorted(_endpoints())


def _endpoints() -> list[tuple[str, str]]:
    paths = api.get_openapi_schema(path_prefix="")["paths"]
    return [(method.upper(), path) for path, methods in paths.items() for method in methods]


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


def test_benchmarks_table_has_a_row_for_each_figure() -> None:
    sources = "".join(path.read_text() for path in sorted((ROOT / "tests" / "bench").glob("*.py")))
    names = re.findall(r'Figure\(\s*f?"([^"]+)"', sources)
    rows = re.findall(r"^\| ([^|]+) \| +[0-9.]+ \|", _text("reference/benchmarks.md"), re.M)

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


# --- the examples work ---------------------------------------------------------------------------


def _example(path: str, language: str) -> str:
    return re.findall(rf"```{language}\n(.*?)```", _text(path), re.S)[0]


def test_example_of_a_model_is_sound() -> None:
    document = json.loads(_example("developers/adding-a-model.md", "json"))

    assert problems_in(document) == []


def test_example_of_an_answers_file_is_read() -> None:
    fixture = json.loads((ROOT / "fixtures" / "social-engagement-journey.json").read_bytes())
    matrix = matrix_of(fixture[0]["fields"]["document"])

    sheet = read_answers(_example("reference/file-formats.md", "json"), matrix)

    assert sheet.respondents[0].ratings == {"strategy.1.01": 3, "strategy.1.02": "unknown"}
    assert sheet.targets == {"strategy": 4}


# --- the licences --------------------------------------------------------------------------------
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
