"""A filled-in workbook, as it is sent."""

from typing import Any

from django import forms


class WorkbookForm(forms.Form):
    """The file; its cleaned value is its bytes."""

    file = forms.FileField(
        label="The filled-in workbook",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "Please choose the workbook you filled in.",
            "empty": "This file is empty.",
        },
    )

    def clean_file(self) -> bytes:
        """Refuse what is far too large before reading it."""
        # A heavy library behind it: only who sends a workbook pays for it.
        from assessments.services.answers_workbook import MOST_BYTES

        sent: Any = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
        content: bytes = sent.read()
        return content
