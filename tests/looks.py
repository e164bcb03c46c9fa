"""What a page in the browser looks like, asked once it is all there."""

from playwright.sync_api import Page


def wait_until_loaded(page: Page) -> None:
    """Wait for the page to be complete.

    A click on a link returns once the next page is on its way, when there may be no element yet.
    Playwright's own waiting for a function is no help: the content policy forbids it.
    """
    page.evaluate(
        "new Promise(go => document.readyState === 'complete'"
        " ? go() : addEventListener('load', () => go()))"
    )


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page is wider than its window."""
    wait_until_loaded(page)
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))
