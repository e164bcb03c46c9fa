"""One person's vote, as a form or a script sends it."""

from collections.abc import Mapping
from typing import Any

from django import forms

from assessments.workshops.models.round import VOTE_NOTE_LENGTH
from assessments.workshops.rules.kinds import Question, RoundKind
from maturity.web.fields import PlainTextField

PREFIX = "a-"
STEP = "step"


class VoteForm(forms.Form):
    """The round somebody answers, a note, and whether they take their vote back.

    The answers are `answers_in`; whether they make sense is said by `rules.kinds.checked_vote`.
    """

    round = forms.IntegerField(min_value=1)
    take_back = forms.BooleanField(required=False)
    note = PlainTextField(max_length=VOTE_NOTE_LENGTH, multiline=True, required=False)

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, each as one sentence."""
        return [str(each) for faults in self.errors.values() for each in faults]


def answers_in(data: Any, question: Question) -> Mapping[str, object]:
    """Return what was answered, by key, as it was sent.

    Steps come as the ids that were chosen; everything else as a field for each key.
    """
    if question.kind is RoundKind.STEPS:
        return dict.fromkeys(data.getlist(STEP), "1")
    return {
        name.removeprefix(PREFIX): value for name, value in data.items() if name.startswith(PREFIX)
    }
