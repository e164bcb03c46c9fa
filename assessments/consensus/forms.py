"""What the group agreed on, as it is sent."""

from typing import Any

from django import forms

from assessments.models.answer import NOTE_LENGTH
from assessments.scoring.sheets import NOT_APPLICABLE, UNKNOWN, Answer
from maturity.catalogue.matrix import Matrix
from maturity.web.fields import PlainTextField


class AgreeForm(forms.Form):
    """An agreed answer to one question, with its reason, and with the dissent kept beside it.

    `answer` is the cleaned value: a step, a word or a stage; None to take the agreed one back.
    """

    take_back = forms.BooleanField(required=False)
    value = forms.CharField(required=False)
    reason = PlainTextField(max_length=NOTE_LENGTH, multiline=True, required=False)
    dissent = PlainTextField(max_length=NOTE_LENGTH, multiline=True, required=False)
    seen = forms.IntegerField(min_value=0, required=False)

    answer: Answer | None = None

    def __init__(self, data: Any, *, matrix: Matrix, what: str) -> None:
        super().__init__(data)
        if what == "pick":
            numbers = range(matrix.first_stage, matrix.top_stage + 1)
            self._offered: dict[str, Answer] = {str(number): number for number in numbers}
        else:
            self._offered = {str(step): step for step in range(len(matrix.scale))}
            self._offered |= {NOT_APPLICABLE: NOT_APPLICABLE, UNKNOWN: UNKNOWN}

    def clean(self) -> dict[str, Any]:
        """Take the answer over, unless it is taken back."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("take_back"):
            self.answer = self._offered.get(cleaned.get("value", ""))
            if self.answer is None:
                self.add_error("value", "Please choose what the group agrees on.")
        return cleaned

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, each as one sentence."""
        return [str(message) for messages in self.errors.values() for message in messages]
