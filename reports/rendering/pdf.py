"""HTML in, PDF/UA-1 bytes out: WeasyPrint's only home.

Imported by the render process alone (see `reports.rendering`); neither Django nor a database is
needed. Everything a page may load is one of the named assets below, or stands in its own address
(see `reports.rendering.look`); nothing else is ever fetched.
"""

import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.rendering.look import found_at

_ROOT = Path(__file__).resolve().parent.parent.parent
_STYLES = _ROOT / "templates" / "pdf"
_FONTS = _ROOT / "static" / "fonts"
BOX = "\u25a1"
_MISSING_GLYPH = ".notdef glyph rendered"


class LayoutFailed(RuntimeError):
    """WeasyPrint reported an error or a warning; the text says which."""


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """The file, and what is worth logging about it: characters shown as a box."""

    content: bytes
    remarks: tuple[str, ...]


Phase = Literal["layout", "drawing", "writing"]
Tell = Callable[[Phase, int, int], None]
"""Hears how far a render is: its phase, which page, of how many; 0 while nobody knows that."""


@lru_cache(maxsize=1)
def assets() -> dict[str, tuple[bytes, str]]:
    """Return everything a report may load by its name, as bytes and media type."""
    found = {path.name: (path.read_bytes(), "font/ttf") for path in _FONTS.glob("*.ttf")}
    found.update({path.name: (path.read_bytes(), "text/css") for path in _STYLES.glob("*.css")})
    return found


class AssetFetcher(URLFetcher):
    """Serves `asset:NAME` from memory and what an address of `reports.rendering.look` carries.

    Any other address stops the render.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # The library's has no types.

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if (carried := found_at(url)) is not None:
            content, media_type = carried
            return URLFetcherResponse(url, content, {"Content-Type": media_type})
        if scheme != "asset" or name not in assets():
            raise FatalURLFetchingError(f"A report may not load {url[:200]!r}")
        content, media_type = assets()[name]
        return URLFetcherResponse(url, content, {"Content-Type": media_type})


@lru_cache(maxsize=1)
def _fonts() -> FontConfiguration:
    """Return the process's one font configuration: making it costs more than a page."""
    return FontConfiguration()


@lru_cache(maxsize=1)
def _shipped_characters() -> frozenset[str]:
    """Return every character all shipped faces have."""
    faces = [content for content, media_type in assets().values() if media_type == "font/ttf"]
    covered = [set(TTFont(BytesIO(face), lazy=True).getBestCmap() or ()) for face in faces]
    return frozenset(map(chr, set.intersection(*covered))) | {"\n", "\t", "\r"}


def _without_missing(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the text with a box for every character that no installed font has, and which.

    The renderer's own box would leave text that cannot be read out or searched. What the shipped
    faces lack is laid out once on its own to hear which of it is missing everywhere.
    """
    doubtful = sorted(set(html) - _shipped_characters())
    if not doubtful:
        return html, ()
    words = " ".join(doubtful).replace("&", "&amp;").replace("<", "&lt;")
    style = "<link rel='stylesheet' href='asset:report.css'>"
    collector = _LogCollector()
    with collector.listening():
        HTML(
            string=f"<html lang='en'><title>x</title>{style}<p>{words}</p><h1>{words}</h1></html>",
            url_fetcher=AssetFetcher(),
        ).write_pdf(font_config=_fonts())
    missing = [c for c in doubtful if any(f"(U+{ord(c):04X})" in r for r in collector.remarks)]
    if not missing:
        return html, ()
    boxed = html.translate(dict.fromkeys(map(ord, missing), BOX))
    return boxed, tuple(f"no font has U+{ord(c):04X}, shown as a box" for c in missing)


def render_pdf(html: str, *, tell: Tell | None = None) -> RenderedPdf:
    """Lay out a complete HTML document as tagged PDF/UA-1; the same text gives the same bytes.

    `tell` hears when the layout begins, of each page as it is drawn, and when the file is written.

    Cyclic garbage collection is off meanwhile: a fifth of the time, and the process that renders
    ends afterwards. Raises: LayoutFailed.
    """
    collector = _LogCollector()
    collecting = gc.isenabled()
    gc.disable()
    try:
        with collector.listening():
            readable, boxes = _without_missing(html)
            source = HTML(string=readable, url_fetcher=AssetFetcher())
            content = _written(source, tell or _nobody)
    except FatalURLFetchingError as error:
        raise LayoutFailed(str(error)) from error
    finally:
        if collecting:
            gc.enable()
    if collector.faults:
        raise LayoutFailed("; ".join(collector.faults[:10]))
    return RenderedPdf(content, boxes)


def _nobody(phase: Phase, page: int, pages: int) -> None:
    """Hear nothing."""


def _written(source: HTML, tell: Tell) -> bytes:
    tell("layout", 0, 0)
    document = source.render(font_config=_fonts(), pdf_variant="pdf/ua-1")
    pages = len(document.pages)
    for number, page in enumerate(document.pages, start=1):
        page.paint = partial(_painted, page.paint, partial(tell, "drawing", number, pages))
    content: bytes = document.write_pdf(
        finisher=lambda *_: tell("writing", pages, pages), pdf_variant="pdf/ua-1"
    )
    return content


def _painted(paint: Callable[..., None], tell: Callable[[], None], *args: Any, **more: Any) -> None:
    """Draw a page and say so beforehand: WeasyPrint is silent while it draws."""
    tell()
    paint(*args, **more)


def warm_up() -> None:
    """Load fonts and styles and lay out a first page, so that later renders start at once."""
    sheets = "".join(
        f'<link rel="stylesheet" href="asset:{n}">' for n in sorted(assets()) if n.endswith(".css")
    )
    faces = "<p>a <b>b</b> <i>c</i> <strong>d</strong></p>"
    _shipped_characters()
    render_pdf(f'<html lang="en"><head><title>x</title>{sheets}</head><body>{faces}</body></html>')


class _LogCollector(logging.Handler):
    """Keeps what WeasyPrint says: a box for a missing glyph is a remark, all else a fault."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.faults: list[str] = []
        self.remarks: list[str] = []

    @contextmanager
    def listening(self) -> Iterator[None]:
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        try:
            yield
        finally:
            logger.removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        kept = self.remarks if message.startswith(_MISSING_GLYPH) else self.faults
        kept.append(message)
