"""What the tests share: the journey, a database of their own, a watched browser.

`journey`    the built-in model's document, fresh for each test
`page`       a browser page on a live server; a script error, a breach of the content policy or a
             request to another host fails the test
`new_page`   makes such pages with other settings: `new_page(java_script_enabled=False)`
`faults`     what the watch found; `faults.allow("text")` for what a test brings about on purpose
`axe`        `axe(page)` returns the accessibility violations as lines of text
`every_look` `every_look(page)` holds a page to the same in light, in dark and at 320 pixels
"""

import gc
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test.client import Client, ClientHandler
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from maturity.workspaces.scopes import every_workspace
from tests.databases import on_sqlite
from tests.looks import VIOLATIONS, scrolls_sideways, wait_until_loaded
from tests.markup import folded
from tests.parsed import forget_parsed_models

ROOT = Path(__file__).resolve().parent.parent
JOURNEY = ROOT / "fixtures" / "social-engagement-journey.json"
AXE = ROOT / "tests" / "vendor" / "axe-core" / "axe.min.js"
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of the run's own is made in it)
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# By default the collector walks through half a gigabyte of modules every few thousand objects,
# which is a tenth of the whole run.
gc.set_threshold(200_000, 20, 100)


def pytest_configure() -> None:
    """Hash the passwords of tests quickly; that people's are not, is a test of the settings.

    What Hypothesis draws is the same in every run and leaves nothing behind; how long one example
    takes says more about the machine than about us.
    """
    settings.PASSWORD_HASHERS = ["tests.hashing.QuickArgon2"]
    hypothesis.settings.register_profile("waymark", deadline=None, database=None, derandomize=True)
    hypothesis.settings.load_profile("waymark")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On another database than SQLite, leave out the tests that open none.

    They passed in the run on SQLite, and cannot know which database it would be this time.
    """
    if on_sqlite():
        return
    without = [each for each in items if not _opens_a_database(each)]
    config.hook.pytest_deselected(items=without)
    items[:] = [each for each in items if each not in set(without)]


def _opens_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "django_db_setup", "live_server"}
    return bool(fixtures.intersection(getattr(item, "fixturenames", ()))) or (
        item.get_closest_marker("django_db") is not None
    )


@pytest.fixture(scope="session", autouse=True)
def _shared_middleware(django_test_environment: None) -> Iterator[None]:
    """Let one chain of middleware answer all clients, as one answers all visitors of the product.

    Each new client would make a chain of its own, for which every static file is looked at: that
    takes as long as fifteen requests. Under other settings another chain is made.
    """
    load = ClientHandler.load_middleware
    made: WeakKeyDictionary[object, dict[str, Any]] = WeakKeyDictionary()

    def share(self: ClientHandler, is_async: bool = False) -> None:
        inner = vars(settings)["_wrapped"]
        if inner not in made:
            load(self, is_async)
            made[inner] = {k: v for k, v in vars(self).items() if "middleware" in k}
        vars(self).update(made[inner])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ClientHandler, "load_middleware", share)
        yield


@pytest.fixture(scope="session", autouse=True)
def _folded_pages() -> Iterator[None]:
    """Let tests read pages without the white space that does not show; see tests/markup.py."""
    send = Client.request

    def request(self: Client, **environ: Any) -> Any:
        response = send(self, **environ)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and not response.streaming:
            response.content = folded(response.content.decode()).encode()
        return response

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "request", request)
        yield


@pytest.fixture(scope="session")
def journey_text() -> str:
    """Return the fixture file of the built-in model."""
    return JOURNEY.read_text(encoding="utf-8")


@pytest.fixture
def journey(journey_text: str) -> dict[str, Any]:
    """Return the document of the built-in model; a test may change it."""
    (row,) = json.loads(journey_text)
    document: dict[str, Any] = row["fields"]["document"]
    return document


# --- database ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """Put SQLite's test database into a file of this run, in memory where there is such a folder.

    As SQLite's own kind of database in memory, one connection would be shared by all threads: the
    live server and the tests of several writers need one each. A folder of its own lets two runs
    go on side by side; and nothing in it has to survive a power cut, which on a disk is what a
    commit waits for.

    Rows that nobody put in order come backwards, for PostgreSQL gives them as it likes: who relies
    on their order is found out here.
    """
    settings_dict = connections["default"].settings_dict
    if not on_sqlite():
        yield
        return
    in_memory = SHARED_MEMORY if os.access(SHARED_MEMORY, os.W_OK) else None
    with TemporaryDirectory(prefix="waymark-tests-", dir=in_memory) as folder:
        settings_dict["TEST"]["NAME"] = str(Path(folder) / "test.sqlite3")
        settings_dict["OPTIONS"]["init_command"] += "PRAGMA reverse_unordered_selects=ON;"
        yield


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Empty the cache after a test that commits: its table is not a model's, so no flush does."""
    marker = request.node.get_closest_marker("django_db")
    commits = {"live_server", "transactional_db"}.intersection(request.fixturenames)
    if not commits and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _all_workspaces() -> Iterator[None]:
    """Let a test look at every row. A request still begins with no workspace in scope."""
    with every_workspace():
        yield


