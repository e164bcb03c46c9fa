"""A file of data, as it is sent to be taken in."""

from django import forms

from maturity.web.fields import bytes_of
from reports.importing.file import MOST_BYTES


class ImportForm(forms.Form):
    """The file; its cleaned value is its bytes."""

    file = forms.FileField(
        label="The file of data",
        widget=forms.ClearableFileInput(attrs={"accept": ".json"}),
        error_messages={
            "required": "Please choose the file of data.",
            "empty": "This file is empty.",
        },
    )
    any_name = forms.BooleanField(
        label="It may bear another name",
        help_text="Tick this if the organisation was called otherwise when the file was made.",
        required=False,
    )

    def clean_file(self) -> bytes:
        """Refuse what is far too large before reading it."""
        return bytes_of(self.cleaned_data["file"], most=MOST_BYTES)
