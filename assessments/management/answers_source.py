"""The arguments of commands that take an answers file, and reading what they name."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from assessments.core.services.files import matrix_and_answers, read_answers_file
from assessments.scoring.answers_file import MAX_BYTES
from assessments.scoring.sheets import AnswerSheet
from maturity.catalogue.matrix import Matrix
from maturity.web.strict_json import InvalidDocument


def add_answers_arguments(parser: CommandParser) -> None:
    """Take the answers and, if need be, the model."""
    parser.add_argument(
        "answers", metavar="ANSWERS.json", help="a waymark-answers/1 file; - reads stdin"
    )
    parser.add_argument(
        "--model",
        metavar="KEY-OR-FILE",
        help="a published model's key or a model file; left out, the one the answers name",
    )


def answers_named_in(options: dict[str, Any], *, nothing_done: str) -> tuple[Matrix, AnswerSheet]:
    """Return the model and the answers that a command's options name.

    Raises: CommandError, with every problem and the word that `nothing_done`.
    """
    source = options["answers"]
    try:
        if source == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            data = read_answers_file(Path(source))
        return matrix_and_answers(data, model=options["model"])
    except InvalidDocument as error:
        count = len(error.problems)
        noun = "1 problem" if count == 1 else f"{count} problems"
        lines = "\n".join(f"  {problem}" for problem in error.problems)
        name = "standard input" if source == "-" else source
        raise CommandError(f"{name}: {noun}, {nothing_done}:\n{lines}") from error
