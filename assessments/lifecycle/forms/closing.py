"""Which way an assessment goes on."""

from django import forms


class ClosingForm(forms.Form):
    """The one button that was pressed."""

    do = forms.ChoiceField(
        choices=[
            ("end", "Stop collecting answers"),
            ("collect", "Take answers again"),
            ("close", "Close the assessment"),
            ("reopen", "Reopen the assessment"),
        ],
        error_messages={
            "required": "Choose what is to happen.",
            "invalid_choice": "Choose one of the ways shown.",
        },
    )
