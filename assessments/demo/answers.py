"""What a story says about answers and settings, as the services take it."""

from collections.abc import Mapping

from assessments.answering.services.answers import AnswerChange
from assessments.demo.stories import DemoAnswers, DemoSetting, ratings_in
from assessments.lifecycle.services.targets import SettingChange
from maturity.catalogue.matrix import Matrix


def changes_of(given: DemoAnswers, matrix: Matrix) -> list[AnswerChange]:
    """Return everything one person answers and notes."""
    rows = matrix.dimension_by_key
    return [
        *(
            AnswerChange("rating", key, "value", value)
            for name, letters in given.answers.items()
            for key, value in ratings_in(rows[name], letters)
        ),
        *(AnswerChange("pick", key, "value", value) for key, value in given.picks.items()),
        *(
            AnswerChange("pick" if key in rows else "rating", key, "note", note)
            for key, note in given.notes.items()
        ),
    ]


def settings_of(given: Mapping[str, DemoSetting]) -> list[SettingChange]:
    """Return what is set, by dimension."""
    return [SettingChange(key, each.model_dump(exclude_none=True)) for key, each in given.items()]
