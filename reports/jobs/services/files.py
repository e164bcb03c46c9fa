"""A report as a file of one kind."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from maturity.catalogue.matrix import Matrix
from reports.core.services.layout import Paper, report_html
from reports.document.documents import Document
from reports.document.tables.report import tables_of
from reports.exports.csv import csv_report
from reports.exports.json import json_report
from reports.jobs.kinds import KINDS
from reports.rendering.client import shared_renderer


def report_bytes(
    document: Document, matrix: Matrix, *, kind: str, paper: Paper = "a4", names_people: bool = True
) -> bytes:
    """Return the report as one of KINDS; `paper` is for those on paper.

    Without `names_people` nobody learns who answered what. Raises: RenderFailed.
    """
    if KINDS[kind].on_paper:
        return shared_renderer().render(
            report_html(document, paper=paper, kind=kind),
            seconds=settings.RENDER_SECONDS,
            memory_mb=settings.RENDER_MEMORY_MB,
        )
    if kind == "json":
        return json_report(document, names_people=names_people)
    if kind == "pptx":
        # Heavy libraries, for whoever asks for slides or a workbook.
        from reports.exports.pptx import pptx_report

        return pptx_report(document)
    tables = tables_of(document, matrix, names_people=names_people)
    if kind == "csv":
        return csv_report(tables)
    # As heavy as the slides.
    from reports.exports.xlsx import xlsx_report

    return xlsx_report(document, tables)


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
