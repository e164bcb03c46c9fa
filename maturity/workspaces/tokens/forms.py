"""What is asked before a token for the API is made."""

from django import forms

from maturity.web.fields import PlainTextField
from maturity.workspaces.tokens.api_scopes import DAYS, DEFAULT_DAYS, READ, SCOPES


class TokenForm(forms.Form):
    """What it is for, what it may do, and for how long."""

    name = PlainTextField(
        max_length=80,
        label="What it is for",
        help_text="The program that will use it, such as “Figures for the board, each Monday”.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Please say what it is for, so that you know it later."},
    )
    scopes = forms.MultipleChoiceField(
        label="What it may do",
        choices=list(SCOPES.items()),
        initial=[READ],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={"required": "Please choose at least one."},
    )
    days = forms.TypedChoiceField(
        label="It works for",
        choices=list(DAYS.items()),
        initial=DEFAULT_DAYS,
        coerce=int,
        error_messages={"required": "Please choose for how long it works."},
    )