@pytest.fixture(autouse=True)
def _unparsed_models() -> None:
    """Forget parsed models: a version never changes, but the next test's row may take its id."""
    forget_parsed_models()


# --- browser -------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the system's Chromium once; Playwright's own copies are not downloaded."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.fail("Chromium is missing: `sh requirements/system.sh test` installs it.")
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--disable-quic",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    # Playwright keeps an event loop in this thread, and Django refuses to touch the database where
    # one is running, though nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


class Faults:
    """What went wrong in the pages of one test."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.found: list[str] = []
        self.allowed: list[str] = []

    def allow(self, part: str) -> None:
        """Let faults pass whose text holds this part; for what a test brings about on purpose."""
        self.allowed.append(part)

    def remaining(self) -> list[str]:
        """Return the faults that nobody allowed."""
        return [each for each in self.found if not any(part in each for part in self.allowed)]

    def watch(self, context: BrowserContext) -> None:
        """Note every script error, console error and request to another host."""
        context.on("weberror", lambda error: self.found.append(f"script error: {error.error}"))
        context.on("request", self._look_at)
        context.on(
            "console",
            lambda line: (
                self.found.append(f"console: {line.text}") if line.type == "error" else None
            ),
        )

    def _look_at(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.found.append(f"request to another host: {request.url}")


@pytest.fixture
def faults(live_server: Any) -> Faults:
    """Return what is noted about this test's pages."""
    return Faults(urlsplit(live_server.url).netloc)


@pytest.fixture
def new_page(chromium: Browser, live_server: Any, faults: Faults) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a page in a context of its own, with Playwright's options."""
    contexts: list[BrowserContext] = []

    def open_page(**options: Any) -> Page:
        context = chromium.new_context(
            **{"base_url": live_server.url, "locale": "en-GB", "reduced_motion": "reduce"} | options
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        faults.watch(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert faults.remaining() == []


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """Return a page at a desk's width."""
    return new_page(viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """Return a function that lists a page's accessibility violations, one line a place.

    On another database than SQLite the page is only waited for: it looks the same, whatever its
    rows were read from, and looking takes longer than all else a browser test does.
    """
    # Evaluated, not inserted as a script element: the content policy stays in force.
    source = f"window.bringAxe = () => {{\n{AXE.read_text(encoding='utf-8')}\n}}; null"

    def violations(page: Page, **options: Any) -> list[str]:
        if not on_sqlite():
            wait_until_loaded(page)
            return []
        asked = {"runOnly": {"type": "tag", "values": AXE_TAGS}} | options
        found: list[str] | None = page.evaluate(VIOLATIONS, asked)
        if found is None:
            # Half a megabyte is handed over once; it waits in the pages still to come.
            page.context.add_init_script(source)
            page.evaluate(source)
            found = page.evaluate(VIOLATIONS, asked)
        assert found is not None, "axe did not start"
        return found

    return violations


@pytest.fixture(scope="session")
def every_look(axe: Callable[..., list[str]]) -> Callable[[Page], list[str]]:
    """Return a function that lists what is wrong with a page in any look, one line a place.

    The page is looked at as it stands, at a desk's width: everything in light, the contrast once
    more in dark, everything but the contrast once more at 320 pixels, where a page is laid out
    anew but keeps its colours. At neither width may it scroll sideways. Loaded once, not thrice.
    """

    def wrong(page: Page) -> list[str]:
        size = page.viewport_size
        found = [f"light: {each}" for each in [*axe(page), *_sideways(page)]]
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        contrast = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
        found += [f"dark: {each}" for each in axe(page, **contrast)]
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size({"width": 320, "height": 700})
        others = {"rules": {"color-contrast": {"enabled": False}}}
        found += [f"320 px: {each}" for each in [*axe(page, **others), *_sideways(page)]]
        if size is not None:
            page.set_viewport_size(size)
        return found

    return wrong


def _sideways(page: Page) -> list[str]:
    return ["it scrolls sideways"] if scrolls_sideways(page) else []
