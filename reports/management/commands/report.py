"""`manage.py report ANSWERS.json --out FILE`: write the report on an answers file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from assessments.management.answers_source import add_answers_arguments, answers_named_in
from assessments.scoring.scored import score
from reports.core.services.layout import PAPERS
from reports.document.composing import build_document
from reports.jobs.kinds import OF_A_RESULT
from reports.jobs.services.files import report_bytes, write_whole
from reports.rendering.client import RenderFailed

FORMATS = ("pdf", "pptx", "xlsx", "csv", "json")
_ON_PAPER = tuple(kind.key for kind in OF_A_RESULT if kind.on_paper)


class Command(BaseCommand):
    help = "Write the report on the answers in a file. Needs no database with a model file."

    # Neither migrations nor a database have to be there.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the answers, the model, and where to write what."""
        add_answers_arguments(parser)
        parser.add_argument("--out", metavar="FILE", required=True, help="where the report goes")
        parser.add_argument("--format", choices=FORMATS, help="left out, FILE's ending says it")
        parser.add_argument("--paper", choices=PAPERS, default="a4", help="for a PDF")
        parser.add_argument("--kind", choices=_ON_PAPER, default="report", help="for a PDF")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the report, or name every problem and write nothing."""
        out = Path(options["out"])
        ending = out.suffix.lower().lstrip(".")
        # The tables are several files, so what is written for "csv" is a zip of them.
        file_format = options["format"] or {"zip": "csv"}.get(ending, ending)
        if file_format not in FORMATS:
            raise CommandError(
                f"{out} does not end in a known format; add --format with one of"
                f" {', '.join(FORMATS)}."
            )
        matrix, sheet = answers_named_in(options, nothing_done="no report was written")
        document = build_document(score(matrix, sheet))
        try:
            kind = options["kind"] if file_format == "pdf" else file_format
            content = report_bytes(document, matrix, kind=kind, paper=options["paper"])
            write_whole(out, content)
        except RenderFailed as error:
            raise CommandError(f"No report was written. {error}") from error
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}") from error
