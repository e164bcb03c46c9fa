"""`manage.py load_model FILE`: check a model document and publish it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from maturity.catalogue.advice import advice_on
from maturity.catalogue.services import VersionTaken, publish, read_model_file
from maturity.web.strict_json import InvalidDocument


class Command(BaseCommand):
    help = "Check a model document (or a fixture holding one) and publish it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", metavar="FILE", help="a waymark-model/1 JSON file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish the file's document, or name every problem and change nothing."""
        file = Path(options["file"])
        try:
            document = read_model_file(file)
        except OSError as error:
            raise CommandError(f"{file}: cannot be read: {error.strerror}") from error
        except InvalidDocument as error:
            count = len(error.problems)
            lines = "\n".join(f"  {problem}" for problem in error.problems)
            noun = "1 problem" if count == 1 else f"{count} problems"
            raise CommandError(f"{file}: {noun}, nothing was published:\n{lines}") from error
        for advice in advice_on(document):
            self.stderr.write(f"advice: {advice}")
        name = f"{document['key']} {document['version']}"
        try:
            publication = publish(document, now=timezone.now())
        except VersionTaken as error:
            raise CommandError(
                f"{name} is already published with other contents, and a published version never "
                "changes. Raise the version in the file and load it again."
            ) from error
        cells = [cell for dimension in document["dimensions"] for cell in dimension["cells"]]
        descriptors = sum(len(cell["descriptors"]) for cell in cells)
        self.stdout.write(
            f"{name}: {'published' if publication.is_new else 'already published, nothing changed'}"
            f" ({len(document['stages'])} stages, {len(document['dimensions'])} dimensions, "
            f"{descriptors} descriptors)"
        )
