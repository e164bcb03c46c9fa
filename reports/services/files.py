"""A report as a file of its own, made without any database."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from reports.documents import Document
from reports.exports.json import json_report
from reports.rendering.client import shared_renderer
from reports.services.layout import Paper, report_html

FORMATS = ("pdf", "pptx", "xlsx", "csv", "json")
WRITTEN = ("pdf", "json")


class FormatNotYet(ValueError):
    """This format is known, and no version of Waymark writes it so far."""


def report_bytes(document: Document, *, file_format: str, paper: Paper) -> bytes:
    """Return the report in one of FORMATS. Raises: FormatNotYet, RenderFailed, ChartFailed."""
    if file_format not in WRITTEN:
        raise FormatNotYet(file_format)
    if file_format == "json":
        return json_report(document)
    return shared_renderer().render(
        report_html(document, paper=paper),
        seconds=settings.RENDER_SECONDS,
        memory_mb=settings.RENDER_MEMORY_MB,
    )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file all at once: whoever looks sees the old one or the whole new one.

    Raises: OSError, and then no file is left behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
