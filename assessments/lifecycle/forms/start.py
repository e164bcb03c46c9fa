"""The start of an assessment."""

from django import forms

from maturity.web.fields import PlainTextField

MODES = ("quick", "guided", "everything")


class StartForm(forms.Form):
    """An organisation's name, which may stay empty, and the way to answer."""

    organisation = PlainTextField(
        max_length=200,
        required=False,
        label="Organisation",
        help_text="Optional. It stands on your result and your report; you can change it later.",
        widget=forms.TextInput(attrs={"autocomplete": "organization", "class": "form-control"}),
    )
    mode = forms.ChoiceField(choices=[(mode, mode) for mode in MODES], required=False)

    def clean_mode(self) -> str:
        """Return the way to answer; quick when none was named."""
        return self.cleaned_data["mode"] or "quick"
