"""What a page in the browser looks like, asked once it is all there."""

from playwright.sync_api import Page

# Playwright's own waiting for a function is no help: the content policy forbids it.
LOADED = (
    "new Promise(go => document.readyState === 'complete'"
    " ? go() : addEventListener('load', () => go()))"
)
# What axe finds, as lines of text, made where it is found: the whole result is long, and reading
# it takes as long as finding it. Null where axe is not at hand (`axe` in tests/conftest.py).
VIOLATIONS = f"""async options => {{
    await {LOADED};
    if (!window.axe && !window.bringAxe) return null;
    if (!window.axe) bringAxe();
    const result = await axe.run(document, {{resultTypes: ['violations'], ...options}});
    return result.violations.flatMap(each => each.nodes.map(node =>
        `${{each.id}}: ${{each.help}}: ${{node.target}}: ${{node.failureSummary ?? ''}}`));
}}"""


def wait_until_loaded(page: Page) -> None:
    """Wait for the page to be complete.

    A click on a link returns once the next page is on its way, when there may be no element yet.
    """
    page.evaluate(LOADED)


def scrolls_sideways(page: Page) -> bool:
    """Return whether the page, once it is complete, is wider than its window."""
    return bool(
        page.evaluate(f"{LOADED}.then(() => document.documentElement.scrollWidth > innerWidth)")
    )
