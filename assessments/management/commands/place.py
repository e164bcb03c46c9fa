"""`manage.py place ANSWERS.json`: print the placement of an answers file as JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from assessments.management.answers_source import add_answers_arguments, answers_named_in
from assessments.scoring.placement_file import placement_document
from assessments.scoring.scored import score


class Command(BaseCommand):
    help = "Print where the answers in a file put the organisation, as JSON (waymark-placement/1)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the answers and, if need be, the model."""
        add_answers_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the placement, or name every problem and print nothing."""
        matrix, sheet = answers_named_in(options, nothing_done="nothing was placed")
        document = placement_document(score(matrix, sheet).placement)
        self.stdout.write(json.dumps(document, indent=2))
