"""A filled-in workbook, as it is sent."""

from django import forms

from maturity.web.fields import bytes_of


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
        from assessments.answering.services.workbook import MOST_BYTES

        return bytes_of(self.cleaned_data["file"], most=MOST_BYTES)
