"""What the facilitator's buttons send."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from assessments.models.answer import NOTE_LENGTH
from assessments.workshops.rules.kinds import Question
from maturity.web.fields import PlainTextField
from maturity.web.text import whole_number

ACTS = (
    "open-doors",
    "lock",
    "unlock",
    "admit",
    "admit-all",
    "remove",
    "clear-name",
    "show",
    "open",
    "more-time",
    "close",
    "reveal",
    "again",
    "skip",
    "choose-steps",
    "take-back",
    "end",
)
MOST_CANDIDATES = 12
MOST_MINUTES = 60


class ActForm(forms.Form):
    """One press of a button: what to do, and with which round or person."""

    do = forms.ChoiceField(choices=[(each, each) for each in ACTS])
    round = forms.IntegerField(min_value=1, required=False)
    person = forms.IntegerField(min_value=1, required=False)
    minutes = forms.IntegerField(min_value=1, max_value=MOST_MINUTES, required=False)
    seen = forms.CharField(max_length=64, required=False)


class AgreeRoundForm(forms.Form):
    """What the room agreed on: its reason, the dissent, and what the sender had seen.

    The decision itself is `decision_in`, checked by `services.agreeing.checked_decision`.
    """

    reason = PlainTextField(max_length=NOTE_LENGTH, multiline=True, required=False)
    dissent = PlainTextField(max_length=NOTE_LENGTH, multiline=True, required=False)
    seen = forms.CharField(max_length=64, required=False)

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, each as one sentence."""
        return [str(each) for faults in self.errors.values() for each in faults]


def decision_in(data: Any, question: Question) -> dict[str, str]:
    """Return what was chosen by key, as it was sent; steps come as the ids that were ticked."""
    if question.kind == "steps":
        return dict.fromkeys(data.getlist("step"), "1")
    return {key: data.get(f"v-{key}", "") for key in question.keys}


def versions_in(data: Any, question: Question) -> dict[str, int]:
    """Return the versions of agreed answers that were seen, by key."""
    found = {}
    for key in question.keys:
        version = whole_number(data.get(f"version-{key}", ""), digits=8)
        if version is not None:
            found[key] = version
    return found


def candidates_in(data: Any, offered: Sequence[str]) -> list[str]:
    """Return which of the steps on offer were ticked, in the order of the offer."""
    ticked = set(data.getlist("candidate"))
    return [key for key in offered if key in ticked][:MOST_CANDIDATES]


def hands_in(data: Any, question: Question) -> Mapping[str, Mapping[str, object]]:
    """Return counted hands by key and option, as they were typed: fields "h-KEY-OPTION"."""
    options = [str(each) for each in (*question.values, *question.words)]
    return {
        key: {option: data.get(f"h-{key}-{option}", "") for option in options}
        for key in question.keys
    }
