"""What a step needs to be decided on, or changed."""

from typing import Any

from django import forms

from assessments.forms.dates import DayField
from assessments.services.steps import OWNER_LENGTH, WORDS_LENGTH
from maturity.web.fields import PlainTextField


class DecideForm(forms.Form):
    """Who takes a suggested step on, or until when; one of the two is enough."""

    owner = PlainTextField(max_length=OWNER_LENGTH, required=False, label="Who takes it on")
    due = DayField(required=False, label="Done by")

    def clean(self) -> dict[str, Any]:
        """Refuse a step that nobody owns and that has no date."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("owner") and not cleaned.get("due"):
            raise forms.ValidationError(
                "Please say who takes it on, or by when it should be done; one is enough."
            )
        return cleaned


class StepForm(DecideForm):
    """A decided step, to be changed."""

    words = PlainTextField(
        max_length=WORDS_LENGTH,
        multiline=True,
        label="What is to be done",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Please say what is to be done."},
    )
    field_order = ("words", "owner", "due")
